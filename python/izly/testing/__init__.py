"""A local Izly for tests: no network but loopback, no paperwork.

`Sandbox` runs the `izly sandbox` command (`pip install izly-cli`), plays the student's side, receives the callbacks:

    import izly
    from izly.testing import Sandbox

    with Sandbox() as sandbox, sandbox.client() as client:
        order = izly.Order("order-42", 150)
        pending = client.create_payment(order)
        sandbox.approve(pending)
        callback = izly.Callback.parse(sandbox.callbacks.next())
        paid = client.confirm(callback, order)

pytest has it as fixtures without any import: `izly_sandbox`, `izly_client` and `izly_callback`.
"""

from izly.testing._command import CommandNotFoundError
from izly.testing._receiver import CallbackReceiver
from izly.testing._sandbox import Account, Sandbox, SandboxError
from izly.testing._student import PageError, Student

__all__ = [
    "Account",
    "CallbackReceiver",
    "CommandNotFoundError",
    "PageError",
    "Sandbox",
    "SandboxError",
    "Student",
]

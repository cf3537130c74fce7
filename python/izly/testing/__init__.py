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

It goes wrong on demand: see `Partner.fault`, `Partner.callback_settings`, `Partner.advance_clock`, `Partner.wire`.

pytest has it as fixtures without any import: `izly_sandbox`, `izly_client` and `izly_callback`; and `izly_partner`, for
a world that no other test shares.

Types of words, for the annotations of a test's own functions:

- `AccountState`: what an account may do, see `Partner.set_account`;
- `Call`: a call of the protocol, see `Partner.fault`;
- `FaultKind`: how it goes wrong;
- `Forge`: what a callback lies about, see `Partner.send_callback`.
"""

from izly.testing._command import CommandNotFoundError
from izly.testing._errors import RefusedError, SandboxError
from izly.testing._partner import Partner
from izly.testing._receiver import CallbackReceiver
from izly.testing._records import Account, Delivery, Fault, PaymentRecord, Request, Snapshot
from izly.testing._sandbox import Sandbox
from izly.testing._student import PageError, Student
from izly.testing._words import AccountState, Call, CallbackSettings, FaultKind, Forge, Registration, WireSwitches

__all__ = [
    "Account",
    "AccountState",
    "Call",
    "CallbackReceiver",
    "CallbackSettings",
    "CommandNotFoundError",
    "Delivery",
    "Fault",
    "FaultKind",
    "Forge",
    "PageError",
    "Partner",
    "PaymentRecord",
    "RefusedError",
    "Registration",
    "Request",
    "Sandbox",
    "SandboxError",
    "Snapshot",
    "Student",
    "WireSwitches",
]

"""A local Izly, in a process of its own."""

from __future__ import annotations

import os
import weakref
from typing import TYPE_CHECKING

from izly.testing._admin import Admin
from izly.testing._command import find_command
from izly.testing._errors import SandboxError
from izly.testing._partner import Partner, account_of
from izly.testing._process import start, stop
from izly.testing._receiver import CallbackReceiver
from izly.testing._records import Account, Snapshot, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from typing_extensions import Unpack

    from izly.testing._words import Registration

__all__ = ["Sandbox"]


class Sandbox(Partner):
    """A local Izly: the whole protocol on a loopback address, until it is closed.

        with Sandbox() as sandbox, sandbox.client() as client:
            pending = client.create_payment(izly.Order("order-42", 150))
            sandbox.approve(pending)
            callback = izly.Callback.parse(sandbox.callbacks.next())

    It runs the `izly sandbox` command, from `pip install izly-cli`. Everything is in memory, and the same seed with the
    same requests gives the same answers. Without a `callback_url` it starts a `CallbackReceiver` of its own. It ends
    with the process that started it, even if that is killed.
    """

    def __init__(
        self,
        *,
        callback_url: str | None = None,
        login_redirect_url: str | None = None,
        payment_redirect_url: str | None = None,
        home_url: str | None = None,
        seed: int = 0,
        command: str | os.PathLike[str] | None = None,
        arguments: Sequence[str] = (),
    ) -> None:
        """Starts a sandbox for a partner with these addresses; `arguments` are further ones of the command.

        The command is `command`, else the variable `IZLY_COMMAND`, else this environment's, else the first on the PATH.
        Raises `CommandNotFoundError`, or `SandboxError` when the command ends or says nothing.
        """
        line = [find_command(command), "sandbox", "--port", "0", "--seed", str(seed), "--until-stdin-closes"]
        receiver = None if callback_url is not None else CallbackReceiver()
        addresses = {
            "--callback-url": callback_url if receiver is None else receiver.url,
            "--login-redirect-url": login_redirect_url,
            "--payment-redirect-url": payment_redirect_url,
            "--home-url": home_url,
        }
        for flag, address in addresses.items():
            if address is not None:
                line += [flag, address]
        try:
            process, ready = start([*line, *arguments])
        except BaseException:
            if receiver is not None:
                receiver.close()
            raise
        accounts = tuple(read(Account, one) for one in ready["accounts"])
        super().__init__(ready["base_url"], ready["api_key"], ready["identifier"], accounts, receiver)
        self._stop = weakref.finalize(self, stop, process)

    def partner(self, identifier: str, **registration: Unpack[Registration]) -> Partner:
        """Registers another partner, with a world of its own that no other test can disturb, until it is closed.

            with sandbox.partner("Laverie-2-2-2-2", site_name="Laverie") as laundry, laundry.client() as its_client:
                laundry.approve(its_client.create_payment(order))
                assert sandbox.payments() == ()

        The same identifier, seed and requests give the same answers, whatever other partners do. Without a
        `callback_url` it starts a `CallbackReceiver` of its own.

        Raises `RefusedError` when the identifier is taken, and for a value that is none.
        """
        receiver = None if "callback_url" in registration else CallbackReceiver()
        if receiver is not None:
            registration["callback_url"] = receiver.url
        try:
            return _Registered(self, identifier, registration, receiver)
        except BaseException:
            if receiver is not None:
                receiver.close()
            raise

    def snapshot(self) -> Snapshot:
        """Keeps the whole sandbox, with all its partners, as it is now.

            kept = sandbox.snapshot()
            sandbox.approve(pending)
            sandbox.restore(kept)
            assert sandbox.payment(pending.operation_id).status == "Waiting"

        The timelines are not in it.
        """
        return Snapshot(Admin(self.base_url, None).send("GET", "snapshot"))

    def restore(self, snapshot: Snapshot) -> None:
        """Puts the whole sandbox back. What the receivers have received stays received.

        Raises `RefusedError` for a snapshot that this sandbox does not understand.
        """
        Admin(self.base_url, None).send("PUT", "snapshot", snapshot.text)

    def close(self) -> None:
        """Ends the process, and the receiver that was started for it. May be called twice."""
        self._stop()
        super().close()

    def __repr__(self) -> str:
        """Where it is."""
        return f"<Sandbox {self.base_url}>"


class _Registered(Partner):
    """A further partner, registered until it is closed."""

    def __init__(
        self, sandbox: Sandbox, identifier: str, registration: Registration, receiver: CallbackReceiver | None
    ) -> None:
        self._sandbox = sandbox  # A sandbox that is forgotten ends.
        asked = {"identifier": identifier, **registration}
        ready: dict[str, Any] = Admin(sandbox.base_url, None).post("partners", asked)
        accounts = Admin(sandbox.base_url, identifier).get("accounts")["accounts"]
        super().__init__(sandbox.base_url, ready["api_key"], identifier, tuple(map(account_of, accounts)), receiver)
        self._process: int | None = os.getpid()

    def close(self) -> None:
        """Removes the registration, and all that is its own. May be called twice."""
        # A forked child has the view, but the partner is its parent's.
        if self._process == os.getpid():
            self._process = None
            self._remove()
        super().close()

    def _remove(self) -> None:
        try:
            self._admin.delete("partner")
        except SandboxError:
            # It is gone already, or the whole sandbox is.
            pass

"""What keeps tests that share a sandbox apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from izly import Reply
from izly.testing._admin import Admin

if TYPE_CHECKING:
    from typing import Any

    from izly.testing._partner import Partner

__all__ = ["Beginning", "identifier_of"]

_CHANGEABLE = ("state", "balance_cents", "failed_attempts")


class Beginning:
    """How a partner's world is set up, for putting it back after each test. Payments and the clock are as they are."""

    def __init__(self, partner: Partner) -> None:
        self._partner = partner
        self._admin = Admin(partner.base_url, partner.identifier)
        self._wire = partner.wire()
        self._callbacks = partner.callback_settings()
        self._accounts = _accounts(self._admin)

    def put_back(self) -> None:
        """Changes what differs, and nothing else: each change is a line on the timeline."""
        partner = self._partner
        if partner.faults():
            partner.clear_faults()
        if partner.wire() != self._wire:
            partner.wire(**self._wire)
        if partner.callback_settings() != self._callbacks:
            partner.callback_settings(**self._callbacks)
        now = _accounts(self._admin)
        for name, account in self._accounts.items():
            if now[name] != account:
                self._admin.patch(f"accounts/{name}", account)

    def forget_callbacks(self) -> None:
        """What came so far is no business of the next test's."""
        receiver = self._partner.callbacks
        if receiver is not None:
            receiver.reply = Reply.accepted()
            receiver.clear()


def _accounts(admin: Admin) -> dict[str, dict[str, Any]]:
    accounts = admin.get("accounts")["accounts"]
    return {one["name"]: {name: one[name] for name in _CHANGEABLE} for one in accounts}


def identifier_of(test: str) -> str:
    """A partner's identifier for a test: the same in each run, so that its ids are too, whatever other tests run."""
    # Visible ASCII without a colon, and at most 100 of it: the end of a test's name says most.
    return re.sub(r"[^!-9;-~]+", "-", test)[-100:]

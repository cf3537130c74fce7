"""What a test does behind the back of everybody: the sandbox's admin API."""

from __future__ import annotations

import json
import urllib.request
from typing import Any
from urllib.parse import quote, urlencode


class Izly:
    """The admin API of a running sandbox, for its first partner."""

    def __init__(self, base_url: str) -> None:
        """Asks nothing yet."""
        self.base_url = base_url

    def reset(self) -> None:
        """As at the start: balances, payments, settings, faults. The same seed gives the same ids again."""
        self._ask("POST", "/reset")

    def callbacks(self, **settings: object) -> None:
        """How callbacks are delivered from now on."""
        self._ask("PATCH", "/callback-settings", settings)

    def wire(self, **switches: object) -> None:
        """How Izly is read where its guide leaves a choice."""
        self._ask("PATCH", "/wire", switches)

    def fault(self, call: str, kind: str, **more: object) -> None:
        """Each such call misbehaves; `times=1`: the next one."""
        self._ask("POST", "/faults", {"call": call, "fault": kind, **more})

    def heal(self) -> None:
        """No call misbehaves any more."""
        self._ask("DELETE", "/faults")

    def payments(self) -> list[dict[str, Any]]:
        """All payments, newest last."""
        listed: list[dict[str, Any]] = self._ask("GET", "/payments")["payments"]
        return listed

    def status(self, operation_id: int) -> str:
        """The truth about a payment."""
        return str(self._ask("GET", f"/payments/{operation_id}")["status"])

    def balance(self, account: str) -> int:
        """What an account has left, in centimes."""
        return int(self._ask("GET", f"/accounts/{quote(account, safe='')}")["balance_cents"])

    def requests(self, call: str) -> list[dict[str, Any]]:
        """The requests of this call so far."""
        listed: list[dict[str, Any]] = self._ask("GET", f"/journal?{urlencode({'call': call})}")["entries"]
        return listed

    def deliveries(self) -> list[dict[str, Any]]:
        """All callbacks so far, those that wait included."""
        listed: list[dict[str, Any]] = self._ask("GET", "/deliveries")["deliveries"]
        return listed

    def deliver(self) -> None:
        """Delivers the one callback that waits."""
        (waiting,) = [one for one in self.deliveries() if one["state"] == "waiting"]
        self._ask("POST", f"/deliveries/{waiting['id']}/deliver")

    def log_in(self, account: str, state: str) -> str:
        """Where a browser comes back to that has logged in with this state."""
        return str(self._ask("POST", "/logins", {"account": account, "state": state})["location"])

    def call_back(self, operation_id: int, **options: object) -> list[dict[str, Any]]:
        """Calls the shop about a payment, out of thin air; `forge="status"`: with a lie."""
        made: list[dict[str, Any]] = self._ask("POST", "/callbacks", {"operation_id": operation_id, **options})[
            "deliveries"
        ]
        return made

    def _ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401
        data = None if body is None else json.dumps(body).encode()
        url = f"{self.base_url}/_sandbox/api{path}"
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=20) as reply:
            text = reply.read()
            return json.loads(text) if text else None

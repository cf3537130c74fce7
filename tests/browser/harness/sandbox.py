"""The `izly sandbox` command, and a partner's server calls to it in plain HTTP (protocol §3 and §4)."""

from __future__ import annotations

import json
import subprocess
import tempfile
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from harness import partner

if TYPE_CHECKING:
    from types import TracebackType

    from harness.partner import PartnerSite

_MEDIA_TYPE = "application/vnd.Xpollens.v1+json"


@dataclass(frozen=True)
class Account:
    """A test account, as the ready line lists it."""

    name: str
    login: str
    phone: str
    password: str
    balance_cents: int


@dataclass(frozen=True)
class Payment:
    """A payment that was created."""

    operation_id: int
    order: str
    url: str


class Sandbox:
    """A running sandbox, with that partner's addresses registered."""

    def __init__(self, command: str, site: PartnerSite, *arguments: str) -> None:
        """Starts it, and waits for its ready line. The seed is always the same: so are all ids and pictures."""
        addresses = {
            "--callback-url": site.url + partner.CALLBACK,
            "--login-redirect-url": site.url + partner.LOGGED_IN,
            "--payment-redirect-url": site.url + partner.PAID,
            "--home-url": site.url + partner.HOME,
        }
        line = [command, "sandbox", "--port", "0", "--seed", "0"]
        line += [word for pair in addresses.items() for word in pair]
        self._process, ready = start([*line, *arguments])
        self.base_url: str = ready["base_url"]
        self.identifier: str = ready["identifier"]
        self.login_url: str = ready["urls"]["authorize"]
        self._api_key: str = ready["api_key"]
        self._accounts = accounts(ready)

    def account(self, name: str) -> Account:
        """The test account of this name."""
        return self._accounts[name]

    def create_payment(self, amount_cents: int = 150, order: str = "commande-42", **more: object) -> Payment:
        """A payment that waits; `more` are further properties of the request."""
        created = self.create(amount_cents, order, **more)
        return Payment(created["OperationSMoney"]["Id"], order, created["PaymentAuthorizationUrl"])

    def create(self, amount_cents: int, order: str, **more: object) -> dict[str, Any]:
        """The same, with the reply as it came."""
        body = {"Amount": amount_cents, "ClientOrderId": order, **more}
        return self._ask("POST", "/api/Izly/WebPayments", json.dumps(body).encode())

    def status(self, payment: Payment) -> str:
        """What Izly says of it: the one truth (protocol §4.4)."""
        return str(self._ask("GET", f"/api/Izly/WebPayments/{payment.operation_id}", None)["OperationStatus"])

    def refund(self, payment: Payment) -> None:
        """Gives it back."""
        target = f"/api/Izly/WebPayments/{payment.operation_id}/Refund?clientOrderId={quote(payment.order, safe='')}"
        self._ask("POST", target, b"")

    def exchange(self, code: str) -> dict[str, Any]:
        """The tokens for a login's code."""
        target = f"/oauth/Home/Token?grant_type=authorization_code&code={quote(code, safe='')}"
        return self._ask("POST", target, b"")

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.communicate()

    def _ask(self, method: str, target: str, body: bytes | None) -> dict[str, Any]:
        headers = {
            "Authorization": f"Basic {self._api_key}",
            "Content-Type": _MEDIA_TYPE,
            "AppIdentifier": self.identifier,
            "Accept": "application/json",
        }
        request = urllib.request.Request(self.base_url + target, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as reply:
            answer: dict[str, Any] = json.load(reply)
            return answer

    def __enter__(self) -> Sandbox:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends it."""
        self.close()


def accounts(ready: dict[str, Any]) -> dict[str, Account]:
    """The test accounts of a ready line, by name."""
    names = ("name", "login", "phone", "password", "balance_cents")
    listed = [Account(**{name: one[name] for name in names}) for one in ready["accounts"]]
    return {account.name: account for account in listed}


def start(line: list[str]) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
    """Starts a command of `izly` that serves, and reads its ready line."""
    # A file takes whatever is said about callbacks; a pipe that nobody reads would fill up and stop the sandbox.
    with tempfile.TemporaryFile() as notes:
        process = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=notes)
        if process.stdout is None:
            raise RuntimeError("the command has no output")
        ready = process.stdout.readline()
        if not ready:
            process.communicate()
            notes.seek(0)
            raise RuntimeError(f"{line[1]} did not start: {notes.read().decode(errors='replace')}")
        return process, json.loads(ready)

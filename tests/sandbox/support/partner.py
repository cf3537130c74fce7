"""The calls of a partner's server, by hand: the headers of the guide, and whatever comes back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from support.web import Answer, ask

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPE = "application/vnd.Xpollens.v1+json"
PAYMENTS = "/api/Izly/WebPayments"


@dataclass(frozen=True)
class Created:
    """A payment that was created, as the partner knows it."""

    operation_id: int
    url: str
    order_id: str
    answer: Answer


@dataclass(frozen=True)
class Partner:
    """A partner's server. `more` are headers to add to a call."""

    base_url: str
    identifier: str
    api_key: str

    def create_raw(self, properties: Mapping[str, object], more: Mapping[str, str] | None = None) -> Answer:
        """Asks for a payment with these properties."""
        body = json.dumps(properties, ensure_ascii=False).encode()
        return ask("POST", f"{self.base_url}{PAYMENTS}", self._headers(more), body)

    def create(self, order_id: str = "order-1", cents: int = 150, **properties: object) -> Created:
        """A payment that waits."""
        answer = self.create_raw({"Amount": cents, "ClientOrderId": order_id, **properties}).ok()
        reply = {name.lower(): value for name, value in answer.json.items()}
        operation = {name.lower(): value for name, value in reply["operationsmoney"].items()}
        return Created(operation["id"], reply["paymentauthorizationurl"], order_id, answer)

    def read(self, operation_id: int, more: Mapping[str, str] | None = None) -> Answer:
        """Asks for the truth about a payment."""
        return ask("GET", f"{self.base_url}{PAYMENTS}/{operation_id}", self._headers(more))

    def status(self, operation_id: int) -> str:
        """What a reading says of a payment."""
        said: Any = {name.lower(): value for name, value in self.read(operation_id).ok().json.items()}
        return str(said["operationstatus"])

    def refund(self, operation_id: int, order_id: str = "order-1", more: Mapping[str, str] | None = None) -> Answer:
        """Gives the money back."""
        url = f"{self.base_url}{PAYMENTS}/{operation_id}/Refund?clientOrderId={quote(order_id, safe='/')}"
        return ask("POST", url, self._headers(more), b"")

    def token(self, code: str, more: Mapping[str, str] | None = None) -> Answer:
        """Exchanges a code, with the parameters in the query as the guide has them."""
        return self._token(f"grant_type=authorization_code&code={quote(code, safe='')}", more)

    def refresh(self, refresh_token: str, more: Mapping[str, str] | None = None) -> Answer:
        """Renews an access token."""
        return self._token(f"grant_type=refresh_token&refresh_token={quote(refresh_token, safe='')}", more)

    def users(self, access_token: str, more: Mapping[str, str] | None = None) -> Answer:
        """Asks who has logged in."""
        headers = {"Authorization": f"Bearer {access_token}", **(more or {})}
        return ask("GET", f"{self.base_url}/api/izly/users", headers)

    def authorization_url(self, state: str | None = "state-1", scope: int = 16385) -> str:
        """The login page's address."""
        query = f"response_type=code&client_id={quote(self.identifier)}&scope={scope}"
        return f"{self.base_url}/oauth/Home/Authorize?{query}" + (f"&state={quote(state)}" if state else "")

    def _token(self, query: str, more: Mapping[str, str] | None) -> Answer:
        headers = {"Authorization": f"Basic {self.api_key}", **(more or {})}
        return ask("POST", f"{self.base_url}/oauth/Home/Token?{query}", headers, b"")

    def _headers(self, more: Mapping[str, str] | None) -> dict[str, str]:
        return {
            "Authorization": f"Basic {self.api_key}",
            "AppIdentifier": self.identifier,
            "Content-Type": CONTENT_TYPE,
            "Accept": "application/json",
            **(more or {}),
        }

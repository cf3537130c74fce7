"""The sandbox's admin API, over plain HTTP."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from izly.testing._errors import RefusedError, SandboxError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["Admin"]

_FOLDER = "/_sandbox/api"
# The answer to a delivery comes after the partner's, which may be a minute late and take a minute.
_TIMEOUT = 150.0


class Admin:
    """Asks a sandbox about one partner's world, or about the whole sandbox. A connection for each question: it may be
    used by any thread, and after a fork."""

    def __init__(self, base_url: str, partner: str | None) -> None:
        self._address = urlsplit(base_url).netloc
        self._partner = partner

    def get(self, path: str, **query: str | int | None) -> Any:
        """What is there. Parameters that are `None` are left out."""
        return json.loads(self.send("GET", path, query=query))

    def post(self, path: str, body: Mapping[str, object] | None = None) -> Any:
        """What came of it, if that is told."""
        return json.loads(self.send("POST", path, json.dumps(body or {}).encode()) or b"null")

    def patch(self, path: str, body: Mapping[str, object]) -> Any:
        """What it has become."""
        return json.loads(self.send("PATCH", path, json.dumps(body).encode()))

    def delete(self, path: str) -> None:
        """Takes it away."""
        self.send("DELETE", path)

    def send(
        self, method: str, path: str, body: bytes | None = None, *, query: Mapping[str, str | int | None] | None = None
    ) -> bytes:
        """The body of a good answer."""
        parameters = {"partner": self._partner, **(query or {})}
        given = urlencode({name: value for name, value in parameters.items() if value is not None})
        headers = {} if body is None else {"Content-Type": "application/json"}
        connection = http.client.HTTPConnection(self._address, timeout=_TIMEOUT)
        try:
            connection.request(method, f"{_FOLDER}/{path}?{given}", body, headers)
            response = connection.getresponse()
            status, answer = response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise SandboxError(f"the sandbox does not answer: {error}") from error
        finally:
            connection.close()
        if status >= 400:
            raise _refusal(status, answer)
        return answer


def _refusal(status: int, answer: bytes) -> SandboxError:
    try:
        error = json.loads(answer)["error"]
        return RefusedError(status, error["field"], error["message"])
    except (ValueError, KeyError, TypeError):
        return SandboxError(f"the sandbox answered with status {status}: is it of the same version as this package?")

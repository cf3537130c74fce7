"""The admin API, as a test speaks it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from support.web import Answer, ask


class Admin:
    """The API of one sandbox, for one of its partners (the first, if none is named).

    `get`, `post`, … expect success and give what was answered; `refused` expects a refusal, and looks at its shape.
    """

    def __init__(self, base_url: str, partner: str | None = None) -> None:
        """Asks nothing yet."""
        self._base_url = base_url
        self._partner = partner

    def of(self, partner: str) -> Admin:
        """The same sandbox, for another partner."""
        return Admin(self._base_url, partner)

    def url(self, path: str, /, **query: object) -> str:
        """An address below the API's."""
        words = {name: _word(value) for name, value in query.items() if value is not None}
        if self._partner is not None:
            words.setdefault("partner", self._partner)
        text = urlencode(words, quote_via=quote)
        return f"{self._base_url}/_sandbox/api{path}{'?' if text else ''}{text}"

    def ask(self, method: str, path: str, body: object = None, /, **query: object) -> Answer:
        """Whatever comes of it."""
        if body is None:
            return ask(method, self.url(path, **query))
        text = json.dumps(body, ensure_ascii=False).encode()
        return ask(method, self.url(path, **query), {"Content-Type": "application/json"}, text)

    def get(self, path: str, /, **query: object) -> Any:
        """What it says."""
        return self.ask("GET", path, **query).ok().json

    def post(self, path: str, body: object = None, /, status: int = 200, **query: object) -> Any:
        """What came of it."""
        return self._done(self.ask("POST", path, body, **query).ok(status))

    def patch(self, path: str, body: object, **query: object) -> Any:
        """What it is now."""
        return self.ask("PATCH", path, body, **query).ok().json

    def put(self, path: str, body: object, **query: object) -> None:
        """Replaces it."""
        assert self._done(self.ask("PUT", path, body, **query).ok(204)) is None

    def delete(self, path: str, **query: object) -> None:
        """Removes it."""
        assert self._done(self.ask("DELETE", path, **query).ok(204)) is None

    def refused(self, status: int, method: str, path: str, body: object = None, /, **query: object) -> str | None:
        """Expects a refusal of the documented shape; gives the name at fault, without what it lies in."""
        return refusal(self.ask(method, path, body, **query), status)

    @staticmethod
    def _done(answer: Answer) -> Any:
        return None if answer.status == 204 else answer.json


def refusal(answer: Answer, status: int) -> str | None:
    """The name at fault in a refusal of the documented shape, without what it lies in."""
    error = answer.ok(status).json
    assert list(error) == ["error"], answer
    assert sorted(error["error"]) == ["field", "message"], answer
    field, message = error["error"]["field"], error["error"]["message"]
    assert isinstance(message, str), answer
    assert message, answer
    return None if field is None else str(field).rpartition(".")[2]


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

"""The shared vectors: reading them, running them, comparing. `tests/vectors/README.md` says what is in them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import izly

from support import vectors_inputs, vectors_replies
from support.canned import Canned
from support.partner import IDENTIFIER, SECRET
from support.vectors_replies import LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LeftOut", "Runner", "load"]

# A member of a vector's JSON may be anything.
Vector = dict[str, Any]
Members = dict[str, Any]

_HERE = Path(__file__).resolve().parents[3] / "tests" / "vectors"
FOLDER = Path(os.environ.get("IZLY_VECTORS") or _HERE)


def load() -> list[Vector]:
    """Every vector there is."""
    files = sorted(FOLDER.glob("*.json"))
    return [vector for file in files for vector in json.loads(file.read_text("utf-8"))["vectors"]]


class Runner:
    """Runs vectors against one canned server."""

    def __init__(self) -> None:
        """Begins to serve."""
        self.server = Canned()
        self._clients: dict[tuple[str, str], izly.Client] = {}

    def close(self) -> None:
        """Closes the clients and the server."""
        for client in self._clients.values():
            client.close()
        self.server.close()

    def partner(self, vector: Vector) -> izly.Client:
        """The vector's partner, with the vector's switches, at the canned server."""
        identifier = vector.get("input", {}).get("identifier", IDENTIFIER)
        wire = vector.get("wire", {})
        slot = (identifier, json.dumps(wire, sort_keys=True))
        if slot not in self._clients:
            key = izly.ApiKey.from_parts(identifier, SECRET)
            self._clients[slot] = izly.Client(key, self.server.url, wire=izly.Wire(**wire))
        return self._clients[slot]

    def run(self, vector: Vector) -> list[str]:
        """Runs one, and names each difference between what it wants and what came."""
        runners: dict[str, Callable[[Runner, Vector], Members]] = {**vectors_inputs.RUNNERS, **vectors_replies.RUNNERS}
        self.server.forget()
        try:
            members = runners[vector["call"]](self, vector)
        except izly.Error as error:
            if "error" not in vector:
                return [f"an error came: {error!r}"]
            return _compare_error(vector["error"], error)
        if "expect" not in vector:
            return [f"no error came, but {members}"]
        return _compare(vector["expect"], members)


def _compare(expected: Members, members: Members) -> list[str]:
    differences: list[str] = []
    for name, value in expected.items():
        got = members.get(name, "no such member")
        wanted: Any = _to_microseconds(value) if name == "date" and value is not None else value
        if name == "headers":
            got = {header: members["headers"].get(header) for header in wanted}
        if got != wanted or type(got) is bool is not type(wanted):
            differences.append(f"{name}: wanted {wanted!r}, got {got!r}")
    return differences


def _to_microseconds(date: str) -> str:
    """A date as Python can hold it: nothing is finer than a microsecond."""
    whole, _, fraction = date.partition(".")
    return f"{whole}.{fraction[:6]}" if fraction else whole


def _compare_error(expected: Members, error: izly.Error) -> list[str]:
    differences: list[str] = []
    for name, wanted in expected.items():
        if name == "mentions":
            missing = [text for text in wanted if text not in str(error)]
            differences += [f"the message does not mention {text!r}: {error}" for text in missing]
        elif getattr(error, name) != wanted:
            differences.append(f"{name}: wanted {wanted!r}, got {getattr(error, name)!r} ({error})")
    return differences

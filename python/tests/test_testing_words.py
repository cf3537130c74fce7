"""The words and records of `izly.testing`: those of the admin API, as its description has them, and no others."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from izly.testing import (
    Account,
    AccountState,
    Call,
    CallbackSettings,
    Delivery,
    Fault,
    FaultKind,
    Forge,
    PaymentRecord,
    Registration,
    Request,
    WireSwitches,
)
from izly.testing._words import DeliveryState, PaymentState

ROOT = Path(__file__).parents[2]
DESCRIPTION = json.loads((ROOT / "crates/izly-sandbox/openapi.json").read_text(encoding="utf-8"))
SCHEMAS: dict[str, dict[str, Any]] = DESCRIPTION["components"]["schemas"]


def words(union: Any) -> list[str]:
    """All words of a union of lists of words."""
    return [word for part in get_args(union) for word in get_args(part)]


def test_words() -> None:
    """Each list of words, whole."""
    assert sorted(words(AccountState)) == sorted(SCHEMAS["Account"]["properties"]["state"]["enum"])
    assert words(Call) == SCHEMAS["Call"]["enum"]
    assert ["any", *words(Call)] == SCHEMAS["Fault"]["properties"]["call"]["enum"]
    assert words(FaultKind) == SCHEMAS["FaultKind"]["enum"]
    assert words(Forge) == SCHEMAS["Forge"]["enum"]
    assert words(DeliveryState) == SCHEMAS["Delivery"]["properties"]["state"]["enum"]
    assert sorted(words(PaymentState)) == sorted(SCHEMAS["PaymentStatus"]["enum"])


@pytest.mark.parametrize(
    ("keywords", "schema", "without"),
    [
        (CallbackSettings, "CallbackSettingsChange", set[str]()),
        (WireSwitches, "WireChange", set[str]()),
        # The identifier is a parameter of its own, and there is one type only.
        (Registration, "NewPartner", {"identifier", "type"}),
    ],
)
def test_keywords(keywords: type, schema: str, without: set[str]) -> None:
    """Each may be given, with the words that it takes."""
    properties = SCHEMAS[schema]["properties"]
    # The names that its annotations stand for are known to type checkers only.
    hints = get_type_hints(keywords, localns={"Sequence": list})
    assert set(hints) == set(properties) - without
    for name, hint in hints.items():
        taken = [word for word in properties[name].get("enum", ()) if word is not None]
        if get_origin(hint) is Literal or taken:
            assert list(get_args(hint)) == taken, name


@pytest.mark.parametrize(
    ("record", "schema", "left_out"),
    [
        (Fault, "Fault", set[str]()),
        (Delivery, "Delivery", {"sequence"}),
        (PaymentRecord, "Payment", {"partner"}),
        (Request, "RequestEntry", {"kind", "remarks"}),
    ],
)
def test_records(record: Any, schema: str, left_out: set[str]) -> None:
    """Everything that is told, but for what a test has no use for."""
    assert {one.name for one in fields(record)} == set(SCHEMAS[schema]["properties"]) - left_out


def test_accounts() -> None:
    """As the ready line has them: `login` is what the rest of the API calls `email`."""
    names = {one.name for one in fields(Account)}
    assert names <= set(SCHEMAS["ReadyAccount"]["properties"])
    assert (names - {"login"}) | {"email"} <= set(SCHEMAS["Account"]["properties"])

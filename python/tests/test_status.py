"""The states of a payment: texts that know what they mean."""

from __future__ import annotations

import copy
import pickle

import izly
import pytest
from izly import Status

KNOWN = {
    "WAITING": ("Waiting", False, False),
    "COMPLETED": ("Completed", True, True),
    "REFUND": ("Refund", False, True),
    "REFUSED": ("Refused", False, True),
    "CANCELLED": ("Cancelled", False, True),
    "WAITING_FOR_VALIDATION": ("WaitingForValidation", False, False),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_states(name: str) -> None:
    """Each constant is its text, and means what the core says it does."""
    text, is_paid, is_final = KNOWN[name]
    status: Status = getattr(Status, name)
    assert type(status) is Status
    assert status == text
    assert hash(status) == hash(text)
    assert (status.is_known, status.is_paid, status.is_final) == (True, is_paid, is_final)
    assert Status(text.upper()) == Status(text.lower()) == status


def test_only_completed_is_paid() -> None:
    """Nothing that merely looks like it."""
    for text in ("Complete", "completed ", " Completed", "Completed\0", "COMPLETÉD", "1", "3", "", "Paid"):
        assert not Status(text).is_paid, text


@pytest.mark.parametrize("text", ["Frozen", "3", "", "Gelé", "completed "])
def test_unknown_states_are_kept_and_open(text: str) -> None:
    """Someone may have been debited: a program must keep asking."""
    status = Status(text)
    assert (status, str(status), status.is_known, status.is_final) == (text, text, False, False)


def test_a_status_is_a_text() -> None:
    """It formats, compares, sorts, keys a dictionary and matches as one."""
    assert f"{Status.COMPLETED}" == "Completed"
    assert repr(Status.COMPLETED) == "Status('Completed')"
    assert {"Completed": 1}[Status.COMPLETED] == 1
    assert sorted([Status.WAITING, Status.COMPLETED]) == ["Completed", "Waiting"]
    match Status("refund"):
        case Status.COMPLETED:
            pytest.fail("it is a refund")
        case "Refund":
            pass
        case other:
            pytest.fail(f"it is {other}")


def test_a_status_survives_pickling_and_copying() -> None:
    """With its class."""
    for status in (Status.COMPLETED, Status("Frozen")):
        for again in (pickle.loads(pickle.dumps(status)), copy.copy(status), copy.deepcopy(status)):
            assert (type(again), again) == (Status, status)


def test_replies_hold_statuses() -> None:
    """Whatever their spelling; an unknown one breaks nothing."""
    for text, wanted in [("COMPLETED", Status.COMPLETED), ("Frozen", "Frozen"), ("3", "3")]:
        body = f'{{"OperationSMoney":{{"Id":1,"Status":"{text}"}}}}'
        status = izly.Callback.parse(body).untrusted.status
        assert (type(status), status) == (Status, wanted)


def test_only_a_text_is_a_status() -> None:
    """Not a number."""
    with pytest.raises(TypeError):
        Status(3)  # type: ignore[arg-type]

"""The exceptions: their tree, their facts, their pickles."""

from __future__ import annotations

import builtins
import copy
import json
import multiprocessing
import pickle
from typing import TYPE_CHECKING, Any

import izly
import pytest
from izly._errors import BY_KIND
from support.vectors import FOLDER
from support.workers import CheckoutError, raise_it

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS: dict[str, Any] = {
    "outcome": "rejected",
    "call": "refund",
    "field": "OperationId",
    "phase": "receive",
    "http_status": 400,
    "api_code": 356,
    "api_message": "Opération introuvable",
    "title": "L'opération ne peut pas aboutir",
    "priority": 2,
    "oauth_error": "invalid_grant",
    "retry_after": 1.5,
    "retry": "later",
}
GROUPS = {
    izly.TransportError: {"resolve", "connect", "tls", "timeout", "disconnected", "protocol"},
    izly.NotConfirmedError: {"not_final", "mismatch", "not_paid"},
    ValueError: {"invalid_input", "configuration"},
    builtins.TimeoutError: {"timeout"},
    builtins.InterruptedError: set[str](),
}


def every_error() -> Iterator[izly.Error]:
    """One of each kind, with every fact there is."""
    for kind, cls in BY_KIND.items():
        yield cls(f"refund: {kind} [rejected]", kind=kind, raw_excerpt="<html>camille.dupont@univ.example", **FACTS)


def facts_of(error: izly.Error) -> dict[str, Any]:
    """What an error says of itself."""
    return {name: getattr(error, name) for name in ("kind", *FACTS)}


def test_there_is_a_class_for_every_kind_of_the_core() -> None:
    """The vectors' README names the kinds for all languages."""
    text = (FOLDER / "README.md").read_text("utf-8")
    listed = text.split("Kinds: ")[1].split(".\n")[0].replace("`", "").replace("\n", " ")
    assert {kind.strip() for kind in listed.split(",")} == set(BY_KIND)


@pytest.mark.parametrize("kind", BY_KIND)
def test_classes_are_public_under_the_name_of_their_kind(kind: str) -> None:
    """`not_final` is `izly.NotFinalError`."""
    cls = BY_KIND[kind]
    name = kind.title().replace("_", "") + "Error"
    assert getattr(izly, name) is cls
    assert (cls.__module__, cls.__qualname__) == ("izly", name)
    assert cls("x").kind == kind


def test_the_tree() -> None:
    """Groups hold their kinds and no others."""
    for group, kinds in GROUPS.items():
        assert {kind for kind, cls in BY_KIND.items() if issubclass(cls, group)} == kinds
    assert all(issubclass(cls, izly.Error) for cls in BY_KIND.values())


def test_an_error_has_its_facts() -> None:
    """Every keyword is a property, which cannot be set."""
    for error in every_error():
        assert facts_of(error) == {"kind": error.kind, **FACTS}
        assert str(error) == f"refund: {error.kind} [rejected]"
        assert error.args == (str(error),)
        assert error.raw_excerpt == "<html>camille.dupont@univ.example"
        for name in ("kind", "outcome", "retry", "raw_excerpt"):
            with pytest.raises(AttributeError):
                setattr(error, name, "changed")


def test_an_error_of_its_text_alone_claims_nothing() -> None:
    """Task queues that carry JSON make errors again from `args`: nothing must look settled then."""
    for error in every_error():
        again = type(error)(*json.loads(json.dumps(error.args)))
        assert (type(again), str(again), again.kind) == (type(error), str(error), error.kind)
        assert again.outcome is izly.Outcome.UNKNOWN
        assert (again.retry, again.retryable) == ("look_up_first", False)


def test_the_repr_has_the_facts_and_no_excerpt() -> None:
    """The message, then what is known; the excerpt may name a student."""
    error = izly.ApiError("refund: x", http_status=400, api_code=356, outcome="rejected", raw_excerpt="camille")
    assert repr(error) == (
        "ApiError('refund: x', kind='api', outcome=Outcome.REJECTED, http_status=400, api_code=356, "
        "retry='look_up_first', raw_excerpt=***)"
    )
    assert "camille" not in repr(vars(error))


def test_retryable_is_what_may_simply_be_repeated() -> None:
    """Not what may be repeated once, or after a look."""
    told = ["safe", "later", "once", "look_up_first", "refresh_token", "restart_login", "fix", "no", "report"]
    assert [retry for retry in told if izly.ServerError("x", retry=retry).retryable] == ["safe", "later"]


def test_access_denied_is_a_cancelled_login() -> None:
    """And no other OAuth error."""
    assert izly.ApiError("x", oauth_error="access_denied").is_access_denied
    assert not izly.ApiError("x", oauth_error="invalid_grant").is_access_denied
    assert not izly.ApiError("x").is_access_denied


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_keep_all_but_the_excerpt(protocol: int) -> None:
    """The excerpt may hold personal data, and a pickle travels."""
    for error in every_error():
        saved = pickle.dumps(error, protocol)
        again: izly.Error = pickle.loads(saved)
        assert type(again) is type(error)
        assert (str(again), again.args, facts_of(again)) == (str(error), error.args, facts_of(error))
        assert again.outcome is izly.Outcome.REJECTED
        assert again.raw_excerpt is None
        assert b"camille" not in saved
        assert error.raw_excerpt is not None, "pickling changed the error"
        assert facts_of(copy.copy(error)) == facts_of(copy.deepcopy(error)) == facts_of(error)


def test_a_program_may_subclass_and_pickle() -> None:
    """Constructors of other shapes are not called, and other attributes are kept."""
    error = CheckoutError(7, izly.ApiError("refund: x", api_code=356))
    again: CheckoutError = pickle.loads(pickle.dumps(error))
    assert (type(again), again.basket, again.api_code, str(again)) == (CheckoutError, 7, 356, "refund: x")
    assert BY_KIND["api"] is izly.ApiError


def test_errors_cross_processes() -> None:
    """A worker that raises, started afresh: what it raised arrives as it was."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        for error in every_error():
            with pytest.raises(type(error)) as caught:
                pool.apply(raise_it, (error,))
            assert facts_of(caught.value) == facts_of(error)
        pool.close()
        pool.join()


def test_outcomes_are_three_texts() -> None:
    """Each is one object, equal to its text."""
    assert [izly.Outcome.NOT_SENT, izly.Outcome.REJECTED, izly.Outcome.UNKNOWN] == ["not_sent", "rejected", "unknown"]
    for outcome in (izly.Outcome.NOT_SENT, izly.Outcome.REJECTED, izly.Outcome.UNKNOWN):
        assert izly.Outcome(str(outcome)) is outcome
        assert pickle.loads(pickle.dumps(outcome)) is copy.deepcopy(outcome) is outcome
        assert repr(outcome) == f"Outcome.{outcome.upper()}"
        assert f"{outcome}" == str(outcome) == outcome
        assert type(str(outcome)) is str
    for wrong in ("", "Rejected", "sent"):
        with pytest.raises(ValueError, match="not_sent, rejected or unknown"):
            izly.Outcome(wrong)


def test_outcomes_match() -> None:
    """In a `match`, as in an `if`."""
    match izly.ServerError("x", outcome="unknown").outcome:
        case izly.Outcome.NOT_SENT | izly.Outcome.REJECTED:
            pytest.fail("it is unknown")
        case izly.Outcome.UNKNOWN:
            pass
        case other:
            pytest.fail(f"there is no {other}")

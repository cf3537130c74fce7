"""What a program hears of its calls, on the logger `izly`."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import izly
import pytest
from support.canned import Canned, http
from support.partner import OPERATION, ORDER, PAID, TOKENS, WAITING, new_client
from support.programs import run

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def records() -> Iterator[list[logging.LogRecord]]:
    """What is logged, from DEBUG on."""
    kept: list[logging.LogRecord] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(record)

    logger, keeper = logging.getLogger("izly"), Keeper()
    logger.addHandler(keeper)
    logger.setLevel(logging.DEBUG)
    yield kept
    logger.removeHandler(keeper)
    logger.setLevel(logging.NOTSET)


def facts(record: logging.LogRecord) -> dict[str, object]:
    """The members that are ours."""
    return {name: value for name, value in vars(record).items() if name.startswith("izly_")}


def test_a_success_is_told_at_debug(client: izly.Client, server: Canned, records: list[logging.LogRecord]) -> None:
    """One record, with its facts as members for structured logs."""
    server.answer(200, PAID)
    client.payment(OPERATION)
    (record,) = records
    assert (record.name, record.levelno) == ("izly", logging.DEBUG)
    assert record.getMessage().startswith("payment: GET /api/Izly/WebPayments/52795 -> 200 in ")
    told = facts(record)
    assert told["izly_call"] == "payment"
    assert (told["izly_status"], told["izly_attempt"]) == (200, 1)
    assert (told["izly_kind"], told["izly_outcome"]) == (None, None)
    duration = told["izly_duration"]
    assert isinstance(duration, float)
    assert 0 < duration < 15


def test_a_failure_is_told_at_info(client: izly.Client, server: Canned, records: list[logging.LogRecord]) -> None:
    """The exception tells it too, so it is no warning."""
    server.answer(400, '{"Code":356,"ErrorMessage":"introuvable"}')
    with pytest.raises(izly.ApiError):
        client.refund(izly.RefundTarget(OPERATION, "order-42"))
    (record,) = records
    assert (record.levelno, facts(record)["izly_kind"], facts(record)["izly_outcome"]) == (
        logging.INFO,
        "api",
        "rejected",
    )
    assert "clientOrderId" not in record.getMessage(), "a query was logged"


def test_every_attempt_is_told(client: izly.Client, server: Canned, records: list[logging.LogRecord]) -> None:
    """A read is repeated after a passing fault."""
    answers = iter([http(500), http(200, PAID)])
    server.respond(lambda _: next(answers))
    client.payment(OPERATION)
    assert [(facts(record)["izly_attempt"], facts(record)["izly_status"]) for record in records] == [(1, 500), (2, 200)]


def test_each_call_is_named(client: izly.Client, server: Canned, records: list[logging.LogRecord]) -> None:
    """Not after the request it makes, but after what was asked for."""
    server.answer(200, TOKENS)
    client.finish_login("code=a&state=s", "s")
    client.refresh("r")
    server.answer(200, PAID)
    client.confirm(OPERATION, ORDER)
    assert [facts(record)["izly_call"] for record in records] == ["exchange_code", "refresh", "confirm"]


def test_levels_are_heeded(client: izly.Client, server: Canned, records: list[logging.LogRecord]) -> None:
    """INFO hears of failures alone, WARNING of nothing."""
    logger = logging.getLogger("izly")
    server.answer(200, WAITING)
    for level, wanted in [(logging.INFO, 1), (logging.WARNING, 0)]:
        records.clear()
        logger.setLevel(level)
        client.payment(OPERATION)
        with pytest.raises(izly.Error):
            client.with_options(environment="http://127.0.0.1:9").refund(izly.RefundTarget(1, "a"))
        assert len(records) == wanted


def test_a_handler_may_call_too(server: Canned) -> None:
    """A handler that makes a call of its own, as one that reports elsewhere may, neither hangs nor mixes records."""
    server.answer(200, PAID)
    logger, told = logging.getLogger("izly"), list[str]()

    class Caller(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage().split(" ")[2])
            if len(told) == 1:
                with new_client(server.url) as client:
                    client.payment(OPERATION)

    caller = Caller()
    logger.addHandler(caller)
    logger.setLevel(logging.DEBUG)
    try:
        with new_client(server.url) as client:
            client.payment(OPERATION)
            client.payment(OPERATION)
    finally:
        logger.removeHandler(caller)
        logger.setLevel(logging.NOTSET)
    assert told == ["/api/Izly/WebPayments/52795"] * 3


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_handler_that_raises_takes_nothing_away(client: izly.Client, server: Canned) -> None:
    """Money may have moved: the result of a call is worth more than its record."""

    class Broken(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise RuntimeError("the disk is full")

    logger, broken = logging.getLogger("izly"), Broken()
    logger.addHandler(broken)
    logger.setLevel(logging.DEBUG)
    server.answer(200, PAID)
    try:
        assert client.payment(OPERATION).operation_id == OPERATION
    finally:
        logger.removeHandler(broken)
        logger.setLevel(logging.NOTSET)


def test_a_record_can_be_formatted(client: izly.Client, server: Canned) -> None:
    """By the ordinary formatter, with our members in its format."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(izly_call)s %(izly_status)s"))
    logger = logging.getLogger("izly")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    server.answer(200, PAID)
    try:
        client.payment(OPERATION)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    assert out.getvalue() == "izly DEBUG payment 200\n"


def test_logging_is_not_loaded_for_it(server: Canned) -> None:
    """A program that does not log pays nothing for it."""
    server.answer(200, PAID)
    program = """
        import sys, izly
        from support.partner import new_client
        assert new_client(sys.argv[1]).payment(52795).order_id == "order-42"
        print("logging" in sys.modules)
    """
    assert run(program, server.url) == "False\n"

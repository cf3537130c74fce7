"""What a client is set up with, and what it says of options that break a rule."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING, Any

import izly
import pytest
from support.partner import API_KEY, IDENTIFIER, OPERATION, PAID

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.canned import Canned


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"deadline": 0}, "deadline"),
        ({"deadline": -1}, "deadline"),
        ({"deadline": math.nan}, "deadline"),
        ({"deadline": 601}, "deadline"),
        ({"connect_timeout": 0}, "connect_timeout"),
        ({"max_body_bytes": 1023}, "max_body_bytes"),
        ({"max_body_bytes": 2**70}, "max_body_bytes"),
        ({"roots": "mine"}, "roots"),
        ({"ca_file": "/does/not/exist"}, "ca_file"),
        ({"proxy": "socks5://127.0.0.1:1"}, "proxy"),
        ({"application": "é"}, "application"),
        ({"app_identifier": "Somebody-else"}, "app_identifier"),
    ],
)
def test_an_option_that_breaks_a_rule_is_named(options: dict[str, Any], field: str) -> None:
    """And nothing is built."""
    with pytest.raises(izly.ConfigurationError) as caught:
        izly.Client(API_KEY, "preproduction", **options)
    assert (caught.value.field, caught.value.outcome, caught.value.retry) == (field, "not_sent", "fix")


@pytest.mark.parametrize("options", [{"content_type": "json"}, {"reply_amounts": "cents"}, {"state": "ignored"}])
def test_a_switch_has_two_positions(options: dict[str, str]) -> None:
    """And says which."""
    with pytest.raises(izly.ConfigurationError, match="must be .* or ") as caught:
        izly.Wire(**options)  # type: ignore[arg-type]
    assert [caught.value.field] == list(options)


@pytest.mark.parametrize("options", [{"deadline": True}, {"deadline": "15"}, {"max_body_bytes": 2048.0}])
def test_numbers_are_numbers(options: dict[str, Any]) -> None:
    """Not what can pass for one."""
    with pytest.raises(TypeError, match=f"{next(iter(options))} must be "):
        izly.Client(API_KEY, "preproduction", **options)


def test_the_environment_has_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keywords win over it; an empty variable is none; what is missing is named."""
    monkeypatch.setenv("IZLY_API_KEY", API_KEY)
    monkeypatch.setenv("IZLY_ENVIRONMENT", "preproduction")
    monkeypatch.setenv("IZLY_CA_FILE", "")
    client = izly.Client.from_env(deadline=3)
    assert (client.identifier, client.environment) == (IDENTIFIER, izly.Environment.PREPRODUCTION)
    monkeypatch.setenv("IZLY_CA_FILE", "/does/not/exist")
    with pytest.raises(izly.ConfigurationError) as unreadable:
        izly.Client.from_env()
    assert unreadable.value.field == "ca_file"
    assert izly.Client.from_env(ca_file=None).identifier == IDENTIFIER
    for name, field in (("IZLY_API_KEY", "api_key"), ("IZLY_ENVIRONMENT", "environment")):
        with monkeypatch.context() as without:
            without.delenv(name)
            with pytest.raises(izly.ConfigurationError, match=name) as missing:
                izly.Client.from_env()
            assert missing.value.field == field


def test_other_options_make_another_client() -> None:
    """The first one stays as it is; closing one leaves the other open."""
    client = izly.Client(API_KEY, "preproduction")
    other = client.with_options(environment="https://izly.example", deadline=3)
    assert str(other.environment) == "https://izly.example"
    assert client.environment == izly.Environment.PREPRODUCTION
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.start_login()
    assert other.start_login().url.startswith("https://izly.example/")


@pytest.mark.parametrize("patience", [-1, -0.001, math.nan])
def test_patience_is_not_negative(client: izly.Client, server: Canned, patience: float) -> None:
    """Nothing is sent."""
    with pytest.raises(izly.InvalidInputError) as caught:
        client.confirm(1, izly.Order("order-42", 150), patience=patience)
    assert caught.value.field == "patience"
    assert not server.requests


class _Handler(logging.Handler):
    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self.act = act

    def emit(self, record: logging.LogRecord) -> None:
        self.act()


def test_a_ctrl_c_in_a_log_handler_is_not_lost(client: izly.Client, server: Canned) -> None:
    """Another failure of a handler's is, so that it does not take the answer with it."""
    server.answer(200, PAID)

    def interrupt() -> None:
        raise KeyboardInterrupt

    logger = logging.getLogger("izly")
    handler = _Handler(interrupt)
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        with pytest.raises(KeyboardInterrupt):
            client.payment(OPERATION)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)

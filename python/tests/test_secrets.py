"""Drives every failure with servers that throw every secret back, then searches all that was printed for them."""

from __future__ import annotations

import asyncio
import base64
import logging
import pickle
import traceback
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import izly
import pytest
from support.canned import Canned, Request, http
from support.partner import CALLBACK, OPERATION, ORDER, PAID, TOKENS, USER, new_client
from support.samples import models, secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = base64.b64encode(b"Aix Marseille-777-777-777-777:s3cret-of-the-key").decode()
CODE = "MTs1NjtDT0RFK1NFQ1JFVC9DT0RF="
ACCESS = "MTs1NjtBQ0NFU1NTRUNSRVQ="
REFRESH = "MTs1Njt+UkVGUkVTSCtTRUNSRVQ="
STATE = "the-state-of-this-login"
PROXY_PASSWORD = "s3cret-of-the-proxy"
PERSONAL = ["camille.dupont@univ.example", "1234567890X", "camilled23", "202501255"]
SECRETS = [KEY, "s3cret-of-the-key", CODE, ACCESS, REFRESH, STATE, PROXY_PASSWORD]
# As they are in an address, too.
HIDDEN = [*SECRETS, *(quote(secret, safe="") for secret in SECRETS), *PERSONAL]


def quoted(request: Request) -> str:
    """A request as it fits into a JSON text."""
    return request.text.replace("\\", "\\\\").replace('"', '\\"')


# Every way to fail at the other end: each throws the whole request back, in one wrapping or another.
ECHOES: list[Callable[[Request], bytes]] = [
    lambda request: http(400, f'{{"Code":12,"ErrorMessage":"{quoted(request)}","Title":"{quoted(request)}"}}'),
    lambda request: http(200, f'{{"Code":12,"ErrorMessage":"{quoted(request)}"}}'),
    lambda request: http(400, f'{{"error":"invalid_grant","error_description":"{quoted(request)}"}}'),
    lambda request: http(401, f'{{"error":"{quoted(request)}"}}'),
    lambda request: http(403, f"<p>{request.text.replace(KEY, 'Aix Marseille-777-777-777-777:s3cret-of-the-key')}"),
    lambda request: http(500, f"<html>{request.text}</html>"),
    lambda request: http(200, f"<html>{request.text}</html>"),
    lambda request: http(200, f'{{"OperationId":"{quoted(request)}","access_token":{{"{quoted(request)}":1}}}}'),
    lambda request: http(302, "", {"Location": f"http://evil.example/?{quote(request.text)}"}),
    lambda request: b"HTTP/1.1 200 OK\r\nX-Echo: " + request.text.encode() + b"\r\nContent-Length: 999\r\n\r\nx",
]


class Printed:
    """What a program, its logs and its users may see."""

    def __init__(self) -> None:
        """Nothing so far."""
        self.texts: list[str] = []

    def value(self, value: object) -> None:
        """A value, as it is printed, formatted or looked into."""
        self.texts += [repr(value), str(value), f"{value}", repr([value]), repr({"value": value})]
        if hasattr(value, "__dict__"):
            self.texts.append(repr(vars(value)))
        to_dict = getattr(value, "to_dict", None)
        if to_dict is not None:
            self.texts.append(repr(to_dict()))

    def error(self, error: BaseException) -> None:
        """An error, with its traceback, the variables of its frames, and its pickle."""
        self.value(error)
        report = traceback.TracebackException.from_exception(error, capture_locals=True)
        # The frames of the test itself know the secrets: a program's own are its own affair.
        for frame in report.stack:
            if frame.filename != __file__:
                self.texts.append(f"{frame.name} {frame.line} {frame.locals}")
        self.texts += report.format_exception_only()
        if isinstance(error, izly.Error):
            self.texts.append(pickle.dumps(error).decode("latin-1"))
            facts = [error.api_message, error.title, error.oauth_error, error.field, error.raw_excerpt]
            self.texts += [fact for fact in facts if fact is not None]
        for below in (error.__cause__, error.__context__):
            if below is not None:
                self.error(below)

    def assert_clean(self, at_least: int) -> None:
        """No secret is anywhere in it."""
        whole = "\n".join(self.texts)
        assert len(whole) > at_least, f"little was printed: {len(whole)} characters"
        for secret in HIDDEN:
            at = whole.find(secret)
            assert at < 0, f"a secret was printed: {whole[max(0, at - 200) : at + 200]}"


class Collector(logging.Handler):
    """Keeps whatever is logged, with all that a formatter could show."""

    def __init__(self, printed: Printed) -> None:
        """Into this."""
        super().__init__(logging.DEBUG)
        self.printed = printed

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the text and every attribute."""
        self.printed.texts += [record.getMessage(), repr(vars(record))]


@pytest.fixture
def printed() -> Iterator[Printed]:
    """Collects, the logs of every library included."""
    printed = Printed()
    collector, root = Collector(printed), logging.getLogger()
    level = root.level
    root.addHandler(collector)
    root.setLevel(logging.DEBUG)
    yield printed
    root.removeHandler(collector)
    root.setLevel(level)


def caught(call: Callable[[], object], printed: Printed) -> bool:
    """Whether a call fails; what it says then, or gives, is kept."""
    try:
        printed.value(call())
    except Exception as error:
        printed.error(error)
        return True
    return False


def every_call(client: izly.Client) -> list[Callable[[], object]]:
    """Each call, with a secret wherever there is room for one."""
    query = f"code={quote(CODE, safe='')}&state={STATE}"
    tokens = izly.Tokens(ACCESS, REFRESH)
    return [
        lambda: client.finish_login(query, STATE),
        lambda: client.finish_login(query.encode(), izly.State(STATE)),
        lambda: client.finish_login(query, "another"),
        lambda: client.finish_login(f"{query}%zz", STATE),
        lambda: client.refresh(tokens),
        lambda: client.refresh(REFRESH),
        lambda: client.user(tokens),
        lambda: client.user(ACCESS),
        lambda: client.user(f"{ACCESS}\n"),
        lambda: client.create_payment(ORDER),
        lambda: client.payment(OPERATION),
        lambda: client.confirm(OPERATION, ORDER),
        lambda: client.refund(izly.RefundTarget(OPERATION, "order-42")),
    ]


def test_no_secret_comes_back_out_of_any_failure(printed: Printed, server: Canned) -> None:
    """Whatever the server does with what it got."""
    failures = 0
    for echo in ECHOES:
        server.respond(echo, keeps_connections=False)
        with izly.Client(KEY, server.url) as client:
            printed.value(client)
            failures += sum([caught(call, printed) for call in every_call(client)])
    # Some wrappings are a readable answer to some calls; most are not.
    assert failures >= len(ECHOES) * 10
    printed.assert_clean(at_least=100_000)


def test_no_secret_comes_out_of_what_never_arrives(printed: Printed, server: Canned) -> None:
    """No connection, no answer in time, no private connection, and a client that is closed."""
    silent = server.url
    server.stay_silent()
    with Canned() as gone:
        nobody = gone.url
    for url in (nobody, silent, silent.replace("http", "https")):
        with izly.Client(KEY, url, deadline=0.1) as client:
            assert sum([caught(call, printed) for call in every_call(client)]) == 13
    assert sum([caught(call, printed) for call in every_call(client)]) == 13
    printed.assert_clean(at_least=20_000)


def test_no_secret_comes_out_of_asyncio(printed: Printed, server: Canned) -> None:
    """A coroutine has frames of its own, and a traceback may show their variables."""
    query = f"code={quote(CODE, safe='')}&state={STATE}"

    async def call_everything(client: izly.AsyncClient) -> None:
        printed.value(client)
        calls = [
            client.finish_login(query, STATE),
            client.refresh(REFRESH),
            client.refresh(izly.RefreshToken(REFRESH)),
            client.user(ACCESS),
            client.create_payment(ORDER),
            client.confirm(OPERATION, ORDER),
        ]
        for outcome in await asyncio.gather(*calls, return_exceptions=True):
            assert isinstance(outcome, izly.Error)
            printed.error(outcome)
        await client.aclose()

    server.respond(ECHOES[0], keeps_connections=False)
    asyncio.run(call_everything(izly.AsyncClient(KEY, server.url)))
    assert caught(lambda: izly.AsyncClient(KEY, "http://rest.izly.fr"), printed)
    assert caught(lambda: izly.AsyncClient(f"{KEY} ", server.url), printed)
    proxy = f"ftp://user:{PROXY_PASSWORD}@proxy.example"
    assert caught(lambda: izly.AsyncClient(KEY, server.url, proxy=proxy), printed)
    client = izly.AsyncClient(KEY, server.url)
    assert caught(lambda: client.with_options(proxy=proxy), printed)
    asyncio.run(client.aclose())
    printed.assert_clean(at_least=10_000)


def test_settings_that_are_wrong_do_not_show(printed: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is most often mistyped, and then printed in an error."""
    slips = [f"{KEY} ", f" {KEY}", f"Basic {KEY}", "s3cret-of-the-key", f'"{KEY}"', KEY[:-3] + "\n", KEY + KEY]
    for slip in slips:
        assert caught(partial(izly.ApiKey, slip), printed)
        assert caught(partial(izly.Client, slip, "preproduction"), printed)
        monkeypatch.setenv("IZLY_API_KEY", slip)
        monkeypatch.setenv("IZLY_ENVIRONMENT", "preproduction")
        assert caught(izly.Client.from_env, printed)
    wrong: list[Any] = [KEY.encode(), [KEY], {"key": KEY}]
    for slip in wrong:
        assert caught(partial(izly.Client, slip, "preproduction"), printed)
    assert caught(lambda: izly.ApiKey.from_parts("Paris:78", "s3cret-of-the-key"), printed)
    assert caught(lambda: izly.ApiKey.from_parts("Paris-78", "s3cret-of-the-key\n"), printed)
    for proxy in (f"http://user:{PROXY_PASSWORD}@", f"ftp://user:{PROXY_PASSWORD}@proxy.example", PROXY_PASSWORD):
        assert caught(partial(izly.Client, KEY, "preproduction", proxy=proxy), printed)
    with izly.Client(KEY, "preproduction", proxy=f"http://user:{PROXY_PASSWORD}@proxy.example") as client:
        printed.value(client)
        printed.value(client.with_options(deadline=3))
    printed.assert_clean(at_least=10_000)


def test_no_secret_and_no_student_shows_in_any_value(printed: Printed, server: Canned) -> None:
    """Every model and every secret, as programs get them."""
    for value in [*models(server).values(), *secrets(server).values()]:
        printed.value(value)
    server.answer(200, TOKENS)
    with izly.Client(KEY, server.url) as client:
        login = client.start_login()
        printed.value(login)
        assert login.state.reveal() not in "\n".join(printed.texts)
        tokens = client.finish_login(f"code={quote(CODE, safe='')}&state={STATE}", STATE)
        printed.value(tokens)
        assert (tokens.access.reveal(), tokens.refresh and tokens.refresh.reveal()) == (ACCESS, REFRESH)
        server.answer(200, USER)
        user = client.user(tokens)
        printed.value(user)
        assert user.ine == "1234567890X"
    printed.assert_clean(at_least=10_000)


def test_what_is_personal_opens_by_name_only(server: Canned) -> None:
    """`to_dict` leaves it out unless it is asked for."""
    claim = izly.Callback.parse(CALLBACK).untrusted
    assert claim.user.email == "camille.dupont@univ.example"
    assert "camille" not in repr(claim.to_dict())
    assert "camille" in repr(claim.to_dict(reveal=True))
    server.answer(200, PAID)
    with new_client(server.url) as client:
        paid = client.confirm(OPERATION, ORDER)
    assert "camille" not in repr(paid.to_dict())
    assert paid.payment.customer.email == "camille.dupont@univ.example"


def test_a_callback_that_cannot_be_read_does_not_show(printed: Printed) -> None:
    """It may name a student all the same; only the excerpt, which is asked for by name, may hold it."""
    for body in (CALLBACK[:-1], CALLBACK.replace('"Id":52795', '"Id":"camilled23"')):
        with pytest.raises(izly.UnreadableError) as failure:
            izly.Callback.parse(body)
        error = failure.value
        printed.texts += [str(error), repr(error), repr(vars(error)), pickle.dumps(error).decode("latin-1")]
    printed.assert_clean(at_least=500)


def test_the_search_finds_what_is_there() -> None:
    """It would notice a leak."""
    for leak in (KEY, quote(CODE, safe=""), PERSONAL[0]):
        printed = Printed()
        printed.value(f"{leak} and more")
        with pytest.raises(AssertionError, match="a secret was printed"):
            printed.assert_clean(at_least=10)

    def fails(key: str) -> None:
        raise ValueError("no")

    printed, namespace = Printed(), dict[str, Any]()
    exec(compile("def outer(key, inner): inner(key)", "a program", "exec"), namespace)
    assert caught(lambda: namespace["outer"](KEY, fails), printed)
    with pytest.raises(AssertionError, match="a secret was printed"):
        printed.assert_clean(at_least=10)

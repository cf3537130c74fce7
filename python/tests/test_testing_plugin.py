"""The pytest plugin, run by a pytest of its own as a user's project would."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest
from izly.testing._command import find_command
from support.web import is_alive

if TYPE_CHECKING:
    from collections.abc import Callable

pytest_plugins = ["pytester"]


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Callable[..., pytest.RunResult]:
    """Runs a test file in a pytest of its own, as a user's project would."""
    monkeypatch.setenv("IZLY_COMMAND", find_command())
    monkeypatch.setenv("PYTHONWARNINGS", "error")

    def run_tests(source: str, *arguments: str, conftest: str = "") -> pytest.RunResult:
        pytester.makepyfile(test_shop=source)
        if conftest:
            pytester.makeconftest(conftest)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", *arguments)

    return run_tests


SHOP = """
    import izly

    def buy(client, sandbox, receiver, order):
        sandbox.approve(client.create_payment(order))
        return client.confirm(izly.Callback.parse(receiver.next()), order)

    def test_first(izly_client, izly_sandbox, izly_callback):
        assert buy(izly_client, izly_sandbox, izly_callback, izly.Order("order-1", 150)).amount_cents == 150
        # Two more, which nobody looks at.
        for number in (2, 3):
            izly_sandbox.approve(izly_client.create_payment(izly.Order(f"order-{number}", 150)))
        izly_callback.reply = izly.Reply.rejected(1, "no")
        print(f"sandbox {izly_sandbox.base_url}")

    def test_second(izly_client, izly_sandbox, izly_callback):
        assert izly_callback.received == []
        assert izly_callback.reply == izly.Reply.accepted()
        assert buy(izly_client, izly_sandbox, izly_callback, izly.Order("order-4", 150)).order_id == "order-4"
        print(f"sandbox {izly_sandbox.base_url}")
"""


def test_the_fixtures_need_nothing(inner: Callable[..., pytest.RunResult]) -> None:
    """No import and no configuration: one sandbox for all tests, without the callbacks of the tests before."""
    result = inner(SHOP, "-s")
    result.assert_outcomes(passed=2)
    urls = {line.split("sandbox ")[1] for line in result.outlines if "sandbox " in line}
    assert len(urls) == 1
    assert not is_alive(urls.pop())


def test_the_fixtures_can_be_listed(inner: Callable[..., pytest.RunResult]) -> None:
    """With what they are."""
    result = inner("def test_nothing(): pass", "--fixtures", "-q")
    text = result.stdout.str()
    for name in ("izly_sandbox", "izly_partner", "izly_client", "izly_callback", "izly_sandbox_options"):
        assert f"{name} " in text


def test_a_client_of_a_test_is_closed_after_it(inner: Callable[..., pytest.RunResult]) -> None:
    """Each test has its own."""
    inner(
        """
        import pytest
        kept = []

        def test_one(izly_client):
            kept.append(izly_client)

        def test_two(izly_client):
            assert izly_client is not kept[0]
            with pytest.raises(RuntimeError, match="closed"):
                kept[0].payment(1)
        """
    ).assert_outcomes(passed=2)


def test_what_a_test_changes_is_put_back(inner: Callable[..., pytest.RunResult]) -> None:
    """Faults, settings, readings and accounts; to what the session's own options say."""
    conftest = """
        import pytest

        @pytest.fixture(scope="session")
        def izly_sandbox_options():
            return {"arguments": ["--wire", "casing=camel", "--callbacks", "after-reply"]}
    """
    tests = """
        import izly
        kept = []

        def test_changes(izly_sandbox, izly_client):
            kept.append(izly_client.create_payment(izly.Order("order-1", 150)))
            izly_sandbox.fault("any", "server_error")
            izly_sandbox.wire(casing="pascal", callback_amount="centimes", order_id_max_length=5)
            izly_sandbox.callback_settings(mode="never", retries=[1], forge="amount")
            izly_sandbox.set_account("riche", state="closed", balance_cents=0)
            assert False

        def test_after(izly_sandbox, izly_client):
            assert izly_sandbox.faults() == ()
            wire, callbacks = izly_sandbox.wire(), izly_sandbox.callback_settings()
            assert (wire["casing"], wire["callback_amount"], wire["order_id_max_length"]) == ("camel", "euros", None)
            assert (callbacks["mode"], callbacks["retries"], callbacks["forge"]) == ("after_reply", [], None)
            assert izly_sandbox.account("riche") == izly_sandbox.accounts[0]
            assert izly_client.payment(kept[0].operation_id).order_id == "order-1"
    """
    inner(tests, conftest=conftest).assert_outcomes(passed=1, failed=1)


def test_a_partner_of_the_tests_own(inner: Callable[..., pytest.RunResult]) -> None:
    """One process, and a world for each test: with one line, for all tests."""
    conftest = """
        import pytest

        @pytest.fixture
        def izly_sandbox(izly_partner):
            return izly_partner
    """
    tests = """
        import izly
        import pytest
        seen = []

        @pytest.mark.parametrize("letter", ["é::", "b", "x" * 200])
        def test_each(letter, izly_sandbox, izly_partner, izly_client, izly_callback):
            assert izly_sandbox is izly_partner
            assert izly_client.identifier == izly_partner.identifier
            assert izly_partner.payments() == ()
            assert izly_partner.faults() == ()
            order = izly.Order("order-1", 150)
            izly_partner.approve(izly_client.create_payment(order))
            paid = izly_client.confirm(izly.Callback.parse(izly_callback.next()), order)
            izly_partner.fault("any", "server_error")
            izly_partner.wire(casing="camel")
            seen.append((izly_partner.base_url, izly_partner.identifier))
            print(f"id {letter[0]!a} {paid.operation_id}")

        def test_all():
            assert len({url for url, _ in seen}) == 1
            assert len({identifier for _, identifier in seen}) == len(seen)
    """

    def ids(*arguments: str) -> list[str]:
        result = inner(tests, "-s", *arguments, conftest=conftest)
        assert result.ret == 0
        return [line.split("id ")[1] for line in result.outlines if "id " in line]

    everything = ids()
    assert len(everything) == 3
    # Alone or in company, a test has the same ids.
    assert ids("-k", "each and b or all") == [everything[1]]


def test_options_of_the_sandbox(inner: Callable[..., pytest.RunResult]) -> None:
    """Overridden in a conftest; with a callback address of the project's own there is no receiver."""
    conftest = """
        import pytest

        @pytest.fixture(scope="session")
        def izly_sandbox_options():
            return {"seed": 7, "callback_url": "http://127.0.0.1:9/callback"}
    """
    tests = """
        def test_without(izly_sandbox, izly_client):
            assert izly_sandbox.callbacks is None

        def test_with(izly_callback):
            pass
    """
    result = inner(tests, conftest=conftest)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*this sandbox calls the `callback_url`*"])


def test_without_the_command(inner: Callable[..., pytest.RunResult], monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that says what to install, not a skip: a test that did not run has not passed."""
    monkeypatch.setenv("IZLY_COMMAND", "no-such-command")
    result = inner("def test_it(izly_client): pass\ndef test_other(): pass")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*no-such-command, does not exist*"])


def test_this_environment_has_the_plugin() -> None:
    """Through its entry point, so that it is tested as it is installed."""
    (point,) = [point for point in entry_points(group="pytest11") if point.name == "izly"]
    assert point.value == "izly._pytest_plugin"
    assert "izly._pytest_plugin" in sys.modules

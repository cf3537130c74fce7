"""`izly.testing`: what Izly has, partners that do not see each other, and what was before."""

from __future__ import annotations

import concurrent.futures
import gc
import os
import pickle
import signal
import time
from contextlib import suppress

import izly
import pytest
from izly.testing import PageError, RefusedError, Sandbox, Snapshot
from izly.testing._admin import Admin
from izly.testing._command import find_command
from izly.testing._isolation import Beginning
from support.programs import run, start
from support.web import is_alive

ORDER = izly.Order("order-42", 150)


def test_accounts() -> None:
    """Their state and money, now and as it was at the start."""
    with Sandbox() as sandbox, sandbox.client() as client:
        began = sandbox.account()
        assert began == sandbox.accounts[0]
        pending = client.create_payment(ORDER)
        assert sandbox.set_account("riche", balance_cents=149).balance_cents == 149
        with pytest.raises(PageError, match="solde"):
            sandbox.approve(pending)
        changed = sandbox.set_account("riche@example.fr", state="opposed", balance_cents=150)
        assert (changed.name, changed.state, changed.balance_cents) == ("riche", "opposed", 150)
        with pytest.raises(PageError, match="opposition"):
            sandbox.approve(pending)
        sandbox.set_account("riche", state="active")
        sandbox.approve(pending)
        assert sandbox.account("riche").balance_cents == 0
        assert sandbox.accounts[0] == began
        assert began.password not in repr(changed)
        with pytest.raises(RefusedError, match="404"):
            sandbox.set_account("no/body", balance_cents=1)
        with pytest.raises(RefusedError, match="`balance_cents`"):
            sandbox.set_account("riche", balance_cents=-1)


def test_payments() -> None:
    """As Izly keeps them, in the order of their creation."""
    with Sandbox() as sandbox, sandbox.client() as client:
        new = izly.NewPayment(ORDER, message="2 cafés", callback_parameters="a=1", software=7)
        first = client.create_payment(new)
        for number in range(3):
            client.create_payment(izly.Order(f"order-{number}", 100 + number))
        sandbox.approve(first)
        client.refund(client.confirm(first.operation_id, ORDER))
        payments = sandbox.payments()
        assert [one.order_id for one in payments] == ["order-42", "order-0", "order-1", "order-2"]
        paid = payments[0]
        assert (paid.operation_id, paid.amount_cents, paid.status) == (first.operation_id, 150, "Refund")
        assert (paid.message, paid.callback_parameters, paid.software) == ("2 cafés", "a=1", 7)
        assert (paid.customer, paid.authorization_url) == ("riche@example.fr", first.authorization_url)
        assert paid.paid is not None
        assert paid.refunded is not None
        assert paid.created < paid.paid < paid.refunded
        assert sandbox.payment(first.operation_id) == paid
        assert [one.order_id for one in sandbox.payments(status="Waiting", limit=2)] == ["order-1", "order-2"]
        assert [one.amount_cents for one in sandbox.payments(order_id="order-1")] == [101]


def test_the_timeline() -> None:
    """What was asked and answered; the last ones, where there are more."""
    with Sandbox() as sandbox, sandbox.client() as client:
        pending = client.create_payment(ORDER)
        for _ in range(3):
            client.payment(pending.operation_id)
        asked = sandbox.requests(operation_id=pending.operation_id)
        assert [one.call for one in asked] == ["create_payment"] + ["read_payment"] * 3
        assert sandbox.requests(limit=2) == asked[-2:]
        assert (asked[1].method, asked[1].status, asked[1].fault) == ("GET", 200, None)
        assert asked[1].target.endswith(f"/WebPayments/{pending.operation_id}")
        assert dict(asked[1].response_headers)["content-type"].startswith("application/")
        assert '"order-42"' in asked[1].response_body
        assert [one.sequence for one in asked] == sorted(one.sequence for one in asked)


def test_a_world_that_begins_again() -> None:
    """The registration stays, and the same requests give the same ids."""
    with Sandbox() as sandbox, sandbox.client() as client:
        first = client.create_payment(ORDER)
        sandbox.approve(first)
        sandbox.fault("any", "server_error")
        sandbox.wire(casing="camel")
        sandbox.reset()
        assert (sandbox.payments(), sandbox.faults()) == ((), ())
        assert sandbox.wire().get("casing") == "pascal"
        assert sandbox.account() == sandbox.accounts[0]
        assert sandbox.callbacks is not None
        assert sandbox.callbacks.received == []
        assert client.create_payment(ORDER).operation_id == first.operation_id


def test_what_was_before() -> None:
    """A snapshot holds all partners, and may be kept elsewhere."""
    with Sandbox() as sandbox, sandbox.client() as client, sandbox.partner("Autre-1") as other:
        pending = client.create_payment(ORDER)
        other.set_account("riche", balance_cents=7)
        kept = sandbox.snapshot()
        assert repr(kept) == "Snapshot()"
        sandbox.approve(pending)
        other.reset()
        sandbox.restore(pickle.loads(pickle.dumps(kept)))
        assert sandbox.payment(pending.operation_id).status == "Waiting"
        assert other.account().balance_cents == 7
        with pytest.raises(RefusedError, match="snapshot"):
            sandbox.restore(Snapshot(b"{}"))


def test_partners_do_not_see_each_other() -> None:
    """Accounts, payments, faults, settings, clock, callbacks: each has its own."""
    with Sandbox() as sandbox, sandbox.client() as client, sandbox.partner("Laverie-2", site_name="Laverie") as other:
        assert (other.identifier, other.base_url) == ("Laverie-2", sandbox.base_url)
        assert repr(other) == f"<Partner 'Laverie-2' {sandbox.base_url}>"
        assert izly.ApiKey(other.api_key).identifier == "Laverie-2"
        assert other.accounts == sandbox.accounts
        other.fault("any", "server_error")
        other.wire(casing="camel")
        other.callback_settings(mode="never")
        other.set_account("riche", state="blocked")
        other.advance_clock(1800)
        sandbox.approve(client.create_payment(ORDER))
        assert other.callbacks is not None
        assert other.callbacks.received == []
        other.reset()
        with other.client() as its_client:
            pending = its_client.create_payment(ORDER)
            other.approve(pending)
            paid = its_client.confirm(izly.Callback.parse(other.callbacks.next()), ORDER)
            with pytest.raises(izly.Error):
                client.payment(paid.operation_id)
        assert len(sandbox.payments()) == len(other.payments()) == 1
        with pytest.raises(RefusedError, match="`identifier`: another partner"):
            sandbox.partner("Laverie-2")
        with pytest.raises(RefusedError, match="`secret`"):
            sandbox.partner("Laverie-3", secret="no")
        with pytest.raises(RefusedError, match="`identifier`"):
            sandbox.partner("a:b")


def test_a_partner_that_is_closed_is_gone() -> None:
    """Its identifier is free again; one with a callback address of the test's own has no receiver."""
    with Sandbox() as sandbox:
        with sandbox.partner("Autre-1") as other:
            assert other.callbacks is not None
            url = other.callbacks.url
            assert is_alive(url)
        assert not is_alive(url)
        with pytest.raises(RefusedError, match="`partner`"):
            other.payments()
        with sandbox.partner("Autre-1", callback_url="http://127.0.0.1:9/", izly_pay=False) as again:
            other.close()
            assert again.callbacks is None
            with again.client() as client, pytest.raises(izly.Error):
                client.create_payment(ORDER)


def test_partners_in_parallel() -> None:
    """Threads with a partner each, in one sandbox: each gets the ids that it would get alone."""
    with Sandbox() as sandbox:

        def shop(number: int) -> list[int]:
            with sandbox.partner(f"Shop-{number}") as partner, partner.client() as client:
                ids: list[int] = []
                for count in range(3):
                    order = izly.Order(f"order-{count}", 150)
                    partner.approve(client.create_payment(order))
                    assert partner.callbacks is not None
                    ids.append(client.confirm(izly.Callback.parse(partner.callbacks.next()), order).operation_id)
                return ids

        alone = [shop(number) for number in range(8)]
        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            assert list(threads.map(shop, range(8))) == alone
        assert sandbox.payments() == ()


def test_putting_back_what_did_not_change_tells_nothing() -> None:
    """The timeline belongs to the tests."""
    with Sandbox() as sandbox:
        admin = Admin(sandbox.base_url, sandbox.identifier)
        beginning = Beginning(sandbox)
        beginning.put_back()
        assert admin.get("journal")["entries"] == []
        sandbox.wire(casing="camel")
        beginning.put_back()
        assert [one["kind"] for one in admin.get("journal")["entries"]] == ["event", "event"]


# ---- How it ends ----


def test_a_forgotten_sandbox_lives_as_long_as_its_partners() -> None:
    """The view of a partner keeps its process."""
    partner = Sandbox().partner("Autre-1")
    with partner, partner.client() as client:
        assert client.create_payment(ORDER).operation_id == partner.payments()[0].operation_id
    url = partner.base_url
    del partner
    gc.collect()
    assert not is_alive(url)


def test_a_forked_child_removes_no_partner() -> None:
    """It is its parent's."""
    program = f"""
        import os, sys, warnings
        warnings.filterwarnings("ignore", message=".*multi-threaded.*fork", category=DeprecationWarning)
        import izly.testing
        sandbox = izly.testing.Sandbox(command={find_command()!r})
        partner = sandbox.partner("Autre-1")
        child = os.fork()
        if child == 0:
            partner.fault("any", "server_error")
            partner.close()
            sys.exit(0)
        assert os.waitpid(child, 0)[1] == 0
        print(len(partner.faults()))
    """
    assert run(program) == "1\n"


def test_a_killed_test_run_leaves_no_sandbox_behind() -> None:
    """Not even SIGKILL does, after which nothing of the run's own can end it."""
    program = f"""
        import os, sys
        os.setsid()
        import izly.testing
        sandbox = izly.testing.Sandbox(command={find_command()!r})
        print(sandbox.base_url, flush=True)
        sys.stdin.read()
    """
    with start(program) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert is_alive(url)
            process.kill()
            assert process.wait() == -signal.SIGKILL
            patience = time.monotonic() + 20
            while is_alive(url):
                assert time.monotonic() < patience, "the sandbox lives on"
                time.sleep(0.01)
        finally:
            # Should the sandbox live on: it is in the same session.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

"""One partner of a sandbox, and its world."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from izly import AsyncClient, Client
from izly.testing._admin import Admin
from izly.testing._records import Account, Delivery, Fault, PaymentRecord, Request, read
from izly.testing._student import Student

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Any, Literal

    from typing_extensions import Self, Unpack

    from izly import Login, PendingPayment
    from izly._options import AsyncOptions, Options
    from izly.testing._receiver import CallbackReceiver
    from izly.testing._words import (
        AccountState,
        Call,
        CallbackSettings,
        DeliveryState,
        FaultKind,
        Forge,
        PaymentState,
        WireSwitches,
    )

__all__ = ["Partner", "account_of"]


class Partner:
    """A partner of a sandbox, with a world of its own: accounts, payments, tokens, clock, faults, settings, timeline.

    A `Sandbox` is its own first partner, and `Sandbox.partner` registers others. What one does, no other sees:

        with sandbox.partner("Laverie-2-2-2-2") as laundry, laundry.client() as its_client:
            laundry.set_account("riche", balance_cents=0)
            laundry.fault("read_payment", "server_error")
            assert sandbox.account("riche").balance_cents == 10_000
            sandbox.approve(client.create_payment(order))

    It is open until it is closed, or its `with` ends.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        identifier: str,
        accounts: tuple[Account, ...],
        callbacks: CallbackReceiver | None,
    ) -> None:
        """The view of a partner that is registered already: for `Sandbox`, which makes them all."""
        self._base_url = base_url
        self._api_key = api_key
        self._identifier = identifier
        self._accounts = accounts
        self._callbacks = callbacks
        self._admin = Admin(base_url, identifier)

    # ---- Who it is ----

    @property
    def base_url(self) -> str:
        """The environment to give to a client: `http://127.0.0.1:PORT`."""
        return self._base_url

    @property
    def api_key(self) -> str:
        """The partner's API key. Only sandboxes take it, so it is no secret."""
        return self._api_key

    @property
    def identifier(self) -> str:
        """The partner's identifier."""
        return self._identifier

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The students' test accounts, as they were at the start; `account` gives one as it is now."""
        return self._accounts

    @property
    def callbacks(self) -> CallbackReceiver | None:
        """What receives the callbacks; `None` when they go to a `callback_url` of the caller's."""
        return self._callbacks

    def client(self, **options: Unpack[Options]) -> Client:
        """A client of this partner's, with the options of `Client`."""
        return Client(self.api_key, self.base_url, **options)

    def async_client(self, **options: Unpack[AsyncOptions]) -> AsyncClient:
        """An async client of this partner's, with the options of `AsyncClient`."""
        return AsyncClient(self.api_key, self.base_url, **options)

    # ---- The student ----

    def student(self, account: str = "riche") -> Student:
        """The student of a test account, in front of a browser."""
        for one in self._accounts:
            if one.name == account:
                return Student(one.login, one.password)
        raise ValueError(f"there is no account {account!r}: take one of {[one.name for one in self._accounts]}")

    def login(self, login_or_url: Login | str, account: str = "riche") -> str:
        """The student logs in: gives the raw query that the browser comes back with, for `Client.finish_login`.

        Raises `PageError` when the login page keeps the student.
        """
        url = login_or_url if isinstance(login_or_url, str) else login_or_url.url
        return self.student(account).log_in(url)

    def approve(self, pending: PendingPayment | str, account: str = "riche") -> None:
        """The student approves a payment, given as such or by its authorization URL; the callback comes meanwhile.

        Raises `PageError` when the payment page refuses, as it does for `solde-insuffisant`.
        """
        self.student(account).approve(_page_of(pending))

    def cancel(self, pending: PendingPayment | str) -> None:
        """The student presses *Annuler* on a payment's page."""
        self.student().cancel(_page_of(pending))

    # ---- Faults ----

    def fault(
        self,
        call: Literal["any"] | Call,
        kind: FaultKind,
        *,
        nth: int | None = None,
        times: int | None = None,
        probability: float | None = None,
        operation_id: int | None = None,
        commit: bool = False,
        delay_ms: int = 0,
    ) -> Fault:
        """Lets a call go wrong from now on; gives the rule.

        The refund is done, and its answer gets lost:

            sandbox.approve(pending)
            paid = client.confirm(pending.operation_id, order)
            sandbox.fault("refund", "commit_then_drop", times=1)
            with pytest.raises(izly.Error) as caught:
                client.refund(paid)
            assert caught.value.outcome is izly.Outcome.UNKNOWN
            assert sandbox.payment(pending.operation_id).status == "Refund"

        - `call`: `login_page`, `token`, `refresh`, `users`, `create_payment`, `read_payment`, `payment_page`, `refund`,
          or `any`; of the two pages, it is the form being sent that goes wrong;
        - `kind`: what goes wrong, see below;
        - `nth`: only at the n-th such call from now on;
        - `times`: at most so often; always without it;
        - `probability`: how likely at each call, drawn from the seed; certain without it;
        - `operation_id`: only at calls about this payment;
        - `commit`: whether Izly does the work all the same: for `server_error`, `bad_gateway`, `empty_reply` and
          `redirect`;
        - `delay_ms`: how long the call waits first. A `delay` does nothing else.

        No answer: `drop_before_commit` (nothing is done), `commit_then_drop` (it is done). Another answer:
        `server_error` (500), `bad_gateway` (an HTML 502), `empty_reply` (200), `redirect` (to another host),
        `truncated_json`, `foreign_authorization_url`, `unknown_status`, `extra_fields`, `big_ids` (beyond 2^53),
        `comma_decimals`, `stuck_waiting` (whatever the truth). Logins: `token_expired`, `refresh_refused`,
        `state_dropped`.

        Raises `RefusedError` for a kind that the call cannot have, and for a value that is none.
        """
        rule: dict[str, object] = {"call": call, "fault": kind, "commit": commit, "delay_ms": delay_ms}
        conditions = {"nth": nth, "times": times, "probability": probability, "operation_id": operation_id}
        return read(Fault, self._admin.post("faults", {**rule, **conditions}))

    def faults(self) -> tuple[Fault, ...]:
        """The rules in force, with how often each one fired so far."""
        return tuple(read(Fault, one) for one in self._admin.get("faults")["faults"])

    def clear_faults(self) -> None:
        """All calls go well again."""
        self._admin.delete("faults")

    # ---- Callbacks ----

    def callback_settings(self, **changes: Unpack[CallbackSettings]) -> CallbackSettings:
        """Changes how callbacks are delivered; gives all settings, which may be given back.

            before = sandbox.callback_settings()
            sandbox.callback_settings(copies=3, concurrent=True)
            sandbox.approve(pending)
            assert len({sandbox.callbacks.next() for _ in range(3)}) == 1
            sandbox.callback_settings(**before)

        Raises `RefusedError` for a value that is none.
        """
        settings: CallbackSettings = self._settings("callback-settings", changes)
        return settings

    def deliveries(
        self, *, operation_id: int | None = None, state: DeliveryState | None = None
    ) -> tuple[Delivery, ...]:
        """The callbacks so far: those that ended, and those that wait."""
        return _deliveries(self._admin.get("deliveries", operation_id=operation_id, state=state))

    def deliver(self, delivery: Delivery | int) -> Delivery:
        """Delivers a callback that waits, and gives what became of it.

            sandbox.callback_settings(mode="manual")
            sandbox.approve(pending)
            [waiting] = sandbox.deliveries(state="waiting")
            assert sandbox.deliver(waiting).accepted

        Raises `RefusedError` for one that does not wait.
        """
        return read(Delivery, self._admin.post(f"deliveries/{_id_of(delivery)}/deliver"))

    def replay(self, delivery: Delivery | int, *, callback_url: str | None = None) -> Delivery:
        """Delivers the same bytes once more, elsewhere if you like; gives what became of them."""
        return read(Delivery, self._admin.post(f"deliveries/{_id_of(delivery)}/replay", {"callback_url": callback_url}))

    def send_callback(
        self,
        operation_id: int,
        *,
        forge: Forge | None = None,
        copies: int | None = None,
        concurrent: bool | None = None,
        callback_url: str | None = None,
    ) -> tuple[Delivery, ...]:
        """Sends a callback about a payment, out of thin air; gives what became of it.

        Without `forge` it says what Izly would say. With it, it is a stranger's, who lies about the `amount`, the
        `operation`, the `order` or the `status`:

            sandbox.send_callback(pending.operation_id, forge="status")
            claim = izly.Callback.parse(sandbox.callbacks.next())
            assert claim.untrusted.status == "Completed"
            with pytest.raises(izly.NotFinalError):
                client.confirm(claim, order)

        Raises `RefusedError` when there is no such payment, and for a value that is none.
        """
        options = {"forge": forge, "copies": copies, "concurrent": concurrent, "callback_url": callback_url}
        return _deliveries(self._admin.post("callbacks", {"operation_id": operation_id, **options}))

    # ---- What Izly has ----

    def account(self, name: str = "riche") -> Account:
        """A test account as it is now.

        Raises `RefusedError` when there is none.
        """
        return account_of(self._admin.get(_account_path(name)))

    def set_account(
        self, name: str, *, state: AccountState | None = None, balance_cents: int | None = None
    ) -> Account:
        """Changes a test account, and gives it.

            sandbox.set_account("riche", balance_cents=149)
            with pytest.raises(PageError, match="solde"):
                sandbox.approve(pending)

        Raises `RefusedError` when there is none, and for a value that is none.
        """
        return account_of(self._admin.patch(_account_path(name), {"state": state, "balance_cents": balance_cents}))

    def payment(self, operation_id: int) -> PaymentRecord:
        """A payment as Izly keeps it, whatever faults say.

        Raises `RefusedError` when there is none.
        """
        return read(PaymentRecord, self._admin.get(f"payments/{operation_id:d}"))

    def payments(
        self, *, status: PaymentState | None = None, order_id: str | None = None, limit: int = 100
    ) -> tuple[PaymentRecord, ...]:
        """The payments that Izly keeps, in the order of their creation; the last ones, where there are more."""
        found = self._admin.get("payments", status=status, order_id=order_id, limit=limit)
        return tuple(read(PaymentRecord, one) for one in found["payments"])

    def requests(
        self, *, call: Call | None = None, operation_id: int | None = None, limit: int = 100
    ) -> tuple[Request, ...]:
        """The requests of the timeline, in the order of arrival; the last ones, where there are more.

            client.payment(pending.operation_id)
            [asked] = sandbox.requests(call="read_payment")
            assert (asked.operation_id, asked.status) == (pending.operation_id, 200)

        The timeline keeps the newest ten thousand steps.
        """
        about = {"call": call, "operation_id": operation_id, "limit": limit}
        return tuple(read(Request, one) for one in self._admin.get("journal", kind="request", **about)["entries"])

    # ---- The world ----

    def advance_clock(self, seconds: int) -> datetime:
        """Moves the sandbox's clock on, and gives what it shows: tokens expire, retries of callbacks come.

            login = client.start_login()
            tokens = client.finish_login(sandbox.login(login), login.state)
            sandbox.advance_clock(1800)
            with pytest.raises(izly.AuthenticationError):
                client.user(tokens)

        Raises `RefusedError` for less than a second, and for more than ten years.
        """
        return datetime.fromisoformat(self._admin.post("clock/advance", {"seconds": seconds})["now"])

    def wire(self, **switches: Unpack[WireSwitches]) -> WireSwitches:
        """Reads what the vendor's guide leaves open another way; gives all switches, which may be given back.

            sandbox.wire(callback_amount="centimes", read_amount="centimes")
            sandbox.wire(profile="guide", echo_state=False)

        Raises `RefusedError` for a value that is none.
        """
        all_switches: WireSwitches = self._settings("wire", switches)
        return all_switches

    def _settings(self, path: str, changes: Mapping[str, object]) -> Any:
        # A change of nothing would be told on the timeline.
        return self._admin.patch(path, changes) if changes else self._admin.get(path)

    def reset(self) -> None:
        """Begins again: the same accounts, settings and seed, no payments. The registration stays.

        The same requests give the same operation ids again, so that what a test has stored under them must go as well.
        """
        self._admin.post("reset")
        if self._callbacks is not None:
            self._callbacks.clear()

    def close(self) -> None:
        """Ends it. May be called twice."""
        if self._callbacks is not None:
            self._callbacks.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends it."""
        self.close()

    def __repr__(self) -> str:
        """Whose it is, and where."""
        return f"<Partner {self.identifier!r} {self.base_url}>"


def account_of(values: dict[str, Any]) -> Account:
    """An account as the API tells it, which has two logins."""
    return read(Account, {**values, "login": values.get("email")})


def _account_path(name: str) -> str:
    return f"accounts/{quote(name, safe='')}"


def _deliveries(found: dict[str, Any]) -> tuple[Delivery, ...]:
    return tuple(read(Delivery, one) for one in found["deliveries"])


def _id_of(delivery: Delivery | int) -> int:
    return delivery if isinstance(delivery, int) else delivery.id


def _page_of(pending: PendingPayment | str) -> str:
    return pending if isinstance(pending, str) else pending.authorization_url

"""A local Izly, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
import weakref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from izly import AsyncClient, Client
from izly.testing._command import find_command
from izly.testing._receiver import CallbackReceiver
from izly.testing._student import Student

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from types import TracebackType
    from typing import IO, Any

    from typing_extensions import Unpack

    from izly import Login, PendingPayment
    from izly._options import AsyncOptions, Options

__all__ = ["Account", "Sandbox", "SandboxError"]

_START_TIMEOUT = 30.0
_STOP_TIMEOUT = 5.0


class SandboxError(RuntimeError):
    """The sandbox did not start. The message is what the command said."""


@dataclass(frozen=True)
class Account:
    """A student's test account, named after the scene it plays.

    - `name`: which scene: `riche`, `boursier`, `solde-insuffisant`, `impayes` or `bloque`;
    - `login`: the e-mail address to log in with;
    - `password`: the same for all, and no secret, but it does not show;
    - `state`: `active`, `unpaid_debts` or `blocked`;
    - `balance_cents`: the money on it when the sandbox started, in centimes.
    """

    name: str
    login: str
    password: str = field(repr=False)
    state: str
    balance_cents: int


class Sandbox:
    """A local Izly: the whole protocol on a loopback address, until it is closed.

        with Sandbox() as sandbox, sandbox.client() as client:
            pending = client.create_payment(izly.Order("order-42", 150))
            sandbox.approve(pending)
            callback = izly.Callback.parse(sandbox.callbacks.next())

    It runs the `izly sandbox` command, from `pip install izly-cli`. Everything is in memory, and the same seed with the
    same requests gives the same answers. Without a `callback_url` it starts a `CallbackReceiver` of its own.
    """

    def __init__(
        self,
        *,
        callback_url: str | None = None,
        login_redirect_url: str | None = None,
        payment_redirect_url: str | None = None,
        home_url: str | None = None,
        seed: int = 0,
        command: str | os.PathLike[str] | None = None,
        arguments: Sequence[str] = (),
    ) -> None:
        """Starts a sandbox for a partner with these addresses; `arguments` are further ones of the command.

        The command is `command`, else the variable `IZLY_COMMAND`, else this environment's, else the first on the PATH.
        Raises `CommandNotFoundError`, or `SandboxError` when the command ends or says nothing.
        """
        line = [find_command(command), "sandbox", "--port", "0", "--seed", str(seed)]
        receiver = None if callback_url is not None else CallbackReceiver()
        addresses = {
            "--callback-url": callback_url if receiver is None else receiver.url,
            "--login-redirect-url": login_redirect_url,
            "--payment-redirect-url": payment_redirect_url,
            "--home-url": home_url,
        }
        for flag, address in addresses.items():
            if address is not None:
                line += [flag, address]
        try:
            process, ready = _start([*line, *arguments])
        except BaseException:
            if receiver is not None:
                receiver.close()
            raise
        self._callbacks = receiver
        self._base_url: str = ready["base_url"]
        self._api_key: str = ready["api_key"]
        self._identifier: str = ready["identifier"]
        self._accounts = tuple(
            Account(one["name"], one["login"], one["password"], one["state"], one["balance_cents"])
            for one in ready["accounts"]
        )
        self._stop = weakref.finalize(self, _stop, process)

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
        """The students' test accounts."""
        return self._accounts

    @property
    def callbacks(self) -> CallbackReceiver | None:
        """What receives the callbacks; `None` when they go to a `callback_url` of the caller's."""
        return self._callbacks

    def client(self, **options: Unpack[Options]) -> Client:
        """A client of this sandbox, with the options of `Client`."""
        return Client(self.api_key, self.base_url, **options)

    def async_client(self, **options: Unpack[AsyncOptions]) -> AsyncClient:
        """An async client of this sandbox, with the options of `AsyncClient`."""
        return AsyncClient(self.api_key, self.base_url, **options)

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

    def close(self) -> None:
        """Ends the process, and the receiver that was started for it. May be called twice."""
        self._stop()
        if self._callbacks is not None:
            self._callbacks.close()

    def __enter__(self) -> Sandbox:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends the process."""
        self.close()

    def __repr__(self) -> str:
        """Where it is."""
        return f"<Sandbox {self.base_url}>"


def _page_of(pending: PendingPayment | str) -> str:
    return pending if isinstance(pending, str) else pending.authorization_url


def _start(line: list[str]) -> tuple[subprocess.Popen[bytes], Any]:
    """A running command and its ready line."""
    # A file takes whatever is said about callbacks; a pipe that nobody reads would fill up and stop the sandbox.
    with tempfile.TemporaryFile() as notes:
        process = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=notes)
        try:
            return process, json.loads(_first_line(process))
        except BaseException as error:
            _stop(process)
            if not isinstance(error, ValueError):
                raise
            raise SandboxError(f"the sandbox did not start: {_said(notes)}") from None


def _first_line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    impatience = threading.Timer(_START_TIMEOUT, process.kill)
    impatience.start()
    try:
        return process.stdout.readline()
    finally:
        impatience.cancel()


def _said(notes: IO[bytes]) -> str:
    notes.seek(0)
    return notes.read().decode("utf-8", "replace").strip() or "it said nothing"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a sandbox. In a forked child it does not: `Popen` signals none but its own process's children."""
    process.terminate()
    try:
        process.wait(_STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()

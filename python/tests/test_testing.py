"""`izly.testing.Sandbox`, and the command that runs it."""

from __future__ import annotations

import gc
import stat
import threading
from pathlib import Path

import izly
import pytest
from izly.testing import (
    CallbackReceiver,
    CommandNotFoundError,
    PageError,
    Sandbox,
    SandboxError,
    Student,
)
from izly.testing._command import find_command
from support.programs import run
from support.web import is_alive, read

ORDER = izly.Order("order-42", 150)


def test_a_purchase_in_ten_lines() -> None:
    """The example of the documentation."""
    with Sandbox() as sandbox, sandbox.client() as client:
        pending = client.create_payment(ORDER)
        sandbox.approve(pending)
        assert sandbox.callbacks is not None
        callback = izly.Callback.parse(sandbox.callbacks.next())
        assert client.confirm(callback, ORDER).amount_cents == 150
    assert not is_alive(sandbox.base_url)
    sandbox.close()


def test_what_a_sandbox_says_of_itself() -> None:
    """Its address, its partner, its students."""
    with Sandbox() as sandbox:
        assert sandbox.base_url.startswith("http://127.0.0.1:")
        assert repr(sandbox) == f"<Sandbox {sandbox.base_url}>"
        key = izly.ApiKey(sandbox.api_key)
        assert (key.identifier, key.is_sandbox) == (sandbox.identifier, True)
        rich = sandbox.accounts[0]
        assert (rich.name, rich.login, rich.state) == ("riche", "riche@example.fr", "active")
        assert rich.balance_cents >= 5000
        assert {one.state for one in sandbox.accounts} >= {"active", "unpaid_debts", "blocked", "frozen", "closed"}
        assert rich.password not in repr(sandbox.accounts)
        assert repr(sandbox.student()) == "Student('riche@example.fr')"
        with sandbox.client(deadline=3) as client:
            assert (client.identifier, client.environment.base_url) == (sandbox.identifier, sandbox.base_url)
        with pytest.raises(ValueError, match="boursier"):
            sandbox.student("nobody")


def test_the_same_seed_gives_the_same_answers() -> None:
    """And another seed others."""

    def first_operation(seed: int) -> int:
        with Sandbox(seed=seed) as sandbox, sandbox.client() as client:
            return client.create_payment(ORDER).operation_id

    assert first_operation(1) == first_operation(1) != first_operation(2)


def test_addresses_of_the_partner() -> None:
    """Each goes to its place: where the browser comes back to, and where callbacks go."""
    with (
        CallbackReceiver() as receiver,
        Sandbox(
            callback_url=f"{receiver.url}?shop=7",
            login_redirect_url="https://shop.example/login",
            payment_redirect_url="https://shop.example/paid",
            home_url="https://shop.example/home",
        ) as sandbox,
        sandbox.client() as client,
    ):
        assert sandbox.callbacks is None
        login = client.start_login()
        query = sandbox.login(login, account="boursier")
        assert client.user(client.finish_login(query, login.state)).client_code == "etu00005"
        pending = client.create_payment(izly.NewPayment(ORDER, callback_parameters="a=1"))
        sandbox.approve(pending.authorization_url)
        assert izly.parse_callback(receiver.next()).operation_id == pending.operation_id
        page = read(pending.authorization_url)
        assert 'href="https://shop.example/paid"' in page
        cancelled = client.create_payment(izly.Order("order-43", 150))
        sandbox.cancel(cancelled)
        assert 'href="https://shop.example/home"' in read(cancelled.authorization_url)


def test_pages_that_keep_the_student() -> None:
    """Their own words are in the error."""
    with Sandbox() as sandbox, sandbox.client() as client:
        login, pending = client.start_login(), client.create_payment(ORDER)
        with pytest.raises(PageError, match="bloqué"):
            sandbox.login(login, account="bloque")
        with pytest.raises(PageError, match="mot de passe"):
            Student("riche@example.fr", "wrong").log_in(login.url)
        with pytest.raises(PageError, match="solde"):
            sandbox.approve(pending, account="solde-insuffisant")
        with pytest.raises(PageError, match="impayés"):
            sandbox.approve(pending, account="impayes")
        sandbox.approve(pending)
        for act in (sandbox.approve, sandbox.cancel):
            with pytest.raises(PageError, match="no form"):
                act(pending)
        with pytest.raises(PageError, match="introuvable"):
            sandbox.approve(pending.authorization_url.replace("token=", "token=x"))
        Student("riche@example.fr", "").cancel(login.url)


def test_further_arguments_of_the_command() -> None:
    """Whatever it takes."""
    with Sandbox(arguments=["--no-izly-pay"]) as sandbox, sandbox.client() as client:
        assert client.start_login().url
        pytest.raises(izly.ApiError, client.create_payment, ORDER)
    with Sandbox(arguments=["--callback-not-allowed"]) as sandbox, sandbox.client() as client:
        sandbox.approve(client.create_payment(ORDER))
        assert sandbox.callbacks is not None
        with pytest.raises(TimeoutError):
            sandbox.callbacks.next(timeout=0.05)


def test_a_sandbox_that_does_not_start() -> None:
    """Says why, in the command's own words, and leaves no receiver behind."""
    before = threading.active_count()
    with pytest.raises(SandboxError, match="no-such-flag") as caught:
        Sandbox(arguments=["--no-such-flag"])
    # The traceback still holds everything that was made for it.
    assert (threading.active_count(), caught.traceback is None) == (before, False)


def test_a_command_that_is_something_else(tmp_path: Path) -> None:
    """It prints what is no ready line, or nothing."""
    for said in ("echo hello", "true"):
        command = tmp_path / "izly"
        command.write_text(f"#!/bin/sh\n{said}\n")
        command.chmod(0o755)
        with pytest.raises(SandboxError, match="did not start"):
            Sandbox(command=command)


def test_a_forgotten_sandbox_ends() -> None:
    """With its object, and with its program."""
    sandbox = Sandbox()
    url = sandbox.base_url
    assert is_alive(url)
    del sandbox
    gc.collect()
    assert not is_alive(url)
    program = "import izly.testing; sandbox = izly.testing.Sandbox(); print(sandbox.base_url)"
    url = run(program.replace("Sandbox()", f"Sandbox(command={find_command()!r})")).strip()
    assert not is_alive(url)


def test_a_forked_child_ends_nothing() -> None:
    """The sandbox and the receiver belong to the process that started them."""
    program = f"""
        import gc, os, sys, warnings
        warnings.filterwarnings("ignore", message=".*multi-threaded.*fork", category=DeprecationWarning)
        import izly.testing
        sandbox = izly.testing.Sandbox(command={find_command()!r})
        child = os.fork()
        if child == 0:
            sandbox.close()
            del sandbox
            gc.collect()
            sys.exit(0)
        assert os.waitpid(child, 0)[1] == 0
        with sandbox.client() as client:
            sandbox.approve(client.create_payment(izly.Order("order-42", 150)))
        print(izly.Callback.parse(sandbox.callbacks.next()).order_id)
    """
    assert run(program) == "order-42\n"


# ---- The command ----


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No command anywhere."""
    monkeypatch.delenv("IZLY_COMMAND", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    def get_path(name: str) -> str:
        return str(tmp_path / name)

    monkeypatch.setattr("sysconfig.get_path", get_path)
    return tmp_path


def executable(path: Path) -> str:
    """A file that could be the command."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_where_the_command_is(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Argument, variable, scripts folder, PATH: the first that there is."""
    with pytest.raises(CommandNotFoundError, match="pip install izly-cli"):
        find_command()
    on_path = executable(bare / "bin" / "izly")
    assert find_command() == on_path
    in_scripts = executable(bare / "scripts" / "izly")
    assert find_command() == in_scripts
    monkeypatch.setenv("IZLY_COMMAND", executable(bare / "named"))
    assert find_command() == str(bare / "named")
    given = executable(bare / "given")
    assert find_command(given) == find_command(Path(given)) == given


def test_a_command_that_is_named_must_be_there(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another does not take its place."""
    executable(bare / "bin" / "izly")
    with pytest.raises(CommandNotFoundError, match="does not exist"):
        find_command(bare / "missing")
    (bare / "plain").write_text("")
    monkeypatch.setenv("IZLY_COMMAND", str(bare / "plain"))
    with pytest.raises(CommandNotFoundError, match="not executable"):
        find_command()
    with pytest.raises(FileNotFoundError):
        Sandbox()

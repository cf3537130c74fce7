"""`help()` explains every public name, with its parameters."""

from __future__ import annotations

import inspect
import pydoc
from importlib.metadata import version
from typing import Any, get_origin

import izly
import izly.testing
import pytest
from izly import _pytest_plugin

NAMES = [name for name in izly.__all__ if name != "__version__"]
PUBLIC: dict[str, Any] = {f"izly.{name}": getattr(izly, name) for name in NAMES}
TESTING: dict[str, Any] = {f"izly.testing.{name}": getattr(izly.testing, name) for name in izly.testing.__all__}
CLASSES: dict[str, type[Any]] = {
    name: value for name, value in {**PUBLIC, **TESTING}.items() if isinstance(value, type)
}
CONSTRUCTORS = {
    "AccessToken": "text",
    "ApiKey": "text",
    "AsyncClient": "api_key environment max_workers",
    "Client": "api_key environment app_identifier deadline connect_timeout max_body_bytes reuse_connections roots "
    "ca_file proxy application wire",
    "Environment": "text",
    "NewPayment": "order message callback_parameters redirect_url software",
    "Order": "id amount_cents",
    "RefreshToken": "text",
    "RefundTarget": "operation_id order_id",
    "Scope": "bits",
    "State": "text",
    "Status": "text",
    "Tokens": "access refresh",
    "Wire": "content_type reply_amounts refund_slash state",
}
METHODS = {
    "ApiKey.from_parts": "identifier secret",
    "Callback.parse": "body",
    "Client.confirm": "operation order patience",
    "Client.create_payment": "payment",
    "Client.finish_login": "raw_query state",
    "Client.payment": "operation_id",
    "Client.refresh": "tokens",
    "Client.refund": "payment",
    "Client.start_login": "scope",
    "Client.user": "access",
    "Reply.accepted": "",
    "Reply.rejected": "code message",
    "Reply.with_status": "status",
    "parse_callback": "body",
}


def documented(value: object) -> bool:
    """Whether it has words of its own: not those of `object`, `str` or `Exception`."""
    words = getattr(value, "__doc__", None)
    return isinstance(words, str) and len(words.strip()) > 5


def members(cls: type[Any]) -> dict[str, Any]:
    """What a class of ours adds that a program may use."""
    bases = [base for base in cls.__mro__ if base.__module__ == "builtins"]
    inherited = {name for base in bases for name in dir(base)}
    names = [name for name in dir(cls) if not name.startswith("_") and name not in inherited]
    return {name: inspect.getattr_static(cls, name) for name in names}


@pytest.mark.parametrize("name", [*PUBLIC, *TESTING])
def test_every_name_is_explained(name: str) -> None:
    """In its own words."""
    value = {**PUBLIC, **TESTING}[name]
    if get_origin(value) is not None:
        # A union has no documentation of its own: the module has it.
        assert f"- `{name.rpartition('.')[2]}`: " in str(izly.testing.__doc__)
        return
    assert documented(value)
    if isinstance(value, type):
        assert value.__doc__ not in [base.__doc__ for base in value.__mro__[1:]]
    assert documented(izly)
    assert documented(izly.testing)


@pytest.mark.parametrize("name", CLASSES)
def test_every_member_is_explained(name: str) -> None:
    """Methods and properties; constants are explained by their class."""
    for member, value in members(CLASSES[name]).items():
        if isinstance(value, (CLASSES[name], str)) or not (callable(value) or hasattr(value, "__get__")):
            continue
        assert documented(value), f"{name}.{member}"


@pytest.mark.parametrize("name", CONSTRUCTORS)
def test_constructors_show_their_parameters(name: str) -> None:
    """In the order they are given in."""
    parameters = inspect.signature(getattr(izly, name)).parameters.values()
    shown = [one.name for one in parameters if one.kind is not one.VAR_KEYWORD]
    assert shown == CONSTRUCTORS[name].split()


@pytest.mark.parametrize("name", METHODS)
def test_methods_show_their_parameters(name: str) -> None:
    """As `help()` and editors do."""
    value: Any = izly
    for part in name.split("."):
        value = getattr(value, part)
    parameters = [one for one in inspect.signature(value).parameters if one != "self"]
    assert parameters == METHODS[name].split()


@pytest.mark.parametrize("name", CLASSES)
def test_help_can_be_shown(name: str) -> None:
    """With the name that programs use."""
    text = pydoc.plain(pydoc.render_doc(CLASSES[name]))
    short = name.rpartition(".")[2]
    assert f"class {short}" in text
    for member in members(CLASSES[name]):
        assert member in text


def test_help_of_a_method() -> None:
    """One that matters."""
    text = pydoc.plain(pydoc.render_doc(izly.Client.confirm))
    assert "confirm(self, /, operation, order, *, patience=" in text
    assert "NotFinalError" in text


def test_the_fixtures_are_explained() -> None:
    """As `pytest --fixtures` shows them."""
    for name in _pytest_plugin.__all__:
        assert documented(getattr(_pytest_plugin, name)), name


def test_versions() -> None:
    """Of the package, and of the native half."""
    assert izly.__version__ == version("izly")

"""pytest fixtures: a local Izly, a client of it, and what receives its callbacks.

Known to pytest through the entry point of this package; nothing to import or to configure:

    def test_checkout(izly_sandbox, izly_client, izly_callback):
        order = izly.Order("order-42", 150)
        pending = izly_client.create_payment(order)
        izly_sandbox.approve(pending)
        callback = izly.Callback.parse(izly_callback.next())
        assert izly_client.confirm(callback, order).amount_cents == 150

The sandbox needs the `izly` command: `pip install izly-cli`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from izly import Client
    from izly.testing import CallbackReceiver, Partner, Sandbox
    from izly.testing._isolation import Beginning

__all__ = ["izly_callback", "izly_client", "izly_partner", "izly_sandbox", "izly_sandbox_options"]

# pytest imports this module in every project that has the package installed: the rest waits until it is asked for.


@pytest.fixture(scope="session")
def izly_sandbox_options() -> dict[str, Any]:
    """The arguments of the `izly.testing.Sandbox` that the tests share. Override it in a `conftest.py`."""
    return {}


@pytest.fixture(scope="session")
def _izly_shared_sandbox(izly_sandbox_options: dict[str, Any]) -> Iterator[Sandbox]:
    from izly.testing import Sandbox

    with Sandbox(**izly_sandbox_options) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def _izly_beginning(_izly_shared_sandbox: Sandbox) -> Beginning:
    from izly.testing._isolation import Beginning

    return Beginning(_izly_shared_sandbox)


@pytest.fixture
def izly_sandbox(_izly_shared_sandbox: Sandbox, _izly_beginning: Beginning) -> Iterator[Sandbox]:
    """A running `izly.testing.Sandbox`: one for all tests, without the callbacks of the tests before.

    Payments last as long as the sandbox does: use order ids of the test's own. What a test changes is put back after
    it: faults, callback settings, wire switches, the state and the balance of the accounts.
    """
    _izly_beginning.forget_callbacks()
    yield _izly_shared_sandbox
    _izly_beginning.put_back()


@pytest.fixture
def izly_partner(_izly_shared_sandbox: Sandbox, request: pytest.FixtureRequest) -> Iterator[Partner]:
    """An `izly.testing.Partner` of the test's own: nothing in its world was there before, or is there after.

    It has an API key of its own, and runs in the process that all tests share, so that it costs next to nothing. In a
    `conftest.py`, this gives every test such a world, its client and its callbacks:

        @pytest.fixture
        def izly_sandbox(izly_partner):
            return izly_partner
    """
    from izly.testing._isolation import identifier_of

    with _izly_shared_sandbox.partner(identifier_of(request.node.nodeid)) as partner:
        yield partner


@pytest.fixture
def izly_client(izly_sandbox: Sandbox) -> Iterator[Client]:
    """An `izly.Client` of the sandbox, closed after the test."""
    with izly_sandbox.client() as client:
        yield client


@pytest.fixture
def izly_callback(izly_sandbox: Sandbox) -> CallbackReceiver:
    """The `izly.testing.CallbackReceiver` that the sandbox calls; accepts every callback unless told otherwise."""
    receiver = izly_sandbox.callbacks
    if receiver is None:
        pytest.fail("this sandbox calls the `callback_url` of `izly_sandbox_options`: there is no receiver")
    return receiver

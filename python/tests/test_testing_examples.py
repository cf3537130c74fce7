"""The examples in the documentation of `izly.testing`, run as they are printed."""

from __future__ import annotations

import inspect
import re
import textwrap
from typing import TYPE_CHECKING, Any

import izly
import izly.testing
import pytest
from izly.testing import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

CLASSES = [izly.testing.Partner, izly.testing.Sandbox]


def indented(documentation: str | None) -> str:
    """The code in a documentation: what stands further to the right."""
    lines = inspect.cleandoc(documentation or "").splitlines()
    kept = [line for line in lines if line.startswith("    ") or not line]
    return textwrap.dedent("\n".join(kept)).strip()


def examples() -> Iterator[tuple[str, str]]:
    """All of them, by the name of what they explain."""
    for cls in CLASSES:
        for name, value in [("", cls), *vars(cls).items()]:
            code = indented(getattr(value, "__doc__", None)) if name != "__doc__" else ""
            if code:
                yield f"{cls.__name__}.{name}".rstrip("."), code
    yield "izly.testing", indented(izly.testing.__doc__)


EXAMPLES = dict(examples())


def test_what_is_best_shown_is_shown() -> None:
    """Otherwise the others below would be none."""
    shown = "fault callback_settings deliver send_callback set_account requests advance_clock wire".split()
    assert {f"Partner.{name}" for name in shown} <= set(EXAMPLES)
    assert {"izly.testing", "Partner", "Sandbox", "Sandbox.partner", "Sandbox.snapshot"} <= set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs(name: str) -> None:
    """With the names that it takes for granted."""
    order = izly.Order("order-42", 150)
    with Sandbox() as sandbox, sandbox.client(deadline=10) as client:
        names: dict[str, Any] = {name: getattr(izly.testing, name) for name in izly.testing.__all__}
        names.update(izly=izly, pytest=pytest, sandbox=sandbox, client=client, order=order)
        if re.search(r"\bpending\b", EXAMPLES[name]) and "pending =" not in EXAMPLES[name]:
            names["pending"] = client.create_payment(order)
        exec(compile(EXAMPLES[name], name, "exec"), names)

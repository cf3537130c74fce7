"""Keeps the fuzzing of the admin API short: whatever it asks the sandbox to wait for, it does not wait long."""

from __future__ import annotations

from typing import Any

import schemathesis

_LONGEST_MS = 20


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case[Any], kwargs: dict[str, Any]) -> None:  # noqa: ARG001
    """Shortens waits that are valid; those that are not stay as they are."""
    for values in (case.query, case.body):
        if isinstance(values, dict):
            for name in ("wait_ms", "delay_ms"):
                value = values.get(name)
                if isinstance(value, int) and not isinstance(value, bool) and _LONGEST_MS < value <= 60_000:
                    values[name] = _LONGEST_MS

"""A second interpreter in the same process, as mod_wsgi makes them."""

from __future__ import annotations

from support.programs import run

SECOND = '''
import izly

try:
    import _interpreters as interpreters

    second = interpreters.create("legacy")
except ImportError:
    import _xxsubinterpreters as interpreters

    second = interpreters.create(isolated=False)

source = """
try:
    import izly
except ImportError as error:
    print(error, flush=True)
else:
    print("imported", flush=True)
"""
interpreters.run_string(second, source)
assert izly.Order("order-42", 150).amount_cents == 150
'''


def test_a_second_interpreter_is_refused() -> None:
    """Its errors would not be the first one's `izly.Error`; the first one goes on."""
    printed = run(SECOND)
    assert "one interpreter of a process" in printed
    assert "WSGIApplicationGroup" in printed

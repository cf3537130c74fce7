"""Does one thing many times with one contender, and prints what it cost as a line of JSON.

    python worker.py OPERATION CONTENDER
    python worker.py list

Settings come from the environment; measure.py and wire.py name them. The families below import nothing of a contender's
until it is asked for, so that no peer slows or speeds another.
"""

from __future__ import annotations

import sys

import asynchronous
import calls
import decode
import threads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# By operation and contender: what measures it and gives the line to print.
OPERATIONS: dict[str, dict[str, Callable[[], str]]] = {
    **decode.OPERATIONS,
    **calls.OPERATIONS,
    **asynchronous.OPERATIONS,
    **threads.OPERATIONS,
}


def main(arguments: list[str]) -> str:
    """What to print; whoever asks for anything else is told why not, and the exit code is 1."""
    if arguments == ["list"]:
        return "\n".join(f"{operation} {contender}" for operation in OPERATIONS for contender in OPERATIONS[operation])
    if len(arguments) != 2:
        raise SystemExit("worker.py OPERATION CONTENDER, or worker.py list")
    operation, contender = arguments
    if contender not in OPERATIONS.get(operation, {}):
        raise SystemExit(f"no contender {contender} in operation {operation}: see worker.py list")
    return OPERATIONS[operation][contender]()


if __name__ == "__main__":
    print(main(sys.argv[1:]))

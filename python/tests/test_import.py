"""What `import izly` costs."""

from __future__ import annotations

import json
import statistics
from typing import TYPE_CHECKING

import izly
import pytest
from support.programs import run

if TYPE_CHECKING:
    from collections.abc import Callable

# What takes longer to import than this package, or is no business of its.
TOO_HEAVY = [
    "asyncio",
    "concurrent.futures",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "http.client",
    "inspect",
    "json",
    "logging",
    "pickle",
    "pytest",
    "re",
    "requests",
    "socket",
    "ssl",
    "subprocess",
    "threading",
    "typing",
    "urllib",
]
MOST_MODULES = 30

# -I and -S: what a site or a .pth file imports is not this package's doing; the folder to import from is given.
PROGRAM = """
import sys, time
sys.path.insert(0, sys.argv[1])
before = set(sys.modules)
begins = time.perf_counter()
import izly
took = time.perf_counter() - begins
new = sorted(set(sys.modules) - before)
del sys.path[0]
import json
print(json.dumps({"took": took, "new": new}))
"""


@pytest.fixture(scope="module")
def imported() -> dict[str, list[str] | float]:
    """What an import in a bare interpreter brings along, and the median of the times of a few."""
    folder = izly.__path__[0].rpartition("/")[0]
    runs = [json.loads(run(PROGRAM, folder, options=("-I", "-S"))) for _ in range(11)]
    return {"took": statistics.median(one["took"] for one in runs), "new": runs[0]["new"]}


def test_only_a_few_modules_come_along(imported: dict[str, list[str]], figure: Callable[[str], None]) -> None:
    """Ours and next to nothing else."""
    new = imported["new"]
    figure(f"import izly: {len(new)} modules: {', '.join(new)}")
    assert "izly" in new
    assert len(new) < MOST_MODULES
    assert {name for name in new if not name.startswith("izly")} <= {"__future__"}


@pytest.mark.parametrize("name", TOO_HEAVY)
def test_nothing_heavy_comes_along(name: str, imported: dict[str, list[str]]) -> None:
    """Not even below something else."""
    assert [module for module in imported["new"] if module == name or module.startswith(f"{name}.")] == []


def test_the_time_it_takes(imported: dict[str, float], figure: Callable[[str], None]) -> None:
    """Told, not asserted: the machine may be busy."""
    figure(f"import izly: {imported['took'] * 1000:.1f} ms in a bare interpreter, median of 11")
    assert imported["took"] > 0


def test_the_async_client_comes_when_it_is_asked_for() -> None:
    """By name, and by `dir`, which does not bring it."""
    program = """
        import sys, izly
        assert "AsyncClient" in dir(izly) and "AsyncClient" in izly.__all__
        assert "asyncio" not in sys.modules
        assert izly.AsyncClient is izly.AsyncClient
        assert "asyncio" in sys.modules
        try:
            izly.NoSuchName
        except AttributeError as error:
            print(error)
    """
    assert run(program) == "module 'izly' has no attribute 'NoSuchName'\n"


def test_the_pytest_plugin_is_light() -> None:
    """Every project that has the package installed imports it with each run of its tests."""
    program = """
        import pytest, sys
        before = set(sys.modules)
        import izly._pytest_plugin
        new = set(sys.modules) - before
        print(sorted(name for name in new if not name.startswith("izly")), "izly.testing" in new)
    """
    assert run(program) == "[] False\n"


def test_star_import_brings_every_public_name() -> None:
    """And nothing that is not public."""
    program = """
        from izly import *
        names = {name for name in globals() if not name.startswith("_")}
        import izly
        assert names == set(izly.__all__) - {"__version__"}, names ^ set(izly.__all__)
        print(__version__ == izly.__version__)
    """
    assert run(program) == "True\n"

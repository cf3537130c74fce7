"""The admin API's description: valid, true to its own examples, served as it is, and kept to by the sandbox."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.world import World

HERE = Path(__file__).parent
FILE = HERE.parents[1] / "crates/izly-sandbox/openapi.json"
DOCUMENT: Any = json.loads(FILE.read_text("utf-8"))
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


def operations() -> Iterator[tuple[str, Any]]:
    """Every operation with its id."""
    for methods in DOCUMENT["paths"].values():
        for operation in methods.values():
            yield operation["operationId"], operation


def test_it_is_valid() -> None:
    """As OpenAPI 3.1."""
    assert DOCUMENT["openapi"].startswith("3.1.")
    validate(DOCUMENT)


def test_it_is_served_as_it_is(world: World) -> None:
    """The file and the answer hold the same."""
    assert world.admin.get("/openapi.json") == DOCUMENT


def test_every_operation_says_what_it_is_for() -> None:
    """By a name of its own, a tag that exists, and a line for people."""
    tags = {tag["name"] for tag in DOCUMENT["tags"]}
    names = [name for name, _ in operations()]
    assert len(names) == len(set(names)) == 38
    for name, operation in operations():
        assert set(operation["tags"]) <= tags, name
        assert operation["summary"], name
        assert {"400", "403"} <= set(operation["responses"]), name
        assert ("requestBody" in operation) == ("415" in operation["responses"]), name


@pytest.mark.parametrize("name", SCHEMAS)
def test_examples_fit(name: str) -> None:
    """What a reader copies is accepted."""
    schema = {**SCHEMAS[name], "components": DOCUMENT["components"]}
    for example in SCHEMAS[name].get("examples", []):
        Draft202012Validator(schema).validate(example)


@pytest.mark.parametrize("name", DOCUMENT["components"]["responses"])
def test_examples_of_refusals_fit(name: str) -> None:
    """They have the one shape."""
    content = DOCUMENT["components"]["responses"][name]["content"]["application/json"]
    schema = {**content["schema"], "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(content["example"])


def objects(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Every schema of an object, however deep, by its place."""
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from objects(inner, f"{where}.{number}")
    if isinstance(value, dict):
        if value.get("type") == "object":
            yield where, value
        for name, inner in value.items():
            if name not in ("examples", "example"):
                yield from objects(inner, f"{where}.{name}")


def test_objects_hold_the_names_they_say_and_no_others() -> None:
    """So that a slip is refused, and an answer is known to the last name."""
    every = list(objects(DOCUMENT, "document"))
    assert len(every) > 30
    loose = [where for where, schema in every if schema.get("additionalProperties") is not False]
    # This document itself, and what a snapshot holds.
    assert [where.split(".")[-1] for where in loose] == ["schema", "items"], loose


@pytest.mark.timeout(300)
def test_the_sandbox_keeps_to_it(world: World, tmp_path: Path) -> None:
    """Thousands of requests that fit the schemas, or do not: none fails, and each answer is one that is described."""
    world.settings(timeout_ms=200)
    for number in range(3):
        world.partner.create(f"order-{number}")
    # It looks for its hooks, and leaves its notes, where it runs.
    shutil.copy(HERE / "fuzz_hooks.py", tmp_path)
    # Not by its name: the environment's programs need not be on the path.
    line = [sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", str(HERE / "schemathesis.toml")]
    line += ["run", str(FILE), "--url", world.process.url]
    run = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False)
    assert run.returncode == 0, f"{run.stdout[-20_000:]}\n{run.stderr[-2_000:]}"
    assert "38 selected / 38 total" in run.stdout
    assert world.process.said().find("panicked") == -1

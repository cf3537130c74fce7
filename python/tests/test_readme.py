"""The README's Python example, run as it is printed."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from izly.testing import Sandbox
from izly.testing._command import find_command

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "python/examples/checkout.py").read_text(encoding="utf-8")


def test_the_readmes_show_the_example_as_it_is() -> None:
    """In both languages."""
    for name in ("README.md", "README.fr.md"):
        assert f"```python\n{EXAMPLE}```" in (ROOT / name).read_text(encoding="utf-8"), name


def test_the_tests_that_the_readmes_show_pass(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they are printed, in a project of their own."""
    monkeypatch.setenv("IZLY_COMMAND", find_command())
    for name in ("README.md", "README.fr.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        [shown] = re.findall(r"```python\n(import izly\nimport pytest\n.*?)```", text, re.DOTALL)
        pytester.makepyfile(test_shop=shown)
        pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)


def test_the_example_takes_a_payment_and_gives_it_back(tmp_path: Path) -> None:
    """With a student who approves; only its port is another, for the machine's own 8000 may be taken."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    program = tmp_path / "checkout.py"
    assert "8000" in EXAMPLE
    program.write_text(EXAMPLE.replace("8000", str(port)), encoding="utf-8")
    with Sandbox(callback_url=f"http://127.0.0.1:{port}/izly/callback") as sandbox:
        environment = {**os.environ, "IZLY_ENVIRONMENT": sandbox.base_url, "IZLY_API_KEY": sandbox.api_key}
        command = [sys.executable, str(program)]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as run:
            try:
                assert run.stdout is not None
                line = run.stdout.readline()
                assert line.startswith("approve at ")
                sandbox.approve(line.removeprefix("approve at ").strip())
                rest, _ = run.communicate(timeout=20)
            finally:
                run.kill()
    assert re.fullmatch(r"paid: credit operation \d+ once, 1\.50 euros\nrefunded: Refund\n", rest), rest
    assert run.returncode == 0

"""What goes wrong between a test and its sandbox."""

from __future__ import annotations

__all__ = ["RefusedError", "SandboxError"]


class SandboxError(RuntimeError):
    """The sandbox did not start, or does not answer. The message is what the command said, or why."""


class RefusedError(SandboxError):
    """The sandbox refuses what a test asks of it: nothing was changed.

    - `status`: 400 for a wrong value, 404 for what is not there, 409 for what does not fit what is there;
    - `field`: the argument at fault, in the words of the admin API, or `None`;
    - `rule`: what it must be.
    """

    def __init__(self, status: int, field: str | None, rule: str) -> None:
        """Keeps the facts."""
        super().__init__(status, field, rule)
        self.status = status
        self.field = field
        self.rule = rule

    def __str__(self) -> str:
        """The field and the rule."""
        what = "this" if self.field is None else f"`{self.field}`"
        return f"the sandbox refuses {what}: {self.rule} (HTTP {self.status})"

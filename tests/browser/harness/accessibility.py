"""axe-core on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {
    "runOnly": {"type": "tag", "values": _RULES},
    "rules": {
        # Off unless asked for: the size of what a finger has to hit.
        "target-size": {"enabled": True},
    },
}


def problems(page: Page) -> list[str]:
    """What axe objects to, and what it could not make out: an element that cannot be judged is no proof of anything."""
    response: dict[str, Any] = Axe().run(page, options=_OPTIONS).response
    if not response["passes"]:
        return ["axe looked at nothing"]
    found = [*response["violations"], *response["incomplete"]]
    return [f"{rule['id']} ({rule['help']}): {_places(rule)}" for rule in found]


def _places(rule: dict[str, Any]) -> str:
    return "; ".join(f"{' '.join(map(str, node['target']))}: {node['failureSummary']}" for node in rule["nodes"])

"""Prints as JSON what `import izly` brings along: modules by name and number, and memory.

Run it isolated (`python -I`); nothing is imported before izly but what it takes to count.
"""

from __future__ import annotations

import sys

# What takes longer to import than izly, or is no business of its.
HEAVY = ["ssl", "asyncio", "requests", "http", "email", "decimal", "datetime", "logging"]


def resident_memory() -> int:
    """What is resident now, in KiB."""
    with open("/proc/self/status", encoding="ascii") as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    raise RuntimeError("the system does not say how much memory is used")


# Asked twice, so that asking has brought along all that it needs.
resident_memory()
modules_before, memory_before = set(sys.modules), resident_memory()

import izly  # noqa: F401

memory_after, brought = resident_memory(), set(sys.modules) - modules_before

import json

print(
    json.dumps(
        {
            "pulled_in": {name: name in brought for name in HEAVY},
            "there_before": sorted(modules_before.intersection(HEAVY)),
            "modules": len(brought),
            "names": sorted(brought),
            "rss_kib_before": memory_before,
            "rss_kib_after": memory_after,
        }
    )
)

"""The two fields of a callback that JSON has no type for, by the fastest exact means of the standard library.

All peers share them, so that only their JSON differs.
"""

from __future__ import annotations

from datetime import datetime

read_iso = datetime.fromisoformat


def centimes(text: str) -> int:
    """The centimes in `1.50`. No float on the way, and no Decimal either: that takes longer."""
    euros, _, cents = text.partition(".")
    if len(cents) != 2:
        raise ValueError("an amount has two decimals")
    return int(euros + cents)


def moment(text: str) -> datetime:
    """The moment in `03/05/2021 15:37:30`.

    Put in ISO order, the interpreter reads it in one call: a third of what a number for each part takes, and a tenth of
    strptime.
    """
    return read_iso(f"{text[6:10]}-{text[3:5]}-{text[:2]}T{text[11:]}")

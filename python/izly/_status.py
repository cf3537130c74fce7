"""The states of a payment."""

from __future__ import annotations

from izly import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

__all__ = ["Status"]


class Status(str):
    """The state of a payment, as Izly gives it: a `str` that knows what it means.

    The guide documents `Waiting`, `Completed` and `Refund`; the vendor's older API also knew the others named here
    (protocol §6). Whatever else comes is kept as it came, so a new state breaks nothing. **Only `COMPLETED` means
    paid.**

        >>> Status("Completed").is_paid, Status("Frozen").is_known
        (True, False)
    """

    __slots__ = ()

    WAITING: ClassVar[Status]
    """Created; the student has not approved yet."""
    COMPLETED: ClassVar[Status]
    """Paid."""
    REFUND: ClassVar[Status]
    """Paid, then refunded."""
    REFUSED: ClassVar[Status]
    """Refused."""
    CANCELLED: ClassVar[Status]
    """Cancelled by the student."""
    WAITING_FOR_VALIDATION: ClassVar[Status]
    """Being decided."""

    def __new__(cls, text: str) -> Status:
        """The state of this name, whatever its casing; an unknown one as it is."""
        return super().__new__(cls, _native.status_facts(text)[0])

    @property
    def is_known(self) -> bool:
        """Whether it is one of the states named here."""
        return _native.status_facts(self)[1]

    @property
    def is_paid(self) -> bool:
        """Whether the student has paid. True of `COMPLETED` alone."""
        return _native.status_facts(self)[2]

    @property
    def is_final(self) -> bool:
        """Whether the state can no longer turn into paid, or is paid already.

        An unknown state is not final: someone may have been debited, so a program must keep asking.
        """
        return _native.status_facts(self)[3]

    def __repr__(self) -> str:
        """As it is made: `Status('Completed')`."""
        return f"Status({str(self)!r})"


Status.WAITING = Status("Waiting")
Status.COMPLETED = Status("Completed")
Status.REFUND = Status("Refund")
Status.REFUSED = Status("Refused")
Status.CANCELLED = Status("Cancelled")
Status.WAITING_FOR_VALIDATION = Status("WaitingForValidation")
Status.__module__ = "izly"

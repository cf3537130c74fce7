"""One partner's world: the sandbox it lives in, its site, its server, and a student."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from support.admin import Admin
from support.partner import Created, Partner
from support.student import Student, returned

if TYPE_CHECKING:
    from support.process import SandboxProcess
    from support.site import Site


@dataclass(frozen=True)
class World:
    """Everything a test needs."""

    process: SandboxProcess
    site: Site
    partner: Partner
    admin: Admin
    student: Student = field(default_factory=Student)

    @staticmethod
    def of(process: SandboxProcess, site: Site) -> World:
        """The first partner's world."""
        ready = process.ready
        partner = Partner(process.url, ready["identifier"], ready["api_key"])
        return World(process, site, partner, Admin(process.url))

    def another(self, identifier: str, **registration: object) -> World:
        """The world of one more partner, in the same sandbox and with the same site."""
        body = {"identifier": identifier, "callback_url": self.site.url, **registration}
        made = self.admin.post("/partners", body, status=201)
        partner = Partner(self.process.url, identifier, made["api_key"])
        return World(self.process, self.site, partner, self.admin.of(identifier))

    def payment(self, operation_id: int) -> Any:
        """The truth about a payment."""
        return self.admin.get(f"/payments/{operation_id}")

    def status(self, operation_id: int) -> str:
        """How far a payment has truly come."""
        return str(self.payment(operation_id)["status"])

    def account(self, name: str = "riche") -> Any:
        """An account."""
        return self.admin.get(f"/accounts/{name}")

    def approve(self, operation_id: int, account: str = "riche", **more: object) -> Any:
        """The student approves, by the API."""
        return self.admin.post(f"/payments/{operation_id}/approve", {"account": account, **more})

    def paid(self, order_id: str = "order-1", cents: int = 150) -> Created:
        """A payment that has been paid."""
        created = self.partner.create(order_id, cents)
        assert self.approve(created.operation_id)["result"] == "paid"
        return created

    def code(self, state: str = "state-1") -> str:
        """The code of a login on the real page."""
        return returned(self.student.log_in(self.partner.authorization_url(state)))["code"]

    def tokens(self) -> Any:
        """The tokens of a login."""
        return self.partner.token(self.code()).ok().json

    def deliveries(self, **query: object) -> list[Any]:
        """The callbacks so far."""
        return list(self.admin.get("/deliveries", **query)["deliveries"])

    def settings(self, **changes: object) -> None:
        """Changes how callbacks are delivered."""
        self.admin.patch("/callback-settings", changes)

    def entries(self, **query: object) -> list[Any]:
        """The timeline."""
        return list(self.admin.get("/journal", **query)["entries"])

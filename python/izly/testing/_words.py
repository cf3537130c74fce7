"""The words of the sandbox's admin API: a type checker knows them, and sees a slip before a test runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "AccountState",
    "Call",
    "CallbackSettings",
    "DeliveryState",
    "FaultKind",
    "Forge",
    "PaymentState",
    "Registration",
    "WireSwitches",
]

# Each is a union of at least two: stubtest, which looks at every public name, takes a list of words alone for no type.

# Logs in and pays, logs in only, does neither.
AccountState = (
    Literal["active"]
    | Literal["unpaid_debts", "frozen"]
    | Literal["blocked", "opposed", "closed", "unconfirmed"]
)

# Of logins, of payments.
Call = (
    Literal["login_page", "token", "refresh", "users"]
    | Literal["create_payment", "read_payment", "payment_page", "refund"]
)

# The answer is late or lost, the answer is another one, of logins.
FaultKind = (
    Literal["delay", "drop_before_commit", "commit_then_drop"]
    | Literal[
        "server_error",
        "bad_gateway",
        "empty_reply",
        "truncated_json",
        "redirect",
        "foreign_authorization_url",
        "unknown_status",
        "extra_fields",
        "big_ids",
        "comma_decimals",
        "stuck_waiting",
    ]
    | Literal["token_expired", "refresh_refused", "state_dropped"]
)

# Details that differ, a payment that was never made.
Forge = Literal["amount", "operation", "order"] | Literal["status"]

# Not decided yet, decided.
PaymentState = Literal["Waiting"] | Literal["Completed", "Cancelled", "Refund"]

DeliveryState = Literal["waiting"] | Literal["ended"]


class CallbackSettings(TypedDict, total=False):
    """How callbacks are delivered: the keywords of `Partner.callback_settings`, and what it returns.

    - `mode`: `during_validation`, while the student waits for the page; `after_reply`, once the page is there;
      `manual`, when `Partner.deliver` says so; `never`, they get lost; `before_creation_reply`, the first account that
      can pay pays at once, and the callback comes before the payment's creation is answered;
    - `delay_ms`: how much later each one goes;
    - `timeout_ms`: how long the partner may take to answer;
    - `copies`: how often each one is delivered;
    - `concurrent`: whether the copies go all at once, or one after the other;
    - `retries`: the waits, in seconds, before each further attempt at one that was not accepted;
    - `forge`: what each one lies about, or `None`;
    - `commit`: with `after_callback`, a reading from within the callback still says Waiting.
    """

    mode: Literal["during_validation", "after_reply", "manual", "never", "before_creation_reply"]
    delay_ms: int
    timeout_ms: int
    copies: int
    concurrent: bool
    retries: Sequence[int]
    forge: Forge | None
    commit: Literal["before_callback", "after_callback"]


class WireSwitches(TypedDict, total=False):
    """What the vendor's guide leaves open: the keywords of `Partner.wire`, and what it returns.

    `profile` sets them all before the others are looked at: `guide` reads the guide to the letter, `observed` is what
    production clients have seen. The page `/_sandbox` of a running sandbox explains each switch.
    """

    profile: Literal["guide", "observed"]
    create_amount: Literal["euros", "centimes"]
    callback_amount: Literal["euros", "centimes"]
    read_amount: Literal["euros", "centimes"]
    beneficiary_name: Literal["app_identifier", "client_id"]
    casing: Literal["pascal", "camel"]
    dates: Literal["guide", "drifting"]
    echo_state: bool
    refresh: Literal["new", "same", "absent"]
    refund_slash: Literal["tolerated", "required", "refused"]
    token_form_body: bool
    fault_status: Literal["not_found", "ok", "bad_request"]
    oauth_errors: Literal["rfc6749", "izly_object"]
    login_cancel: Literal["home_page", "access_denied"]
    strict_content_type: bool
    callback_on_failure: bool
    callback_on_cancel: bool
    repeated_refunds: bool
    operation_ids: Literal["usual", "beyond_32_bits", "beyond_53_bits"]
    token_style: Literal["plain", "plus_and_slash"]
    unique_order_ids: bool
    order_id_max_length: int | None


class Registration(TypedDict, total=False):
    """What a partner may be registered with: the keywords of `Sandbox.partner`.

    `secret`, the second half of the API key, must begin with `sandbox_`. What is left out is as for the first partner
    of a sandbox without options.
    """

    site_name: str
    callback_url: str
    login_redirect_url: str
    payment_redirect_url: str
    home_page_url: str
    approved: bool
    izly_pay: bool
    callback_allowed: bool
    account_id: str
    secret: str

"""Client for Izly Partner, the wallet of every student in France (CROUS).

Log a student in, take a payment, know for certain whether it was paid, refund it:

    client = izly.Client(api_key, "preproduction")
    order = izly.Order("order-42", 150)  # centimes; store it first
    pending = client.create_payment(izly.NewPayment(order, message="2 cafés"))
    ...  # send the browser to pending.authorization_url; Izly posts a callback
    callback = izly.Callback.parse(raw_body)  # proves nothing: anyone can post one
    paid = client.confirm(callback, order)  # asks Izly, compares with your own order

Only `Client.confirm` says that an order is paid. Every error is an `izly.Error` whose `outcome` says what happened to
the request. Amounts are integer centimes. "Protocol §4.1" and the like are sections of docs/protocol.md in the
repository.
"""

from __future__ import annotations

from izly._errors import (
    ApiError,
    AuthenticationError,
    ConfigurationError,
    ConnectError,
    DisconnectedError,
    Error,
    InternalError,
    InterruptedError,
    InvalidInputError,
    MismatchError,
    NotConfirmedError,
    NotFinalError,
    NotPaidError,
    Outcome,
    ProtocolError,
    RateLimitedError,
    RedirectError,
    ResolveError,
    ServerError,
    TimeoutError,
    TlsError,
    TooLargeError,
    TransportError,
    UnreadableError,
)
from izly._native import (
    VERSION,
    AccessToken,
    ApiKey,
    Beneficiary,
    Callback,
    CallbackError,
    CallbackUser,
    Client,
    Customer,
    Environment,
    Login,
    NewPayment,
    Order,
    PaidPayment,
    Payment,
    PendingPayment,
    RefreshToken,
    Refund,
    RefundTarget,
    Reply,
    Scope,
    State,
    Tokens,
    Untrusted,
    UserDetails,
    Wire,
    parse_callback,
)
from izly._status import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from izly._async import AsyncClient

__version__: str = VERSION

__all__ = [
    "AccessToken",
    "ApiError",
    "ApiKey",
    "AsyncClient",
    "AuthenticationError",
    "Beneficiary",
    "Callback",
    "CallbackError",
    "CallbackUser",
    "Client",
    "ConfigurationError",
    "ConnectError",
    "Customer",
    "DisconnectedError",
    "Environment",
    "Error",
    "InternalError",
    "InterruptedError",
    "InvalidInputError",
    "Login",
    "MismatchError",
    "NewPayment",
    "NotConfirmedError",
    "NotFinalError",
    "NotPaidError",
    "Order",
    "Outcome",
    "PaidPayment",
    "Payment",
    "PendingPayment",
    "ProtocolError",
    "RateLimitedError",
    "RedirectError",
    "RefreshToken",
    "Refund",
    "RefundTarget",
    "Reply",
    "ResolveError",
    "Scope",
    "ServerError",
    "State",
    "Status",
    "TimeoutError",
    "TlsError",
    "Tokens",
    "TooLargeError",
    "TransportError",
    "UnreadableError",
    "Untrusted",
    "UserDetails",
    "Wire",
    "__version__",
    "parse_callback",
]


def __getattr__(name: str) -> object:
    """`AsyncClient` on demand: asyncio takes longer to import than all of this package."""
    if name == "AsyncClient":
        from izly._async import AsyncClient

        return AsyncClient
    raise AttributeError(f"module 'izly' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return __all__

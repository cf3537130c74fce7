"""What the pages say, in French: the contexts of the templates."""

from __future__ import annotations

import izly

from shop import catalogue, sales

STATES = {
    sales.OPEN: "en attente de paiement",
    sales.PAID: "payée",
    sales.REFUNDING: "remboursement en cours de vérification",
    sales.REFUNDED: "remboursée",
    sales.ABANDONED: "abandonnée",
}

Context = dict[str, object]


def euros(cents: int) -> str:
    """`1,50 €`, without ever being a float."""
    return f"{cents // 100},{cents % 100:02} €"


def home(rate: str | None) -> Context:
    """The product, and the rate of the student who is logged in."""
    return {"product": catalogue.PRODUCT, "price": euros(catalogue.PRICE_CENTS), "rate": rate}


def order(sale: sales.Sale) -> Context:
    """How far an order has come."""
    is_paid = sale.state == sales.PAID
    return {
        "id": sale.id,
        "product": catalogue.PRODUCT,
        "amount": euros(sale.amount_cents),
        "state": STATES[sale.state],
        "voucher": sale.voucher if is_paid else None,
        "is_paid": is_paid,
        "is_open": sale.state == sales.OPEN,
    }


LOGIN_REFUSED: Context = {
    "title": "Connexion refusée",
    "text": "Elle n'a pas commencé dans ce navigateur, ou elle est trop ancienne. Recommencez depuis l'accueil.",
}


def failure(error: izly.Error) -> tuple[int, Context]:
    """The HTTP status and the page of a call to Izly that failed. Why is for the log, not for the student."""
    if error.is_access_denied:
        return 200, {"title": "Connexion annulée", "text": "Vous n'êtes pas connecté."}
    # The only input that comes from outside is the query of a login's return.
    if error.retry == "restart_login" or isinstance(error, izly.InvalidInputError):
        return 403, LOGIN_REFUSED
    if error.outcome == izly.Outcome.UNKNOWN:
        text = "Izly n'a pas répondu clairement. Regardez où en est votre commande avant de recommencer."
    else:
        text = "Rien n'a été débité ni remboursé. Réessayez dans quelques minutes."
    return 502, {"title": "Izly n'a pas répondu comme prévu", "text": text}

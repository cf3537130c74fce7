"""The pages and the callback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import izly
from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as Answer

from shop import catalogue, refunds, settlement, texts
from shop import session as sessions
from shop.checkout import checkout as sell
from shop.store import SqlSales, StoredSale

views = Blueprint("views", __name__)


@dataclass(frozen=True)
class Site:
    """What the views work with."""

    client: izly.Client
    sales: SqlSales


def site() -> Site:
    """The running site's."""
    return cast(Site, current_app.extensions["shop"])


def message(context: texts.Context) -> str:
    """A page that only says something."""
    return render_template("message.html", **context)


@views.get("/")
def home() -> str:
    """The product, and the login."""
    return render_template("home.html", **texts.home(sessions.rate(session)))


@views.post("/login")
def login() -> Answer:
    """Sends the browser to Izly's login page."""
    started = site().client.start_login(izly.Scope.USER_DETAILS)
    sessions.begin_login(session, started.state.reveal())
    return redirect(started.url, 303)


@views.get("/login/return")
def login_return() -> Answer | tuple[str, int]:
    """The way back, with the query as it came: a framework that has decoded it has broken the code in it."""
    state = sessions.take_login_state(session)
    if state is None:
        return message(texts.LOGIN_REFUSED), 403
    tokens = site().client.finish_login(request.query_string, state)
    sessions.log_in(session, site().client.user(tokens).rate)
    return redirect(url_for("views.home"), 303)


@views.post("/logout")
def logout() -> Answer:
    """Forgets the student."""
    sessions.log_out(session)
    return redirect(url_for("views.home"), 303)


@views.post("/checkout")
def checkout() -> Answer:
    """Sells one coffee, and sends the browser to pay it."""
    order = catalogue.new_order()
    sessions.add_order(session, order.id)
    order_page = url_for("views.order_page", order_id=order.id, _external=True)
    return redirect(sell(site().client, site().sales, order, order_page), 303)


@views.post("/callback")
def callback() -> Response:
    """Izly, or anybody who says so. The raw bytes: no form parser may touch them."""
    reply = settlement.answer(site().client, site().sales, request.get_data())
    return Response(reply.body, reply.status, reply.headers)


@views.get("/orders/<order_id>")
def order_page(order_id: str) -> str:
    """How far the order has come; an open one is asked about, since its callback may have been lost."""
    sale = own_sale(order_id)
    try:
        settlement.look_again(site().client, site().sales, sale)
    except izly.Error as error:
        current_app.logger.info("order %s stays as it is: %s", order_id, error)
    return render_template("order.html", **texts.order(own_sale(order_id)))


@views.post("/orders/<order_id>/refund")
def refund(order_id: str) -> Answer:
    """Gives the money back; the order's page says what became of it."""
    refunds.refund(site().client, site().sales, own_sale(order_id).id)
    return redirect(url_for("views.order_page", order_id=order_id), 303)


def own_sale(order_id: str) -> StoredSale:
    """An order of this browser."""
    sale = site().sales.find(order_id) if sessions.owns(session, order_id) else None
    return sale or abort(404)

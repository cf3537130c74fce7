"""The pages and the callback."""

from __future__ import annotations

import logging
from typing import cast

import izly
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from django_site.izly_client import client
from django_site.models import Sale
from django_site.store import DjangoSales
from shop import catalogue, refunds, settlement, texts
from shop import session as sessions
from shop.checkout import checkout as sell

log = logging.getLogger("shop")
sales = DjangoSales()


def session_of(request: HttpRequest) -> sessions.Session:
    """Django's session is a mapping in all but name."""
    return cast(sessions.Session, request.session)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The product, and the login."""
    return render(request, "home.html", texts.home(sessions.rate(session_of(request))))


@require_POST
def login(request: HttpRequest) -> HttpResponse:
    """Sends the browser to Izly's login page."""
    started = client().start_login(izly.Scope.USER_DETAILS)
    sessions.begin_login(session_of(request), started.state.reveal())
    return HttpResponseRedirect(started.url)


@require_GET
def login_return(request: HttpRequest) -> HttpResponse:
    """The way back, with the query as it came: a framework that has decoded it has broken the code in it."""
    state = sessions.take_login_state(session_of(request))
    if state is None:
        return render(request, "message.html", texts.LOGIN_REFUSED, status=403)
    tokens = client().finish_login(request.META["QUERY_STRING"], state)
    rate = client().user(tokens).rate
    # Whoever knew this session before the login must not be logged in by it.
    request.session.cycle_key()
    sessions.log_in(session_of(request), rate)
    return redirect("home")


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Forgets the student."""
    sessions.log_out(session_of(request))
    return redirect("home")


@require_POST
def checkout(request: HttpRequest) -> HttpResponse:
    """Sells one coffee, and sends the browser to pay it."""
    order = catalogue.new_order()
    sessions.add_order(session_of(request), order.id)
    order_page = request.build_absolute_uri(reverse("order_page", args=[order.id]))
    return HttpResponseRedirect(sell(client(), sales, order, order_page))


@csrf_exempt  # It comes from a server, not from one of our forms. It is believed in nothing, so it needs no token.
@require_POST
def callback(request: HttpRequest) -> HttpResponse:
    """Izly, or anybody who says so. The raw bytes: no form parser may touch them."""
    reply = settlement.answer(client(), sales, request.body)
    return HttpResponse(reply.body, status=reply.status, headers=reply.headers)


@require_GET
def order_page(request: HttpRequest, order_id: str) -> HttpResponse:
    """How far the order has come; an open one is asked about, since its callback may have been lost."""
    try:
        settlement.look_again(client(), sales, own_sale(request, order_id))
    except izly.Error as error:
        log.info("order %s stays as it is: %s", order_id, error)
    return render(request, "order.html", texts.order(own_sale(request, order_id)))


@require_POST
def refund(request: HttpRequest, order_id: str) -> HttpResponse:
    """Gives the money back; the order's page says what became of it."""
    refunds.refund(client(), sales, own_sale(request, order_id).id)
    return redirect("order_page", order_id)


def own_sale(request: HttpRequest, order_id: str) -> Sale:
    """An order of this browser."""
    sale = sales.find(order_id) if sessions.owns(session_of(request), order_id) else None
    if sale is None:
        raise Http404
    return sale

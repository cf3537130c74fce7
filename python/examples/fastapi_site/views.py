"""The pages and the callback."""

from __future__ import annotations

import logging
from typing import Annotated

import izly
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

from fastapi_site import payments
from shop import catalogue, settings, texts
from shop import session as sessions
from shop.store import SqlSales, StoredSale

log = logging.getLogger("shop")
views = APIRouter()
templates = Jinja2Templates(settings.TEMPLATES)


def running_client(request: Request) -> izly.AsyncClient:
    """The site's client."""
    client: izly.AsyncClient = request.app.state.client
    return client


def running_store(request: Request) -> SqlSales:
    """The site's sales."""
    sales: SqlSales = request.app.state.sales
    return sales


async def own_order(request: Request, order_id: str) -> StoredSale:
    """An order of this browser."""
    is_own = sessions.owns(request.session, order_id)
    sale = await run_in_threadpool(running_store(request).find, order_id) if is_own else None
    if sale is None:
        raise HTTPException(404)
    return sale


async def raw_body(request: Request) -> bytes:
    """The body as it came, and no more of it than any callback has."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > settings.LARGEST_BODY:
            raise HTTPException(413)
    return bytes(body)


Client = Annotated[izly.AsyncClient, Depends(running_client)]
Store = Annotated[SqlSales, Depends(running_store)]
OwnOrder = Annotated[StoredSale, Depends(own_order)]
RawBody = Annotated[bytes, Depends(raw_body)]


def message(request: Request, context: texts.Context, status: int = 200) -> Response:
    """A page that only says something."""
    return templates.TemplateResponse(request, "message.html", context, status)


@views.get("/")
async def home(request: Request) -> Response:
    """The product, and the login."""
    return templates.TemplateResponse(request, "home.html", texts.home(sessions.rate(request.session)))


@views.post("/login")
async def login(request: Request, client: Client) -> Response:
    """Sends the browser to Izly's login page."""
    started = client.start_login(izly.Scope.USER_DETAILS)
    sessions.begin_login(request.session, started.state.reveal())
    return RedirectResponse(started.url, 303)


@views.get("/login/return")
async def login_return(request: Request, client: Client) -> Response:
    """The way back, with the query as it came: a framework that has decoded it has broken the code in it."""
    state = sessions.take_login_state(request.session)
    if state is None:
        return message(request, texts.LOGIN_REFUSED, 403)
    tokens = await client.finish_login(request.scope["query_string"], state)
    sessions.log_in(request.session, (await client.user(tokens)).rate)
    return RedirectResponse("/", 303)


@views.post("/logout")
async def logout(request: Request) -> Response:
    """Forgets the student."""
    sessions.log_out(request.session)
    return RedirectResponse("/", 303)


@views.post("/checkout")
async def checkout(request: Request, client: Client, sales: Store) -> Response:
    """Sells one coffee, and sends the browser to pay it."""
    order = catalogue.new_order()
    sessions.add_order(request.session, order.id)
    order_page = str(request.url_for("order_page", order_id=order.id))
    return RedirectResponse(await payments.checkout(client, sales, order, order_page), 303)


@views.post("/callback")
async def callback(body: RawBody, client: Client, sales: Store) -> Response:
    """Izly, or anybody who says so."""
    reply = await payments.answer(client, sales, body)
    return Response(reply.body, reply.status, reply.headers)


@views.get("/orders/{order_id}")
async def order_page(request: Request, sale: OwnOrder, client: Client, sales: Store) -> Response:
    """How far the order has come; an open one is asked about, since its callback may have been lost."""
    try:
        await payments.look_again(client, sales, sale)
    except izly.Error as error:
        log.info("order %s stays as it is: %s", sale.id, error)
    sale = await own_order(request, sale.id)
    return templates.TemplateResponse(request, "order.html", texts.order(sale))


@views.post("/orders/{order_id}/refund")
async def refund(sale: OwnOrder, client: Client, sales: Store) -> Response:
    """Gives the money back; the order's page says what became of it."""
    await payments.refund(client, sales, sale.id)
    return RedirectResponse(f"/orders/{sale.id}", 303)

"""The application: what it opens when it starts, and what stands in front of its views."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import izly
from fastapi import FastAPI, Request, Response
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from fastapi_site.views import message, views
from shop import settings, texts
from shop.database import database_of
from shop.store import SqlSales

logging.basicConfig(level=logging.INFO)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One client for the whole process, closed at its end."""
    app.state.sales = SqlSales(database_of(settings.database_url()))
    async with izly.AsyncClient.from_env(application=settings.APPLICATION) as client:
        app.state.client = client
        yield


# These are pages for people: there is no interface to describe.
app = FastAPI(lifespan=lifespan, openapi_url=None)
app.include_router(views)
# Lax: a form on somebody else's page is sent without the session, so it can do nothing in the student's name.
app.add_middleware(
    SessionMiddleware,
    secret_key=settings.secret_key(),
    session_cookie="session",
    same_site="lax",
    https_only=settings.cookies_need_https(),
)
app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.HOSTS)


@app.exception_handler(izly.Error)
async def failed(request: Request, error: Exception) -> Response:
    """A call to Izly failed in a view."""
    assert isinstance(error, izly.Error)
    logging.getLogger("shop").warning("%s", error)
    status, context = texts.failure(error)
    return message(request, context, status)

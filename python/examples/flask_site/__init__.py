"""The shop as a Flask site. `create_app` is what `flask --app flask_site` and gunicorn start."""

from __future__ import annotations

import logging

import izly
from flask import Flask

from flask_site.commands import commands
from flask_site.views import Site, message, views
from shop import settings, texts
from shop.database import database_of
from shop.store import SqlSales


def create_app() -> Flask:
    """One client and one store for the whole process: both are made for threads, and for processes that fork."""
    logging.basicConfig(level=logging.INFO)
    app = Flask(__name__, template_folder=settings.TEMPLATES)
    app.config.update(
        SECRET_KEY=settings.secret_key(),
        # Lax: a form on somebody else's page is sent without the session, so it can do nothing in the student's name.
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.cookies_need_https(),
        TRUSTED_HOSTS=settings.HOSTS,
        MAX_CONTENT_LENGTH=settings.LARGEST_BODY,
    )
    client = izly.Client.from_env(application=settings.APPLICATION)
    app.extensions["shop"] = Site(client, SqlSales(database_of(settings.database_url())))
    app.register_blueprint(views)
    app.register_blueprint(commands)
    app.register_error_handler(izly.Error, failed)
    return app


def failed(error: izly.Error) -> tuple[str, int]:
    """A call to Izly failed in a view."""
    logging.getLogger("shop").warning("%s", error)
    status, context = texts.failure(error)
    return message(context), status

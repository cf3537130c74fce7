"""Settings, all of them from the environment."""

from __future__ import annotations

from typing import Any

import dj_database_url

from shop import settings as shop

SECRET_KEY = shop.secret_key()
DEBUG = False
ALLOWED_HOSTS = shop.HOSTS

INSTALLED_APPS = ["django.contrib.sessions", "django_site"]
ROOT_URLCONF = "django_site.urls"
WSGI_APPLICATION = "django_site.wsgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_site.failures.IzlyFailures",
]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = shop.cookies_need_https()
DATA_UPLOAD_MAX_MEMORY_SIZE = shop.LARGEST_BODY

# The templates are written for Django and Jinja alike, so that the three sites look the same.
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [shop.TEMPLATES],
        "OPTIONS": {"context_processors": ["django_site.context.csrf_field"]},
    }
]

DATABASES: dict[str, Any] = {"default": dj_database_url.parse(shop.database_url())}
_options: dict[str, Any] = DATABASES["default"].setdefault("OPTIONS", {})
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # The lock is taken when a transaction begins: one that is asked for midway may be refused.
    _options.update(transaction_mode="IMMEDIATE", timeout=5, init_command="PRAGMA journal_mode = WAL")
else:
    _options.setdefault("connect_timeout", 5)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

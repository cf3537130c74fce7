"""What a student sees when a call to Izly fails in a view."""

from __future__ import annotations

import logging
from collections.abc import Callable

import izly
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop import texts

log = logging.getLogger("shop")


class IzlyFailures:
    """Turns an `izly.Error` that a view did not expect into a page; other exceptions are Django's business."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page, if the error is Izly's."""
        if not isinstance(error, izly.Error):
            return None
        log.warning("%s", error)
        status, context = texts.failure(error)
        return render(request, "message.html", context, status=status)

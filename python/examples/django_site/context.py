"""What every template is given."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString


def csrf_field(request: HttpRequest) -> dict[str, object]:
    """What `{% csrf_token %}` writes, as a variable: that tag is Django's own, and the templates are not."""

    def field() -> SafeString:
        return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))

    return {"csrf_field": SimpleLazyObject(field)}

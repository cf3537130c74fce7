"""A standard OAuth 2.0 client library logs in, as far as Izly's protocol is OAuth 2.0."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.auth import encode_client_secret_basic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.world import World


def in_the_query(auth: Any, method: str, uri: str, headers: Any, body: str) -> tuple[str, Any, str]:
    """Izly's way with a token call, as a way of authenticating: the key in a header, all parameters in the query."""
    _, headers, _ = encode_client_secret_basic(auth, method, uri, headers, body)
    headers["Content-Length"] = "0"
    return f"{uri}?{body}", headers, ""


@pytest.fixture
def client(world: World) -> Iterator[Any]:
    """The library's client, which knows a partner by its identifier and the second half of its key."""
    identifier, _, secret = base64.b64decode(world.partner.api_key).decode().partition(":")
    with OAuth2Session(
        client_id=identifier,
        client_secret=secret,
        token_endpoint_auth_method="client_secret_basic",
        scope="16385",
        token_endpoint=f"{world.process.url}/oauth/Home/Token",
    ) as made:
        # No proxy of the machine's stands between the two.
        made.trust_env = False
        yield made


def log_in(world: World, client: Any) -> tuple[str, str]:
    """The library's authorization URL, the real page, and the way back."""
    url, state = client.create_authorization_url(f"{world.process.url}/oauth/Home/Authorize")
    query = parse_qs(urlsplit(url).query)
    assert query["response_type"] == ["code"]
    assert query["client_id"] == [world.partner.identifier]
    location = world.student.log_in(url).ok(302).headers["location"]
    assert location.startswith(f"{world.site.base_url}/izly/login?")
    return location, state


def use(world: World, client: Any) -> None:
    """A call with the access token, then a refresh, then once more."""
    users = f"{world.process.url}/api/izly/users"
    before = client.token["access_token"]
    assert client.get(users).json()["CodeClient"] == "etu00001"
    token = client.refresh_token(f"{world.process.url}/oauth/Home/Token")
    assert token["access_token"] != before
    assert client.get(users).json()["CodeClient"] == "etu00001"


def test_with_parameters_in_the_query(world: World, client: Any) -> None:
    """As the guide has it: the library has to be told."""
    client.register_client_auth_method(("izly", in_the_query))
    client.token_endpoint_auth_method = "izly"
    location, state = log_in(world, client)
    token = client.fetch_token(authorization_response=location, state=state)
    assert (token["token_type"], token["expires_in"]) == ("Bearer", 1797)
    assert token["scope"] == "users_details payments izly_pay"
    use(world, client)


def test_with_a_form_as_the_standard_has_it(world: World, client: Any) -> None:
    """With the wire switch token_form_body, the library works as it comes."""
    world.admin.patch("/wire", {"token_form_body": True})
    location, state = log_in(world, client)
    client.fetch_token(authorization_response=location, state=state)
    use(world, client)


def test_without_the_switch_a_form_is_not_read(world: World, client: Any) -> None:
    """The library understands the refusal."""
    location, state = log_in(world, client)
    with pytest.raises(OAuthError) as caught:
        client.fetch_token(authorization_response=location, state=state)
    assert caught.value.error == "invalid_request"


def test_a_code_works_once(world: World, client: Any) -> None:
    """The library understands that too."""
    world.admin.patch("/wire", {"token_form_body": True})
    location, state = log_in(world, client)
    client.fetch_token(authorization_response=location, state=state)
    with pytest.raises(OAuthError) as caught:
        client.fetch_token(authorization_response=location, state=state)
    assert caught.value.error == "invalid_grant"


def test_a_state_that_does_not_come_back_is_noticed(world: World, client: Any) -> None:
    """By the library, before anything is sent."""
    world.admin.patch("/wire", {"token_form_body": True})
    location, state = log_in(world, client)
    for tampered in (location.partition("&state=")[0], add_params_to_uri(location.partition("&")[0], [("state", "x")])):
        with pytest.raises(Exception, match=r"(?i)state"):
            client.fetch_token(authorization_response=tampered, state=state)
    client.fetch_token(authorization_response=location, state=state)

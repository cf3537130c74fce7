//! The web around the shop: addresses, sessions, and the headers of every answer.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use izly::Callback;

use super::secret::Secret;
use super::session::COOKIE;
use super::{CALLBACK, HOME, LOGIN_RETURN, PAYMENT_RETURN, Shop, handlers};

/// The largest form: a token and a product's name.
const LARGEST_FORM: usize = 4096;

const STYLE: &str = include_str!("../../templates/shop/boutique.css");
const SCRIPT: &str = include_str!("../../templates/shop/boutique.js");
const ICON: &str = include_str!("../../templates/shop/icone.svg");

/// Answers until the process ends.
pub(super) fn serve(listener: TcpListener, shop: Arc<Shop>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router(shop)).await
    })
}

fn router(shop: Arc<Shop>) -> Router {
    let pages = Router::new()
        .route(HOME, get(handlers::home))
        .route("/commander", post(handlers::buy))
        .route("/commande/{id}", get(handlers::order))
        .route("/commande/{id}/etat", get(handlers::order_state))
        .route("/commande/{id}/payer", post(handlers::pay))
        .route("/commande/{id}/verifier", post(handlers::verify))
        .route("/commande/{id}/remboursement", get(handlers::ask_refund).post(handlers::refund))
        .route(PAYMENT_RETURN, get(handlers::payment_return))
        .route("/connexion", post(handlers::log_in))
        .route(LOGIN_RETURN, get(handlers::login_return))
        .route("/deconnexion", post(handlers::log_out))
        .fallback(handlers::not_found)
        .method_not_allowed_fallback(handlers::not_found)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(from_fn_with_state(Arc::clone(&shop), with_session));
    // A callback is no browser: it has no session, and is as large as the SDK reads.
    let callback = post(handlers::callback).layer(DefaultBodyLimit::max(Callback::MAX_BYTES));
    Router::new()
        .route(CALLBACK, callback)
        .route("/boutique.css", get(file("text/css; charset=utf-8", STYLE)))
        .route("/boutique.js", get(file("text/javascript; charset=utf-8", SCRIPT)))
        .route("/icone.svg", get(file("image/svg+xml", ICON)))
        .merge(pages)
        .layer(from_fn_with_state(Arc::clone(&shop), with_headers))
        .layer(from_fn_with_state(Arc::clone(&shop), at_its_own_address))
        .with_state(shop)
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse + Clone {
    ([(header::CONTENT_TYPE, kind)], text)
}

/// Finds the browser's session, or gives it one.
async fn with_session(State(shop): State<Arc<Shop>>, mut request: Request, next: Next) -> Response {
    let opened = shop.sessions().open(session_id(request.headers()).as_ref());
    let Ok(visit) = opened else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    if visit.is_new && !response.headers().contains_key(header::SET_COOKIE) {
        give_cookie(&mut response, &visit.id);
    }
    response
}

fn session_id(headers: &HeaderMap) -> Option<Secret> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split("; ")).filter_map(|cookie| cookie.split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, id)| Secret::received(id))
}

/// Lax, because the browser comes back from Izly by a link. Not Secure: this is plain http, to this machine alone.
pub(super) fn give_cookie(response: &mut Response, id: &Secret) {
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", id.reveal());
    if let Ok(mut cookie) = HeaderValue::from_str(&cookie) {
        cookie.set_sensitive(true);
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}

/// What no page needs is forbidden. A form's answer may lead to Izly's page, which counts as the form's target.
async fn with_headers(State(shop): State<Arc<Shop>>, request: Request, next: Next) -> Response {
    const FIXED: [(HeaderName, &str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    let mut response = next.run(request).await;
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        shop.izly
    );
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.extend(FIXED.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

/// The shop answers under the address that Izly sends browsers back to: a cookie given under another name would not
/// come along. Any other name that leads here is somebody's trick.
async fn at_its_own_address(State(shop): State<Arc<Shop>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let own = shop.origin.trim_start_matches("http://");
    if host == own {
        return next.run(request).await;
    }
    let is_alias = host.strip_prefix("localhost").is_some_and(|port| own.ends_with(port) && port.starts_with(':'));
    if is_alias && request.method() == Method::GET {
        let target = request.uri().path_and_query().map_or(HOME, |target| target.as_str());
        return Redirect::temporary(&format!("{}{target}", shop.origin)).into_response();
    }
    StatusCode::MISDIRECTED_REQUEST.into_response()
}

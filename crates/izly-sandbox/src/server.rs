//! The only file that knows the HTTP server: reads a request whole, journals it, sends the answer.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

use crate::app::App;
use crate::http::{Incoming, Reply};
use crate::journal::JournalEntry;
use crate::routes;

/// The largest body that is read. A payment's creation takes a few hundred bytes.
const BODY_LIMIT: usize = 1024 * 1024;

/// Serves until the future is dropped.
pub(crate) async fn serve(listener: TcpListener, app: Arc<App>) -> std::io::Result<()> {
    // One fallback, no routes: paths are matched whatever their case, and every request is journalled.
    let router = Router::new().fallback(handle).with_state(app);
    let listener = listener.tap_io(|stream| {
        // Replies are small; waiting to fill a packet would cost 40 ms each. Without it things still work.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).await
}

async fn handle(Shared(app): Shared<Arc<App>>, request: Request) -> Response {
    // A task of its own: a client that hangs up while its callback is being delivered must not cut the delivery short.
    let answered = tokio::spawn(async move { process(&app, request).await }).await;
    answered.unwrap_or_else(|_| status_only(StatusCode::INTERNAL_SERVER_ERROR))
}

async fn process(app: &Arc<App>, request: Request) -> Response {
    let (request, readable) = read(request).await;
    let sequence = open_entry(app, &request);
    let reply = if readable {
        routes::answer(app, &request).await
    } else {
        routes::problem(&request, 413, "Requête trop longue", "Le corps de la requête est trop long ou incomplet.")
    };
    close_entry(app, sequence, &reply);
    response(reply)
}

/// Reads the request; `false` when its body is too long or breaks off.
async fn read(request: Request) -> (Incoming, bool) {
    let (parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or_else(|| parts.uri.to_string(), ToString::to_string);
    let headers = parts
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let body = to_bytes(body, BODY_LIMIT).await;
    let readable = body.is_ok();
    let body = body.map(|bytes| bytes.to_vec()).unwrap_or_default();
    (Incoming { method: parts.method.to_string(), target, headers, body }, readable)
}

fn open_entry(app: &App, request: &Incoming) -> u64 {
    let mut state = app.state();
    let sequence = state.journal.next_sequence();
    let date = state.clock.now();
    state.journal.open(JournalEntry {
        sequence,
        date,
        method: request.method.clone(),
        target: request.target.clone(),
        headers: request.headers.clone(),
        body: request.body.clone(),
        status: 0,
        response_headers: Vec::new(),
        response_body: Vec::new(),
        notes: Vec::new(),
    });
    sequence
}

fn close_entry(app: &App, sequence: u64, reply: &Reply) {
    app.state().journal.close(sequence, |entry| {
        entry.status = reply.status;
        entry.response_headers =
            reply.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        entry.response_body.clone_from(&reply.body);
        entry.notes.clone_from(&reply.notes);
    });
}

fn response(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    let Ok(status) = StatusCode::from_u16(reply.status) else {
        return status_only(StatusCode::INTERNAL_SERVER_ERROR);
    };
    *response.status_mut() = status;
    for (name, value) in reply.headers {
        // A redirect URL that a test has set to something unprintable is the only way to fail here.
        let Ok(value) = HeaderValue::from_str(&value) else { return status_only(StatusCode::INTERNAL_SERVER_ERROR) };
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
    response
}

fn status_only(status: StatusCode) -> Response {
    let mut response = Response::new(Body::from("the sandbox failed to answer"));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

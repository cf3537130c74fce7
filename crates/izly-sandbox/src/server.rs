//! The only file that knows the HTTP server: reads a request whole, sends the answer, or hangs up.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming as Body};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};

use crate::app::App;
use crate::exchange;
use crate::http::{Incoming, Reply};

/// The largest body that is read. A payment's creation takes a few hundred bytes; a snapshot takes more, and has its
/// own limit.
const BODY_LIMIT: usize = 1024 * 1024;
const SNAPSHOT_LIMIT: usize = 64 * 1024 * 1024;

/// The connection ends without an answer.
#[derive(Debug)]
struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

/// Serves until the future is dropped.
pub(crate) async fn serve(listener: TcpListener, app: Arc<App>) -> Infallible {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(converse(stream, Arc::clone(&app)));
            }
            // No more file descriptors, most likely: some come back when connections end.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// One connection.
async fn converse(stream: TcpStream, app: Arc<App>) {
    // Replies are small; waiting to fill a packet would cost 40 ms each. Without it things still work.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer(Arc::clone(&app), request));
    // Whatever ends a connection, the client sees it too.
    let _ = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(app: Arc<App>, request: Request<Body>) -> Result<Response<Full<Bytes>>, Dropped> {
    // A task of its own: a client that hangs up while its callback is being delivered must not cut the delivery short.
    let answered = tokio::spawn(async move {
        let (request, is_whole) = read(request).await;
        exchange::answer(&app, request, is_whole).await
    });
    match answered.await {
        Ok(reply) if reply.is_dropped => Err(Dropped),
        Ok(reply) => Ok(response(reply)),
        Err(_) => Ok(status_only(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

/// Reads the request; `false` when its body is too long or breaks off.
async fn read(request: Request<Body>) -> (Incoming, bool) {
    let (parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or_else(|| parts.uri.to_string(), ToString::to_string);
    let headers = parts
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let limit = if target.starts_with("/_sandbox/api/snapshot") { SNAPSHOT_LIMIT } else { BODY_LIMIT };
    let body = Limited::new(body, limit).collect().await;
    let is_whole = body.is_ok();
    let body = body.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
    (Incoming { method: parts.method.to_string(), target, headers, body }, is_whole)
}

fn response(reply: Reply) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(reply.body));
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

fn status_only(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from("the sandbox failed to answer"));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

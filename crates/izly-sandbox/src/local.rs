//! `/_sandbox`: what is not Izly's. Only people and programs of this machine get in.

use std::net::IpAddr;
use std::sync::Arc;

use crate::admin;
use crate::app::App;
use crate::http::{Incoming, Reply};
use crate::office;
use crate::ready::ReadyLine;

/// Whether a request is for the sandbox itself.
pub(crate) fn is_for(request: &Incoming) -> bool {
    let path = request.path().to_ascii_lowercase();
    path == "/_sandbox" || path.starts_with("/_sandbox/")
}

/// Answers a request to the sandbox itself. None of it is on a timeline.
pub(crate) async fn answer(app: &Arc<App>, request: &Incoming) -> Reply {
    let path = request.path().to_ascii_lowercase();
    let is_api = path == "/_sandbox/api" || path.starts_with("/_sandbox/api/");
    if let Err(reason) = may_enter(app, request) {
        return if is_api { admin::refused(reason) } else { office::refused(reason) };
    }
    if path == "/_sandbox/ready" {
        return ready(app, request);
    }
    if is_api { admin::answer(app, request).await } else { office::answer(app, request).await }
}

fn ready(app: &App, request: &Incoming) -> Reply {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return admin::wrong_method(&["GET"]);
    }
    let line = {
        let worlds = app.worlds();
        ReadyLine::new(&app.base_url, &worlds.first().partner, &worlds.first().accounts)
    };
    // Plain strings and numbers only: nothing here can fail to serialise.
    Reply::json_text(200, serde_json::to_string(&line).unwrap_or_default())
}

/// Keeps out the pages of other sites that a developer happens to have open: one whose name was bound to 127.0.0.1
/// (its `Host` betrays it), and one that posts a form from elsewhere (its `Origin` does).
fn may_enter(app: &App, request: &Incoming) -> Result<(), &'static str> {
    if !request.header("host").is_some_and(is_loopback) {
        return Err("the Host header must name a loopback address");
    }
    match request.header("origin") {
        Some(origin) if !is_own_origin(origin, request, app) => Err("the Origin header must be the sandbox's own"),
        _ => Ok(()),
    }
}

/// The page it comes from is on the address that it was sent to, or on the sandbox's own.
fn is_own_origin(origin: &str, request: &Incoming, app: &App) -> bool {
    let host = request.header("host").unwrap_or_default();
    origin == app.base_url || origin.strip_prefix("http://").is_some_and(|own| own.eq_ignore_ascii_case(host))
}

fn is_loopback(authority: &str) -> bool {
    is_loopback_host(match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    })
}

/// Whether a name, or an address without brackets, is this machine's own.
pub(crate) fn is_loopback_host(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_names_are_let_in() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "127.1.2.3", "[::1]:80", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "example.fr", "localhost.example.fr", "10.0.0.1:80", "[::2]:80", "127.0.0.1.example.fr"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}

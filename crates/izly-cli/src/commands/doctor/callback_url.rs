//! Whether Izly could ever call this address.

use std::net::{IpAddr, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use izly::Environment;
use ureq::http::Uri;

use super::{Check, Verdict};
use crate::exit::Exit;

const NAME: &str = "callback url";

/// Plenty for a program on this machine.
const PATIENCE: Duration = Duration::from_millis(500);

pub(super) fn check(url: &str, environment: Option<&Environment>) -> Check {
    let is_sandbox = environment.is_some_and(|environment| environment.base_url().starts_with("http:"));
    match problem(url, is_sandbox) {
        Some((found, advice)) => Check::new(NAME, Verdict::Fail(Exit::Usage), found).advise(advice),
        None if is_sandbox => for_sandbox(url),
        None => Check::new(NAME, Verdict::Ok, "looks callable")
            .advise("Izly's host must also allow it in its outgoing firewall, by hand"),
    }
}

/// Whether the sandbox would call it, and whether anybody would hear.
fn for_sandbox(url: &str) -> Check {
    let uri: Uri = url.parse().unwrap_or_default();
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    if !is_loopback(host) {
        return Check::new(NAME, Verdict::Warn, format!("{host} is not a loopback address"))
            .advise("the sandbox calls no others, unless it is started with --allow-remote-callbacks");
    }
    let port = uri.port_u16().unwrap_or(80);
    if listens(host, port) {
        return Check::new(NAME, Verdict::Ok, format!("something listens on port {port}"));
    }
    Check::new(NAME, Verdict::Warn, format!("nothing listens there yet (port {port})"))
        .advise("start your site before you approve a payment: the sandbox calls once")
}

/// The sandbox's own rule.
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn listens(host: &str, port: u16) -> bool {
    let addresses = (host, port).to_socket_addrs().into_iter().flatten();
    addresses.into_iter().any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
}

fn problem(url: &str, is_sandbox: bool) -> Option<(&'static str, &'static str)> {
    if url.contains('#') {
        return Some(("has a fragment (#…)", "a fragment is never sent: remove it"));
    }
    let parsed: Option<Uri> = url.parse().ok();
    let Some((uri, host)) = parsed.as_ref().and_then(|uri| Some((uri, uri.host()?))) else {
        return Some(("is not an absolute URL", "give it in full, such as https://boutique.example/izly/callback"));
    };
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Some(("holds a user name", "credentials in a URL end up in logs: remove them"));
    }
    let has_port = uri.authority().is_some_and(|authority| authority.as_str().len() > host.len());
    if has_port && uri.port_u16().is_none() {
        return Some(("has a port that does not exist", "a port is a number up to 65535"));
    }
    match (uri.scheme_str(), is_sandbox, is_public(host)) {
        (Some("https"), false, true) | (Some("http"), true, _) => None,
        (Some("https" | "http"), false, false) => {
            Some(("is not reachable from outside", "Izly calls it over the internet: it needs a public name"))
        }
        (Some("http"), false, _) => Some(("is not https", "the callback holds personal data: serve it over https")),
        (Some("https"), true, _) => Some(("is https", "the sandbox calls plain http only")),
        _ => Some(("is not an http address", "it must begin with https://")),
    }
}

/// Not loopback, not a private network, not a bare name.
fn is_public(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(ip)) => !(ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()),
        Ok(IpAddr::V6(ip)) => {
            !(ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local())
        }
        Err(_) => host.contains('.') && ![".local", ".localhost", ".internal"].iter().any(|end| host.ends_with(end)),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    #[test]
    fn knows_what_izly_could_call() {
        for good in [
            "https://boutique.example/izly/callback",
            "https://boutique.example:8443/?a=1",
            "https://8.8.8.8/",
            "https://[2606:4700::1111]:8443/",
        ] {
            assert_eq!(problem(good, false), None, "{good}");
        }
        for (bad, says) in [
            ("https://boutique.example/#top", "fragment"),
            ("/izly/callback", "absolute"),
            ("http://boutique.example/", "https"),
            ("https://localhost/", "outside"),
            ("https://127.0.0.1/", "outside"),
            ("https://10.1.2.3/", "outside"),
            ("https://[::1]/", "outside"),
            ("https://boutique.local/", "outside"),
            ("https://me@boutique.example/", "user name"),
            ("https://boutique.example:99999/", "port"),
            ("ftp://boutique.example/", "http address"),
        ] {
            assert!(problem(bad, false).is_some_and(|(found, _)| found.contains(says)), "{bad}");
        }
        assert_eq!(problem("http://127.0.0.1:8000/callback", true), None);
        assert!(problem("https://127.0.0.1:8000/callback", true).is_some());
    }

    #[test]
    fn a_sandbox_calls_loopback_addresses_and_somebody_should_listen() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        for host in ["127.0.0.1", "localhost", "LOCALHOST"] {
            let check = for_sandbox(&format!("http://{host}:{port}/callback?a=1"));
            assert_eq!((check.verdict, check.advice), (Verdict::Ok, None), "{check:?}");
        }
        // The near end of a connection: its port is taken, and nobody listens on it.
        let taken = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let check = for_sandbox(&format!("http://{}/callback", taken.local_addr().unwrap()));
        assert!(check.verdict == Verdict::Warn && check.found.contains("nothing listens there yet"), "{check:?}");
        for url in ["http://boutique.example/callback", "http://10.1.2.3:8000/", "http://[2001:db8::1]/"] {
            let check = for_sandbox(url);
            assert!(check.verdict == Verdict::Warn && check.found.contains("loopback"), "{check:?}");
        }
    }
}

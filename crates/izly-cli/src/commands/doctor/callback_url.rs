//! Whether Izly could ever call this address.

use std::net::IpAddr;

use izly::Environment;
use ureq::http::Uri;

use super::{Check, Verdict};
use crate::exit::Exit;

const NAME: &str = "callback url";

pub(super) fn check(url: &str, environment: Option<&Environment>) -> Check {
    let is_sandbox = environment.is_some_and(|environment| environment.base_url().starts_with("http:"));
    match problem(url, is_sandbox) {
        Some((found, advice)) => Check::new(NAME, Verdict::Fail(Exit::Usage), found).advise(advice),
        None if is_sandbox => Check::new(NAME, Verdict::Ok, "the sandbox can call it"),
        None => Check::new(NAME, Verdict::Ok, "looks callable")
            .advise("Izly's host must also allow it in its outgoing firewall, by hand"),
    }
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
    use super::*;

    #[test]
    fn knows_what_izly_could_call() {
        for good in ["https://boutique.example/izly/callback", "https://boutique.example:8443/?a=1", "https://8.8.8.8/"]
        {
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
            ("ftp://boutique.example/", "http address"),
        ] {
            assert!(problem(bad, false).is_some_and(|(found, _)| found.contains(says)), "{bad}");
        }
        assert_eq!(problem("http://127.0.0.1:8000/callback", true), None);
        assert!(problem("https://127.0.0.1:8000/callback", true).is_some());
    }
}

//! Where Izly is, and how its silences are read.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use crate::encoding::is_url_text;
use crate::error::Error;
use crate::money::AmountUnit;

const PRODUCTION: &str = "https://rest.izly.fr";
const PREPRODUCTION: &str = "https://rest-pp.izly.fr";

/// The Izly to talk to (protocol §2).
///
/// ```
/// use izly::Environment;
///
/// assert_eq!(Environment::Preproduction.base_url(), "https://rest-pp.izly.fr");
/// let sandbox: Environment = "http://127.0.0.1:8080".parse()?;
/// assert_eq!(sandbox.base_url(), "http://127.0.0.1:8080");
/// assert!("http://rest.izly.fr".parse::<Environment>().is_err());
/// # Ok::<(), izly::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Environment {
    /// Real students, real money.
    Production,
    /// The vendor's test environment.
    Preproduction,
    /// Any other: the sandbox, or a proxy of your own.
    Url(BaseUrl),
}

impl Environment {
    /// The environment at this address: `https://` anywhere, `http://` to a loopback address only.
    ///
    /// The addresses of the two real environments give those.
    ///
    /// # Errors
    /// [`Configuration`](crate::ErrorKind::Configuration), field `environment`.
    pub fn url(text: &str) -> Result<Self, Error> {
        let base = BaseUrl::read(text).map_err(|rule| Error::configuration("environment", rule))?;
        Ok(match base.as_str() {
            PRODUCTION => Environment::Production,
            PREPRODUCTION => Environment::Preproduction,
            _ => Environment::Url(base),
        })
    }

    /// The address everything starts with, without a final slash.
    pub fn base_url(&self) -> &str {
        match self {
            Environment::Production => PRODUCTION,
            Environment::Preproduction => PREPRODUCTION,
            Environment::Url(base) => base.as_str(),
        }
    }

    /// Whether this is one of the vendor's two hosts, on any port.
    pub(crate) fn is_real(&self) -> bool {
        match self {
            Environment::Production | Environment::Preproduction => true,
            Environment::Url(base) => ["rest.izly.fr", "rest-pp.izly.fr"].contains(&base.host().trim_end_matches('.')),
        }
    }

    /// Whether `url` leads to this environment and nowhere else: same scheme, host and port, no user information.
    pub(crate) fn owns(&self, url: &str) -> bool {
        if !is_url_text(url) {
            return false;
        }
        let Some((origin, _)) = split_origin(url) else { return false };
        let Ok(base) = BaseUrl::read(self.base_url()) else { return false };
        BaseUrl::read(origin).is_ok_and(|theirs| theirs.origin() == base.origin())
    }
}

/// `production`, `preproduction`, or a URL.
impl FromStr for Environment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "production" => Ok(Environment::Production),
            "preproduction" => Ok(Environment::Preproduction),
            _ => Environment::url(text),
        }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base_url())
    }
}

/// A checked address of an Izly: scheme, host, optional port, nothing else. Made by [`Environment::url`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    host: String,
    port: u16,
    is_https: bool,
}

impl BaseUrl {
    /// The address, in lower case, without a final slash.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn host(&self) -> &str {
        &self.host
    }

    fn origin(&self) -> (bool, &str, u16) {
        (self.is_https, &self.host, self.port)
    }

    fn read(text: &str) -> Result<Self, &'static str> {
        const SHAPE: &str = "must be `production`, `preproduction`, or a URL such as https://izly.example";
        if !is_url_text(text) {
            return Err(SHAPE);
        }
        let lower = text.to_ascii_lowercase();
        let (origin, rest) = split_origin(&lower).ok_or(SHAPE)?;
        if !matches!(rest, "" | "/") {
            return Err("must not hold a path, query or fragment");
        }
        if origin.contains('@') {
            return Err("must not hold a user name or password");
        }
        let uri: http::Uri = origin.parse().map_err(|_| SHAPE)?;
        let is_https = uri.scheme_str() == Some("https");
        let host = uri.host().filter(|host| !host.is_empty() && !host.contains('%')).ok_or(SHAPE)?.to_owned();
        // `http::Uri` has no port for `host:` and `host:99999`; neither may become the default one.
        let after_host = uri.authority().and_then(|all| all.as_str().strip_prefix(&host)).ok_or(SHAPE)?;
        let port = match after_host.strip_prefix(':').map(str::parse::<u16>) {
            Some(Ok(port)) if port > 0 => port,
            Some(_) => return Err("must have a port from 1 to 65535, or none"),
            None if is_https => 443,
            None => 80,
        };
        if !is_https && !is_loopback(&host) {
            return Err("must be https; plain http is for loopback addresses only");
        }
        Ok(BaseUrl { text: origin.to_owned(), host, port, is_https })
    }
}

/// `https://host:port` and what follows it, for the two schemes there are.
fn split_origin(url: &str) -> Option<(&str, &str)> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let end = url[scheme.len()..].find(['/', '?', '#']).map_or(url.len(), |at| scheme.len() + at);
    Some(url.split_at(end))
}

fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The content type of the payment calls (a [`Wire`] switch, protocol §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ContentType {
    /// `application/vnd.Xpollens.v1+json`, the guide's. The default.
    #[default]
    Xpollens,
    /// `application/vnd.s-money.v1+json`, which clients in production send.
    SMoney,
}

impl ContentType {
    /// The header's value.
    pub const fn as_str(self) -> &'static str {
        match self {
            ContentType::Xpollens => "application/vnd.Xpollens.v1+json",
            ContentType::SMoney => "application/vnd.s-money.v1+json",
        }
    }
}

/// What to do when a login returns without the `state` it was given (a [`Wire`] switch, protocol §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum StatePolicy {
    /// Refuse it: someone else's login could be slipped into this browser. The default.
    #[default]
    Require,
    /// Accept a return that carries no state at all; a wrong one is still refused.
    ///
    /// Weaker: for a server that does not echo the state. The guide never mentions it. Start logins from a POST form
    /// with your framework's own CSRF protection, and finish them only in a session that began one.
    AllowMissing,
}

/// The named switches for what the guide leaves open or contradicts (protocol, all sections).
///
/// The defaults are the readings decided in the protocol page (`docs/protocol.md`). Change one only when you have seen the real service
/// behave the other way.
///
/// ```
/// use izly::{AmountUnit, Wire};
///
/// let mut wire = Wire::default();
/// wire.reply_amounts = AmountUnit::Centimes;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Wire {
    /// The content type of the payment calls.
    pub content_type: ContentType,
    /// The unit of the amounts in what a read and a refund reply. Requests are always in centimes.
    pub reply_amounts: AmountUnit,
    /// Whether a refund is asked with `clientOrderId=/…`, as the guide prints it. Off: the slash is taken for a slip.
    pub refund_slash: bool,
    /// What to do when a login returns without its state.
    pub state: StatePolicy,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_only() {
        for good in [
            "http://127.0.0.1:1",
            "http://127.9.9.9",
            "http://[::1]:8080",
            "http://localhost:3000/",
            "HTTPS://Izly.Example",
        ] {
            assert!(Environment::url(good).is_ok(), "{good}");
        }
        for bad in [
            "http://rest.izly.fr",
            "http://10.0.0.1",
            "http://localhost.evil.example",
            "ftp://rest.izly.fr",
            "rest.izly.fr",
            "",
            "https://",
            "https://user@rest.izly.fr",
            "https://rest.izly.fr/api",
            "https://rest.izly.fr?x",
            "https://a b",
            "https://rest.izly.fr:99999",
            "https://rest.izly.fr:",
            "https://rest.izly.fr\\@evil.example",
            "https://%41.example",
        ] {
            let error = Environment::url(bad).unwrap_err();
            assert_eq!(error.field(), Some("environment"), "{bad}");
        }
    }

    #[test]
    fn real_hosts_are_recognised_however_they_are_written() {
        assert_eq!(Environment::url("HTTPS://REST.izly.fr/").unwrap(), Environment::Production);
        assert!(Environment::url("https://rest.izly.fr:443").unwrap().is_real());
        assert!(Environment::url("https://rest-pp.izly.fr.").unwrap().is_real());
        assert!(!Environment::url("https://rest.izly.fr.example").unwrap().is_real());
    }

    #[test]
    fn owns_its_own_pages_only() {
        let izly = Environment::Preproduction;
        for good in ["https://rest-pp.izly.fr/a?b=1", "HTTPS://REST-PP.IZLY.FR:443/a", "https://rest-pp.izly.fr"] {
            assert!(izly.owns(good), "{good}");
        }
        for bad in [
            "http://rest-pp.izly.fr/",
            "https://rest.izly.fr/",
            "https://rest-pp.izly.fr.evil.example/",
            "https://rest-pp.izly.fr@evil.example/",
            "https://evil.example/https://rest-pp.izly.fr/",
            "https://rest-pp.izly.fr:8443/",
            "https://rest-pp.izly.fr\\@evil.example/",
            "//rest-pp.izly.fr/",
            "/a",
            "javascript:alert(1)",
            "https://rest-pp.izly.fr/\u{e9}",
            "https://rest-pp.izly.fr/a b",
            "https:/rest-pp.izly.fr/",
        ] {
            assert!(!izly.owns(bad), "{bad}");
        }
    }
}

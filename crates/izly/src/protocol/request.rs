//! A request and a response as plain data, with the secrets in them covered.

use std::fmt;

use crate::protocol::Partner;
use crate::secret::REDACTED;
use crate::wiped::Wiped;

/// The two methods the protocol uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// A read.
    Get,
    /// Everything else.
    Post,
}

impl Method {
    /// `GET` or `POST`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// A request, ready to be sent by any HTTP client.
///
/// Send the URL, the headers and the body exactly as they are. `Debug` shows neither the query nor any header's value.
#[derive(Clone)]
pub struct Request {
    method: Method,
    url: RequestUrl,
    headers: Vec<(&'static str, Wiped<String>)>,
    body: Wiped<Vec<u8>>,
}

impl Request {
    /// A request of the payment half: key, identifier and content type in headers (protocol §4).
    pub(crate) fn payments(partner: &Partner, method: Method, path_and_query: &str) -> Self {
        let mut request = Request::with_key(partner, method, path_and_query);
        request.header("appidentifier", partner.identifier().to_owned());
        request.header("content-type", partner.wire().content_type.as_str().to_owned());
        request
    }

    /// A request that proves itself with the API key alone (protocol §3.2).
    pub(crate) fn with_key(partner: &Partner, method: Method, path_and_query: &str) -> Self {
        let mut request = Request::bare(partner, method, path_and_query);
        request.header("authorization", ["Basic ", partner.api_key().reveal()].concat());
        request
    }

    /// A request that proves itself with an access token (protocol §3.4).
    pub(crate) fn with_token(partner: &Partner, method: Method, path_and_query: &str, token: &str) -> Self {
        let mut request = Request::bare(partner, method, path_and_query);
        request.header("authorization", ["Bearer ", token].concat());
        request
    }

    fn bare(partner: &Partner, method: Method, path_and_query: &str) -> Self {
        let base = partner.environment().base_url();
        let url = RequestUrl { text: Wiped::new([base, path_and_query].concat()), origin: base.len() };
        let mut request = Request { method, url, headers: Vec::with_capacity(6), body: Wiped::default() };
        request.header("accept", "application/json".to_owned());
        request.header("user-agent", partner.user_agent().to_owned());
        if method == Method::Post {
            // Said even when it is 0: IIS answers 411 to a POST without a length.
            request.header("content-length", "0".to_owned());
        }
        request
    }

    fn header(&mut self, name: &'static str, value: String) {
        self.headers.push((name, Wiped::new(value)));
    }

    pub(crate) fn with_body(mut self, body: Vec<u8>) -> Self {
        self.headers.retain(|(name, _)| *name != "content-length");
        self.header("content-length", body.len().to_string());
        self.body = Wiped::new(body);
        self
    }

    /// `GET` or `POST`.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Where it goes.
    pub fn url(&self) -> &RequestUrl {
        &self.url
    }

    /// Each header's name, in lower case, and value. Among them is the API key or an access token.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.headers.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The body; empty for a read, and for a POST whose parameters are all in its query.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &names)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// The address of a request. Its query may carry a code or a token, so `Debug` and `Display` stop before it.
#[derive(Clone)]
pub struct RequestUrl {
    text: Wiped<String>,
    /// How much of the text is scheme, host and port.
    origin: usize,
}

impl RequestUrl {
    /// The whole address, query and all. Every use of this method is a place to look at in a review.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        let target = &self.text[self.origin..];
        target.split_once('?').map_or(target, |(path, _)| path)
    }
}

impl fmt::Display for RequestUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.text.split_once('?').map_or(self.text.as_str(), |(before, _)| before);
        f.write_str(shown)?;
        if shown.len() < self.text.len() { write!(f, "?{REDACTED}") } else { Ok(()) }
    }
}

impl fmt::Debug for RequestUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// An answer as it came, wiped on drop.
#[derive(Clone)]
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Wiped<Vec<u8>>,
    is_reused: bool,
}

impl Response {
    /// An answer with this status and body.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Response { status, headers: Vec::new(), body: Wiped::new(body.into()), is_reused: false }
    }

    /// The same with one more header. Only `retry-after` is ever judged; `date` is shown to the observer.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// The same, noting that it came over a connection used before.
    #[must_use]
    pub fn with_reused_connection(mut self, is_reused: bool) -> Self {
        self.is_reused = is_reused;
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The first header of this name, given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether it came over a connection used before.
    pub fn is_reused(&self) -> bool {
        self.is_reused
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .field("is_reused", &self.is_reused)
            .finish_non_exhaustive()
    }
}

//! A request as it came and a reply as it leaves, free of any server library.

use askama::Template;

use crate::api_error::ApiError;
use crate::json::Json;
use crate::remark::Remark;
use crate::wire::{PropertyCasing, Wire};

/// A request, read whole.
#[derive(Clone)]
pub(crate) struct Incoming {
    pub(crate) method: String,
    /// Path and query exactly as received.
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Incoming {
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub(crate) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A value of the query, decoded as a form: a bare `+` is a space, as everywhere on the web. The name's case does
    /// not matter (*observed*: so do the servers this one stands for).
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        form_value(self.query().as_bytes(), name)
    }

    /// A value of a form in the body.
    pub(crate) fn form_value(&self, name: &str) -> Option<String> {
        form_value(&self.body, name)
    }

    /// A value that a page keeps in a hidden field after its first request had it in the query.
    pub(crate) fn form_or_query(&self, name: &str) -> Option<String> {
        self.form_value(name).or_else(|| self.query_value(name))
    }

    /// Whether a POST says how long its body is. Servers like Izly's answer 411 to one that does not.
    pub(crate) fn has_length(&self) -> bool {
        self.header("content-length").is_some() || self.header("transfer-encoding").is_some()
    }

    pub(crate) fn wants_html(&self) -> bool {
        self.header("accept").is_some_and(|accept| accept.contains("text/html"))
    }

    /// The media type of the body, without its parameters.
    pub(crate) fn media_type(&self) -> Option<&str> {
        Some(self.header("content-type")?.split(';').next().unwrap_or_default().trim())
    }
}

fn form_value(form: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(form)
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.into_owned())
}

/// A reply, with remarks for the journal.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// The connection ends without an answer.
    pub(crate) is_dropped: bool,
    /// What the body was made of and in which casing, where a fault may have to alter it.
    pub(crate) json: Option<(Json, PropertyCasing)>,
    /// The operation it is about, where the request did not name it.
    pub(crate) operation_id: Option<u64>,
    pub(crate) remarks: Vec<Remark>,
}

impl Reply {
    fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned()), ("cache-control", "no-store".to_owned())];
        Self {
            status,
            headers,
            body: body.into(),
            is_dropped: false,
            json: None,
            operation_id: None,
            remarks: Vec::new(),
        }
    }

    /// No reply at all.
    pub(crate) fn dropped() -> Self {
        Self { is_dropped: true, headers: Vec::new(), ..Self::new(0, "", "") }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self { headers: vec![("cache-control", "no-store".to_owned())], ..Self::new(status, "", "") }
    }

    pub(crate) fn json_text(status: u16, text: String) -> Self {
        Self::new(status, "application/json; charset=utf-8", text)
    }

    pub(crate) fn html_text(status: u16, text: &str) -> Self {
        Self::new(status, "text/html; charset=utf-8", text)
    }

    pub(crate) fn asset(content_type: &str, text: &str) -> Self {
        Self::new(200, content_type, text).header("x-content-type-options", "nosniff".into())
    }

    /// An object of the payment calls, in the casing of the switch.
    pub(crate) fn json(status: u16, json: &Json, wire: &Wire) -> Self {
        Self::json_in(status, json, wire.casing)
    }

    /// An object whose property names no switch touches.
    pub(crate) fn json_in(status: u16, json: &Json, casing: PropertyCasing) -> Self {
        let reply = Self::json_text(status, json.to_text(casing));
        Self { json: Some((json.clone(), casing)), ..reply }
    }

    pub(crate) fn api_error(error: ApiError, wire: &Wire) -> Self {
        let reply = Self::json_text(error.status(wire.fault_status), error.json().to_text(wire.casing));
        let reply = match error {
            ApiError::BadCredentials => reply.header("www-authenticate", "Basic realm=\"Izly\"".into()),
            ApiError::BadToken => reply.header("www-authenticate", "Bearer realm=\"Izly\"".into()),
            _ => reply,
        };
        reply.remark(error.remark())
    }

    /// An HTML page of the student's. Nothing on it may load or run anything.
    pub(crate) fn page(status: u16, page: &impl Template) -> Self {
        const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        Self::page_with(status, page, POLICY, "no-referrer")
    }

    /// An HTML page, what it may load, and whether its forms say where they come from: under `no-referrer`, browsers
    /// send `Origin: null` with them.
    pub(crate) fn page_with(status: u16, page: &impl Template, policy: &str, referrer: &str) -> Self {
        match page.render() {
            Ok(html) => Self::html_text(status, &html)
                .header("content-security-policy", policy.to_owned())
                .header("referrer-policy", referrer.to_owned())
                .header("x-content-type-options", "nosniff".into()),
            Err(error) => Self::new(500, "text/plain; charset=utf-8", error.to_string()),
        }
    }

    pub(crate) fn redirect(location: String) -> Self {
        Self::new(302, "text/html; charset=utf-8", "").header("location", location)
    }

    pub(crate) fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn about(mut self, operation_id: u64) -> Self {
        self.operation_id = Some(operation_id);
        self
    }

    pub(crate) fn remark(mut self, remark: Remark) -> Self {
        self.remarks.push(remark);
        self
    }
}

/// Percent-encodes with lower-case hex, as the guide's sample of a returning code shows (`%3d`).
pub(crate) fn encode_lower(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            _ => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                encoded.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(target: &str, body: &str) -> Incoming {
        Incoming {
            method: "POST".into(),
            target: target.into(),
            headers: vec![("content-type".into(), "application/JSON; charset=utf-8".into())],
            body: body.into(),
        }
    }

    #[test]
    fn reads_queries_and_forms() {
        let request = request("/a/b?Code=a%2Bb%3d&plus=a+b&x", "code=form&n=%C3%A9");
        assert_eq!(request.path(), "/a/b");
        assert_eq!(request.query_value("code").as_deref(), Some("a+b="));
        assert_eq!(request.query_value("plus").as_deref(), Some("a b"));
        assert_eq!(request.query_value("x").as_deref(), Some(""));
        assert_eq!(request.query_value("n"), None);
        assert_eq!(request.form_or_query("code").as_deref(), Some("form"));
        assert_eq!(request.form_or_query("plus").as_deref(), Some("a b"));
        assert_eq!(request.form_value("n").as_deref(), Some("é"));
        assert_eq!(request.media_type(), Some("application/JSON"));
    }

    #[test]
    fn encodes_with_lower_case_hex() {
        assert_eq!(encode_lower("aZ09-_.~+/=é "), "aZ09-_.~%2b%2f%3d%c3%a9%20");
    }
}

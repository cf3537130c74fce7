//! A request as it came and a reply as it leaves, free of any server library.

use askama::Template;

use crate::fault::Fault;
use crate::json::Json;
use crate::wire::Wire;

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

    fn query(&self) -> &str {
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
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) notes: Vec<String>,
}

impl Reply {
    fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned()), ("cache-control", "no-store".to_owned())];
        Self { status, headers, body: body.into(), notes: Vec::new() }
    }

    pub(crate) fn json_text(status: u16, text: String) -> Self {
        Self::new(status, "application/json; charset=utf-8", text)
    }

    pub(crate) fn json(status: u16, json: &Json, wire: &Wire) -> Self {
        Self::json_text(status, json.to_text(wire.casing))
    }

    pub(crate) fn fault(fault: Fault, wire: &Wire) -> Self {
        let reply = Self::json(fault.status(wire.fault_status), &fault.json(), wire);
        match fault {
            Fault::BadCredentials => reply.header("www-authenticate", "Basic realm=\"Izly\"".into()),
            Fault::BadToken => reply.header("www-authenticate", "Bearer realm=\"Izly\"".into()),
            _ => reply,
        }
    }

    /// An HTML page. Nothing on it may load or run anything.
    pub(crate) fn page(status: u16, page: &impl Template) -> Self {
        const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        match page.render() {
            Ok(html) => Self::new(status, "text/html; charset=utf-8", html)
                .header("content-security-policy", POLICY.into())
                .header("referrer-policy", "no-referrer".into())
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

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
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

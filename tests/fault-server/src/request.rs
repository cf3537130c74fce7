//! Reading one request, whole.

use std::io::{self, Read};

/// A request as far as the server has to know it.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// What it asks for, by the names of the table; nothing if it is none of Izly's.
    pub(crate) call: Option<&'static str>,
    /// The `Host` header.
    pub(crate) host: String,
}

/// The largest head or body that is read: no request of a partner is near it.
const LIMIT: usize = 1 << 20;

/// Reads the head, then as much body as it announces. `None` when the other side ends before.
pub(crate) fn read(stream: &mut impl Read) -> io::Result<Option<Request>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > LIMIT || stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = header(&head, "content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length.min(LIMIT)];
    if let Err(error) = stream.read_exact(&mut body) {
        return if error.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(error) };
    }
    let host = header(&head, "host").unwrap_or_default().to_owned();
    Ok(Some(Request { call: call_of(head.lines().next().unwrap_or_default()), host }))
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().skip(1).find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// The call that a request line makes.
fn call_of(line: &str) -> Option<&'static str> {
    let (method, rest) = line.split_once(' ')?;
    let target = rest.split(' ').next()?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = path.to_ascii_lowercase();
    match (method, path.as_str()) {
        ("POST", "/oauth/home/token") if query.contains("grant_type=refresh_token") => Some("refresh"),
        ("POST", "/oauth/home/token") => Some("exchange_code"),
        ("GET", "/api/izly/users") => Some("user"),
        ("POST", "/api/izly/webpayments") => Some("create_payment"),
        ("POST", path) if path.ends_with("/refund") => Some("refund"),
        ("GET", path) if path.starts_with("/api/izly/webpayments/") => Some("payment"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_with_its_body_and_no_further() {
        let mut bytes =
            &b"POST /api/Izly/WebPayments HTTP/1.1\r\nHost: h:1\r\nContent-Length: 2\r\n\r\n{}GET /next"[..];
        let request = read(&mut bytes).unwrap().unwrap();
        assert_eq!((request.call, request.host.as_str()), (Some("create_payment"), "h:1"));
        assert_eq!(bytes, b"GET /next");
    }

    #[test]
    fn a_request_that_breaks_off_is_none() {
        for text in ["", "GET / HTTP/1.1\r\n", "POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\n{}"] {
            assert!(read(&mut text.as_bytes()).unwrap().is_none(), "{text}");
        }
    }

    #[test]
    fn every_call_has_its_request_line() {
        let lines = [
            ("POST /oauth/Home/Token?grant_type=authorization_code&code=a", "exchange_code"),
            ("POST /oauth/Home/Token?grant_type=refresh_token&refresh_token=a", "refresh"),
            ("GET /api/izly/users", "user"),
            ("POST /api/Izly/WebPayments", "create_payment"),
            ("GET /api/Izly/WebPayments/7", "payment"),
            ("POST /api/Izly/WebPayments/7/Refund?clientOrderId=a", "refund"),
        ];
        for (line, call) in lines {
            assert_eq!(call_of(&format!("{line} HTTP/1.1")), Some(call));
        }
        assert_eq!(call_of("GET / HTTP/1.1"), None);
    }
}

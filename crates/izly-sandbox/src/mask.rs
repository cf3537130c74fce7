//! Makes what was on the wire fit to be looked at: every byte stays, but for the values of secrets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What stands for a secret.
const MASK: &str = "…";

/// Parameters of queries and forms, and fields of pages, whose values are secret.
const PARAMETERS: [&str; 7] =
    ["code", "token", "refresh_token", "access_token", "state", "mot_de_passe", "client_secret"];

/// Properties of JSON whose values are secret.
const PROPERTIES: [&str; 7] =
    ["access_token", "refresh_token", "id_token", "code", "state", "mot_de_passe", "client_secret"];

/// The value of a header, without what is secret in it.
pub(crate) fn header(name: &str, value: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "authorization" | "proxy-authorization" => match value.split_once(' ') {
            Some((scheme, _)) => format!("{scheme} {MASK}"),
            None => MASK.to_owned(),
        },
        "cookie" | "set-cookie" => MASK.to_owned(),
        _ if is_key(value) => MASK.to_owned(),
        _ => text(value),
    }
}

/// A path with a query, a form, a JSON text or a page, without what is secret in it.
pub(crate) fn text(text: &str) -> String {
    match text.trim_start().as_bytes().first() {
        Some(b'{' | b'[') => properties(&parameters(text)),
        Some(b'<') => without_passwords(&fields(&parameters(text))),
        // A form in parts: nothing here reads one, so nothing in it is worth a look.
        Some(b'-') if text.contains("form-data") => MASK.to_owned(),
        _ => query(text),
    }
}

/// A form, or an address: each value up to the next `&`, whatever is in it, and names as whoever reads them does.
fn query(text: &str) -> String {
    if !["/", "http://", "https://"].iter().any(|beginning| text.starts_with(beginning)) {
        return form(text);
    }
    let (address, fragment) = text.split_once('#').map_or((text, None), |(address, rest)| (address, Some(rest)));
    let mut masked = match address.split_once('?') {
        Some((path, query)) => format!("{path}?{}", form(query)),
        None => address.to_owned(),
    };
    if let Some(fragment) = fragment {
        masked.push('#');
        masked.push_str(&form(fragment));
    }
    masked
}

fn form(text: &str) -> String {
    let one = |part: &str| match part.split_once('=') {
        Some((name, value)) if !value.is_empty() && is_secret(name) => format!("{name}={MASK}"),
        _ => part.to_owned(),
    };
    text.split('&').map(one).collect::<Vec<_>>().join("&")
}

fn is_secret(name: &str) -> bool {
    let decoded = form_urlencoded::parse(name.as_bytes()).next().map(|(name, _)| name.into_owned());
    let name = decoded.unwrap_or_default();
    PARAMETERS.iter().any(|secret| secret.eq_ignore_ascii_case(&name))
}

/// Whether a value is a key of a sandbox, in a header where none belongs.
fn is_key(value: &str) -> bool {
    STANDARD.decode(value.trim()).is_ok_and(|bytes| bytes.windows(9).any(|window| window == b":sandbox_"))
}

/// `name=value` at the beginning or after `?`, `&`, `;` (which ends `&amp;` in a page) or a quote (in JSON).
fn parameters(text: &str) -> String {
    let ends = |byte: u8| matches!(byte, b'&' | b'"' | b'\'' | b'<' | b' ' | b'\r' | b'\n' | b'#');
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    let mut begins = true;
    while !rest.is_empty() {
        if begins && let Some(name) = PARAMETERS.into_iter().find(|name| is_parameter(rest, name)) {
            let value = &rest[name.len() + 1..];
            let length = value.bytes().position(ends).unwrap_or(value.len());
            masked.push_str(&rest[..=name.len()]);
            masked.push_str(if length == 0 { "" } else { MASK });
            rest = &value[length..];
            begins = false;
            continue;
        }
        let next =
            rest.bytes().position(|byte| matches!(byte, b'?' | b'&' | b';' | b'"')).map_or(rest.len(), |at| at + 1);
        masked.push_str(&rest[..next]);
        rest = &rest[next..];
        begins = true;
    }
    masked
}

fn is_parameter(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(name.len()) == Some(&b'=') && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
}

/// `"access_token" : "value"`, whatever the case of the name. A value that is no text stays: `"Code":0` is no secret.
fn properties(text: &str) -> String {
    let mut masked = text.to_owned();
    for name in PROPERTIES {
        let quoted = format!("\"{name}\"");
        let mut from = 0;
        // Lower case in ASCII keeps every byte where it is.
        while let Some(at) = masked[from..].to_ascii_lowercase().find(&quoted) {
            from += at + quoted.len();
            if let Some((begin, end)) = string_value(&masked, from) {
                masked.replace_range(begin..end, MASK);
            }
        }
    }
    masked
}

/// Where the text lies that follows a colon, without its quotes.
fn string_value(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let skip = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    };
    let colon = skip(from);
    let quote = skip(colon + usize::from(bytes.get(colon) == Some(&b':')));
    if bytes.get(colon) != Some(&b':') || bytes.get(quote) != Some(&b'"') {
        return None;
    }
    let begin = quote + 1;
    let mut end = begin;
    while end < bytes.len() && bytes[end] != b'"' {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    Some((begin, end.min(bytes.len()))).filter(|(_, end)| text.is_char_boundary(*end))
}

/// `<input … name="state" value="…">`.
fn fields(text: &str) -> String {
    let mut masked = text.to_owned();
    for name in PARAMETERS {
        let named = format!("name=\"{name}\" value=\"");
        let mut from = 0;
        while let Some(at) = masked[from..].find(&named) {
            from += at + named.len();
            let length = masked[from..].find('"').unwrap_or(masked.len() - from);
            masked.replace_range(from..from + length, MASK);
        }
    }
    masked
}

/// The student's pages list the test accounts with their passwords.
fn without_passwords(page: &str) -> String {
    const BEFORE: &str = "mot de passe <code>";
    let mut parts = page.split(BEFORE);
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, after) = part.split_at(part.find("</code>").unwrap_or(0));
        masked.push_str(BEFORE);
        masked.push_str(MASK);
        masked.push_str(after);
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_and_forms() {
        assert_eq!(
            text("/oauth/Home/Token?grant_type=authorization_code&Code=S3CRET%3d&x=1"),
            "/oauth/Home/Token?grant_type=authorization_code&Code=…&x=1"
        );
        assert_eq!(
            text("code=S3CRET&identifiant=riche&mot_de_passe=S3CRET"),
            "code=…&identifiant=riche&mot_de_passe=…"
        );
        assert_eq!(text("/p?state=&codes=1&my_code=2"), "/p?state=&codes=1&my_code=2");
        assert_eq!(text("http://h/return?code=S3CRET#top"), "http://h/return?code=…#top");
        assert_eq!(text("http://h/return#x&code=S3CRET"), "http://h/return#x&code=…");
        assert_eq!(text("a=1&mot_de_passe=S3'CR ET<&b=2"), "a=1&mot_de_passe=…&b=2");
        assert_eq!(text("mot%5Fde%5Fpasse=S3CRET&%63ode=S3CRET"), "mot%5Fde%5Fpasse=…&%63ode=…");
        assert_eq!(text("--x\r\nContent-Disposition: form-data; name=\"mot_de_passe\"\r\n\r\nS3CRET"), "…");
    }

    #[test]
    fn json_with_tokens_and_urls() {
        let masked = text(r#"{"access_token": "S3C\"RET", "refresh_token":"S3CRET","expires_in":1797,"é":"è"}"#);
        assert_eq!(masked, r#"{"access_token": "…", "refresh_token":"…","expires_in":1797,"é":"è"}"#);
        let masked = text(r#"{"REFRESH_TOKEN":"S3CRET","Code":0,"code":"S3CRET","Parameters":"token=S3CRET"}"#);
        assert_eq!(masked, r#"{"REFRESH_TOKEN":"…","Code":0,"code":"…","Parameters":"token=…"}"#);
        let masked = text(r#"{"PaymentAuthorizationUrl":"http://h/Authorize?token=S3CRET&software=39","Code":356}"#);
        assert_eq!(masked, r#"{"PaymentAuthorizationUrl":"http://h/Authorize?token=…&software=39","Code":356}"#);
        for broken in [
            r#""access_token""#,
            r#""access_token":"#,
            r#""access_token":""#,
            r#""access_token":"\"#,
            r#""access_token":"\é"#,
        ] {
            text(broken);
        }
    }

    #[test]
    fn pages() {
        let page =
            r#"<form action="/a?token=S3CRET&amp;software=39"><input type="hidden" name="state" value="S3CRET">"#;
        assert_eq!(
            text(page),
            r#"<form action="/a?token=…&amp;software=39"><input type="hidden" name="state" value="…">"#
        );
        assert_eq!(text("<a href=\"/a?x=1&amp;state=S3CRET\">"), "<a href=\"/a?x=1&amp;state=…\">");
    }

    #[test]
    fn headers() {
        assert_eq!(header("Authorization", "Basic S3CRET"), "Basic …");
        assert_eq!(header("authorization", "S3CRET"), "…");
        assert_eq!(header("cookie", "S3CRET"), "…");
        assert_eq!(header("location", "http://h/?code=S3CRET&state=S3CRET"), "http://h/?code=…&state=…");
        assert_eq!(header("accept", "*/*"), "*/*");
        let key = crate::partner::Partner::default().api_key();
        assert_eq!(header("x-api-key", &key), "…");
    }

    #[test]
    fn passwords_listed_on_a_page_are_masked() {
        let page = "<li><code>a@b.fr</code>, mot de passe <code>S3CRET</code></li>, mot de passe <code>S3CRET2</code>.";
        assert_eq!(
            without_passwords(page),
            "<li><code>a@b.fr</code>, mot de passe <code>…</code></li>, mot de passe <code>…</code>."
        );
    }
}

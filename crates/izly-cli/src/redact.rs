//! Covers what must not be shown in wire data that is shown on purpose: keys, codes, tokens, passwords, personal data.
//!
//! Names stay, values go, and nothing else changes: what is left is what really travelled.

/// What stands in place of a secret.
pub(crate) const MASK: &str = "***";

/// Parameters and form fields, in lower case.
const SECRET_PARAMETERS: [&str; 7] =
    ["code", "state", "token", "access_token", "refresh_token", "identifiant", "mot_de_passe"];

/// Properties of JSON objects, in lower case. The login's answer, then everything that tells who a student is.
const SECRET_PROPERTIES: [&str; 12] = [
    "access_token",
    "refresh_token",
    "rightholderid",
    "idizly",
    "codeetu",
    "ine",
    "codeclient",
    "email",
    "clientcode",
    "customersmoneyid",
    "customeremail",
    "customerclientcode",
];

/// A header's value: the scheme stays, the proof goes.
pub(crate) fn header(name: &str, value: &str) -> String {
    match name {
        "authorization" => {
            let scheme = value.split_once(' ').map_or("", |(scheme, _)| scheme);
            format!("{scheme} {MASK}")
        }
        "location" => target(value),
        "cookie" | "set-cookie" | "proxy-authorization" => MASK.to_owned(),
        _ => value.to_owned(),
    }
}

/// A URL, or a path with its query.
pub(crate) fn target(text: &str) -> String {
    match text.split_once('?') {
        Some((path, query)) => format!("{path}?{}", form(query)),
        None => text.to_owned(),
    }
}

/// A query or an encoded form.
pub(crate) fn form(text: &str) -> String {
    let cover = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if SECRET_PARAMETERS.iter().any(|secret| secret.eq_ignore_ascii_case(name)) => {
            format!("{name}={MASK}")
        }
        _ => pair.to_owned(),
    };
    text.split('&').map(cover).collect::<Vec<_>>().join("&")
}

/// A JSON text: secret values covered, a space after `:` and `,`, everything else to the letter (numbers as they were
/// written, properties in their order), which reading and writing it again would lose.
pub(crate) fn json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 32);
    let mut owner = String::new();
    let mut name = String::new();
    let mut owners = Vec::new();
    for token in Tokens(text) {
        match token {
            "{" => {
                owners.push(std::mem::replace(&mut owner, name.clone()));
                shown.push_str(token);
            }
            "}" => {
                owner = owners.pop().unwrap_or_default();
                shown.push_str(token);
            }
            ":" | "," => {
                shown.push_str(token);
                shown.push(' ');
            }
            _ if shown.ends_with(": ") => shown.push_str(&value(&owner, &name, token)),
            _ => {
                token.trim_matches('"').clone_into(&mut name);
                shown.push_str(token);
            }
        }
    }
    shown
}

/// A value, covered if its name says so. `Id` is a person's inside `User` and in the user's details, where it stands
/// alone at the top; elsewhere it is an operation's or a partner's.
fn value(owner: &str, name: &str, token: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let is_secret = SECRET_PROPERTIES.contains(&lower.as_str())
        || (lower == "id" && (owner.is_empty() || owner.eq_ignore_ascii_case("user")));
    let is_empty = matches!(token, "null" | "\"\"" | "[");
    match token.strip_prefix('"') {
        _ if is_empty => token.to_owned(),
        Some(_) if is_secret => format!("\"{MASK}\""),
        None if is_secret => MASK.to_owned(),
        // A URL in a reply: the page's token goes, the rest stays. The closing quote is no part of it.
        Some(rest) if rest.starts_with("http") => format!("\"{}\"", target(rest.trim_end_matches('"'))),
        _ => token.to_owned(),
    }
}

/// Cuts JSON into punctuation, texts (quotes included) and everything else, dropping white space between them.
struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.0.trim_start();
        let first = text.chars().next()?;
        let length = match first {
            '{' | '}' | '[' | ']' | ':' | ',' => 1,
            '"' => end_of_text(text),
            _ => text.find(['{', '}', '[', ']', ':', ',', '"', ' ', '\n', '\r', '\t']).unwrap_or(text.len()),
        };
        let (token, rest) = text.split_at(length);
        self.0 = rest;
        Some(token)
    }
}

fn end_of_text(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_keep_their_names() {
        assert_eq!(target("/a?grant_type=x&Code=s3cret&b=1"), "/a?grant_type=x&Code=***&b=1");
        assert_eq!(
            form("identifiant=a%40b&action=valider&mot_de_passe=x"),
            "identifiant=***&action=valider&mot_de_passe=***"
        );
        assert_eq!(header("authorization", "Basic abc=="), "Basic ***");
        assert_eq!(header("location", "http://h/x?code=abc%3d&state=z"), "http://h/x?code=***&state=***");
        assert_eq!(header("appidentifier", "Paris 1"), "Paris 1");
    }

    #[test]
    fn json_keeps_its_spelling_and_loses_its_secrets() {
        let text = r#"{"access_token":"a\"b,c","expires_in":1797,"Amount":1.00,"User":{"Id":"77","Email":"a@b"},
            "Operation":{"Id":5},"list":[1,"x"],"note":"a:b, c","Ine":null,"url":"http://h/p?token=t&software=3"}"#;
        assert_eq!(
            json(text),
            r#"{"access_token": "***", "expires_in": 1797, "Amount": 1.00, "User": {"Id": "***", "Email": "***"}, "Operation": {"Id": 5}, "list": [1, "x"], "note": "a:b, c", "Ine": null, "url": "http://h/p?token=***&software=3"}"#
        );
        assert_eq!(json("not json"), "notjson");
        assert_eq!(json(""), "");
    }
}

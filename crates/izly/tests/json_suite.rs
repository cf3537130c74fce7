//! The public JSON parsing test suite (`tests/json/cases.json`) through the core's reader: accepted and rejected as RFC
//! 8259 says, wherever JSON stands.

// A test says what it found by panicking.
#![allow(clippy::unwrap_used, clippy::panic)]

use base64::Engine as _;
use izly::protocol::{Call as _, Partner, ReadPayment, Response};
use izly::{ApiKey, Callback, Environment, Error, ErrorKind, OperationId};
use serde_json::Value;

struct Case {
    name: String,
    bytes: Vec<u8>,
}

fn cases() -> Vec<Case> {
    let file: Value = serde_json::from_str(include_str!("../../../tests/json/cases.json")).unwrap();
    file["cases"].as_array().unwrap().iter().map(case).collect()
}

fn case(case: &Value) -> Case {
    let bytes = match (case["text"].as_str(), case["base64"].as_str()) {
        (Some(text), None) => text.repeat(case["repeat"].as_u64().unwrap_or(1).try_into().unwrap()).into_bytes(),
        (None, Some(base64)) => base64::engine::general_purpose::STANDARD.decode(base64).unwrap(),
        _ => panic!("a case has one body: {case}"),
    };
    Case { name: case["name"].as_str().unwrap().to_owned(), bytes }
}

/// What the reader says of a body as JSON, whatever it thinks of its fields.
#[derive(Debug, PartialEq)]
enum Verdict {
    /// It was split into its fields.
    Read,
    /// It was not, for this reason.
    Refused(String),
}

fn verdict<T>(result: Result<T, Error>) -> Verdict {
    match result {
        // An error about a field comes after the body as a whole was taken for JSON.
        Err(error) if error.field().is_none() => {
            assert_eq!(error.kind(), ErrorKind::Unreadable, "{error}");
            let message = error.to_string();
            Verdict::Refused(message.split_once("the body ").unwrap().1.to_owned())
        }
        _ => Verdict::Read,
    }
}

/// A case as the whole of what Izly sends: of a callback and of a reply, which must agree.
fn whole(bytes: &[u8]) -> Verdict {
    let key = ApiKey::from_parts("Paris-78-78-78-78", "s3cret").unwrap();
    let partner = Partner::new(Environment::Preproduction, key).unwrap();
    let read = ReadPayment::new(OperationId::new(1).unwrap());
    let callback = verdict(Callback::parse(bytes));
    let reply = verdict(read.reply(&partner, &Response::new(200, bytes)));
    match (&callback, &reply) {
        (Verdict::Read, Verdict::Read) => {}
        // A reply's message ends with its outcome.
        (Verdict::Refused(a), Verdict::Refused(b)) => assert_eq!(b.strip_suffix(" [unknown]"), Some(&**a)),
        _ => panic!("{callback:?}, but {reply:?}"),
    }
    callback
}

/// A case as the value of a field that nobody knows, at the top or inside an object, first or last.
fn embedded(bytes: &[u8]) -> Verdict {
    let place = |before: &str, after: &str| {
        let body = [before.as_bytes(), bytes, after.as_bytes()].concat();
        let callback = Callback::parse(&body);
        if let Ok(callback) = &callback {
            let extra = callback.untrusted().extra;
            let kept = extra.get("x").or(extra.get("OperationSMoney.x")).unwrap();
            assert_eq!(kept, std::str::from_utf8(bytes).unwrap().trim(), "a value is kept as it came");
        }
        verdict(callback)
    };
    let top = place(r#"{"OperationSMoney":{"Id":7},"x":"#, "}");
    let others = [
        place(r#"{"x":"#, r#","OperationSMoney":{"Id":7}}"#),
        place(r#"{"OperationSMoney":{"Id":7,"x":"#, "}}"),
        place(r#"{"OperationSMoney":{"x":"#, r#","Id":7}}"#),
    ];
    for other in others {
        let both = (&top, &other);
        assert!(
            matches!(both, (Verdict::Read, Verdict::Read) | (Verdict::Refused(_), Verdict::Refused(_))),
            "{both:?}"
        );
    }
    top
}

fn is_object(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{")
}

#[test]
fn what_is_json_is_read() {
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.name.starts_with("y_")).collect();
    assert_eq!(cases.len(), 95);
    for Case { name, bytes } in cases {
        assert_eq!(embedded(&bytes), Verdict::Read, "{name}");
        let expected = match &*name {
            // RFC 8259 §4 leaves names that stand twice to the reader; two that differ are refused (protocol §6).
            "y_object_duplicated_key" => Verdict::Refused("holds `a` twice with different values".to_owned()),
            _ if is_object(&bytes) => Verdict::Read,
            // Izly's bodies are objects, so any other JSON is none of them (protocol §5: "2xx that cannot be read").
            _ => Verdict::Refused("is not a JSON object".to_owned()),
        };
        assert_eq!(whole(&bytes), expected, "{name}");
    }
}

#[test]
fn what_is_not_json_is_refused() {
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.name.starts_with("n_")).collect();
    assert_eq!(cases.len(), 188);
    for Case { name, bytes } in cases {
        assert!(matches!(whole(&bytes), Verdict::Refused(_)), "{name} was read as a body");
        assert!(matches!(embedded(&bytes), Verdict::Refused(_)), "{name} was read as a value");
    }
}

/// What we do where RFC 8259 lets a reader choose: of a case as a value, and as a body.
fn chosen(name: &str, bytes: &[u8]) -> (Verdict, Verdict) {
    let refused = |rule: &str| Verdict::Refused(rule.to_owned());
    let no_object = || refused("is not a JSON object");
    match name {
        // A value that nobody reads is kept as its text: no number is made of it, so none is too large.
        _ if name.starts_with("i_number_") => (Verdict::Read, no_object()),
        // A name is compared with those we know, so it must be a text; half a character is none. Inside a value that
        // nobody reads it is no name of ours.
        "i_object_key_lone_2nd_surrogate" => (Verdict::Read, refused("is not JSON (line 1, column 8)")),
        // Nothing may nest deeper than 64.
        "i_structure_500_nested_arrays" => (refused("nests deeper than 64"), refused("nests deeper than 64")),
        // A byte-order mark is skipped where it stands for the encoding: at the very beginning.
        "i_structure_UTF-8_BOM_empty_object" => (refused("is not JSON (line 1, column 33)"), Verdict::Read),
        // Bodies are UTF-8, every byte of them: no other encoding is guessed at, and nothing is replaced.
        _ if std::str::from_utf8(bytes).is_err() => (refused("is not UTF-8"), refused("is not UTF-8")),
        // The escape of half a character is grammar (RFC 8259 §8.2): kept as it came, as nobody has to make a text of it.
        _ => (Verdict::Read, no_object()),
    }
}

#[test]
fn what_may_be_either_is_as_we_chose() {
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.name.starts_with("i_")).collect();
    assert_eq!(cases.len(), 35);
    for Case { name, bytes } in cases {
        assert_eq!((embedded(&bytes), whole(&bytes)), chosen(&name, &bytes), "{name}");
    }
}

/// Where a text *is* read, half a character is an error of that field: it would stand for no order at all.
#[test]
fn half_a_character_is_no_text() {
    let mut found = 0;
    for Case { name, bytes } in cases() {
        let is_half = name.contains("surrogate") && !name.starts_with("n_");
        if !is_half {
            continue;
        }
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let Some(text) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else { continue };
        let body = format!(r#"{{"OperationSMoney":{{"Id":7,"ClientOrderId":{text}}}}}"#);
        let read = Callback::parse(body.as_bytes());
        if name.starts_with("y_") {
            assert!(read.unwrap().order_id().is_some(), "{name}");
        } else {
            assert_eq!(read.unwrap_err().field(), Some("OperationSMoney.ClientOrderId"), "{name}");
            found += 1;
        }
    }
    assert!(found >= 8, "only {found} halves were tried");
}

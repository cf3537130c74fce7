//! Runs the shared vectors (`tests/vectors/*.json`) through the pure half of the library.

// A test says what it found by panicking.
#![allow(clippy::unwrap_used, clippy::panic)]

mod vectors {
    pub(crate) mod inputs;
    pub(crate) mod replies;
}

use std::collections::HashSet;
use std::path::Path;

use izly::protocol::Partner;
use izly::{AmountUnit, ApiKey, ContentType, Environment, Error, StatePolicy, Wire};
use serde_json::{Map, Value};

/// The members of a value, flat.
type Members = Map<String, Value>;

/// What a vector gave: the members of a value, or an error.
type Outcome = Result<Members, Error>;

fn run(vector: &Value) -> Outcome {
    let call = vector["call"].as_str().unwrap_or_default();
    vectors::inputs::run(call, vector)
        .or_else(|| vectors::replies::run(call, vector))
        .unwrap_or_else(|| panic!("no such call: {call}"))
}

/// The partner of every vector, with the vector's switches.
pub(crate) fn partner(vector: &Value) -> Partner {
    let identifier = vector["input"]["identifier"].as_str().unwrap_or("Paris-78-78-78-78");
    let key = ApiKey::from_parts(identifier, "s3cret").unwrap();
    Partner::new(Environment::Preproduction, key).unwrap().with_wire(wire(&vector["wire"]))
}

fn wire(switches: &Value) -> Wire {
    let mut wire = Wire::default();
    for (name, value) in switches.as_object().into_iter().flatten() {
        match (name.as_str(), value.as_str(), value.as_bool()) {
            ("reply_amounts", Some("centimes"), _) => wire.reply_amounts = AmountUnit::Centimes,
            ("content_type", Some("s-money"), _) => wire.content_type = ContentType::SMoney,
            ("state", Some("allow_missing"), _) => wire.state = StatePolicy::AllowMissing,
            ("refund_slash", _, Some(on)) => wire.refund_slash = on,
            _ => panic!("no such switch: {name} = {value}"),
        }
    }
    wire
}

/// The differences between what a vector wants and what came.
fn differences(vector: &Value, outcome: &Outcome) -> Vec<String> {
    match (vector.get("expect"), outcome) {
        (Some(expected), Ok(members)) => compare(expected, members),
        (Some(_), Err(error)) => vec![format!("an error came: {error} (field {:?})", error.field())],
        (None, Ok(members)) => vec![format!("no error came, but {members:?}")],
        (None, Err(error)) => compare_error(&vector["error"], error),
    }
}

fn compare(expected: &Value, members: &Members) -> Vec<String> {
    let expected = expected.as_object().unwrap();
    let differs = |(name, wanted): (&String, &Value)| {
        let got = members.get(name).unwrap_or(&Value::Null);
        let known = members.contains_key(name) || name == "body_json";
        let same = match name.as_str() {
            "headers" => wanted.as_object().unwrap().iter().all(|(name, value)| got.get(name) == Some(value)),
            "body_json" => {
                members
                    .get("body")
                    .and_then(Value::as_str)
                    .and_then(|text| serde_json::from_str::<Value>(text).ok())
                    .as_ref()
                    == Some(wanted)
            }
            _ => got == wanted,
        };
        (!(known && same)).then(|| format!("{name}: wanted {wanted}, got {got}"))
    };
    expected.iter().filter_map(differs).collect()
}

fn compare_error(expected: &Value, error: &Error) -> Vec<String> {
    let mut differences = Vec::new();
    let message = error.to_string();
    let title = error.title().unwrap_or_default();
    for (name, wanted) in expected.as_object().unwrap() {
        let got = match name.as_str() {
            "kind" => Value::from(error.kind().as_str()),
            "outcome" => Value::from(error.outcome().as_str()),
            "api_code" => Value::from(error.api_code()),
            "oauth_error" => Value::from(error.oauth_error()),
            "retry" => Value::from(error.retry().as_str()),
            "title" => Value::from(title),
            "http_status" => Value::from(error.http_status()),
            "field" => Value::from(error.field()),
            "mentions" => {
                for text in wanted.as_array().unwrap() {
                    if !message.contains(text.as_str().unwrap()) {
                        differences.push(format!("the message does not mention {text}: {message}"));
                    }
                }
                continue;
            }
            _ => panic!("no such member of an error: {name}"),
        };
        if got != *wanted {
            differences.push(format!("{name}: wanted {wanted}, got {got} ({message})"));
        }
    }
    differences
}

#[test]
fn every_vector_reads_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    let mut names = HashSet::new();
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        for vector in file["vectors"].as_array().unwrap() {
            let name = vector["name"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "two vectors are named {name}");
            assert_ne!(vector.get("expect").is_some(), vector.get("error").is_some(), "{name} wants both or neither");
            for difference in differences(vector, &run(vector)) {
                failures.push(format!("{name}: {difference}"));
            }
        }
    }
    assert!(names.len() >= 600, "only {} vectors were found", names.len());
    assert!(failures.is_empty(), "{} of {} vectors differ:\n{}", failures.len(), names.len(), failures.join("\n"));
}

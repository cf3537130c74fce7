//! The reading rules, one by one.

use super::*;

fn rule<T: std::fmt::Debug>(result: Read<T>) -> String {
    result.unwrap_err().into_error("test", Outcome::Unknown).to_string()
}

fn parse(text: &str) -> Read<Object<'_>> {
    Object::parse(text, &["Inner"])
}

#[test]
fn names_are_read_whatever_their_casing() {
    let mut object = parse(r#"{"orderID": "a", "AMOUNT": 1.50}"#).unwrap();
    assert_eq!(object.string("OrderId").unwrap().as_deref(), Some("a"));
    assert_eq!(object.required_cents("Amount", AmountUnit::Euros).unwrap().get(), 150);
}

#[test]
fn a_name_twice_must_say_the_same() {
    assert!(parse(r#"{"Amount":1,"amount":1}"#).is_ok());
    assert!(rule(parse(r#"{"Amount":1,"amount":2}"#)).contains("twice"));
    let many: Vec<String> = (0..60).map(|n| format!(r#""f{n}":{n}"#)).collect();
    assert!(parse(&format!("{{{}}}", many.join(","))).is_ok());
    assert!(rule(parse(&format!(r#"{{{},"F7":8}}"#, many.join(",")))).contains("twice"));
}

#[test]
fn depth_is_counted_in_unknown_fields_too() {
    let nested = |depth: usize| format!(r#"{{"x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert!(body_text(nested(MAX_DEPTH - 1).as_bytes()).is_ok());
    assert!(rule(body_text(nested(MAX_DEPTH).as_bytes())).contains("nests deeper"));
    let brackets_in_text = format!(r#"{{"x":"\"{}"}}"#, "[".repeat(1000));
    assert!(body_text(brackets_in_text.as_bytes()).is_ok());
}

#[test]
fn long_numbers_stay_exact() {
    let mut object = parse(r#"{"OrderId": 123456789012345678901234567890, "Id": 9223372036854775807}"#).unwrap();
    assert_eq!(object.string("OrderId").unwrap().unwrap(), "123456789012345678901234567890");
    assert_eq!(object.required_id("Id").unwrap().get(), i64::MAX.unsigned_abs());
}

#[test]
fn the_parsers_words_never_quote_the_body() {
    for body in [r#"{"a": s3cret}"#, r#"["s3cret"]"#, r#""s3cret""#, r#"{"s3cret""#, r#"{"a":1} s3cret"#] {
        let message = rule(parse(body));
        assert!(!message.contains("s3cret"), "{message}");
    }
}

#[test]
fn an_unknown_field_that_stands_twice_is_kept_once() {
    let mut extra = Extra::default();
    parse(r#"{"a":1,"b":2,"A":1}"#).unwrap().keep_unread(&mut extra);
    assert_eq!(extra.to_json(), r#"{"a":1,"b":2}"#);
}

#[test]
fn unknown_fields_come_back_as_json() {
    let object = parse(r#"{"a\"b": [1, 2], "c": "d"}"#).unwrap();
    let mut extra = Extra::default();
    object.keep_unread(&mut extra);
    assert_eq!(extra.to_json(), r#"{"a\"b":[1, 2],"c":"d"}"#);
    assert_eq!(format!("{extra:?}"), r#"{"a\"b", "c"}"#);
}

/// Two of one object's names that are the same but for casing, at the top, inside, and as objects.
#[test]
fn twins_are_found_wherever_they_stand() {
    for (first, second) in [("1", "1"), ("1", "2")] {
        for body in [
            format!(r#"{{"a": {first}, "A": {second}}}"#),
            format!(r#"{{"Inner": {{"a": {first}, "b": 0, "A": {second}}}, "a": 3}}"#),
            format!(r#"{{"a": 3, "inner": {{"a": {first}}}, "INNER": {{"a": {second}}}}}"#),
            format!(r#"{{"\u0061": {first}, "A": {second}}}"#),
            format!(r#"{{"Inner": {{"a": {first}, "\u0041": {second}}}}}"#),
            format!(r#"{{"Inner": "\u0061{first}", "inner": "a{second}"}}"#),
        ] {
            let mut extra = Extra::default();
            let read = parse(&body).and_then(|mut object| match object.value("Inner") {
                Some(Value::Object(..)) => object.inside("Inner", &mut extra, |inner| inner.text("a").map(|_| ())),
                _ => Ok(None),
            });
            match (read, first == second) {
                (Ok(_), true) => {}
                (Err(error), false) => assert!(rule::<()>(Err(error)).contains("twice"), "{body}"),
                (read, _) => panic!("{body}: {read:?}"),
            }
        }
    }
}

#[test]
fn an_object_within_keeps_to_its_own_fields() {
    let body = r#"{"Inner": {"a": 1, "c": 2}, "b": 3, "Other": {"a": 4, "d": 5}, "\u0065": 6}"#;
    let mut object = Object::parse(body, &["Inner", "Other"]).unwrap();
    let mut extra = Extra::default();
    // Neither what stands behind it nor what stands before is its own.
    let inner = object.inside("Inner", &mut extra, |inner| Ok([inner.integer("a")?, inner.integer("d")?]));
    assert_eq!(inner.unwrap(), Some([Some(1), None]));
    let other = object.inside("Other", &mut extra, |other| Ok([other.integer("c")?, other.integer("a")?]));
    assert_eq!(other.unwrap(), Some([None, Some(4)]));
    assert_eq!(object.integer("E").unwrap(), Some(6));
    assert_eq!(object.integer("a").unwrap(), None);
    object.keep_unread(&mut extra);
    assert_eq!(extra.to_json(), r#"{"Inner.c":2,"Other.d":5,"b":3}"#);
    let failed = object.inside("Inner", &mut extra, |inner| inner.required_id("Id"));
    assert!(rule(failed).contains("Inner.Id is missing"));
    // What went wrong within leaves the rest readable.
    assert!(object.inside("Other", &mut extra, |other| other.required_id("a")).is_ok());
}

#[test]
fn many_fields_with_a_twin_are_kept_once() {
    let many: Vec<String> = (0..20_000).map(|n| format!(r#""f{n}":{n}"#)).collect();
    let mut extra = Extra::default();
    parse(&format!(r#"{{{},"F7":7}}"#, many.join(","))).unwrap().keep_unread(&mut extra);
    assert_eq!(extra.iter().count(), 20_000);
}

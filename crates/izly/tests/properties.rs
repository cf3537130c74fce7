//! What must hold of any input: nothing panics, amounts stay exact, encoding is undone by decoding.

#![allow(clippy::unwrap_used)]

use izly::protocol::{Call, CreatePayment, Partner, ReadPayment, RefundPayment, Response, read_return};
use izly::{
    AmountUnit, ApiKey, Callback, Cents, Environment, NewPayment, OperationId, Order, RefundTarget, State, StatePolicy,
    Wire,
};
use proptest::prelude::*;

fn partner(unit: AmountUnit) -> Partner {
    let mut wire = Wire::default();
    wire.reply_amounts = unit;
    let key = ApiKey::from_parts("Paris-78-78-78-78", "s3cret").unwrap();
    Partner::new(Environment::Preproduction, key).unwrap().with_wire(wire)
}

fn amount_read(unit: AmountUnit, literal: &str) -> Option<Cents> {
    let body = format!(r#"{{"OperationId":1,"Amount":{literal},"OrderId":"a","OperationStatus":"Completed"}}"#);
    let reply = ReadPayment::new(OperationId::new(1).unwrap()).reply(&partner(unit), &Response::new(200, body));
    reply.ok().map(|payment| payment.amount)
}

/// JSON-like noise: real names, real punctuation, odd values.
fn noise() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just(",".to_owned()),
        Just(":".to_owned()),
        Just(r#""OperationSMoney""#.to_owned()),
        Just(r#""Id""#.to_owned()),
        Just(r#""Error""#.to_owned()),
        Just("null".to_owned()),
        Just("\\".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| number.to_string()),
        any::<String>().prop_map(|text| format!("{text:?}")),
    ];
    proptest::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_a_callback_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Callback::parse(&bytes);
    }

    #[test]
    fn any_noise_is_a_callback_or_an_error(text in noise()) {
        let wrapped = format!(r#"{{"OperationSMoney":{{"Id":7}},"x":{text}}}"#);
        let whole = Callback::parse(wrapped.as_bytes());
        // What is not JSON is never taken for a callback.
        if serde_json::from_str::<serde::de::IgnoredAny>(&wrapped).is_err() {
            prop_assert!(whole.is_err());
        }
        let _ = Callback::parse(text.as_bytes());
    }

    #[test]
    fn every_amount_survives_being_written_in_either_unit(cents in 0..=i64::from(i32::MAX)) {
        let amount = Cents::new(cents).unwrap();
        prop_assert_eq!(Cents::from_euros(&amount.to_string()).unwrap(), amount);
        prop_assert_eq!(amount_read(AmountUnit::Euros, &amount.to_string()), Some(amount));
        let quoted = format!("\"{amount}\"");
        prop_assert_eq!(amount_read(AmountUnit::Euros, &quoted), Some(amount));
        prop_assert_eq!(amount_read(AmountUnit::Centimes, &format!("{cents}.00")), Some(amount));
        prop_assert_eq!(amount_read(AmountUnit::Centimes, &cents.to_string()), Some(amount));
    }

    #[test]
    fn an_order_id_reaches_the_other_end_as_it_is(id in "\\PC{1,100}") {
        let Ok(order) = Order::new(id.clone(), Cents::new(1).unwrap()) else { return Ok(()) };
        let target = RefundTarget::new(OperationId::new(1).unwrap(), order.id()).unwrap();
        let request = RefundPayment::new(&target).request(&partner(AmountUnit::Euros)).unwrap();
        let (_, encoded) = request.url().reveal().split_once("clientOrderId=").unwrap();
        prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
        let decoded = percent_encoding::percent_decode_str(encoded).decode_utf8().unwrap();
        prop_assert_eq!(decoded.as_ref(), id.as_str());
        let payment = NewPayment::new(order);
        let request = CreatePayment::new(&payment).request(&partner(AmountUnit::Euros)).unwrap();
        let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
        prop_assert_eq!(body["ClientOrderId"].as_str().unwrap(), id.as_str());
    }

    #[test]
    fn any_code_comes_through_the_browser_unchanged(code in "[A-Za-z0-9+/=]{1,64}") {
        let encoded = percent_encoding::utf8_percent_encode(&code, percent_encoding::NON_ALPHANUMERIC).to_string();
        for written in [encoded.clone(), encoded.to_lowercase().replace("%2b", "+")] {
            let query = format!("code={written}&state=s");
            let read = read_return(&query, &State::new("s"), StatePolicy::Require).unwrap();
            prop_assert_eq!(read.reveal().to_lowercase(), code.to_lowercase());
        }
    }

    #[test]
    fn any_query_is_a_code_or_an_error(query in "\\PC{0,100}") {
        let _ = read_return(&query, &State::new("s"), StatePolicy::AllowMissing);
    }

    #[test]
    fn any_url_is_an_environment_or_an_error(url in "(https?://)?\\PC{0,40}") {
        if let Ok(environment) = Environment::url(&url) {
            prop_assert!(environment.base_url().starts_with("https://") || url.to_lowercase().contains("localhost")
                || url.contains("127.") || url.contains("::1"));
        }
    }
}

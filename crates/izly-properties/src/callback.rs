//! Callbacks (protocol §4.3): anyone can post one, so this is the reader that strangers reach.

use izly::{Callback, CallbackDate, CallbackPersonal, ErrorKind, Outcome};
use serde_json::{Map, Value, json};

use crate::errors;
use crate::json::{Fields, assert_accepted, assert_fairly_refused};

/// Any bytes are a callback or an error; a callback is JSON, says what `serde_json` finds in it, and survives being
/// written anew.
pub fn callback(body: &[u8]) {
    match Callback::parse(body) {
        Ok(callback) => {
            assert_accepted(body);
            assert_says_what_it_says(body, &callback);
            assert_survives(&callback);
            assert_covered(&callback);
        }
        Err(error) => {
            errors::hold(&error, &[]);
            assert_eq!(error.outcome(), Outcome::NotSent, "{error}");
            assert!(matches!(error.kind(), ErrorKind::Unreadable | ErrorKind::TooLarge), "{error}");
            assert_eq!(error.kind() == ErrorKind::TooLarge, body.len() > Callback::MAX_BYTES, "{error}");
            assert_fairly_refused(body, &error);
        }
    }
}

fn assert_says_what_it_says(body: &[u8], callback: &Callback) {
    let operation = Fields::of(body).inside("OperationSMoney");
    let id = operation.integer("Id").and_then(|id| u64::try_from(id).ok());
    assert_eq!(Some(callback.operation_id().get()), id);
    assert_eq!(callback.order_id(), operation.text("ClientOrderId").as_deref());
    let claim = callback.untrusted();
    assert_eq!(claim.amount_text.map(str::to_owned), operation.text("Amount"));
    assert_eq!(claim.message.map(str::to_owned), operation.text("Message"));
    assert_accepted(claim.extra.to_json().as_bytes());
}

/// A callback with the same claims reads as the same callback, whatever else stood in the first.
fn assert_survives(callback: &Callback) {
    let body = written(callback);
    let again = Callback::parse(body.as_bytes());
    let again = again.unwrap_or_else(|error| panic!("{error}: {body}"));
    assert_eq!((again.operation_id(), again.order_id()), (callback.operation_id(), callback.order_id()), "{body}");
    let (mut first, mut second) = (callback.untrusted(), again.untrusted());
    // What nobody knows stands in no order of ours.
    let none = izly::Extra::default();
    first.extra = &none;
    second.extra = &none;
    assert!(first == second, "a claim changed: {body}");
}

fn written(callback: &Callback) -> String {
    let claim = callback.untrusted();
    let personal = |text: Option<CallbackPersonal<'_>>| text.map(CallbackPersonal::reveal).map(str::to_owned);
    let error = match (claim.error.code, claim.error.message) {
        (None, message) => json!(message),
        (Some(code), message) => json!({"Code": code, "Message": message}),
    };
    let body = json!({
        "OperationSMoney": {
            "Id": callback.operation_id().get(),
            "ClientOrderId": callback.order_id(),
            "IdTransactionDebitIzly": claim.transaction_id,
            "Amount": claim.amount_text,
            "Date": claim.date.map(CallbackDate::text),
            "Status": claim.status.map(izly::Status::as_str),
            "Message": claim.message,
            "CallbackParameters": claim.callback_parameters,
        },
        "Beneficiary": {"Id": claim.beneficiary.account_id, "ClientId": claim.beneficiary.identifier},
        "User": {
            "Id": personal(claim.user.account_id),
            "Email": personal(claim.user.email),
            "ClientCode": personal(claim.user.client_code),
            "NumeroAffectation": personal(claim.user.affectation_number),
        },
        "Error": error,
    });
    body.to_string()
}

/// `Debug` shows a student's data only where it stands in what is not personal as well.
fn assert_covered(callback: &Callback) {
    let shown = format!("{callback:?} {:?} {:?}", callback.untrusted(), callback.untrusted().user);
    let blind = {
        let body: Map<String, Value> = serde_json::from_str(&written(callback)).expect("just written");
        let body = body.into_iter().filter(|(name, _)| name != "User").collect::<Value>();
        Callback::parse(body.to_string().as_bytes()).expect("a user is optional")
    };
    let mut claim = blind.untrusted();
    claim.extra = callback.untrusted().extra;
    assert_eq!(shown, format!("{blind:?} {claim:?} {:?}", claim.user), "Debug depends on who pays");
}

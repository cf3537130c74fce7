//! Answers of any status (protocol §5): what they may be taken for. The first line of an input is the status and,
//! optionally, a `Retry-After`; the rest is the body.

use std::time::Duration;

use izly::protocol::{
    Call, Confirm, CreatePayment, ExchangeCode, ReadPayment, ReadUser, RefreshTokens, RefundPayment, Response,
};
use izly::{
    AccessToken, AuthorizationCode, CallName, Cents, Error, ErrorKind, NewPayment, OperationId, Order, Outcome,
    RefreshToken, RefundTarget, Wire,
};

use crate::input::first_line;
use crate::json::{Fields, assert_accepted, assert_fairly_refused};
use crate::partner::{CARRIED, answer, partner};

/// Every call judges the answer, and none of them says more than the table of §5 allows.
pub fn fault(input: &[u8]) {
    let Some((head, body)) = first_line(input) else { return };
    let mut words = head.split(' ');
    let Some(status) = words.next().and_then(|word| word.parse().ok()) else { return };
    let mut response = Response::new(status, body);
    if let Some(wait) = words.next() {
        response = response.with_header("Retry-After", wait);
    }
    let (id, order) = (OperationId::new(586_589).expect("in range"), order());
    let target = RefundTarget::new(id, order.id()).expect("an order's own reference");
    judge(&CreatePayment::new(&NewPayment::new(order.clone())), &response);
    judge(&ReadPayment::new(id), &response);
    judge(&Confirm::new(id, &order), &response);
    judge(&RefundPayment::new(&target), &response);
    judge(&ExchangeCode::new(&AuthorizationCode::new(CARRIED)), &response);
    judge(&RefreshTokens::new(&RefreshToken::new(CARRIED)), &response);
    judge(&ReadUser::new(&AccessToken::new(CARRIED)), &response);
}

fn order() -> Order {
    Order::new("order-42", Cents::new(150).expect("in range")).expect("a reference and an amount")
}

fn judge<C: Call>(call: &C, response: &Response) {
    let status = response.status();
    let Err(error) = answer(call, &partner(Wire::default()), response) else {
        assert!((200..300).contains(&status), "taken for a success: HTTP {status}");
        return assert_accepted(response.body());
    };
    assert_rejected_for_a_reason(&error, response);
    assert!(error.retry_after().is_none_or(|wait| wait <= Duration::from_hours(24)), "{:?}", error.retry_after());
    let (kind, outcome) = (error.kind(), error.outcome());
    match status {
        200..=299 => assert_fairly_refused(response.body(), &error),
        300..=399 => assert_eq!((kind, outcome), (ErrorKind::Redirect, Outcome::Unknown)),
        400..=499 => assert!(
            matches!(kind, ErrorKind::Api | ErrorKind::Authentication | ErrorKind::RateLimited),
            "HTTP {status} is {kind}"
        ),
        500..=599 => assert_eq!((kind, outcome), (ErrorKind::Server, Outcome::Unknown)),
        _ => assert_eq!((kind, outcome), (ErrorKind::Protocol, Outcome::Unknown)),
    }
}

/// "Rejected" promises that nothing was carried out: only a status that says so by itself, or a well-formed no with
/// nothing of a result in it, may be taken for that. Of a confirmation it speaks of the order as well.
pub(crate) fn assert_rejected_for_a_reason(error: &Error, response: &Response) {
    if error.outcome() != Outcome::Rejected {
        return;
    }
    let (call, status) = (error.call().expect("an answer is a call's"), response.status());
    let is_verdict = call == CallName::Confirm && matches!(error.kind(), ErrorKind::Mismatch | ErrorKind::NotPaid);
    let may_say_no = (200..300).contains(&status) || (400..500).contains(&status);
    let says_no = may_say_no && is_refusal(&Fields::of(response.body()), call);
    assert!(matches!(status, 401 | 403 | 429) || is_verdict || says_no, "rejected for no reason: {error}");
}

/// An error object of §5, and nothing that was asked for beside it.
fn is_refusal(fields: &Fields, call: CallName) -> bool {
    const RESULTS: [&str; 6] =
        ["OperationId", "OperationSMoney", "OperationStatus", "PaymentAuthorizationUrl", "RefundDate", "access_token"];
    let speaks_oauth = matches!(call, CallName::ExchangeCode | CallName::Refresh | CallName::User);
    let has_code = fields.integer("Code").is_some_and(|code| code != 0);
    let has_error = speaks_oauth && fields.text("error").is_some();
    (has_code || has_error) && !RESULTS.iter().any(|name| fields.has(name))
}

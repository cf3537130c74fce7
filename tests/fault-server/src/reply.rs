//! What Izly answers when nothing goes wrong: the ground on which faults are laid.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::request::Request;
use crate::step::Answer;

/// The calls of the table, by the names they have in the vectors.
pub const CALLS: [&str; 6] = ["payment", "user", "create_payment", "refund", "exchange_code", "refresh"];

/// The reply's JSON: operation 52795, order `order-42`, 1,50 €. `number` takes the place of its number.
pub(crate) fn body(request: &Request, scheme: &str, number: Option<&str>) -> String {
    let amount = number.unwrap_or("1.50");
    let seconds = number.unwrap_or("1797");
    match request.call {
        Some("payment") => format!(
            r#"{{"OperationId":52795,"Amount":{amount},"OperationStatus":"Completed","OrderId":"order-42","Error":""}}"#
        ),
        Some("refund") => format!(
            r#"{{"OperationId":52795,"Amount":{amount},"OperationStatus":"Refund","ClientOrderId":"order-42"}}"#
        ),
        Some("create_payment") => format!(
            concat!(
                r#"{{"PaymentAuthorizationUrl":"{scheme}://{host}/api/Izly/WebPayments/52795/Authorize?token=t","#,
                r#""OperationSMoney":{{"Id":52795,"Amount":{amount},"ClientOrderId":"order-42","Status":"Waiting"}}}}"#
            ),
            scheme = scheme,
            host = request.host,
            amount = amount
        ),
        Some("exchange_code" | "refresh") => format!(
            concat!(
                r#"{{"access_token":"access","token_type":"Bearer","expires_in":{seconds},"#,
                r#""refresh_token":"refresh","scope":"users_details payments izly_pay"}}"#
            ),
            seconds = seconds
        ),
        Some("user") => r#"{"IdIzly":"42","Societe":"CROUS","Tarif":1}"#.to_owned(),
        _ => "{}".to_owned(),
    }
}

/// A whole answer of HTTP, head and body.
pub(crate) fn whole(answer: &Answer, request: &Request, scheme: &str) -> Vec<u8> {
    let body = encoded(answer, request, scheme);
    let mut head = format!("HTTP/1.1 {} Whatever\r\nContent-Length: {}\r\n", answer.status, body.len());
    for line in &answer.headers {
        head.push_str(line);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend(body);
    bytes
}

fn encoded(answer: &Answer, request: &Request, scheme: &str) -> Vec<u8> {
    // The table is read when the server starts, and what is no Base64 is found then.
    let decode = |text: &str| STANDARD.decode(text).unwrap_or_default();
    if let Some(bytes) = &answer.body_base64 {
        return decode(bytes);
    }
    let reply = body(request, scheme, answer.number.as_deref());
    let text = fill(&answer.body, &reply);
    let mut bytes = answer.mark_base64.as_deref().map(decode).unwrap_or_default();
    if answer.is_utf16 {
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    } else {
        bytes.extend(text.into_bytes());
    }
    bytes
}

/// Puts the reply where a text of the table leaves a place for it.
pub(crate) fn fill(text: &str, reply: &str) -> String {
    let members = reply.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    text.replace("{members}", members).replace("{length}", &reply.len().to_string()).replace("{reply}", reply)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_is_json_and_takes_another_number() {
        for call in CALLS {
            let request = Request { call: Some(call), host: "127.0.0.1:1".to_owned() };
            let reply: serde_json::Value = serde_json::from_str(&body(&request, "http", None)).unwrap();
            assert!(reply.is_object(), "{call}");
            let has_number = body(&request, "http", Some("NaN")).contains("NaN");
            assert_eq!(has_number, call != "user", "{call}");
        }
    }

    #[test]
    fn a_template_is_filled() {
        assert_eq!(fill("{length}:{reply}", r#"{"a":1}"#), r#"7:{"a":1}"#);
        assert_eq!(fill(r#"{{members},"b":2}"#, r#"{"a":1}"#), r#"{"a":1,"b":2}"#);
    }
}

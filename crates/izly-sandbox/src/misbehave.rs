//! What each fault does to an answer.

use crate::api_error::ApiError;
use crate::fault::{Fault, FaultKind};
use crate::http::Reply;
use crate::json::Json;
use crate::routes::token::refused_refresh;
use crate::wire::Wire;

/// A host that exists nowhere, and that nobody can ever own.
const ELSEWHERE: &str = "http://ailleurs.example";

/// The answer in place of the work, for a fault that keeps the work from being done.
pub(crate) fn instead(fault: &Fault, wire: &Wire) -> Option<Reply> {
    match fault.fault {
        FaultKind::DropBeforeCommit => Some(Reply::dropped()),
        FaultKind::TokenExpired => Some(Reply::api_error(ApiError::BadToken, wire)),
        FaultKind::RefreshRefused => Some(refused_refresh(wire)),
        _ if fault.commit => None,
        kind => replacement(kind),
    }
}

/// The answer after the work, misbehaving. What the timeline tells about it stays.
pub(crate) fn after(fault: &Fault, reply: Reply) -> Reply {
    let (operation_id, remarks) = (reply.operation_id, reply.remarks.clone());
    let reply = match fault.fault {
        FaultKind::CommitThenDrop => Reply::dropped(),
        FaultKind::TruncatedJson => truncated(reply),
        FaultKind::ForeignAuthorizationUrl
        | FaultKind::UnknownStatus
        | FaultKind::ExtraFields
        | FaultKind::CommaDecimals
        | FaultKind::StuckWaiting => altered(fault.fault, reply),
        kind => replacement(kind).unwrap_or(reply),
    };
    Reply { operation_id, remarks, ..reply }
}

fn replacement(kind: FaultKind) -> Option<Reply> {
    match kind {
        FaultKind::ServerError => Some(Reply::json_text(500, r#"{"Message":"Une erreur s'est produite."}"#.into())),
        FaultKind::BadGateway => Some(Reply::html_text(
            502,
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n\
             </body>\r\n</html>\r\n",
        )),
        FaultKind::EmptyReply => Some(Reply::json_text(200, String::new())),
        FaultKind::Redirect => Some(Reply::redirect(format!("{ELSEWHERE}/"))),
        _ => None,
    }
}

/// Half of the text, cut where no character is.
fn truncated(mut reply: Reply) -> Reply {
    let half = reply.body.len() / 2;
    let cut = (0..=half).rev().find(|at| std::str::from_utf8(&reply.body[..*at]).is_ok()).unwrap_or(0);
    reply.body.truncate(cut);
    reply
}

/// The same answer with some properties changed. An error object stays as it is.
fn altered(kind: FaultKind, mut reply: Reply) -> Reply {
    let Some((mut json, casing)) = reply.json.take() else { return reply };
    if kind == FaultKind::ExtraFields {
        let inner = Json::object().with("Devise", "EUR").with("Taux", Json::Decimal(100));
        json = json.with("NouveauChamp", inner).with("Avertissement", Json::Null).with("Version", 2_u64);
    }
    json.each_property(&mut |name, value| match (kind, name) {
        (FaultKind::ForeignAuthorizationUrl, "PaymentAuthorizationUrl") => {
            if let Json::Text(url) = value {
                let path = url.splitn(4, '/').nth(3).unwrap_or_default();
                *url = format!("{ELSEWHERE}/{path}");
            }
        }
        (FaultKind::UnknownStatus, "Status" | "OperationStatus") => *value = "EnCoursDeCompensation".into(),
        (FaultKind::StuckWaiting, "OperationStatus") => *value = "Waiting".into(),
        (FaultKind::CommaDecimals, "Amount") => *value = comma(value).into(),
        _ => {}
    });
    reply.body = json.to_text(casing).into_bytes();
    reply
}

fn comma(amount: &Json) -> String {
    match amount {
        Json::Decimal(hundredths) => format!("{},{:02}", hundredths / 100, hundredths % 100),
        Json::Text(text) => text.replace('.', ","),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::FaultTarget;

    fn played(kind: FaultKind, json: &Json) -> String {
        let wire = Wire::default();
        let reply = after(&Fault::new(FaultTarget::Any, kind), Reply::json(200, json, &wire));
        String::from_utf8(reply.body).unwrap()
    }

    fn json() -> Json {
        Json::object()
            .with("PaymentAuthorizationUrl", "http://127.0.0.1:1/api/x?y=1")
            .with("OperationSMoney", Json::object().with("Amount", "1.50").with("Status", "Waiting"))
            .with("OperationStatus", "Completed")
    }

    #[test]
    fn properties_are_altered_wherever_they_are() {
        assert!(played(FaultKind::ForeignAuthorizationUrl, &json()).contains("http://ailleurs.example/api/x?y=1"));
        assert!(played(FaultKind::CommaDecimals, &json()).contains(r#""Amount":"1,50""#));
        assert!(played(FaultKind::CommaDecimals, &Json::object().with("Amount", Json::Decimal(5))).contains("0,05"));
        let unknown = played(FaultKind::UnknownStatus, &json());
        assert_eq!(unknown.matches("EnCoursDeCompensation").count(), 2, "{unknown}");
        assert!(played(FaultKind::StuckWaiting, &json()).contains(r#""OperationStatus":"Waiting""#));
        let extra: serde_json::Value = serde_json::from_str(&played(FaultKind::ExtraFields, &json())).unwrap();
        assert_eq!(extra["NouveauChamp"]["Devise"], "EUR");
    }

    #[test]
    fn a_truncated_text_is_no_json() {
        let text = played(FaultKind::TruncatedJson, &Json::object().with("Message", "é".repeat(20)));
        assert!(!text.is_empty() && serde_json::from_str::<serde_json::Value>(&text).is_err());
    }
}

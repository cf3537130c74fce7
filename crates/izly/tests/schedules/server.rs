//! A plan as the steps of the fault server, and what it says as bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use izly_fault_server::Step;

use super::plan::{Answer, Connection, Damage, End, Figures, Framing, Mutation, Reading};

/// Everything after the status: `HTTP/1.1 200`.
const AFTER_STATUS: usize = 12;

/// What a connection is: what the server does with it, and the body it says if nothing cuts it short.
pub(crate) struct Scene {
    pub(crate) steps: Vec<Step>,
    /// Whether a request that arrives is carried out.
    pub(crate) carries_out: bool,
    pub(crate) body: Vec<u8>,
}

/// Sets the scene of one connection for a call at this address.
pub(crate) fn scene(connection: &Connection, call: &str, figures: &Figures, url: &str) -> Scene {
    let (body, wire) = said(connection, call, figures, url);
    let mut steps = Vec::new();
    let reading = honest_reading(connection);
    let carries_out = carries_out(connection);
    let read = if carries_out { Step::Request } else { Step::Refuse };
    match reading {
        Reading::First => steps.push(read.clone()),
        Reading::Peek => steps.push(Step::AwaitBytes),
        Reading::Never | Reading::Last => {}
    }
    steps.extend(pieces(&wire, connection));
    if reading == Reading::Last {
        steps.push(read);
    }
    match connection.end {
        End::Close => {}
        End::Reset => steps.push(Step::Reset),
        End::Hold => steps.push(Step::Hold),
        End::Drip => steps.push(Step::Drip { text: " ".to_owned(), every_ms: 10 }),
    }
    Scene { steps, carries_out, body }
}

/// Whether the request is carried out. A server that says no and does it, or says yes and does not, is lying: nothing
/// that a client could say of it would be certain, and so it is beyond this test.
fn carries_out(connection: &Connection) -> bool {
    match &connection.answer {
        Answer::Result(401 | 403 | 429)
        | Answer::Page(401 | 403 | 429)
        | Answer::Empty(401 | 403 | 429)
        | Answer::Fault { status: 200..=299 | 400..=499, .. } => false,
        Answer::Result(200..=299) => true,
        _ => connection.may_carry_out,
    }
}

/// A yes comes after the request has been read, and carried out.
fn honest_reading(connection: &Connection) -> Reading {
    if matches!(connection.answer, Answer::Result(200..=299)) { Reading::First } else { connection.reading }
}

/// The body, and all that is written.
fn said(connection: &Connection, call: &str, figures: &Figures, url: &str) -> (Vec<u8>, Vec<u8>) {
    let (status, location, body) = match &connection.answer {
        Answer::Bytes(bytes) => return (Vec::new(), bytes.clone()),
        Answer::Result(status) => (*status, "", result(call, figures, url)),
        Answer::Fault { status, is_oauth: true } => (*status, "", OAUTH_FAULT.to_owned()),
        Answer::Fault { status, is_oauth: false } => (*status, "", FAULT.to_owned()),
        Answer::Page(status) => (*status, "", "<html><body>Maintenance</body></html>".to_owned()),
        Answer::Empty(status) => (*status, "", String::new()),
        Answer::Redirect(status) => (*status, "Location: http://127.0.0.1:1/\r\n", String::new()),
    };
    let mut body = body.into_bytes();
    if let Damage::Body(mutations) = &connection.damage {
        apply(mutations, &mut body, 0);
    }
    let (frame, framed) = framed(&connection.framing, &body);
    let mut wire = format!("HTTP/1.1 {status} Whatever\r\n{location}{frame}\r\n").into_bytes();
    if let Damage::Head(mutations) = &connection.damage {
        apply(mutations, &mut wire, AFTER_STATUS);
    }
    wire.extend(framed);
    if let Some(cut) = &connection.cut {
        wire.truncate(cut.index(wire.len() + 1));
    }
    (body, wire)
}

const FAULT: &str = r#"{"Code":356,"ErrorMessage":"Opération introuvable","Title":"Non","Priority":2}"#;
const OAUTH_FAULT: &str = r#"{"error":"invalid_grant","error_description":"Code expiré"}"#;

/// What the call is for.
fn result(call: &str, figures: &Figures, url: &str) -> String {
    let Figures { operation_id, cents, serial } = figures;
    let amount = format!("{}.{:02}", cents / 100, cents % 100);
    match call {
        "payment" => format!(
            r#"{{"OperationId":{operation_id},"Amount":{amount},"OperationStatus":"Completed","OrderId":"order-{serial}"}}"#
        ),
        "refund" => format!(
            r#"{{"OperationId":{operation_id},"Amount":{amount},"OperationStatus":"Refund","ClientOrderId":"order-{serial}"}}"#
        ),
        "create_payment" => format!(
            concat!(
                r#"{{"PaymentAuthorizationUrl":"{url}/Authorize?token=t{serial}","#,
                r#""OperationSMoney":{{"Id":{operation_id},"Amount":"{amount}","ClientOrderId":"order-{serial}"}}}}"#
            ),
            url = url,
            serial = serial,
            operation_id = operation_id,
            amount = amount
        ),
        "user" => format!(r#"{{"IdIzly":"{serial}","Societe":"CROUS","Tarif":1}}"#),
        _ => format!(
            r#"{{"access_token":"access-{serial}","token_type":"Bearer","expires_in":1797,"refresh_token":"fresh-{serial}"}}"#
        ),
    }
}

/// The header line that tells where the body ends, and the body as it is then written.
fn framed(framing: &Framing, body: &[u8]) -> (String, Vec<u8>) {
    match framing {
        Framing::Length => (format!("Content-Length: {}\r\n", body.len()), body.to_vec()),
        Framing::WrongLength(off) => {
            let length = i64::try_from(body.len()).unwrap_or_default() + off;
            (format!("Content-Length: {}\r\n", length.max(0)), body.to_vec())
        }
        Framing::Close => (String::new(), body.to_vec()),
        Framing::Chunks { size, is_ended } => {
            let mut wire = Vec::new();
            for chunk in body.chunks(*size) {
                wire.extend(format!("{:x}\r\n", chunk.len()).bytes());
                wire.extend(chunk);
                wire.extend(b"\r\n");
            }
            if *is_ended {
                wire.extend(b"0\r\n\r\n");
            }
            ("Transfer-Encoding: chunked\r\n".to_owned(), wire)
        }
    }
}

/// The bytes in as many writes as there are pauses, and one more.
fn pieces(wire: &[u8], connection: &Connection) -> Vec<Step> {
    let mut places: Vec<(usize, u64)> =
        connection.pauses.iter().map(|(at, pause)| (at.index(wire.len() + 1), *pause)).collect();
    places.sort_unstable();
    let mut steps = Vec::new();
    let mut from = 0;
    for (to, pause) in places {
        steps.push(Step::SendBase64(STANDARD.encode(&wire[from..to])));
        steps.push(Step::WaitMs(pause));
        from = to;
    }
    steps.push(Step::SendBase64(STANDARD.encode(&wire[from..])));
    steps
}

/// Changes the bytes from here on.
fn apply(mutations: &[Mutation], bytes: &mut Vec<u8>, from: usize) {
    for mutation in mutations {
        let places = bytes.len().saturating_sub(from);
        match mutation {
            Mutation::Insert(at, byte) => bytes.insert(from + at.index(places + 1), *byte),
            Mutation::Replace(at, byte) if places > 0 => bytes[from + at.index(places)] = *byte,
            Mutation::Remove(at) if places > 0 => drop(bytes.remove(from + at.index(places))),
            Mutation::Replace(..) | Mutation::Remove(_) => {}
        }
    }
}

//! §4.5 of the protocol: refunds.

use izly_sandbox::{FaultStatus, Sandbox};

use crate::client::{Answer, Created, Server, get, pay_rich};

fn paid(sandbox: &Sandbox, order_id: &str) -> Created {
    let body = serde_json::json!({ "Amount": 1_234, "ClientOrderId": order_id }).to_string();
    let created = Server::of(sandbox).created(&body);
    assert!(pay_rich(sandbox, &created.url).page().contains("Paiement effectué"));
    created
}

fn code(answer: &Answer) -> (u16, u64) {
    (answer.status, answer.json()["Code"].as_u64().unwrap())
}

#[test]
fn a_refund_gives_the_money_back_and_is_the_guides_to_the_byte() {
    let sandbox = Sandbox::start().unwrap();
    let server = Server::of(&sandbox);
    let created = paid(&sandbox, "100003685");
    let answer = server.refund(created.id, "100003685");
    assert_eq!(answer.status, 200);
    let transaction = sandbox.payments()[0].transaction_id;
    assert_eq!(
        answer.body,
        format!(
            r#"{{"OperationId":{},"IdTransactionDebitIzly":{transaction},"RefundDate":"2026-01-05T09:00:03","Amount":12.34,"OperationStatus":"Refund","ClientOrderId":"100003685"}}"#,
            created.id
        )
    );
    assert_eq!(sandbox.accounts()[0].balance_cents, 10_000);
    assert_eq!(server.status(created.id), "Refund");
    assert!(get(&created.url, &[]).page().contains("Paiement avec Izly remboursé"));
}

#[test]
fn a_second_refund_is_refused_unless_told() {
    let sandbox = Sandbox::start().unwrap();
    let server = Server::of(&sandbox);
    let created = paid(&sandbox, "a");
    assert_eq!(server.refund(created.id, "a").status, 200);
    assert_eq!(code(&server.refund(created.id, "a")), (400, 9012));
    assert_eq!(sandbox.accounts()[0].balance_cents, 10_000);
    sandbox.update_wire(|wire| wire.repeated_refunds = true);
    assert_eq!(server.refund(created.id, "a").status, 200);
    assert_eq!(sandbox.accounts()[0].balance_cents, 11_234);
}

#[test]
fn one_leading_slash_is_stripped_and_noted() {
    let sandbox = Sandbox::start().unwrap();
    let server = Server::of(&sandbox);
    let created = paid(&sandbox, "a@/&é");
    assert_eq!(code(&server.refund(created.id, "//a%40%2F%26%C3%A9")), (400, 9010));
    assert_eq!(server.refund(created.id, "/a%40%2F%26%C3%A9").status, 200);
    let journal = sandbox.journal();
    let last = journal.last().unwrap();
    assert!(last.target.ends_with("/Refund?clientOrderId=/a%40%2F%26%C3%A9"), "{}", last.target);
    assert!(last.remarks.iter().any(|remark| remark.text.contains("La barre oblique")), "{last:?}");
}

#[test]
fn what_cannot_be_refunded() {
    let sandbox = Sandbox::start().unwrap();
    let server = Server::of(&sandbox);
    let created = paid(&sandbox, "a");
    assert_eq!(code(&server.refund(created.id, "b")), (400, 9010));
    assert_eq!(code(&server.refund(created.id, "")), (400, 9010));
    assert_eq!(code(&server.refund(1, "a")), (404, 356));
    let waiting = server.created(r#"{"Amount":100,"ClientOrderId":"w"}"#);
    assert_eq!(code(&server.refund(waiting.id, "w")), (400, 9011));
    sandbox.update_wire(|wire| wire.fault_status = FaultStatus::Ok);
    assert_eq!(code(&server.refund(1, "a")), (200, 356));
    assert_eq!(sandbox.accounts()[0].balance_cents, 10_000 - 1_234);
}

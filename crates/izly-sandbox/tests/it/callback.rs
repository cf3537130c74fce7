//! §4.3 of the protocol: callbacks.

use std::sync::{Arc, OnceLock, mpsc};
use std::time::Duration;

use izly_sandbox::{AmountUnit, BeneficiaryName, CallbackMode, Delivery, PASSWORD, Sandbox};
use serde_json::{Value, json};

use crate::client::{Server, cancel, pay, pay_rich};
use crate::partner_site::PartnerSite;

const ORDER: &str = r#"{"Amount":100,"ClientOrderId":"order-42","Message":"2 cafés"}"#;

fn with_callback_at(url: &str) -> Sandbox {
    let sandbox = Sandbox::start().unwrap();
    sandbox.update_partner(|partner| partner.callback_url = url.into());
    sandbox
}

#[test]
fn the_partner_is_told_and_can_read_the_payment_meanwhile() {
    let sandbox = Arc::new(Sandbox::start().unwrap());
    let inside = Arc::clone(&sandbox);
    let site = PartnerSite::start(move |received| {
        let body: Value = serde_json::from_str(&received.body).unwrap();
        let status = Server::of(&inside).status(body["OperationSMoney"]["Id"].as_u64().unwrap());
        ("200 OK", json!({ "Code": 0, "ErrorMessage": status }).to_string())
    });
    sandbox.update_partner(|partner| partner.callback_url = format!("{}/cb?shop=7", site.base_url));
    let created = Server::of(&sandbox).created(
        r#"{"Amount":100,"ClientOrderId":"order-42","Message":"2 cafés","CallbackParameters":"hmac=a%2Bb&x=é"}"#,
    );
    pay_rich(&sandbox, &created.url);

    let received = &site.received()[0];
    let path = received.request_line.split(' ').nth(1).unwrap();
    assert!(path.starts_with("/cb?shop=7&hmac=a%2Bb&x="), "joined, not encoded again: {path}");
    assert!(received.headers.iter().any(|header| header.eq_ignore_ascii_case("content-type: application/json")));
    let payment = &sandbox.payments()[0];
    let expected = json!({
        "OperationSMoney": {
            "Id": payment.operation_id, "IdTransactionDebitIzly": payment.transaction_id, "Amount": "1.00",
            "Date": "05/01/2026 09:00:01", "Status": "Completed", "Message": "2 cafés", "ClientOrderId": "order-42",
            "CallbackParameters": "hmac=a%2Bb&x=é",
        },
        "Beneficiary": { "Id": "49918", "AppIdentifier": "Sandbox Crous-1-1-1-1" },
        "User": { "Id": "6000050617", "Email": "riche@example.fr", "ClientCode": "etu00001", "NumeroAffectation": 1 },
        "Error": { "Code": 0, "Message": "" },
    });
    assert_eq!(serde_json::from_str::<Value>(&received.body).unwrap(), expected);

    let delivery = &sandbox.deliveries()[0];
    assert_eq!((delivery.operation_id, delivery.attempt, delivery.status), (created.id, 1, Some(200)));
    assert!(delivery.sent && delivery.accepted());
    assert_eq!(delivery.body, received.body);
    assert_eq!(delivery.reply_body, r#"{"Code":0,"ErrorMessage":"Completed"}"#);
}

#[test]
fn failures_after_the_password_are_told_with_a_code() {
    let site = PartnerSite::agreeing();
    let sandbox = with_callback_at(&site.base_url);
    let created = Server::of(&sandbox).created(ORDER);
    pay(&sandbox, &created.url, "riche@example.fr", "faux");
    assert!(site.received().is_empty(), "a mistyped password is no failed payment");
    for (who, code) in
        [("solde-insuffisant@example.fr", 9101), ("impayes@example.fr", 9102), ("bloque@example.fr", 9103)]
    {
        pay(&sandbox, &created.url, who, PASSWORD);
        let body: Value = serde_json::from_str(&site.received().last().unwrap().body).unwrap();
        assert_eq!(body["Error"]["Code"], code, "{who}");
        assert_eq!(body["OperationSMoney"]["Status"], "Waiting");
        assert_eq!(body["User"]["Email"], who);
    }
    sandbox.update_wire(|wire| wire.callback_on_failure = false);
    pay(&sandbox, &created.url, "impayes@example.fr", PASSWORD);
    assert_eq!(site.received().len(), 3);
}

#[test]
fn a_cancel_is_told_only_when_asked_and_only_once() {
    let site = PartnerSite::agreeing();
    let sandbox = with_callback_at(&site.base_url);
    let silent = Server::of(&sandbox).created(ORDER);
    cancel(&sandbox, &silent.url);
    assert!(site.received().is_empty());

    sandbox.update_wire(|wire| wire.callback_on_cancel = true);
    let told = Server::of(&sandbox).created(ORDER);
    let page = crate::client::get(&told.url, &[]);
    crate::client::submit(&sandbox, page.page(), "annulation", &[]);
    crate::client::submit(&sandbox, page.page(), "annulation", &[]);
    assert_eq!(site.received().len(), 1);
    let body: Value = serde_json::from_str(&site.received()[0].body).unwrap();
    assert_eq!((&body["Error"]["Code"], &body["OperationSMoney"]["Status"]), (&json!(9104), &json!("Cancelled")));
    assert!(body["User"].is_null());
}

#[test]
fn obstacles_are_written_down_and_the_payment_still_completes() {
    let site = PartnerSite::agreeing();
    let sandbox = with_callback_at(&site.base_url);
    let server = Server::of(&sandbox);
    let reason_for = |change: &dyn Fn(&mut izly_sandbox::Partner), order: &str| {
        sandbox.update_partner(|partner| change(partner));
        let created = server.created(order);
        assert!(pay_rich(&sandbox, &created.url).page().contains("Paiement effectué"));
        let delivery = sandbox.deliveries().pop().unwrap();
        assert_eq!((delivery.operation_id, delivery.sent, delivery.status), (created.id, false, None));
        delivery.error.unwrap()
    };
    let url = site.base_url.clone();
    assert!(reason_for(&|p| p.callback_allowed = false, ORDER).contains("firewall"));
    assert!(reason_for(&|p| p.callback_url = "http://example.fr/cb".into(), ORDER).contains("firewall"));
    assert!(reason_for(&|p| p.callback_allowed = true, ORDER).contains("loopback"));
    let spaces = r#"{"Amount":100,"ClientOrderId":"a","CallbackParameters":"a b"}"#;
    assert!(reason_for(&|p| p.callback_url.clone_from(&url), spaces).contains("valid URL"));
    assert!(site.received().is_empty());
}

#[test]
fn callbacks_can_get_lost() {
    let site = PartnerSite::agreeing();
    let sandbox = Sandbox::builder().callback_mode(CallbackMode::Never).start().unwrap();
    sandbox.update_partner(|partner| partner.callback_url.clone_from(&site.base_url));
    let created = Server::of(&sandbox).created(ORDER);
    pay_rich(&sandbox, &created.url);
    assert!(site.received().is_empty());
    assert!(sandbox.deliveries()[0].error.as_ref().unwrap().contains("lose"));
    assert_eq!(Server::of(&sandbox).status(created.id), "Completed");
}

#[test]
fn a_partner_that_fails_costs_nobody_the_payment() {
    let elsewhere = PartnerSite::agreeing();
    let target = elsewhere.base_url.clone();
    for (status, body) in [("500 Internal Server Error", "<h1>oups</h1>"), ("302 Found\r\nLocation: TARGET", "")] {
        let status: &'static str = status.replace("TARGET", &target).leak();
        let site = PartnerSite::start(move |_| (status, body.into()));
        let sandbox = with_callback_at(&site.base_url);
        let created = Server::of(&sandbox).created(ORDER);
        assert!(pay_rich(&sandbox, &created.url).page().contains("Paiement effectué"));
        let delivery = &sandbox.deliveries()[0];
        assert_eq!(delivery.status, status[..3].parse().ok());
        assert_eq!(delivery.reply_body, body);
        assert!(!delivery.accepted() && delivery.error.is_none());
    }
    assert!(elsewhere.received().is_empty(), "redirects are not followed");
}

#[test]
fn a_partner_that_is_down_or_hangs_is_an_error_of_the_delivery() {
    // Bound but never accepted from: connects, then silence.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let sandbox = Sandbox::builder().callback_timeout(Duration::from_secs(1)).start().unwrap();
    // Nothing listens on port 1, and no other test can be given it.
    let closed = std::net::SocketAddr::from(([127, 0, 0, 1], 1));
    for address in [silent.local_addr().unwrap(), closed] {
        sandbox.update_partner(|partner| partner.callback_url = format!("http://{address}/"));
        let created = Server::of(&sandbox).created(ORDER);
        assert!(pay_rich(&sandbox, &created.url).page().contains("Paiement effectué"));
        let delivery = sandbox.deliveries().pop().unwrap();
        assert_eq!((delivery.sent, delivery.status), (true, None));
        let expected = if address == closed { "connection refused" } else { "no answer in time" };
        assert_eq!(delivery.error.as_deref(), Some(expected));
    }
}

#[test]
fn each_delivery_is_told_as_it_ends() {
    let site = PartnerSite::agreeing();
    let (tell, told) = mpsc::channel();
    let inside: Arc<OnceLock<Sandbox>> = Arc::default();
    let handle = Arc::clone(&inside);
    let hook = move |delivery: &Delivery| {
        // Would hang if the sandbox's lock were held.
        let listed = handle.get().unwrap().deliveries();
        tell.send((delivery.clone(), listed.last() == Some(delivery))).unwrap();
    };
    let sandbox = inside.get_or_init(|| Sandbox::builder().on_delivery(hook).start().unwrap());
    let closed = "http://127.0.0.1:1/cb";
    for (url, ending) in [(site.base_url.as_str(), None), (closed, Some("connection refused")), ("http://h.fr/", None)]
    {
        sandbox.update_partner(|partner| partner.callback_url = url.into());
        pay_rich(sandbox, &Server::of(sandbox).created(ORDER).url);
        let (delivery, is_listed) = told.try_recv().expect("told before the page answers");
        assert!(is_listed && delivery.url == url);
        assert_eq!((delivery.sent, delivery.accepted()), (url != "http://h.fr/", url == site.base_url));
        assert!(ending.is_none() || delivery.error.as_deref() == ending, "{delivery:?}");
    }
}

#[test]
fn a_hook_that_panics_costs_nothing() {
    let site = PartnerSite::agreeing();
    let sandbox = Sandbox::builder().on_delivery(|_| panic!("a hook that panics on purpose")).start().unwrap();
    sandbox.update_partner(|partner| partner.callback_url.clone_from(&site.base_url));
    for _ in 0..3 {
        let created = Server::of(&sandbox).created(ORDER);
        assert!(pay_rich(&sandbox, &created.url).page().contains("Paiement effectué"));
    }
    assert_eq!((site.received().len(), sandbox.deliveries().len()), (3, 3));
}

#[test]
fn the_other_readings_of_the_callback() {
    let site = PartnerSite::agreeing();
    let sandbox = with_callback_at(&site.base_url);
    sandbox.update_wire(|wire| {
        wire.callback_amount = AmountUnit::Centimes;
        wire.beneficiary_name = BeneficiaryName::ClientId;
    });
    let created = Server::of(&sandbox).created(r#"{"Amount":200,"ClientOrderId":"a"}"#);
    pay_rich(&sandbox, &created.url);
    let body: Value = serde_json::from_str(&site.received()[0].body).unwrap();
    assert_eq!(body["OperationSMoney"]["Amount"], "200.00");
    assert_eq!(body["Beneficiary"]["ClientId"], "Sandbox Crous-1-1-1-1");
    assert!(Server::of(&sandbox).read(created.id).body.contains(r#""Amount":2.00"#));
}

#[test]
fn the_timeline_shows_what_came_first() {
    let site = PartnerSite::agreeing();
    let sandbox = with_callback_at(&site.base_url);
    let created = Server::of(&sandbox).created(ORDER);
    pay_rich(&sandbox, &created.url);
    Server::of(&sandbox).read(created.id);
    let requests: Vec<u64> = sandbox.journal().iter().map(|entry| entry.sequence).collect();
    let (email, delivery) = (sandbox.emails()[0].sequence, sandbox.deliveries()[0].sequence);
    // Creation, page, Valider; then the e-mail and the callback it causes; then the reading.
    assert_eq!((requests, email, delivery), (vec![1, 2, 3, 6], 4, 5));
}

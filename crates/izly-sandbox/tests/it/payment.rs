//! §4 of the protocol: creating, paying, reading.

use std::thread;

use izly_sandbox::{
    AccountState, AmountUnit, BeneficiaryName, FaultStatus, PASSWORD, Partner, PaymentStatus, PropertyCasing, Sandbox,
};

use crate::client::{Server, cancel, get, pay, pay_rich, post, submit, way_back};
use crate::partner_site::PartnerSite;

const ORDER: &str = r#"{"Amount":100,"ClientOrderId":"100003685","Message":"test 1"}"#;

fn sandbox() -> Sandbox {
    Sandbox::start().unwrap()
}

/// A payment page's token and operation id, put back to what the guide prints.
fn like_the_guide(text: &str, sandbox: &Sandbox, id: u64) -> String {
    let payment = sandbox.payments().into_iter().find(|payment| payment.operation_id == id).unwrap();
    text.replace(sandbox.base_url(), "BASE")
        .replace(&id.to_string(), "ID")
        .replace(&payment.transaction_id.to_string(), "TX")
        .replace(&payment.token, "TOKEN")
}

#[test]
fn the_reply_to_a_creation_is_the_guides_to_the_byte() {
    let sandbox = sandbox();
    let answer = Server::of(&sandbox).create(ORDER);
    assert_eq!(answer.status, 200);
    let id = answer.json()["OperationSMoney"]["Id"].as_u64().unwrap();
    assert_eq!(
        like_the_guide(&answer.body, &sandbox, id),
        concat!(
            r#"{"PaymentAuthorizationUrl":"BASE/api/Izly/WebPayments/ID/Authorize?token=TOKEN&software=39","#,
            r#""OperationSMoney":{"Id":ID,"IdTransactionDebitIzly":TX,"Amount":"1.00","Date":"05/01/2026 09:00:01","#,
            r#""Status":"Waiting","Message":"test 1","ClientOrderId":"100003685","CallbackParameters":null},"#,
            r#""Beneficiary":{"Id":"49918","AppIdentifier":"Sandbox Crous-1-1-1-1"}}"#
        )
    );
    assert!(sandbox.payments()[0].token.starts_with("1-"));
}

#[test]
fn a_paid_payment_reads_like_the_guides_sample_to_the_byte() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let created = server.created(ORDER);
    let waiting = server.read(created.id);
    assert_eq!(waiting.json()["OperationStatus"], "Waiting");
    assert!(waiting.json()["CustomerEmail"].is_null());

    let paid = pay_rich(&sandbox, &created.url);
    assert_eq!(paid.status, 200);
    let page = paid.page();
    assert!(page.contains("Paiement effectué avec Izly") && page.contains("1,00 €"), "{page}");
    assert_eq!(way_back(page), "http://127.0.0.1:8000/izly/paid");
    assert_eq!(sandbox.accounts()[0].balance_cents, 9_900);

    assert_eq!(
        like_the_guide(&server.read(created.id).body, &sandbox, created.id),
        concat!(
            r#"{"OperationId":ID,"IdTransactionDebitIzly":TX,"Amount":1.00,"BeneficiarySmoneyId":"49918","#,
            r#""BeneficiaryClientId":"Sandbox Crous-1-1-1-1","CustomerSmoneyId":"6000050617","#,
            r#""CustomerEmail":"riche@example.fr","CustomerClientCode":"etu00001","OperationStatus":"Completed","#,
            r#""Error":"","ClientParameters":null,"Message":"test 1","PaymentDate":"2026-01-05T09:00:01","#,
            r#""OrderId":"100003685"}"#
        )
    );
    let email = &sandbox.emails()[0];
    assert_eq!(email.to, "riche@example.fr");
    assert!(email.text.contains("1,00 €") && email.text.contains("Boutique de démonstration"), "{email:?}");
}

#[test]
fn the_partners_own_redirect_url_and_software_win() {
    let sandbox = sandbox();
    let created = Server::of(&sandbox).created(
        r#"{"Amount":"205","ClientOrderId":"é@/&","RedirectUrlAfterPayment":"https://example.fr/ok?a=1&b='2'","Software":7}"#,
    );
    assert!(created.url.ends_with("&software=7"), "{}", created.url);
    let page = pay_rich(&sandbox, &created.url);
    assert_eq!(way_back(page.page()), "https://example.fr/ok?a=1&b='2'");
    assert_eq!(Server::of(&sandbox).read(created.id).json()["OrderId"], "é@/&");
}

#[test]
fn each_account_is_refused_as_its_name_says() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let created = server.created(ORDER);
    for (who, text) in [
        ("solde-insuffisant@example.fr", "solde de votre compte est insuffisant"),
        ("impayes@example.fr", "impayés à régulariser"),
        ("bloque@example.fr", "Votre compte est bloqué."),
        ("personne@example.fr", "Identifiant ou mot de passe incorrect."),
    ] {
        let answer = pay(&sandbox, &created.url, who, PASSWORD);
        assert!(answer.page().contains(text), "{who}: {}", answer.body);
        assert_eq!(server.status(created.id), "Waiting", "{who}");
    }
    assert!(sandbox.emails().is_empty());
    assert!(pay_rich(&sandbox, &created.url).page().contains("Paiement effectué"));
}

#[test]
fn the_third_wrong_password_blocks_on_the_payment_page_too() {
    let sandbox = sandbox();
    let created = Server::of(&sandbox).created(ORDER);
    for expected in ["incorrect.", "incorrect.", "désormais bloqué"] {
        let answer = pay(&sandbox, &created.url, "riche@example.fr", "faux");
        assert!(answer.page().contains(expected), "{}", answer.body);
    }
    assert_eq!(sandbox.accounts()[0].state, AccountState::Blocked);
    assert!(pay_rich(&sandbox, &created.url).page().contains("Votre compte est bloqué."));
    assert!(sandbox.accounts()[0].balance_cents == 10_000);
}

#[test]
fn a_cancelled_payment_stays_cancelled() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let created = server.created(ORDER);
    let payment_page = get(&created.url, &[]);
    let cancelled = cancel(&sandbox, &created.url);
    assert!(cancelled.page().contains("Paiement avec Izly annulé"));
    assert_eq!(way_back(cancelled.page()), "http://127.0.0.1:8000/");
    assert_eq!(server.status(created.id), "Cancelled");

    let typed = [("identifiant", "riche@example.fr"), ("mot_de_passe", PASSWORD)];
    let late = submit(&sandbox, payment_page.page(), "paiement", &typed);
    assert!(late.page().contains("Paiement avec Izly annulé"), "the back button cannot revive it");
    assert_eq!(sandbox.accounts()[0].balance_cents, 10_000);
    assert!(sandbox.deliveries().is_empty());
}

#[test]
fn a_second_submit_shows_the_paid_page_and_debits_nothing() {
    let sandbox = sandbox();
    let created = Server::of(&sandbox).created(ORDER);
    let payment_page = get(&created.url, &[]);
    let typed = [("identifiant", "riche@example.fr"), ("mot_de_passe", PASSWORD)];
    for form in ["paiement", "paiement", "annulation"] {
        let answer = submit(&sandbox, payment_page.page(), form, &typed);
        assert!(answer.page().contains("Paiement effectué avec Izly"), "{form}");
    }
    assert!(get(&created.url, &[]).page().contains("Paiement effectué avec Izly"), "nor does opening it again");
    assert_eq!(sandbox.accounts()[0].balance_cents, 9_900);
    assert_eq!((sandbox.emails().len(), sandbox.deliveries().len()), (1, 1));
}

#[test]
fn concurrent_submits_debit_once() {
    let site = PartnerSite::agreeing();
    let sandbox = sandbox();
    sandbox.update_partner(|partner| partner.callback_url = site.base_url.clone());
    let created = Server::of(&sandbox).created(ORDER);
    let page = get(&created.url, &[]);
    let typed = [("identifiant", "riche@example.fr"), ("mot_de_passe", PASSWORD)];
    let pages: Vec<String> = thread::scope(|scope| {
        let clicks: Vec<_> =
            (0..8).map(|_| scope.spawn(|| submit(&sandbox, page.page(), "paiement", &typed).body)).collect();
        clicks.into_iter().map(|click| click.join().unwrap()).collect()
    });
    assert!(pages.iter().all(|page| page.contains("Paiement effectué avec Izly")));
    assert_eq!(sandbox.accounts()[0].balance_cents, 9_900);
    assert_eq!((site.received().len(), sandbox.emails().len()), (1, 1));
}

#[test]
fn a_payment_page_needs_its_token() {
    let sandbox = sandbox();
    let created = Server::of(&sandbox).created(ORDER);
    let (base, _) = created.url.split_once('?').unwrap();
    for url in
        [base.to_owned(), format!("{base}?token=1-abcdefg"), base.replace(&created.id.to_string(), "1") + "?token=x"]
    {
        let answer = get(&url, &[]);
        assert_eq!(answer.status, 404, "{url}");
        assert!(answer.page().contains("Paiement introuvable"));
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        let body = format!("action=valider&identifiant=riche%40example.fr&mot_de_passe={PASSWORD}");
        assert_eq!(post(&url, &form, &body).status, 404);
    }
    assert_eq!(sandbox.payments()[0].status, PaymentStatus::Waiting);
}

#[test]
fn a_form_without_an_action_moves_nothing() {
    let sandbox = sandbox();
    let created = Server::of(&sandbox).created(ORDER);
    let credentials = format!("identifiant=riche%40example.fr&mot_de_passe={PASSWORD}");
    for body in [credentials.clone(), format!("action=&{credentials}"), format!("action=connecter&{credentials}")] {
        let answer = post(&created.url, &[("Content-Type", "application/x-www-form-urlencoded")], &body);
        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.page().contains("Paiement impossible") && answer.page().contains("action"), "{}", answer.body);
    }
    assert_eq!(sandbox.payments()[0].status, PaymentStatus::Waiting);
    assert_eq!(sandbox.accounts()[0].balance_cents, 10_000);
    assert!(sandbox.deliveries().is_empty() && sandbox.emails().is_empty());
    let journal = sandbox.journal();
    assert!(journal.last().unwrap().remarks.iter().any(|remark| remark.text.contains("valider")));
}

#[test]
fn unknown_and_foreign_operations_are_the_documented_356() {
    let other = Partner { identifier: "Laverie-2-2-2-2".into(), ..Partner::default() };
    let sandbox = Sandbox::builder().another_partner(other.clone()).start().unwrap();
    let created = Server::of(&sandbox).created(ORDER);
    let foreign = Server::with(&sandbox, &other).read(created.id);
    let expected =
        r#"{"Code":356,"ErrorMessage":"Opération introuvable","Title":"L'opération ne peut pas aboutir","Priority":2}"#;
    assert_eq!((foreign.status, foreign.body.as_str()), (404, expected));
    for id in ["1", "abc", "99999999999999999999999"] {
        let answer = Server::of(&sandbox).read(id);
        assert_eq!((answer.status, answer.body.as_str()), (404, expected), "{id}");
    }
    for (choice, status) in [(FaultStatus::Ok, 200), (FaultStatus::BadRequest, 400)] {
        sandbox.update_wire(|wire| wire.fault_status = choice);
        assert_eq!(Server::of(&sandbox).read(1).status, status);
    }
}

#[test]
fn the_three_calls_check_their_headers() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let url = format!("{}/api/Izly/WebPayments", sandbox.base_url());
    let [key, identifier, content_type] = server.payment_headers();
    let create = |headers: &[(&str, &str)]| {
        let answer = post(&url, headers, ORDER);
        (answer.status, answer.json()["Code"].as_u64())
    };
    assert_eq!(create(&[identifier, content_type]), (401, Some(9001)));
    assert_eq!(create(&[("Authorization", "Basic bm9wZTpub3Bl"), identifier, content_type]), (401, Some(9001)));
    assert_eq!(create(&[key, content_type]), (401, Some(9002)));
    assert_eq!(create(&[key, ("AppIdentifier", "Autre-1"), content_type]), (401, Some(9002)));
    assert_eq!(create(&[key, identifier, ("Content-Type", "text/plain")]), (415, Some(9003)));
    assert_eq!(create(&[key, identifier]), (415, Some(9003)));
    for tolerated in ["application/vnd.s-money.v1+json", "application/json; charset=utf-8", "APPLICATION/JSON"] {
        assert_eq!(create(&[key, identifier, ("Content-Type", tolerated)]), (200, None), "{tolerated}");
    }
    sandbox.update_wire(|wire| wire.strict_content_type = true);
    assert_eq!(create(&[key, identifier, ("Content-Type", "application/json")]), (415, Some(9003)));
    assert_eq!(create(&[key, identifier, content_type]), (200, None));
    assert_eq!(get(&format!("{url}/1"), &[key, identifier]).status, 415, "the guide asks for it on GET too");
}

#[test]
fn the_ticks_of_the_registration_matter() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    sandbox.update_partner(|partner| partner.izly_pay = false);
    let answer = server.create(ORDER);
    assert_eq!((answer.status, answer.json()["Code"].as_u64()), (403, Some(9009)));
    sandbox.update_partner(|partner| partner.approved = false);
    let answer = server.create(ORDER);
    assert_eq!((answer.status, answer.json()["Code"].as_u64()), (403, Some(9008)));
    assert!(sandbox.payments().is_empty());
}

#[test]
fn bad_bodies_are_told_apart() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    for (body, code) in [
        ("", 9004),
        ("{", 9004),
        (r#"{"Amount":1.5,"ClientOrderId":"a"}"#, 9005),
        (r#"{"Amount":0,"ClientOrderId":"a"}"#, 9005),
        (r#"{"Amount":1}"#, 9006),
        (r#"{"Amount":1,"ClientOrderId":"a","Software":"x"}"#, 9007),
    ] {
        let answer = server.create(body);
        assert_eq!((answer.status, answer.json()["Code"].as_u64()), (400, Some(code)), "{body}");
    }
    assert!(sandbox.payments().is_empty());
}

#[test]
fn the_other_readings_of_the_wire() {
    let sandbox = sandbox();
    sandbox.update_wire(|wire| {
        wire.create_amount = AmountUnit::Centimes;
        wire.read_amount = AmountUnit::Centimes;
        wire.beneficiary_name = BeneficiaryName::ClientId;
        wire.casing = PropertyCasing::Camel;
    });
    let server = Server::of(&sandbox);
    let answer = server.create(ORDER);
    let json = answer.json();
    assert_eq!(json["operationSMoney"]["amount"], "100.00");
    assert_eq!(json["beneficiary"]["clientId"], "Sandbox Crous-1-1-1-1");
    let id = json["operationSMoney"]["id"].as_u64().unwrap();
    assert!(server.read(id).body.contains(r#""amount":100.00,"#));
    assert_eq!(server.read(1).json()["code"], 356);
}

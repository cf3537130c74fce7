//! What is true of every address: paths, methods, lengths, the journal.

use izly_sandbox::{PASSWORD, Sandbox};

use crate::client::{Server, get, log_in, post, raw};

fn sandbox() -> Sandbox {
    Sandbox::start().unwrap()
}

#[test]
fn an_empty_post_without_a_length_is_411() {
    let sandbox = sandbox();
    for path in ["/oauth/Home/Token?grant_type=refresh_token", "/api/Izly/WebPayments/1/Refund?clientOrderId=a"] {
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        let without = raw(&sandbox, &format!("{head}\r\n"));
        assert!(without.starts_with("HTTP/1.1 411 "), "{without}");
        let with = raw(&sandbox, &format!("{head}Content-Length: 0\r\n\r\n"));
        assert!(with.starts_with("HTTP/1.1 401 "), "{with}");
        let chunked = raw(&sandbox, &format!("{head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        assert!(chunked.starts_with("HTTP/1.1 401 "), "{chunked}");
    }
}

#[test]
fn paths_do_not_care_about_case() {
    let sandbox = sandbox();
    let base = sandbox.base_url();
    let server = Server::of(&sandbox);
    let created = server.created(r#"{"Amount":150,"ClientOrderId":"a"}"#);
    let (_, path) = created.url.split_once("/api").unwrap();
    let (path, query) = path.split_once('?').unwrap();
    let page = get(&format!("{base}/API{}?{query}", path.to_uppercase()), &[]);
    assert_eq!(page.status, 200);
    assert!(page.page().contains("Payer avec Izly"));
    assert_eq!(get(&format!("{base}/api/izly/webpayments/{}", created.id), &server.payment_headers()).status, 200);
    assert_eq!(get(&format!("{base}/OAUTH/HOME/AUTHORIZE"), &[]).status, 400);
    assert_eq!(get(&format!("{base}/_Sandbox/Ready"), &[]).status, 200);
}

#[test]
fn unknown_addresses_and_methods() {
    let sandbox = sandbox();
    let url = format!("{}/nulle/part", sandbox.base_url());
    let json = get(&url, &[]);
    assert_eq!(json.status, 404);
    assert!(json.json()["Message"].is_string());
    let html = get(&url, &[("Accept", "text/html,*/*;q=0.8")]);
    assert_eq!(html.status, 404);
    assert!(html.page().contains("Page introuvable"));
    let answer = get(&format!("{}/oauth/Home/Token", sandbox.base_url()), &[]);
    assert_eq!((answer.status, answer.header("allow")), (405, "POST"));
    let answer = post(&format!("{}/api/izly/users", sandbox.base_url()), &[], "");
    assert_eq!((answer.status, answer.header("allow")), (405, "GET"));
}

#[test]
fn a_body_too_long_is_413() {
    let sandbox = sandbox();
    let answer = Server::of(&sandbox).create(&"x".repeat(1024 * 1024 + 1));
    assert_eq!(answer.status, 413);
    assert!(sandbox.payments().is_empty());
}

#[test]
fn ready_tells_everything_a_program_needs() {
    let sandbox = sandbox();
    let answer = get(&format!("{}/_sandbox/ready", sandbox.base_url()), &[]);
    assert_eq!(answer.status, 200);
    let json = answer.json();
    assert_eq!(json, serde_json::to_value(sandbox.ready_line()).unwrap());
    assert_eq!(json["api_key"], sandbox.api_key());
    assert_eq!(json["identifier"], "Sandbox Crous-1-1-1-1");
    assert_eq!(json["accounts"][0]["login"], "riche@example.fr");
    assert_eq!(json["accounts"][0]["password"], PASSWORD);
    let login = get(json["urls"]["authorize"].as_str().unwrap(), &[]);
    assert!(login.page().contains("Connectez-vous à votre compte Izly"));
    assert!(!format!("{:?}", sandbox.ready_line()).contains(sandbox.api_key()));
}

#[test]
fn the_journal_keeps_requests_as_they_came_and_debug_keeps_secrets_in() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let login = log_in(&sandbox, "&scope=1&state=secret%2Dstate", "riche@example.fr", PASSWORD);
    let code = crate::client::code_in(&login);
    let tokens = server.exchange(&code).json();
    server.create(r#"{"Amount":150,"ClientOrderId":"a"}"#);

    let journal = sandbox.journal();
    let token = &journal[2];
    assert_eq!((token.method.as_str(), token.status), ("POST", 200));
    assert_eq!(token.target, format!("/oauth/Home/Token?grant_type=authorization_code&code={code}"));
    assert_eq!(token.header("Content-Length"), Some("0"));
    assert_eq!(token.header("authorization"), Some(format!("Basic {}", sandbox.api_key()).as_str()));
    assert_eq!(journal[3].body, br#"{"Amount":150,"ClientOrderId":"a"}"#);
    assert!(journal.iter().all(|entry| entry.headers.iter().all(|(name, _)| *name == name.to_lowercase())));

    let everything = format!(
        "{journal:?}{sandbox:?}{:?}{:?}{:?}{:?}",
        sandbox.accounts(),
        sandbox.payments(),
        sandbox.partner(),
        sandbox.ready_line()
    );
    let payment_token = sandbox.payments()[0].token.clone();
    let access = tokens["access_token"].as_str().unwrap();
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let decoded = code.replace("%3d", "=");
    for secret in [sandbox.api_key(), &code, &decoded, access, refresh, PASSWORD, &payment_token, "secret%2Dstate"] {
        assert!(!everything.contains(secret), "{secret} is shown");
    }
}

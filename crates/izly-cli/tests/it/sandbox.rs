//! `izly sandbox`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use crate::support::{Nobody, SandboxProcess, approve, izly};

#[test]
fn the_ready_line_is_enough_to_begin() {
    let sandbox = SandboxProcess::start(&["--seed", "3"]);
    assert!(sandbox.url().starts_with("http://127.0.0.1:"));
    assert_eq!(sandbox.ready["identifier"], "Sandbox Crous-1-1-1-1");
    let accounts = sandbox.ready["accounts"].as_array().unwrap();
    assert!(accounts.iter().any(|account| account["name"] == "riche" && account["password"].is_string()));
    sandbox.create("order-1", "150");
}

#[test]
fn the_hints_are_enough_to_go_on() {
    let mut sandbox = SandboxProcess::start(&[]);
    let hints = sandbox.says("Ctrl-C");
    for hint in [
        format!("  export IZLY_ENVIRONMENT={}\n", sandbox.url()),
        format!("  export IZLY_API_KEY={}\n", sandbox.api_key()),
        "open it in a browser, the test accounts are on the page".to_owned(),
        "Its clock stands at 2026-01-05, whatever today is".to_owned(),
    ] {
        assert!(hints.contains(&hint), "{hint} in {hints}");
    }
}

#[test]
fn the_end_of_each_callback_is_told_without_its_parameters() {
    let site = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let callback = format!("http://{}/callback", site.local_addr().unwrap());
    let mut sandbox = SandboxProcess::start(&["--callback-url", &format!("{callback}?hmac=s3cret")]);
    let mut told = |ending: &str| {
        let (_, page) = sandbox.create("order-1", "150");
        approve(&page, "riche");
        let line = sandbox.says("callback → ").lines().last().unwrap().to_owned();
        assert_eq!(line, format!("callback → {callback}: {ending}"));
    };
    let answers = ["200 OK\r\nContent-Length: 0\r\n\r\n", "500 Oops\r\nContent-Length: 11\r\n\r\n{\"Code\":\n1}"];
    let site = thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = site.accept().unwrap();
            // Its end is `}}`: the callback's last property is an object.
            let mut request = Vec::new();
            while !request.ends_with(b"}}") {
                let mut piece = [0; 4096];
                let length = stream.read(&mut piece).unwrap();
                request.extend_from_slice(&piece[..length]);
            }
            stream.write_all(format!("HTTP/1.1 {answer}").as_bytes()).unwrap();
        }
    });
    told("200 accepted");
    told("500 refused {\"Code\": 1}");
    site.join().unwrap();

    let nobody = Nobody::new();
    for (host, ending) in [
        (nobody.url().as_str(), "connection refused"),
        ("http://boutique.example", "not sent: boutique.example is not a loopback address"),
    ] {
        let mut sandbox = SandboxProcess::start(&["--callback-url", &format!("{host}/callback")]);
        let (_, page) = sandbox.create("order-1", "150");
        approve(&page, "riche");
        let said = sandbox.says("callback → ");
        assert!(said.contains(&format!("callback → {host}/callback: {ending}")), "{said}");
    }
}

#[test]
fn flags_change_the_registration() {
    let not_approved = SandboxProcess::start(&["--not-approved"]);
    let create = ["payment", "create", "--order", "a", "--amount-cents", "1"];
    assert_eq!(not_approved.izly(&create).error(1)["api_code"], 9008);
    let no_pay = SandboxProcess::start(&["--no-izly-pay"]);
    assert_eq!(no_pay.izly(&create).error(1)["api_code"], 9009);
    let (_, query) = no_pay.log_in("1");
    assert!(query.starts_with("code="), "logins work without IzlyPay: {query}");
}

#[test]
fn a_partner_file_is_read_and_flags_win() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("partner.json");
    let file = path.to_str().unwrap();
    fs::write(&path, r#"{"identifier": "Laverie 7", "izly_pay": false}"#).unwrap();
    let sandbox = SandboxProcess::start(&["--partner", file, "--login-redirect-url", "http://127.0.0.1:9/back"]);
    assert_eq!(sandbox.ready["identifier"], "Laverie 7");
    let create = ["payment", "create", "--order", "a", "--amount-cents", "1"];
    assert_eq!(sandbox.izly(&create).error(1)["api_code"], 9009);

    fs::write(&path, r#"{"site_nam": "x"}"#).unwrap();
    let error = izly(&["sandbox", "--partner", file]).error(2);
    assert_eq!(error["field"], "partner");
    assert!(error["message"].as_str().unwrap().contains("site_nam"), "{error}");
    assert!(error["message"].as_str().unwrap().contains(file), "{error}");
    let error = izly(&["sandbox", "--home-url", "javascript:alert(1)"]).error(2);
    assert!(error["message"].as_str().unwrap().contains("javascript"), "{error}");
}

#[test]
fn a_taken_port_is_an_error() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let error = izly(&["sandbox", "--port", &port]).error(2);
    assert!(error["message"].as_str().unwrap().contains(&port), "{error}");
}

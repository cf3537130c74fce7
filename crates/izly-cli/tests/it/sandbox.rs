//! `izly sandbox`.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};

use crate::support::{SandboxProcess, izly};

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

//! `izly doctor`.

use std::net::{Ipv4Addr, TcpListener};

use serde_json::Value;

use crate::support::{Nobody, SandboxProcess, base64_of, hangs_up, izly};

/// `name status` of each check.
fn statuses(report: &Value) -> Vec<String> {
    let text = |check: &Value, name: &str| check[name].as_str().unwrap().to_owned();
    let checks = report["checks"].as_array().unwrap();
    checks.iter().map(|check| format!("{} {}", text(check, "name"), text(check, "status"))).collect()
}

#[test]
fn all_is_well_with_a_sandbox() {
    let sandbox = SandboxProcess::start(&[]);
    let site = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let callback = format!("http://{}/callback", site.local_addr().unwrap());
    let report = sandbox.izly(&["doctor", "--callback-url", &callback]).json(0);
    let expected =
        ["key ok", "environment ok", "name ok", "connection ok", "credentials ok", "clock ok", "callback url ok"];
    assert_eq!(statuses(&report), expected);
    let run = sandbox.izly(&["doctor"]).exits(0);
    assert_eq!(run.stdout.lines().count(), 6, "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.starts_with("ok    ")), "{}", run.stdout);
}

#[test]
fn what_is_missing_is_named() {
    let report = izly(&["doctor"]).json(2);
    assert_eq!(statuses(&report), ["key fail", "environment fail", "network skip"]);
    let slip = izly(&["doctor"]).env("IZLY_API_KEY", "Basic abc").env("IZLY_ENVIRONMENT", "preproduction").exits(2);
    assert!(slip.stdout.contains("without `Basic `"), "{}", slip.stdout);
}

#[test]
fn each_failure_has_its_exit_code() {
    let sandbox = SandboxProcess::start(&[]);
    let nobody = Nobody::new();
    let doctor = |url: &str| sandbox.izly(&["doctor"]).env("IZLY_ENVIRONMENT", url);
    let report = doctor(&nobody.url()).json(4);
    let expected = ["key ok", "environment ok", "name ok", "connection fail", "credentials skip", "clock skip"];
    assert_eq!(statuses(&report), expected);
    assert!(statuses(&doctor(&hangs_up()).json(3)).contains(&"credentials fail".to_owned()));
    let wrong = base64_of("Sandbox Crous-1-1-1-1:sandbox_wrong");
    let report = sandbox.izly(&["doctor"]).env("IZLY_API_KEY", &wrong).json(1);
    assert!(statuses(&report).contains(&"credentials fail".to_owned()), "{report}");
    let no_pay = SandboxProcess::start(&["--no-izly-pay"]);
    assert!(statuses(&no_pay.izly(&["doctor"]).json(1)).contains(&"credentials fail".to_owned()));
}

#[test]
fn a_sandbox_key_is_kept_from_the_real_izly() {
    let sandbox = SandboxProcess::start(&[]);
    let report = sandbox.izly(&["doctor"]).env("IZLY_ENVIRONMENT", "production").json(2);
    assert_eq!(statuses(&report), ["key ok", "environment ok", "settings fail"]);
    assert!(report.to_string().contains("never sent to the real Izly"), "{report}");
}

#[test]
fn a_callback_that_would_get_lost_is_a_warning() {
    let (sandbox, nobody) = (SandboxProcess::start(&[]), Nobody::new());
    for (url, found) in [
        (format!("{}/callback", nobody.url()), "nothing listens there yet"),
        ("http://boutique.example:8000/callback".to_owned(), "not a loopback address"),
    ] {
        let report = sandbox.izly(&["doctor", "--callback-url", &url]).json(0);
        assert!(statuses(&report).contains(&"callback url warn".to_owned()), "{report}");
        assert!(report.to_string().contains(found), "{report}");
    }
}

#[test]
fn a_callback_url_that_izly_could_not_call() {
    let sandbox = SandboxProcess::start(&[]);
    let report = sandbox.izly(&["doctor", "--callback-url", "https://127.0.0.1/#x"]).json(2);
    assert!(statuses(&report).contains(&"callback url fail".to_owned()), "{report}");
}

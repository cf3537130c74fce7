//! `izly trigger`: what a partner's site is told, and what the command makes of its answers.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Nobody, SandboxProcess, base64_of, izly};

const ACCEPTED: &str = "200 OK\r\nContent-Length: 28\r\n\r\n{\"Code\":0,\"ErrorMessage\":\"\"}";

/// A partner's site that answers every callback alike.
struct Site {
    url: String,
    received: Receiver<Value>,
}

impl Site {
    fn answers(answer: &'static str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}/izly/callback?hmac=s3cret", listener.local_addr().unwrap());
        let (sender, received) = mpsc::channel();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let _ = sender.send(body(&mut stream));
                let _ = stream.write_all(format!("HTTP/1.1 {answer}").as_bytes());
            }
        });
        Site { url, received }
    }

    /// What arrived so far: the command has seen every callback through.
    fn callbacks(&self) -> Vec<Value> {
        self.received.try_iter().collect()
    }

    fn only(&self) -> Value {
        let mut callbacks = self.callbacks();
        assert_eq!(callbacks.len(), 1, "{callbacks:?}");
        callbacks.remove(0)
    }
}

fn body(stream: &mut TcpStream) -> Value {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim_end().to_ascii_lowercase().strip_prefix("content-length:") {
            Some(value) => length = value.trim().parse().unwrap(),
            None if line.trim_end().is_empty() => break,
            None => {}
        }
    }
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn status(sandbox: &SandboxProcess, operation: &Value) -> Value {
    sandbox.izly(&["payment", "show", &operation.to_string()]).json(0)["status"].clone()
}

#[test]
fn a_payment_that_is_paid() {
    let (sandbox, site) = (SandboxProcess::start(&[]), Site::answers(ACCEPTED));
    let paid = sandbox.izly(&["trigger", "paid", "--to", &site.url, "--order", "order-42"]).json(0);
    assert_eq!((&paid["result"], &paid["status"], &paid["ok"]), (&"paid".into(), &"Completed".into(), &true.into()));
    assert_eq!((&paid["order_id"], &paid["amount_cents"]), (&"order-42".into(), &150.into()));
    let callback = &paid["callbacks"][0];
    assert_eq!((&callback["status"], &callback["accepted"]), (&200.into(), &true.into()));
    assert!(!paid.to_string().contains("s3cret"), "{paid}");
    let told = site.only();
    assert_eq!(told["OperationSMoney"]["Id"], paid["operation_id"]);
    assert_eq!((&told["OperationSMoney"]["ClientOrderId"], &told["Error"]["Code"]), (&"order-42".into(), &0.into()));
    assert_eq!(status(&sandbox, &paid["operation_id"]), "Completed");
}

#[test]
fn a_person_reads_how_the_site_answered() {
    let (sandbox, site) = (SandboxProcess::start(&[]), Site::answers(ACCEPTED));
    let run = sandbox.izly(&["trigger", "paid", "--to", &site.url, "--amount-cents", "205"]).exits(0);
    assert!(run.stdout.contains("2.05 euros"), "{}", run.stdout);
    let url = site.url.split('?').next().unwrap();
    assert!(run.stdout.ends_with(&format!("callback → {url}: 200 accepted\n")), "{}", run.stdout);
    assert!(run.stderr.contains("credited this order"), "{}", run.stderr);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("s3cret"), "{}", run.stdout);
}

#[test]
fn a_payment_that_is_refused_or_cancelled() {
    let (sandbox, site) = (SandboxProcess::start(&[]), Site::answers(ACCEPTED));
    let refused = sandbox.izly(&["trigger", "refused", "--to", &site.url]).json(0);
    assert_eq!((&refused["result"], &refused["status"]), (&"refused".into(), &"Waiting".into()));
    assert_ne!(site.only()["Error"]["Code"], 0);
    let debts = sandbox.izly(&["trigger", "refused", "--to", &site.url, "--account", "impayes"]).json(0);
    assert_eq!(debts["result"], "refused");
    assert_eq!(site.only()["Error"]["Code"], 9102);
    let cancelled = sandbox.izly(&["trigger", "cancelled", "--to", &site.url]).json(0);
    assert_eq!((&cancelled["result"], &cancelled["status"]), (&"cancelled".into(), &"Cancelled".into()));
    assert_eq!(site.only()["OperationSMoney"]["Status"], "Cancelled");
}

#[test]
fn a_callback_that_comes_twice() {
    let (sandbox, site) = (SandboxProcess::start(&[]), Site::answers(ACCEPTED));
    let twice = sandbox.izly(&["trigger", "duplicate", "--to", &site.url]).json(0);
    assert_eq!(twice["callbacks"].as_array().unwrap().len(), 2);
    let told = site.callbacks();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0], told[1]);
}

#[test]
fn a_forged_callback_is_a_lie_whatever_the_site_says() {
    let sandbox = SandboxProcess::start(&[]);
    for answer in [ACCEPTED, "500 Oops\r\nContent-Length: 0\r\n\r\n"] {
        let site = Site::answers(answer);
        let forged = sandbox.izly(&["trigger", "forged", "--to", &site.url]).json(0);
        assert_eq!((&forged["result"], &forged["status"]), (&Value::Null, &"Waiting".into()));
        assert!(forged["right"].as_str().unwrap().contains("must not have credited"), "{forged}");
        let told = site.only();
        assert_eq!((&told["OperationSMoney"]["Status"], &told["Error"]["Code"]), (&"Completed".into(), &0.into()));
        assert_eq!(status(&sandbox, &forged["operation_id"]), "Waiting");
    }
}

#[test]
fn a_payment_of_the_sites_own() {
    let (sandbox, site) = (SandboxProcess::start(&[]), Site::answers(ACCEPTED));
    let (operation, _) = sandbox.create("order-1", "150");
    let trigger = |event: &str| sandbox.izly(&["trigger", event, "--to", &site.url, "--operation", &operation]);
    assert_eq!(trigger("forged").json(0)["operation_id"].to_string(), operation);
    assert_eq!(trigger("refused").json(0)["result"], "refused");
    assert_eq!(trigger("paid").json(0)["order_id"], "order-1");
    assert_eq!(site.callbacks().len(), 3);
    let settled = trigger("paid").json(1);
    assert_eq!((&settled["result"], &settled["ok"]), (&"already_settled".into(), &false.into()));
    let run = trigger("cancelled").exits(1);
    assert!(run.stderr.contains("it is already settled"), "{}", run.stderr);
    assert!(site.callbacks().is_empty());
    let unknown = sandbox.izly(&["trigger", "paid", "--to", &site.url, "--operation", "1"]).error(2);
    assert_eq!(unknown["field"], "operation");
}

#[test]
fn a_site_that_does_not_answer_as_it_should() {
    let sandbox = SandboxProcess::start(&[]);
    let site = Site::answers("500 Oops\r\nContent-Length: 11\r\n\r\n{\"Code\":\n1}");
    let run = sandbox.izly(&["trigger", "paid", "--to", &site.url]).exits(1);
    assert!(run.stdout.contains(": 500 refused {\"Code\": 1}\n"), "{}", run.stdout);
    assert!(run.stderr.contains("should have answered with HTTP 200"), "{}", run.stderr);
    // Any 200 will do: what the body says is between the site and Izly.
    let empty = Site::answers("200 OK\r\nContent-Length: 0\r\n\r\n");
    sandbox.izly(&["trigger", "paid", "--to", &empty.url]).exits(0);
    let declines = Site::answers("200 OK\r\nContent-Length: 10\r\n\r\n{\"Code\":7}");
    assert_eq!(sandbox.izly(&["trigger", "paid", "--to", &declines.url]).json(0)["callbacks"][0]["accepted"], false);
    let nobody = Nobody::new();
    let run = sandbox.izly(&["trigger", "forged", "--to", &nobody.url()]).exits(1);
    assert!(run.stdout.contains(": connection refused\n"), "{}", run.stdout);
    let run = sandbox.izly(&["trigger", "paid", "--to", "http://boutique.example/callback"]).exits(1);
    assert!(run.stdout.contains("is not a loopback address"), "{}", run.stdout);
}

#[test]
fn what_was_asked_for_does_not_happen() {
    let (sandbox, site) = (SandboxProcess::start(&[]), Site::answers(ACCEPTED));
    let run = sandbox.izly(&["trigger", "refused", "--to", &site.url, "--amount-cents", "50"]).exits(1);
    assert!(run.stderr.contains("That is not what was asked for: it is paid"), "{}", run.stderr);
    let run = sandbox.izly(&["trigger", "paid", "--to", &site.url, "--account", "impayes"]).exits(1);
    assert!(run.stderr.contains("it is refused"), "{}", run.stderr);
}

#[test]
fn callbacks_that_the_sandbox_holds_back_go_all_the_same() {
    for mode in ["manual", "after-reply", "never"] {
        let (sandbox, site) = (SandboxProcess::start(&["--callbacks", mode]), Site::answers(ACCEPTED));
        let paid = sandbox.izly(&["trigger", "duplicate", "--to", &site.url]).json(0);
        assert_eq!(site.callbacks().len(), 2, "{mode}: {paid}");
    }
    let (sandbox, site) = (SandboxProcess::start(&["--callback-not-allowed"]), Site::answers(ACCEPTED));
    sandbox.izly(&["trigger", "paid", "--to", &site.url]).json(0);
    assert_eq!(site.callbacks().len(), 1, "the firewall is about the registered address");
    let (sandbox, site) = (SandboxProcess::start(&["--callbacks", "before-creation-reply"]), Site::answers(ACCEPTED));
    assert_eq!(sandbox.izly(&["trigger", "paid", "--to", &site.url]).error(2)["field"], "the sandbox");
    assert!(site.callbacks().is_empty());
    let sandbox = SandboxProcess::start(&[]);
    let run = sandbox.izly(&["trigger", "paid", "--to", "http://192.0.2.1/callback"]).exits(1);
    assert!(run.stderr.contains("The site was not asked: not sent: 192.0.2.1 is not a loopback"), "{}", run.stderr);
    let (sandbox, site) = (SandboxProcess::start(&["--wire", "callback_on_failure=false"]), Site::answers(ACCEPTED));
    let run = sandbox.izly(&["trigger", "refused", "--to", &site.url]).exits(1);
    assert!(run.stderr.contains("told nobody"), "{}", run.stderr);
}

#[test]
fn only_a_sandbox_is_triggered() {
    let trigger = ["trigger", "paid", "--to", "http://127.0.0.1:8000/callback"];
    let (sandbox_key, real_key) = (base64_of("Paris-1-1-1-1:sandbox_x"), base64_of("Paris-1-1-1-1:s3cret"));
    let run = izly(&trigger).exits(2);
    assert!(run.stderr.contains("start `izly sandbox`"), "{}", run.stderr);
    assert_eq!(izly(&trigger).env("IZLY_ENVIRONMENT", "http://127.0.0.1:1").error(2)["field"], "api_key");
    for environment in ["production", "preproduction", "https://127.0.0.1:8080", "https://sandbox.example"] {
        for key in [&sandbox_key, &real_key] {
            let error = izly(&trigger).env("IZLY_ENVIRONMENT", environment).env("IZLY_API_KEY", key).error(2);
            assert_eq!((&error["field"], &error["outcome"]), (&"environment".into(), &"not_sent".into()), "{error}");
        }
    }
    let local = || izly(&trigger).env("IZLY_ENVIRONMENT", "http://127.0.0.1:1");
    assert_eq!(local().env("IZLY_API_KEY", &real_key).error(2)["field"], "api_key");
}

#[test]
fn a_sandbox_that_has_gone() {
    let (key, nobody) = (base64_of("Paris-1-1-1-1:sandbox_x"), Nobody::new());
    let trigger = |more: &[&str]| {
        let arguments = [&["trigger", "paid", "--to", "http://127.0.0.1:8000/callback"], more].concat();
        izly(&arguments).env("IZLY_ENVIRONMENT", &nobody.url()).env("IZLY_API_KEY", &key)
    };
    for more in [&[][..], &["--operation", "1"]] {
        assert_eq!(trigger(more).error(2)["field"], "environment");
    }
}

#[test]
fn arguments_that_make_no_sense() {
    let sandbox = SandboxProcess::start(&[]);
    let to = "http://127.0.0.1:8000/callback";
    for no_url in ["callback", "/callback", "ftp://127.0.0.1/", "http://"] {
        assert_eq!(sandbox.izly(&["trigger", "paid", "--to", no_url]).error(2)["field"], "to", "{no_url}");
    }
    assert_eq!(sandbox.izly(&["trigger", "paid", "--to", to, "--amount-cents", "0"]).error(2)["outcome"], "not_sent");
    assert_eq!(sandbox.izly(&["trigger", "paid", "--to", to, "--account", "nobody"]).error(2)["field"], "account");
    assert!(sandbox.izly(&["trigger", "paid"]).exits(2).stderr.contains("--to"));
    assert!(sandbox.izly(&["trigger", "refund", "--to", to]).exits(2).stderr.contains("possible values"));
    let both = ["trigger", "paid", "--to", to, "--operation", "1", "--order", "a"];
    assert!(sandbox.izly(&both).exits(2).stderr.contains("cannot be used with"));
}

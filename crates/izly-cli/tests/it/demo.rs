//! `izly demo`: every step concludes as expected, in both forms, without a secret.

use serde_json::Value;

use crate::support::{Run, izly};

fn demo(arguments: &[&str]) -> Run {
    let run = izly(&[&["demo"], arguments].concat()).exits(0);
    // Codes, tokens, states and passwords, wherever they stand as a parameter. `run` has looked for the others.
    for name in ["code", "state", "token", "refresh_token", "identifiant", "mot_de_passe"] {
        for (before, value) in split_pairs(&run.stdout, &format!("{name}=")) {
            let is_name = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            assert!(!is_name || value.starts_with("***"), "{name}={}", value.chars().take(8).collect::<String>());
        }
    }
    run
}

/// What stands before and after each place where `text` holds `name`.
fn split_pairs<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.match_indices(name).map(move |(at, _)| (&text[..at], &text[at + name.len()..]))
}

fn lines(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The text without what differs from run to run: ports and the time it took.
fn without_chance(text: &str) -> String {
    let mut steady = String::new();
    for part in text.split_inclusive("127.0.0.1:") {
        steady.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() && !steady.is_empty()));
    }
    steady.lines().filter(|line| !line.contains(" ms, ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_text_tells_every_step_and_fits_the_terminal() {
    let run = demo(&[]);
    let summary = run.stdout.split("── Summary").nth(1).unwrap();
    let steps: Vec<&str> = summary.lines().filter(|line| line.get(2..4) == Some(". ")).collect();
    assert_eq!(steps.len(), 27);
    assert!(steps.iter().all(|line| line.contains("  ok")), "{summary}");
    assert_eq!(run.stdout.matches("ok, as expected").count(), steps.len());
    assert!(summary.contains("27 steps in"), "{summary}");
    assert!(!run.stdout.contains("FAILED"));
    assert!(!run.stdout.contains('\u{1b}'), "no colour outside a terminal");
    for line in run.stdout.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
    assert_eq!(run.stderr, "");
}

#[test]
fn the_json_holds_every_step_in_order() {
    let lines = lines(&demo(&["--json"]));
    let (first, steps, last) = (&lines[0], &lines[1..lines.len() - 1], &lines[lines.len() - 1]);
    assert_eq!(first["type"], "begin");
    assert!(first["sandbox_url"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    for (at, step) in steps.iter().enumerate() {
        assert_eq!((&step["type"], step["number"].as_u64()), (&Value::from("step"), Some(at as u64 + 1)));
        assert_eq!(step["as_expected"], true, "{step}");
        assert_eq!(step["surprises"], Value::Array(Vec::new()));
        assert!(!step["concluded"].as_array().unwrap().is_empty(), "{step}");
        assert!(step["why"].as_str().unwrap().len() > 40);
    }
    assert_eq!((&last["type"], last["steps"].as_u64()), (&Value::from("summary"), Some(steps.len() as u64)));
    assert_eq!(last["failed"], Value::Array(Vec::new()));
}

#[test]
fn every_call_of_the_protocol_travels() {
    let lines = lines(&demo(&["--json"]));
    let travelled: Vec<String> = lines
        .iter()
        .filter_map(|line| line["exchanges"].as_array())
        .flatten()
        .map(|exchange| {
            let text = |name: &str| exchange[name].as_str().unwrap().to_owned();
            format!("{} > {} {} {} {}", text("from"), text("to"), text("method"), text("target"), exchange["status"])
        })
        .collect();
    for call in [
        "browser > Izly GET /oauth/Home/Authorize?response_type=code&client_id=Sandbox%20Crous-1-1-1-1&scope=16385&state=*** 200",
        "browser > Izly POST /oauth/Home/Authorize 302",
        "browser > site GET /login/return?code=***&state=*** 200",
        "site > Izly POST /oauth/Home/Token?grant_type=authorization_code&code=*** 200",
        "site > Izly POST /oauth/Home/Token?grant_type=refresh_token&refresh_token=*** 200",
        "site > Izly GET /api/izly/users 200",
        "site > Izly POST /api/Izly/WebPayments 200",
        "Izly > site POST /izly/callback?order=demo-1 200",
        "stranger > site POST /izly/callback 500",
        "site > Izly GET /api/Izly/WebPayments/1 404",
    ] {
        assert!(travelled.iter().any(|exchange| exchange == call), "{call} in {travelled:#?}");
    }
    for (begins, ends) in [
        ("browser > Izly GET /api/Izly/WebPayments/", "/Authorize?token=***&software=39 200"),
        ("browser > Izly POST /api/Izly/WebPayments/", "/Authorize?token=***&software=39 200"),
        ("site > Izly POST /api/Izly/WebPayments/", "/Refund?clientOrderId=demo-1 200"),
        ("site > Izly POST /api/Izly/WebPayments/", "/Refund?clientOrderId=demo-1 400"),
        ("site > nobody POST /api/Izly/WebPayments/", "/Refund?clientOrderId=demo-3 null"),
        ("site > Izly? POST /api/Izly/WebPayments/", "/Refund?clientOrderId=demo-3 null"),
    ] {
        let travels = |exchange: &String| exchange.starts_with(begins) && exchange.ends_with(ends);
        assert!(travelled.iter().any(travels), "{begins}…{ends} in {travelled:#?}");
    }
}

#[test]
fn each_error_is_shown_with_its_outcome_and_advice() {
    let lines = lines(&demo(&["--json"]));
    let errors: Vec<[&str; 3]> = lines
        .iter()
        .filter_map(|line| line["errors"].as_array())
        .flatten()
        .map(|error| ["kind", "outcome", "retry"].map(|name| error[name].as_str().unwrap()))
        .collect();
    for expected in [
        ["not_final", "unknown", "later"],
        ["mismatch", "rejected", "no"],
        ["mismatch", "not_sent", "restart_login"],
        ["api", "rejected", "restart_login"],
        ["not_paid", "rejected", "no"],
        ["api", "rejected", "no"],
        ["connect", "not_sent", "safe"],
        ["disconnected", "unknown", "look_up_first"],
    ] {
        assert!(errors.contains(&expected), "{expected:?} in {errors:?}");
    }
}

#[test]
fn the_seed_decides_everything_but_ports() {
    let (first, again, other) = (demo(&["--seed", "7"]), demo(&["--seed", "7"]), demo(&["--seed", "8"]));
    assert_eq!(without_chance(&first.stdout), without_chance(&again.stdout));
    assert_ne!(without_chance(&first.stdout), without_chance(&other.stdout));
}

#[test]
fn the_readmes_show_what_the_demo_prints() {
    let run = demo(&[]);
    for name in ["README.md", "README.fr.md"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
        let readme = std::fs::read_to_string(path).unwrap();
        let excerpt = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
        assert!(excerpt.lines().count() > 10, "{name}");
        for line in excerpt.lines().filter(|line| line.trim() != "[…]") {
            assert!(run.stdout.contains(line.trim()), "{name}: the demo does not print: {line}");
        }
    }
}

//! What needs no Izly: usage, settings, callbacks, completions.

use std::fs;

use crate::support::{base64_of, izly};

const CALLBACK: &str = r#"{"OperationSMoney": {"Id": 586589, "ClientOrderId": "order-42", "Amount": "200.00",
    "Status": "Completed", "Date": "03/05/2021 15:37:30"}, "User": {"Id": "6000050616", "Email": "jeanne@example.org",
    "ClientCode": "cc-1234"}, "Error": {"Code": 0, "Message": ""}, "Surprise": "personal-perhaps"}"#;

#[test]
fn a_callback_is_shown_as_the_claim_it_is() {
    let run = izly(&["callback", "inspect", "-"]).stdin(CALLBACK).exits(0);
    assert!(run.stderr.contains("CLAIMS, NOT FACTS"), "{}", run.stderr);
    assert!(run.stderr.contains("izly payment confirm 586589"), "{}", run.stderr);
    assert!(run.stdout.contains("claimed amount text"), "{}", run.stdout);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("callback.json");
    fs::write(&path, CALLBACK).unwrap();
    let file = path.to_str().unwrap();
    let shown = izly(&["callback", "inspect", file]).json(0);
    assert_eq!((&shown["proves"], &shown["claimed_amount_text"]), (&"nothing".into(), &"200.00".into()));
    for personal in ["jeanne", "cc-1234", "6000050616", "personal-perhaps"] {
        assert!(!shown.to_string().contains(personal), "{personal} in {shown}");
    }
    let shown = izly(&["callback", "inspect", file, "--reveal"]).reveals().json(0);
    assert_eq!(shown["claimed_user_email"], "jeanne@example.org");
    assert_eq!(shown["extra"]["Surprise"], "personal-perhaps");
}

#[test]
fn a_callback_that_cannot_be_read() {
    let error = izly(&["callback", "inspect", "-"]).stdin("{}").error(2);
    assert_eq!((&error["kind"], &error["field"]), (&"unreadable".into(), &"OperationSMoney.Id".into()));
    let error = izly(&["callback", "inspect", "-"]).stdin(vec![b' '; (1 << 20) + 1]).error(2);
    assert_eq!(error["kind"], "too_large");
    let run = izly(&["callback", "inspect", "-"]).stdin("{}").exits(2);
    assert_eq!(run.stderr.lines().count(), 1, "nobody sent anything: {}", run.stderr);
    let error = izly(&["callback", "inspect", "/nowhere"]).error(2);
    assert_eq!(error["field"], "file");
    assert!(error["message"].as_str().unwrap().starts_with("invalid input: file /nowhere cannot be read"), "{error}");
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = izly(&["completions", shell]).exits(0);
        for word in ["payment", "doctor", "login-url", "environment"] {
            assert!(run.stdout.contains(word), "{word} for {shell}");
        }
    }
}

#[test]
fn help_documents_exit_codes_and_settings() {
    for flag in ["--help", "-h"] {
        let run = izly(&[flag]).exits(0);
        for word in ["Exit codes", "outcome unknown", "IZLY_API_KEY", "NO_COLOR", "izly demo"] {
            assert!(run.stdout.contains(word), "{word} in {}", run.stdout);
        }
    }
    assert!(izly(&["--version"]).exits(0).stdout.starts_with("izly "));
}

#[test]
fn only_commands_that_call_have_connection_options() {
    for command in [&["login-url"][..], &["token"], &["user"], &["payment"], &["payment", "show"], &["doctor"]] {
        let run = izly(&[command, &["--help"]].concat()).exits(0);
        assert!(run.stdout.contains("Connection:") && run.stdout.contains("--ca-file"), "{command:?}: {}", run.stdout);
    }
    for command in [&["sandbox"][..], &["demo"], &["completions"], &["callback"], &["callback", "inspect"]] {
        let run = izly(&[command, &["--help"]].concat()).exits(0);
        assert!(!run.stdout.contains("Connection:") && !run.stdout.contains("--proxy"), "{command:?}: {}", run.stdout);
    }
    for command in [["callback", "inspect"], ["payment", "show"]] {
        let run = izly(&command).env("IZLY_ENVIRONMENT", "preproduction").exits(2);
        assert!(!run.stderr.contains("--environment"), "it is set, so nobody needs to give it: {}", run.stderr);
    }
}

#[test]
fn connection_options_may_stand_on_either_side_of_a_payments_verb() {
    let key = base64_of("Paris-78-78-78-78:s3cret-of-a-test");
    for arguments in
        [["payment", "--environment", "staging", "show", "7"], ["payment", "show", "7", "--environment", "staging"]]
    {
        // The option wins over the variable.
        let run = izly(&arguments).env("IZLY_ENVIRONMENT", "preproduction").env("IZLY_API_KEY", &key);
        assert_eq!(run.error(2)["field"], "environment");
    }
}

#[test]
fn bad_usage_exits_2() {
    for arguments in [
        &[][..],
        &["pay"],
        &["demo", "--seed", "x"],
        &["payment", "create", "--order", "a"],
        &["payment", "create", "--order", "a", "--amount-cents", "1.5"],
        &["payment", "show", "abc"],
        &["payment", "create", "--order", "a", "--amount-cents", "1", "--callback-parameter", "novalue"],
        &["completions", "cobol"],
        &["doctor", "--deadline", "0"],
        // Secrets have no flag.
        &["user", "--access-token", "x"],
        &["doctor", "--api-key", "x"],
    ] {
        let run = izly(arguments).exits(2);
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn settings_that_break_a_rule_name_themselves() {
    let key = base64_of("Paris-78-78-78-78:s3cret-of-a-test");
    let show = ["payment", "show", "7"];
    let set = |environment: &str, arguments: &[&str]| {
        izly(arguments).env("IZLY_ENVIRONMENT", environment).env("IZLY_API_KEY", &key)
    };
    assert_eq!(izly(&show).error(2)["field"], "environment");
    assert_eq!(izly(&show).env("IZLY_ENVIRONMENT", "production").error(2)["field"], "api_key");
    assert_eq!(set("http://izly.example", &show).error(2)["field"], "environment");
    assert_eq!(set("staging", &show).error(2)["field"], "environment");
    assert_eq!(set("preproduction", &["payment", "show", "0"]).error(2)["field"], "operation_id");
    assert_eq!(set("preproduction", &["payment", "show", "7", "--ca-file", "/nowhere"]).error(2)["field"], "ca_file");
    assert_eq!(set("preproduction", &["payment", "show", "7", "--application", "é"]).error(2)["field"], "application");
    for (cents, field) in [("0", "amount"), ("-5", "amount"), ("2147483648", "amount")] {
        let create = ["payment", "create", "--order", "a", "--amount-cents", cents];
        assert_eq!(set("preproduction", &create).error(2)["field"], field, "{cents}");
    }
    let create = ["payment", "create", "--order", " a", "--amount-cents", "1"];
    assert_eq!(set("preproduction", &create).error(2)["field"], "order_id");
}

#[test]
fn a_proxy_password_is_refused_as_an_argument_and_never_shown() {
    let key = base64_of("Paris-78-78-78-78:s3cret-of-a-test");
    let show = |arguments: &[&str]| {
        let run = izly(&[&["payment", "show", "7"], arguments].concat());
        run.env("IZLY_ENVIRONMENT", "preproduction").env("IZLY_API_KEY", &key)
    };
    let error = show(&["--proxy", "http://me:pr0xy-pw@proxy.example:3128"]).error(2);
    assert_eq!(error["field"], "proxy");
    assert!(!error.to_string().contains("pr0xy-pw"), "{error}");
    // Port 9 is `discard`: nobody listens there on a loopback address.
    let error = show(&[]).env("IZLY_PROXY", "http://me:pr0xy-pw@127.0.0.1:9").error(4);
    assert_eq!(error["outcome"], "not_sent");
    assert!(!error.to_string().contains("pr0xy-pw") && !error.to_string().contains("s3cret"), "{error}");
}

//! The calls of the protocol, by hand, against `izly sandbox`.

use std::fs;

use crate::support::{Nobody, SandboxProcess, TOKEN_PREFIX, approve, base64_of, cancel, hangs_up, izly};

#[test]
fn a_login_from_url_to_user() {
    let sandbox = SandboxProcess::start(&["--wire", "token_style=plus_and_slash"]);
    let (state, query) = sandbox.log_in("1");
    assert!(query.contains("%2b") && query.contains("%2f"), "a code that is hard to carry: {query}");
    let masked = sandbox.izly(&["token"]).env("IZLY_STATE", &state).stdin(format!("{query}\n")).exits(0);
    assert!(masked.stdout.contains("access token        ***"), "{}", masked.stdout);
    assert!(masked.stderr.contains("not kept"), "{}", masked.stderr);

    let (access, refresh) = sandbox.tokens();
    assert!(access.starts_with(TOKEN_PREFIX), "{access}");
    let user = sandbox.izly(&["user"]).stdin(format!("{access}\n")).json(0);
    assert_eq!((&user["company"], &user["rate"]), (&"10".into(), &"1".into()), "{user}");
    for personal in ["right_holder_id", "izly_id", "student_code", "ine", "client_code", "id"] {
        assert_eq!(user[personal], "***", "{personal}");
    }
    let user = sandbox.izly(&["user", "--reveal"]).env("IZLY_ACCESS_TOKEN", &access).reveals().json(0);
    assert_eq!(user["client_code"], "etu00001");

    let renewed = sandbox.izly(&["token", "--refresh", "--reveal"]).stdin(refresh).reveals().json(0);
    assert_ne!(renewed["access_token"].as_str().unwrap(), access);
}

#[test]
fn the_whole_address_may_be_pasted_and_tokens_saved() {
    let sandbox = SandboxProcess::start(&[]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.json");
    let file = path.to_str().unwrap();
    let (state, query) = sandbox.log_in("1");
    let saving = || sandbox.izly(&["token", "--save", file]).env("IZLY_STATE", &state);
    let saved = saving().stdin(format!("http://127.0.0.1:8000/izly/login?{query}\r\n")).json(0);
    assert_eq!((&saved["access_token"], &saved["saved_to"]), (&"***".into(), &file.into()));
    let tokens: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert!(tokens["access_token"].as_str().unwrap().starts_with(TOKEN_PREFIX));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let error = saving().stdin(&query).error(2);
    assert_eq!(error["field"], "save", "a file in the way is seen before the code is spent");
    assert!(error["message"].as_str().unwrap().contains(file), "{error}");
    assert!(path.exists(), "and left alone");
    let other = folder.path().join("other.json");
    let late = sandbox.izly(&["token", "--save", other.to_str().unwrap()]).env("IZLY_STATE", &state).stdin(&query);
    assert_eq!(late.error(1)["oauth_error"], "invalid_grant");
    assert!(!other.exists(), "no tokens, no file");
}

#[test]
fn a_login_that_fails_says_how() {
    let sandbox = SandboxProcess::start(&[]);
    let (state, query) = sandbox.log_in("1");
    let token = |state: &str, query: &str| sandbox.izly(&["token"]).env("IZLY_STATE", state).stdin(query);
    let error = token("another", &query).error(1);
    assert_eq!((&error["kind"], &error["field"]), (&"mismatch".into(), &"state".into()));
    let error = token(&state, &format!("error=access_denied&state={state}")).error(1);
    assert_eq!(error["oauth_error"], "access_denied");
    let error = token(&state, &format!("state={state}")).error(2);
    assert_eq!(error["field"], "code");
    assert_eq!(sandbox.izly(&["token"]).stdin(&query).error(2)["field"], "state");
    token(&state, &query).exits(0);
    let error = token(&state, &query).error(1);
    assert_eq!((&error["oauth_error"], &error["retry"]), (&"invalid_grant".into(), &"restart_login".into()));
    let error = sandbox.izly(&["user"]).stdin("expired").error(1);
    assert_eq!((&error["kind"], &error["retry"]), (&"authentication".into(), &"refresh_token".into()));
    assert_eq!(sandbox.izly(&["token", "--refresh"]).stdin("").error(2)["field"], "refresh_token");
}

#[test]
fn a_payment_from_creation_to_refund() {
    let sandbox = SandboxProcess::start(&[]);
    let create = sandbox.izly(&[
        "payment",
        "create",
        "--order",
        "étudiant@univ/2 & co",
        "--amount-cents",
        "150",
        "--message",
        "2 cafés",
        "--callback-parameter",
        "order=a b",
        "--callback-parameter",
        "x=é",
        "--redirect-url",
        "https://boutique.example/merci",
        "--software",
        "7",
    ]);
    let pending = create.json(0);
    assert_eq!(pending["callback_parameters"], "order=a%20b&x=%C3%A9");
    assert_eq!((&pending["amount_cents"], &pending["status"]), (&150.into(), &"Waiting".into()));
    let page = pending["authorization_url"].as_str().unwrap();
    assert!(page.ends_with("&software=7"), "{page}");
    let operation = pending["operation_id"].to_string();
    let order = ["--order", "étudiant@univ/2 & co"];
    let confirm = |cents: &str, more: &[&str]| {
        let arguments = [&["payment", "confirm", &operation, "--amount-cents", cents], &order[..], more].concat();
        sandbox.izly(&arguments)
    };

    let error = confirm("150", &[]).error(5);
    assert_eq!((&error["kind"], &error["retry"]), (&"not_final".into(), &"later".into()));
    approve(page, "riche");
    let paid = confirm("150", &["--wait", "5"]).json(0);
    assert_eq!((&paid["paid"], &paid["amount_cents"]), (&true.into(), &150.into()));
    let error = confirm("1500", &[]).error(1);
    assert_eq!((&error["kind"], &error["field"]), (&"mismatch".into(), &"amount".into()));
    let error = sandbox.izly(&["payment", "confirm", &operation, "--order", "other", "--amount-cents", "150"]).error(1);
    assert_eq!(error["field"], "order_id");

    let shown = sandbox.izly(&["payment", "show", &operation]).json(0);
    assert_eq!((&shown["status"], &shown["customer_email"]), (&"Completed".into(), &"***".into()));
    assert!(shown.get("paid").is_none(), "only a confirmation says that: {shown}");
    let shown = sandbox.izly(&["payment", "show", &operation, "--reveal"]).reveals().json(0);
    assert_eq!(shown["customer_email"], "riche@example.fr");

    let refund = |more: &[&str]| sandbox.izly(&[&["payment", "refund", &operation], &order[..], more].concat());
    assert_eq!(refund(&[]).error(2)["field"], "yes", "no terminal to ask on, and no --yes");
    assert_eq!(confirm("150", &[]).json(0)["paid"], true, "nothing was refunded");
    let refunded = refund(&["--yes"]).json(0);
    assert_eq!((&refunded["refunded"], &refunded["amount_cents"]), (&true.into(), &150.into()));
    assert_eq!(refund(&["--yes"]).error(1)["kind"], "api");
    assert_eq!(confirm("150", &[]).error(1)["kind"], "not_paid");
}

#[test]
fn people_read_aligned_lines() {
    let sandbox = SandboxProcess::start(&[]);
    let (operation, page) = sandbox.create("order-1", "150");
    approve(&page, "boursier");
    let confirm = ["payment", "confirm", &operation, "--order", "order-1", "--amount-cents", "150"];
    let run = sandbox.izly(&confirm).exits(0);
    assert!(run.stdout.starts_with("paid          yes\n"), "{}", run.stdout);
    assert!(run.stdout.contains("amount        1.50 euros\n"), "{}", run.stdout);
    let run = sandbox.izly(&["payment", "show", "1"]).exits(1);
    assert_eq!(run.stdout, "");
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 3, "{}", run.stderr);
    assert!(lines[0].starts_with("error: ") && lines[0].contains("code 356"), "{}", lines[0]);
    assert!(!lines[0].contains("[rejected]"), "the next line says it: {}", lines[0]);
    assert!(lines[1].starts_with("outcome: rejected"), "{}", lines[1]);
    assert!(lines[2].starts_with("next: "), "{}", lines[2]);
}

#[test]
fn the_hint_after_a_creation_can_be_pasted() {
    let sandbox = SandboxProcess::start(&[]);
    let create = || sandbox.izly(&["payment", "create", "--order", "l'été 7", "--amount-cents", "150"]);
    let run = create().exits(0);
    let operation = run.stdout.lines().next().unwrap().rsplit(' ').next().unwrap().to_owned();
    let command = format!(r"izly payment confirm {operation} --order 'l'\''été 7' --amount-cents 150");
    assert_eq!(run.stderr.lines().last().unwrap().trim(), command);
    #[cfg(unix)]
    {
        let words = std::process::Command::new("sh").args(["-c", &format!("printf '%s\n' {command}")]).output();
        let words = String::from_utf8(words.unwrap().stdout).unwrap();
        assert_eq!(words.lines().nth(5), Some("l'été 7"));
    }
    let run = sandbox.izly(&["payment", "create", "--order", "a", "--amount-cents", "150", "--json"]).exits(0);
    assert_eq!(run.stderr, "", "a program has the values themselves");
}

#[test]
fn a_failure_says_what_to_do_and_nothing_beside_it() {
    let sandbox = SandboxProcess::start(&[]);
    let (operation, page) = sandbox.create("order-1", "150");
    approve(&page, "riche");
    let confirm = ["payment", "confirm", &operation, "--order", "order-1", "--amount-cents", "1500"];
    let run = sandbox.izly(&confirm).exits(1);
    assert!(run.stderr.contains("next: check --order and --amount-cents"), "{}", run.stderr);
    let run = sandbox.izly(&["payment", "refund", &operation, "--order", "order-1"]).exits(2);
    assert_eq!(run.stderr, "error: give --yes to refund without being asked\n");
    let run = sandbox.izly(&["user"]).exits(2);
    let nothing = "error: nothing came on standard input: ";
    assert_eq!(run.stderr, format!("{nothing}pipe the token in, or set IZLY_ACCESS_TOKEN\n"));
    let run = sandbox.izly(&["token", "--refresh"]).stdin("\n").exits(2);
    assert_eq!(run.stderr, format!("{nothing}pipe the refresh token in\n"));
    let run = sandbox.izly(&["token"]).env("IZLY_STATE", "s").exits(2);
    assert_eq!(run.stderr, format!("{nothing}pipe in the query the browser came back with\n"));
}

#[test]
fn a_wait_ends() {
    let sandbox = SandboxProcess::start(&[]);
    let (operation, page) = sandbox.create("order-1", "150");
    let order = ["--order", "order-1", "--amount-cents", "150"];
    let confirm = |more: &[&str]| sandbox.izly(&[&["payment", "confirm", &operation], &order[..], more].concat());
    assert_eq!(confirm(&["--wait", "1"]).error(5)["kind"], "not_final");
    cancel(&page);
    assert_eq!(confirm(&["--wait", "600"]).error(1)["kind"], "not_paid", "final: nothing to wait for");
}

#[test]
fn the_exit_code_says_whether_izly_saw_it() {
    let key = base64_of("Paris-78-78-78-78:s3cret-of-a-test");
    let create = ["payment", "create", "--order", "a", "--amount-cents", "150"];
    let refund = ["payment", "refund", "7", "--order", "a", "--yes"];
    let at = |url: &str, arguments: &[&str]| izly(arguments).env("IZLY_ENVIRONMENT", url).env("IZLY_API_KEY", &key);
    let nobody = Nobody::new();
    for arguments in [&create[..], &refund[..], &["payment", "show", "7"]] {
        let error = at(&nobody.url(), arguments).error(4);
        assert_eq!((&error["kind"], &error["outcome"]), (&"connect".into(), &"not_sent".into()), "{arguments:?}");
    }
    let url = hangs_up();
    for arguments in [&create[..], &refund[..]] {
        let error = at(&url, arguments).error(3);
        let said = (&error["kind"], &error["outcome"], &error["retry"]);
        assert_eq!(said, (&"disconnected".into(), &"unknown".into(), &"look_up_first".into()), "{arguments:?}");
        assert!(!error.to_string().contains("s3cret"));
    }
    let run = at(&url, &refund).exits(3);
    assert!(run.stderr.contains("outcome: unknown: the request may have been carried out"), "{}", run.stderr);
    assert!(run.stderr.contains("next: look first: `izly payment show OPERATION`"), "{}", run.stderr);
}

#[test]
fn a_key_that_is_not_accepted() {
    let sandbox = SandboxProcess::start(&[]);
    let key = base64_of("Sandbox Crous-1-1-1-1:sandbox_wrong");
    let error = sandbox.izly(&["payment", "show", "7"]).env("IZLY_API_KEY", &key).error(1);
    assert_eq!((&error["kind"], &error["http_status"]), (&"authentication".into(), &401.into()));
    assert!(!error.to_string().contains(&key) && !error.to_string().contains("sandbox_wrong"));
}

#[test]
fn the_key_may_come_from_a_file_with_a_line_end() {
    let sandbox = SandboxProcess::start(&[]);
    let folder = tempfile::tempdir().unwrap();
    for (name, end) in [("unix", "\n"), ("dos", "\r\n"), ("none", "")] {
        let path = folder.path().join(name);
        fs::write(&path, format!("{}{end}", sandbox.api_key())).unwrap();
        let file = path.to_str().unwrap();
        let login = izly(&["login-url", "--environment", sandbox.url(), "--api-key-file", file]).json(0);
        assert!(login["url"].as_str().unwrap().starts_with(sandbox.url()));
    }
    let error = izly(&["login-url", "--environment", sandbox.url(), "--api-key-file", "/nowhere"]).error(2);
    assert_eq!(error["field"], "api_key_file");
    assert!(error["message"].as_str().unwrap().contains("/nowhere"), "{error}");
}

//! §3 of the protocol: login, tokens, user details.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use izly_sandbox::{AccountState, LoginCancel, OauthErrors, PASSWORD, Partner, RefreshReply, Sandbox, TokenStyle};
use serde_json::json;

use crate::client::{Server, code_in, get, log_in, login_url, post, submit};

const SCOPE: &str = "&scope=16385";

fn sandbox() -> Sandbox {
    Sandbox::start().unwrap()
}

fn code(sandbox: &Sandbox) -> String {
    code_in(&log_in(sandbox, SCOPE, "riche@example.fr", PASSWORD))
}

#[test]
fn from_the_login_page_to_the_users_details() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let answer = log_in(&sandbox, "&scope=16385&state=a%2Fb%3D", "riche@example.fr", PASSWORD);
    let location = answer.header("location");
    assert!(location.starts_with("http://127.0.0.1:8000/izly/login?code="), "{location}");
    assert!(location.ends_with("%3d&state=a%2fb%3d"), "lower-case hex, state last: {location}");

    let tokens = server.exchange(&code_in(&answer));
    assert_eq!((tokens.status, tokens.header("cache-control")), (200, "no-store"));
    let tokens = tokens.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 1797);
    assert_eq!(tokens["scope"], "users_details payments izly_pay");
    let access = tokens["access_token"].as_str().unwrap();
    let decoded = String::from_utf8(STANDARD.decode(access).unwrap()).unwrap();
    assert!(decoded.starts_with("1;56;") && decoded.len() == 35, "{decoded}");

    let user = server.user(access);
    assert_eq!(user.status, 200);
    let expected = json!({
        "RightHolderId": 1255, "IdIzly": 6_000_050_617_u64, "Societe": 10, "Tarif": 1, "AnneeUniv": "2025",
        "Employeur": "", "RneEtablissement": "0000001A", "RneComposante": "0000002B", "CodeEtu": "202501255",
        "Ine": "000001255ZZ", "CodeClient": "etu00001", "TypeClient": "ETU", "NumeroAffectation": 1, "Id": 1255,
    });
    assert_eq!(user.json(), expected);
}

#[test]
fn a_phone_number_logs_in_too() {
    let sandbox = sandbox();
    let answer = log_in(&sandbox, SCOPE, "06 39 98 00 01", PASSWORD);
    assert_eq!(answer.status, 302);
}

#[test]
fn a_form_without_an_action_logs_nobody_in() {
    let sandbox = sandbox();
    let url = login_url(&sandbox, SCOPE);
    let credentials = format!("identifiant=riche%40example.fr&mot_de_passe={PASSWORD}");
    for body in [credentials.clone(), format!("action=valider&{credentials}")] {
        let answer = post(&url, &[("Content-Type", "application/x-www-form-urlencoded")], &body);
        assert_eq!((answer.status, answer.header("location")), (400, ""), "{body}");
        assert!(answer.page().contains("Connexion impossible") && answer.page().contains("action"), "{}", answer.body);
    }
    let wrong = "identifiant=riche%40example.fr&mot_de_passe=faux";
    assert_eq!(post(&url, &[], wrong).status, 400);
    assert_eq!(sandbox.accounts()[0].failed_attempts, 0, "not even a wrong password is counted");
}

#[test]
fn the_authorization_url_is_checked_before_anybody_types_a_password() {
    let sandbox = sandbox();
    let base = sandbox.base_url();
    for (query, text) in [
        ("response_type=code&client_id=inconnu&scope=1", "inconnu"),
        ("response_type=token&client_id=Sandbox%20Crous-1-1-1-1&scope=1", "response_type"),
        ("response_type=code&client_id=Sandbox%20Crous-1-1-1-1&scope=abc", "scope"),
        ("response_type=code&client_id=Sandbox%20Crous-1-1-1-1", "scope"),
        ("", "response_type"),
    ] {
        let answer = get(&format!("{base}/oauth/Home/Authorize?{query}"), &[]);
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.page().contains(text), "{query}");
    }
    sandbox.update_partner(|partner| partner.approved = false);
    assert_eq!(get(&login_url(&sandbox, SCOPE), &[]).status, 403);
    assert_eq!(Server::of(&sandbox).exchange("x").json()["error"], "unauthorized_client");
}

#[test]
fn a_wrong_password_keeps_the_page_and_the_third_blocks() {
    let sandbox = sandbox();
    let first = log_in(&sandbox, "&scope=1&state=kept", "riche@example.fr", "faux");
    assert_eq!(first.status, 200);
    assert!(first.page().contains("Identifiant ou mot de passe incorrect."));
    assert!(first.page().contains("value=\"riche@example.fr\""), "what was typed stays");
    assert!(!first.page().contains("faux"), "but never the password");

    let typed = [("identifiant", "riche@example.fr"), ("mot_de_passe", "faux")];
    submit(&sandbox, first.page(), "connexion", &typed);
    let third = submit(&sandbox, first.page(), "connexion", &typed);
    assert!(third.page().contains("désormais bloqué"));
    assert_eq!(sandbox.accounts()[0].state, AccountState::Blocked);

    let right = [("identifiant", "riche@example.fr"), ("mot_de_passe", PASSWORD)];
    let fourth = submit(&sandbox, third.page(), "connexion", &right);
    assert!(fourth.page().contains("Votre compte est bloqué."));
    sandbox.update_account("riche@example.fr", |account| account.state = AccountState::Active);
    let fifth = submit(&sandbox, fourth.page(), "connexion", &right);
    assert!(fifth.header("location").ends_with("&state=kept"), "state survives every wrong turn");
}

#[test]
fn cancelling_a_login() {
    let sandbox = sandbox();
    let page = get(&login_url(&sandbox, "&scope=1&state=s1"), &[]);
    let answer = submit(&sandbox, page.page(), "annulation", &[]);
    assert_eq!((answer.status, answer.header("location")), (302, "http://127.0.0.1:8000/"));

    sandbox.update_wire(|wire| wire.login_cancel = LoginCancel::AccessDenied);
    let answer = submit(&sandbox, page.page(), "annulation", &[]);
    assert_eq!(answer.header("location"), "http://127.0.0.1:8000/izly/login?error=access_denied&state=s1");
}

#[test]
fn the_login_redirect_url_may_have_a_query_and_state_may_be_dropped() {
    let sandbox = sandbox();
    sandbox.update_partner(|partner| partner.login_redirect_url = "http://127.0.0.1:1/in?shop=7".into());
    sandbox.update_wire(|wire| wire.echo_state = false);
    let answer = log_in(&sandbox, "&scope=1&state=s1", "riche@example.fr", PASSWORD);
    let location = answer.header("location");
    assert!(location.starts_with("http://127.0.0.1:1/in?shop=7&code="), "{location}");
    assert!(!location.contains("state"), "{location}");
}

#[test]
fn a_code_works_once_and_not_forever() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let used = code(&sandbox);
    assert_eq!(server.exchange(&used).status, 200);
    for again in [used, "MTs1NjtpbmNvbm51%3d".into()] {
        let answer = server.exchange(&again);
        assert_eq!(answer.status, 400);
        assert_eq!(answer.json()["error"], "invalid_grant");
    }
    let late = code(&sandbox);
    sandbox.advance_clock(Duration::from_mins(5));
    assert_eq!(server.exchange(&late).json()["error"], "invalid_grant");
}

#[test]
fn a_code_belongs_to_one_partner() {
    let other = Partner { identifier: "Laverie-2-2-2-2".into(), ..Partner::default() };
    let sandbox = Sandbox::builder().another_partner(other.clone()).start().unwrap();
    let code = code(&sandbox);
    assert_eq!(Server::with(&sandbox, &other).exchange(&code).json()["error"], "invalid_grant");
    assert_eq!(Server::of(&sandbox).exchange(&code).status, 200);
}

#[test]
fn a_code_with_plus_and_slash_must_be_encoded() {
    let sandbox = Sandbox::builder().token_style(TokenStyle::PlusAndSlash).start().unwrap();
    let server = Server::of(&sandbox);
    let code = code(&sandbox);
    assert!(code.contains("%2b") && code.contains("%2f") && code.ends_with("%3d"), "{code}");
    let decoded = code.replace("%2b", "+").replace("%2f", "/").replace("%3d", "=");
    assert_eq!(server.exchange(&decoded).json()["error"], "invalid_grant", "a bare + is a space");
    assert_eq!(server.exchange(&code).status, 200);
}

#[test]
fn the_token_endpoint_refuses_in_oauths_words() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let error = |query: &str| {
        let answer = server.token(query);
        (answer.status, answer.json()["error"].as_str().unwrap().to_owned())
    };
    assert_eq!(error("grant_type=password"), (400, "unsupported_grant_type".into()));
    assert_eq!(error("grant_type=authorization_code"), (400, "invalid_request".into()));
    assert_eq!(error("code=x"), (400, "invalid_request".into()));
    assert_eq!(error("grant_type=refresh_token&refresh_token=x"), (400, "invalid_grant".into()));

    let url = format!("{}/oauth/Home/Token?grant_type=authorization_code&code=x", sandbox.base_url());
    let twice = STANDARD.encode(sandbox.api_key());
    for authorization in ["Basic bm9wZTpub3Bl".to_owned(), format!("Basic {twice}"), "Bearer x".into(), "Basic".into()]
    {
        let answer = post(&url, &[("Authorization", &authorization)], "");
        assert_eq!((answer.status, &answer.json()["error"]), (401, &json!("invalid_client")), "{authorization}");
        assert!(answer.header("www-authenticate").starts_with("Basic "));
    }
}

#[test]
fn oauth_errors_can_be_izly_objects() {
    let sandbox = sandbox();
    sandbox.update_wire(|wire| wire.oauth_errors = OauthErrors::IzlyObject);
    let answer = Server::of(&sandbox).exchange("x");
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["Code"], 9205);
    assert_eq!(answer.json()["Priority"], 2);
}

#[test]
fn parameters_in_the_body_need_the_switch() {
    let sandbox = sandbox();
    let url = format!("{}/oauth/Home/Token", sandbox.base_url());
    let basic = format!("Basic {}", sandbox.api_key());
    let headers = [("Authorization", basic.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
    let body = format!("grant_type=authorization_code&code={}", code(&sandbox));
    assert_eq!(post(&url, &headers, &body).json()["error"], "invalid_request");
    sandbox.update_wire(|wire| wire.token_form_body = true);
    assert_eq!(post(&url, &headers, &body).status, 200);
}

#[test]
fn the_three_answers_to_a_refresh() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let tokens = server.exchange(&code(&sandbox)).json();
    let first = tokens["refresh_token"].as_str().unwrap().to_owned();
    let refresh = |token: &str| server.token(&format!("grant_type=refresh_token&refresh_token={token}"));

    let renewed = refresh(&first);
    assert_eq!(renewed.status, 200);
    let second = renewed.json()["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    assert_ne!(renewed.json()["access_token"], tokens["access_token"]);
    assert_eq!(refresh(&first).json()["error"], "invalid_grant");

    sandbox.update_wire(|wire| wire.refresh = RefreshReply::Same);
    assert_eq!(refresh(&second).json()["refresh_token"], second.as_str());
    sandbox.update_wire(|wire| wire.refresh = RefreshReply::Absent);
    assert!(refresh(&second).json().get("refresh_token").is_none());
}

#[test]
fn user_details_need_a_live_token_with_the_right_scope() {
    let sandbox = sandbox();
    let server = Server::of(&sandbox);
    let access = |scope: &str| {
        let code = code_in(&log_in(&sandbox, scope, "boursier@example.fr", PASSWORD));
        server.exchange(&code).json()["access_token"].as_str().unwrap().to_owned()
    };
    let good = access("&scope=1");
    assert_eq!(server.user(&good).json()["Tarif"], 98);
    assert_eq!(server.user("inconnu").status, 401);
    assert_eq!(server.user(&access("&scope=16384")).status, 401);
    let basic = format!("Basic {}", sandbox.api_key());
    let url = format!("{}/api/izly/users", sandbox.base_url());
    assert_eq!(get(&url, &[("Authorization", &basic)]).status, 401);
    assert_eq!(get(&url, &[]).status, 401);
    sandbox.advance_clock(Duration::from_secs(1797));
    let expired = server.user(&good);
    assert_eq!(expired.status, 401);
    assert!(expired.header("www-authenticate").starts_with("Bearer "));
}

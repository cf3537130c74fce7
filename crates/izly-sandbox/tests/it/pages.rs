//! The French pages.

use izly_sandbox::Sandbox;

use crate::client::{Server, attribute, get, login_url};

const NASTY: &str = r#"<script>alert("1")</script>'&"#;

#[test]
fn the_login_page_has_what_the_guide_shows() {
    let sandbox = Sandbox::start().unwrap();
    let answer = get(&login_url(&sandbox, "&scope=1"), &[]);
    let page = answer.page();
    for text in [
        "<html lang=\"fr\">",
        "SANDBOX",
        "<label for=\"identifiant\">Identifiant</label>",
        "<label for=\"mot_de_passe\">Mot de passe</label>",
        "Mot de passe oublié ?",
        ">Annuler</button>",
        ">Se connecter</button>",
        "impayes@example.fr",
        "izly-sandbox",
    ] {
        assert!(page.contains(text), "{text} is missing");
    }
    assert!(!page.contains("<script") && !page.contains("src="), "no script, nothing loaded");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
}

#[test]
fn the_payment_page_has_what_the_guide_shows() {
    let sandbox = Sandbox::start().unwrap();
    let created = Server::of(&sandbox).created(r#"{"Amount":123456,"ClientOrderId":"a","Message":"2 cafés"}"#);
    let answer = get(&created.url, &[]);
    for text in [
        "Payer avec Izly",
        "Site marchand",
        "Boutique de démonstration",
        "1234,56 €",
        "2 cafés",
        "Mot de passe oublié ?",
        ">Annuler</button>",
        ">Valider</button>",
        "solde-insuffisant@example.fr",
    ] {
        assert!(answer.page().contains(text), "{text} is missing");
    }
}

#[test]
fn forgotten_password_says_to_start_a_new_payment() {
    let sandbox = Sandbox::start().unwrap();
    let created = Server::of(&sandbox).created(r#"{"Amount":100,"ClientOrderId":"a"}"#);
    for page in [get(&login_url(&sandbox, "&scope=1"), &[]), get(&created.url, &[])] {
        let before = page.page().split_once("Mot de passe oublié ?").unwrap().0;
        let link = attribute(before.rsplit_once("<a ").unwrap().1, "href");
        let forgotten = get(&format!("{}{link}", sandbox.base_url()), &[]);
        assert_eq!(forgotten.status, 200);
        assert!(forgotten.page().contains("nouveau paiement"));
        assert!(forgotten.page().contains("href=\"http://127.0.0.1:8000/\""));
    }
}

#[test]
fn nothing_that_was_typed_or_sent_becomes_markup() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.update_partner(|partner| partner.site_name = NASTY.into());
    let encoded: String = form_urlencoded::byte_serialize(NASTY.as_bytes()).collect();
    let body = serde_json::json!({ "Amount": 100, "ClientOrderId": NASTY, "Message": NASTY }).to_string();
    let created = Server::of(&sandbox).created(&body);
    let login = login_url(&sandbox, &format!("&scope=1&state={encoded}"));
    let typed = [("identifiant", NASTY), ("mot_de_passe", NASTY)];
    let form = get(&created.url, &[]);
    let pages = [
        get(&login, &[]),
        crate::client::submit(&sandbox, form.page(), "paiement", &typed),
        form,
        crate::client::cancel(&sandbox, &created.url),
        get(&format!("{}/oauth/Home/ForgottenPassword?client_id={encoded}", sandbox.base_url()), &[]),
        get(&format!("{}/oauth/Home/Authorize?client_id={encoded}", sandbox.base_url()), &[]),
    ];
    for page in pages {
        assert!(!page.page().contains("<script"), "{}", page.body);
    }
}

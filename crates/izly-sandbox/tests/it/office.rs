//! The back office: every page, every form, and what each form refuses.

use izly_sandbox::{AccountState, PaymentStatus, Profile, Sandbox, Wire};

use crate::client::{Created, Server, get, pay_rich, post};
use crate::office_browser::{Page, open};
use crate::partner_site::PartnerSite;

const PAGES: [&str; 10] = [
    "",
    "/inscription",
    "/comptes",
    "/paiements",
    "/callbacks",
    "/pannes",
    "/lectures",
    "/horloge",
    "/e-mails",
    "/partenaires",
];

/// What would be markup, if it were not text.
const NASTY: &str = r#"<script>alert("1")</script>'&"#;

fn sandbox() -> Sandbox {
    Sandbox::start().unwrap()
}

fn page(sandbox: &Sandbox, name: &str) -> Page {
    open(sandbox, &format!("/_sandbox{name}"))
}

fn created(sandbox: &Sandbox) -> Created {
    Server::of(sandbox).created(r#"{"Amount":150,"ClientOrderId":"commande-42"}"#)
}

fn with_site() -> (Sandbox, PartnerSite) {
    let (sandbox, site) = (sandbox(), PartnerSite::agreeing());
    let url = format!("{}/callback", site.base_url);
    sandbox.update_partner(|partner| partner.callback_url = url);
    (sandbox, site)
}

#[test]
fn every_page_is_whole_before_and_after_a_payment() {
    let (sandbox, _site) = with_site();
    for filled in [false, true] {
        if filled {
            pay_rich(&sandbox, &created(&sandbox).url);
            created(&sandbox);
        }
        for name in PAGES {
            let page = page(&sandbox, name);
            assert_eq!(page.status, 200, "{name}");
            page.check();
            let policy = page.answer.header("content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self'") && !policy.contains("unsafe"),
                "{policy}"
            );
            assert_eq!(page.answer.header("referrer-policy"), "same-origin");
        }
    }
    for payment in sandbox.payments() {
        page(&sandbox, &format!("/paiements/{}", payment.operation_id)).check();
    }
}

#[test]
fn the_dashboard_tells_what_is_needed_to_begin() {
    let sandbox = sandbox();
    let page = page(&sandbox, "");
    let content = page.content();
    assert!(content.contains(sandbox.base_url()) && content.contains(sandbox.identifier()));
    let exports = page.text("#variables");
    assert!(exports.contains(&format!("export IZLY_API_KEY='{}'", sandbox.api_key())), "{exports}");
    assert!(exports.contains(&format!("export IZLY_ENVIRONMENT='{}'", sandbox.base_url())), "{exports}");
    // Behind *Afficher*, not in everybody's sight.
    let hidden = page.all("details:not([open]) #cle, details:not([open]) #variables");
    assert_eq!(hidden.len(), 2);
    sandbox.update_partner(|partner| partner.approved = false);
    assert!(self::page(&sandbox, "").text(".alerts").contains("agréé"));
}

#[test]
fn files_are_served_and_nothing_else_is() {
    let sandbox = sandbox();
    for (file, kind) in [
        ("office.css", "text/css; charset=utf-8"),
        ("office.js", "text/javascript; charset=utf-8"),
        ("office.svg", "image/svg+xml"),
    ] {
        let answer = get(&format!("{}/_sandbox/{file}", sandbox.base_url()), &[]);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(!answer.body.contains("http://") || file == "office.svg", "{file} loads something");
    }
    for nowhere in ["/office.rs", "/comptes/riche", "/paiements/1", "/paiements/x", "/../x", "?partenaire=personne"] {
        assert_eq!(page(&sandbox, nowhere).status, 404, "{nowhere}");
    }
    let base = format!("{}/_sandbox", sandbox.base_url());
    assert_eq!(post(&base, &[], "action=x").status, 405);
    assert_eq!(post(&format!("{base}/e-mails"), &[], "").header("allow"), "GET, HEAD");
    assert_eq!(post(&format!("{base}/comptes"), &[], "action=vider").status, 400);
    assert!(sandbox.journal().is_empty(), "the back office is no part of the timeline");
}

#[test]
fn strangers_are_kept_out() {
    let sandbox = sandbox();
    let url = format!("{}/_sandbox/partenaires", sandbox.base_url());
    let form = "action=creer&identifier=x&site_name=y";
    for headers in [("Host", "izly.example.fr"), ("Origin", "http://example.fr"), ("Origin", "null")] {
        assert_eq!(get(&url, &[headers]).status, 403, "{headers:?}");
        let answer = post(&url, &[headers], form);
        assert_eq!(answer.status, 403, "{headers:?}");
        assert!(answer.page().contains("Accès refusé"));
    }
    assert_eq!(page(&sandbox, "/partenaires").all("tbody tr").len(), 1);
}

#[test]
fn the_registration_is_edited() {
    let sandbox = sandbox();
    let after = page(&sandbox, "/inscription").send(
        "#inscription",
        &[
            ("site_name", Some("Laverie « Bulles »")),
            ("callback_url", Some("http://127.0.0.1:9000/cb?a=1&b=2")),
            ("login_redirect_url", Some("http://127.0.0.1:9000/login")),
            ("payment_redirect_url", Some("http://127.0.0.1:9000/paid")),
            ("home_page_url", Some("http://127.0.0.1:9000/")),
            ("approved", None),
            ("izly_pay", None),
            ("callback_allowed", None),
        ],
    );
    assert!(after.done().starts_with("Inscription modifiée : nom du site, URL de callback"), "{}", after.done());
    let partner = sandbox.partner();
    assert_eq!(partner.site_name, "Laverie « Bulles »");
    assert_eq!(partner.callback_url, "http://127.0.0.1:9000/cb?a=1&b=2");
    assert_eq!(partner.login_redirect_url, "http://127.0.0.1:9000/login");
    assert_eq!(partner.payment_redirect_url, "http://127.0.0.1:9000/paid");
    assert_eq!(partner.home_page_url, "http://127.0.0.1:9000/");
    assert_eq!((partner.approved, partner.izly_pay, partner.callback_allowed), (false, false, false));
    assert_eq!(partner.api_key(), sandbox.api_key());
    let again = after.send("#inscription", &[("approved", Some("oui"))]);
    assert_eq!(again.done(), "Inscription modifiée : agréé coché.");
    assert!(sandbox.partner().approved);
}

#[test]
fn a_registration_that_cannot_be_is_refused_field_by_field() {
    let sandbox = sandbox();
    let before = sandbox.partner();
    let refused = page(&sandbox, "/inscription").send(
        "#inscription",
        &[
            ("site_name", Some("")),
            ("callback_url", Some("javascript:alert(1)")),
            ("home_page_url", Some("http://h/é")),
        ],
    );
    assert_eq!(refused.status, 422);
    refused.check();
    assert_eq!(refused.all(".errors li").len(), 3);
    assert!(refused.text(".errors").contains("URL de callback : Saisissez une adresse complète"));
    assert!(refused.problem("site_name").contains("obligatoires"));
    assert!(refused.problem("callback_url").contains("http://"));
    assert!(refused.problem("home_page_url").contains("accent"));
    let typed = refused.all("#callback_url")[0].attr("value");
    assert_eq!(typed, Some("javascript:alert(1)"), "what was typed is not lost");
    assert_eq!(sandbox.partner(), before);
}

#[test]
fn accounts_are_changed_and_opened() {
    let sandbox = sandbox();
    let after = page(&sandbox, "/comptes").send(
        "#compte-0 form",
        &[
            ("etat", Some("frozen")),
            ("solde", Some("1 234,5")),
            ("essais", Some("2")),
            ("nouveau_mot_de_passe", Some(NASTY)),
        ],
    );
    after.check();
    assert_eq!(
        after.done(),
        "Compte « riche » : état « gelé », solde 1234,50 €, 2 mot(s) de passe erroné(s), mot de passe changé."
    );
    let riche = sandbox.accounts().swap_remove(0);
    assert_eq!((riche.state, riche.balance_cents, riche.failed_attempts), (AccountState::Frozen, 123_450, 2));
    assert_eq!(riche.password, NASTY);

    let opened = after.send(
        "#nouveau",
        &[
            ("nom", Some("nouvelle")),
            ("email", Some("nouvelle@example.fr")),
            ("role", Some(NASTY)),
            ("solde", Some("5")),
        ],
    );
    assert!(opened.done().starts_with("Compte « nouvelle » créé"));
    let account = sandbox.accounts().pop().unwrap();
    assert_eq!((account.email.as_str(), account.balance_cents), ("nouvelle@example.fr", 500));
}

#[test]
fn accounts_that_cannot_be_are_refused() {
    let sandbox = sandbox();
    let before = sandbox.accounts();
    let page = page(&sandbox, "/comptes");
    let refused = page.send("#compte-0 form", &[("solde", Some("12,345")), ("nouveau_mot_de_passe", Some(""))]);
    assert_eq!(refused.status, 422);
    refused.check();
    assert!(refused.problem("compte-0-solde").contains("12,34"));
    assert!(refused.problem("compte-0-nouveau_mot_de_passe").contains("mot de passe"));
    assert_eq!(refused.all("#compte-0 details[open]").len(), 1, "the form with the mistake is in sight");
    let refused = page.send("#nouveau", &[("nom", Some("riche")), ("email", Some("riche@example.fr"))]);
    assert!(refused.problem("nouveau-nom").contains("déjà") && refused.problem("nouveau-email").contains("déjà"));
    assert_eq!(sandbox.accounts(), before);
}

#[test]
fn what_the_office_takes_the_state_file_gives_back() {
    let path = std::env::temp_dir().join(format!("izly-sandbox-office-{}.json", std::process::id()));
    let sandbox = Sandbox::builder().state_file(&path).start().unwrap();
    let refused = page(&sandbox, "/comptes").send("#compte-0 form", &[("solde", Some("184467440737095516,15"))]);
    drop(sandbox);
    let again = Sandbox::builder().state_file(&path).start().map(drop);
    assert!(again.is_ok(), "{again:?}");
    assert_eq!(refused.status, 422);
    assert!(refused.problem("compte-0-solde").contains("90071992547409,91"));
    for ending in ["", ".lock"] {
        std::fs::remove_file(format!("{}{ending}", path.display())).unwrap();
    }
}

#[test]
fn the_office_opens_only_what_the_admin_api_can_change() {
    let sandbox = sandbox();
    let api = format!("{}/_sandbox/api/accounts", sandbox.base_url());
    let own_phone = r#"{"name":"a","email":"a@example.fr","phone":"0639980012"}"#;
    assert_eq!(post(&api, &[("Content-Type", "application/json")], own_phone).status, 201);
    let page = page(&sandbox, "/comptes");
    let refused = page.send("#nouveau", &[("nom", Some("élève")), ("email", Some("élève@example.fr"))]);
    assert_eq!(refused.status, 422);
    assert!(!refused.problem("nouveau-nom").is_empty() && !refused.problem("nouveau-email").is_empty());
    let opened = page.send("#nouveau", &[("nom", Some("b")), ("email", Some("b@example.fr"))]);
    assert!(opened.done().starts_with("Compte « b » créé"));
    let phones: std::collections::BTreeSet<String> =
        sandbox.accounts().into_iter().map(|account| account.phone).collect();
    assert_eq!(phones.len(), 12, "nobody has another one's phone");
}

#[test]
fn a_payment_is_approved_and_its_callback_replayed() {
    let (sandbox, site) = with_site();
    let created = created(&sandbox);
    let name = format!("/paiements/{}", created.id);
    let refused = page(&sandbox, &name).send("#valider", &[("compte", Some("bloque"))]);
    assert!(refused.done().contains("refusée à « bloque » : Votre compte est bloqué."));
    assert_eq!(sandbox.payments()[0].status, PaymentStatus::Waiting);

    let paid = refused.send("#valider", &[("compte", Some("riche"))]);
    assert_eq!(paid.done(), format!("Opération {} validée en tant que « riche » : payée.", created.id));
    paid.check();
    assert_eq!(sandbox.payments()[0].customer.as_deref(), Some("riche@example.fr"));
    assert!(paid.content().contains("Rembourser est un appel du partenaire"));
    assert!(paid.all("#valider, #annuler").is_empty());
    // The refusal and the success were each told.
    assert_eq!(site.received().len(), 2);

    let forms = "form:has(input[value=rejouer]):has(input[value='2'])";
    assert!(paid.send(forms, &[]).done().contains("n° 2"));
    let received = site.received();
    assert_eq!((received.len(), &received[2].body), (3, &received[1].body));

    paid.send("#envoyer", &[("falsification", Some("amount"))]);
    let forged = site.received().pop().unwrap();
    assert!(forged.body.contains("\"2.50\""), "{}", forged.body);
    assert_eq!(page(&sandbox, "/e-mails").all("article").len(), 1);
}

#[test]
fn a_payment_is_cancelled_and_found() {
    let sandbox = sandbox();
    let (one, two) = (created(&sandbox), created(&sandbox));
    let cancelled = page(&sandbox, &format!("/paiements/{}", one.id)).send("#annuler", &[]);
    assert_eq!(cancelled.done(), format!("Opération {} annulée.", one.id));
    assert_eq!(sandbox.payments()[0].status, PaymentStatus::Cancelled);
    let found = |query: &str| page(&sandbox, &format!("/paiements?{query}")).all("tbody tr").len();
    assert_eq!((found(""), found("statut=Cancelled"), found("statut=Completed")), (2, 1, 0));
    assert_eq!((found("commande=commande-42"), found(&format!("commande={}", two.id))), (2, 1));
}

#[test]
fn callbacks_wait_for_somebody_to_send_them() {
    let (sandbox, site) = with_site();
    let set = page(&sandbox, "/callbacks").send(
        "#reglages",
        &[
            ("mode", Some("manual")),
            ("copies", Some("2")),
            ("concurrent", Some("oui")),
            ("timeout_ms", Some("1 000")),
            ("schedule", Some("20, 60, 300, 1800")),
            ("forge", Some("order")),
        ],
    );
    assert!(set.done().contains("à la main") && set.done().contains("2 copies simultanées"), "{}", set.done());
    pay_rich(&sandbox, &created(&sandbox).url);
    assert!(site.received().is_empty());
    let waiting = page(&sandbox, "/callbacks");
    waiting.check();
    assert_eq!(waiting.text("nav .count"), "2");
    let first = "form:has(input[value=delivrer]):has(input[value='1'])";
    let delivered = waiting.send(first, &[]);
    assert!(delivered.done().contains("n° 1"));
    assert!(site.received()[0].body.contains("commande-42-autre"));
    assert_eq!(waiting.send(first, &[]).status, 404, "it waits no more");
    assert_eq!(site.received().len(), 1);
}

#[test]
fn callback_settings_that_cannot_be_are_refused() {
    let sandbox = sandbox();
    let refused = page(&sandbox, "/callbacks").send("#reglages", &[("mode", Some("never")), ("copies", Some("51"))]);
    assert_eq!(refused.status, 422);
    refused.check();
    assert!(refused.problem("copies").contains("50"));
    assert_eq!(refused.all("input[name=mode][value=never][checked]").len(), 1, "what was chosen is not lost");
    let saved = page(&sandbox, "/callbacks");
    assert_eq!(saved.all("input[name=mode][value=during_validation][checked]").len(), 1);
    assert_eq!(saved.all("#copies")[0].attr("value"), Some("1"));
}

#[test]
fn faults_are_added_seen_and_taken_away() {
    let sandbox = sandbox();
    let added = page(&sandbox, "/pannes")
        .send("#ajouter", &[("call", Some("read_payment")), ("kind", Some("server_error")), ("times", Some("1"))]);
    assert!(added.done().contains("Lecture du paiement, Erreur 500 ; au plus 1 fois"), "{}", added.done());
    added.check();
    let (server, id) = (Server::of(&sandbox), created(&sandbox).id);
    assert_eq!((server.read(id).status, server.read(id).status), (500, 200));
    let row = page(&sandbox, "/pannes").text("section:first-of-type tbody tr");
    assert!(row.contains("2 1 Retirer"), "seen twice, fired once: {row}");

    let refused = added.send("#ajouter", &[("call", Some("refund")), ("kind", Some("state_dropped"))]);
    assert_eq!(refused.status, 422);
    assert!(refused.problem("kind").contains("page de connexion"));
    assert_eq!(page(&sandbox, "/pannes").all("form:has(input[value=retirer])").len(), 1);

    let one = page(&sandbox, "/pannes").send("form:has(input[value=retirer])", &[]);
    assert!(one.done().contains("retirée") && one.all("#tout-retirer").is_empty());
    one.send("#ajouter", &[]);
    let none = one.send("#ajouter", &[]).send("#tout-retirer", &[]);
    assert!(none.content().contains("Aucune : tout se passe bien."));
    assert_eq!(server.read(id).status, 200);
}

#[test]
fn readings_are_chosen_one_by_one_or_by_profile() {
    let sandbox = sandbox();
    let wire = || {
        let mut wire = Wire::default();
        sandbox.update_wire(|now| wire = now.clone());
        wire
    };
    let one = page(&sandbox, "/lectures").send(
        "#lectures",
        &[("echo_state", Some("false")), ("fault_status", Some("ok")), ("order_id_max_length", Some("36"))],
    );
    assert_eq!(
        one.done(),
        r#"Lectures modifiées : echo_state = false, fault_status = "ok", order_id_max_length = 36."#
    );
    assert_eq!((wire().echo_state, wire().order_id_max_length), (false, Some(36)));
    assert_eq!(Server::of(&sandbox).read(1).status, 200);

    let refused = one.send("#lectures", &[("order_id_max_length", Some("x")), ("casing", Some("camel"))]);
    assert_eq!(refused.status, 422);
    refused.check();
    assert!(refused.problem("order_id_max_length").contains("nombre"));
    assert_eq!(wire().order_id_max_length, Some(36));

    let observed = one.press("#profils", Some(("profil", "observed")), &[]);
    assert_eq!(wire(), Wire::of(Profile::Observed));
    assert!(observed.content().contains("ceux du profil observé"));
    observed.press("#profils", Some(("profil", "guide")), &[]);
    assert_eq!(wire(), Wire::default());
}

#[test]
fn the_clock_is_advanced_and_callbacks_become_due() {
    let site = PartnerSite::start(|_| ("500 Internal Server Error", String::new()));
    let sandbox = sandbox();
    let url = site.base_url.clone();
    sandbox.update_partner(|partner| partner.callback_url = url);
    sandbox.update_callbacks(|settings| settings.retries = vec![86_400]).unwrap();
    pay_rich(&sandbox, &created(&sandbox).url);
    assert_eq!(site.received().len(), 1);

    let page = page(&sandbox, "/horloge");
    assert!(page.content().contains("1 callback en attente"));
    let refused = page.send("#avancer", &[("secondes", Some("0"))]);
    assert!(refused.status == 422 && refused.problem("secondes").contains("1 à 315360000"));
    page.send("#avancer", &[("secondes", Some("86 399"))]);
    assert_eq!(site.received().len(), 1);
    let later = page.send("#avancer", &[("secondes", Some("1"))]);
    assert_eq!(later.done(), "Horloge avancée de 1 s.");
    assert_eq!(site.received().len(), 2);
    assert_eq!(sandbox.now().iso(), "2026-01-06T09:00:02");
    page.press("#avances", Some(("secondes", "300")), &[]);
    assert_eq!(sandbox.now().iso(), "2026-01-06T09:05:02");

    let real = page.send("#changer", &[("mode", Some("real"))]);
    assert_eq!(real.done(), "Horloge réelle.");
    assert!(sandbox.now().iso().as_str() > "2026-01-06T09:05:02");
}

#[test]
fn partners_are_created_chosen_reset_and_deleted() {
    let sandbox = sandbox();
    created(&sandbox);
    let refused = page(&sandbox, "/partenaires")
        .send("#nouveau", &[("identifier", Some("Sandbox Crous-1-1-1-1")), ("site_name", Some(NASTY))]);
    assert!(refused.status == 422 && refused.problem("nouveau-identifier").contains("déjà"));
    assert_eq!(refused.all("#nouveau-site_name")[0].attr("value"), Some(NASTY));

    let second = refused.send("#nouveau", &[("identifier", Some("Laverie 2&2")), ("site_name", Some("Laverie"))]);
    second.check();
    assert_eq!(second.done(), "Partenaire créé.");
    assert_eq!(second.all("#site_name")[0].attr("value"), Some("Laverie"));
    let chosen = second.all("#partenaire option[selected]")[0].attr("value");
    assert_eq!(chosen, Some("Laverie 2&2"));
    // Every link stays with the partner that was chosen.
    for link in second.all("nav a") {
        let page = open(&sandbox, link.attr("href").unwrap());
        page.check();
        assert_eq!(page.all("#partenaire option[selected]")[0].attr("value"), Some("Laverie 2&2"));
    }
    let saved = second.send("#inscription", &[("site_name", Some("Laverie bis"))]);
    assert_eq!(saved.all("#site_name")[0].attr("value"), Some("Laverie bis"));
    assert_eq!(sandbox.partner().site_name, "Boutique de démonstration");

    let reset = page(&sandbox, "/partenaires").send("#remettre-a-zero", &[]);
    assert_eq!(reset.done(), "Tout est remis à zéro, sauf l’inscription.");
    assert!(sandbox.payments().is_empty());

    assert!(page(&sandbox, "/partenaires").all("#supprimer").is_empty(), "the first one stays");
    let other = open(&sandbox, "/_sandbox/partenaires?partenaire=Laverie%202%262");
    let gone = other.send("#supprimer", &[]);
    assert_eq!(gone.done(), "Partenaire « Laverie 2&2 » supprimé.");
    assert_eq!(gone.all("tbody tr").len(), 1);
    assert_eq!(other.send("#remettre-a-zero", &[]).status, 404);
}

//! What a shop must not fall for.

use std::thread;

use serde_json::json;

use super::browser::{Browser, Page, ShopProcess};
use super::{approve, log_in, order, paid};

/// A perfect success callback, by anyone.
fn forged(page: &Page, order_id: &str) -> String {
    let operation: u64 = page.words("#operation").concat().parse().unwrap();
    let operation = json!({"Id": operation, "ClientOrderId": order_id, "Amount": "2.00", "Status": "Completed"});
    json!({"OperationSMoney": operation, "Error": {"Code": 0, "Message": ""}}).to_string()
}

fn id(page: &Page) -> &str {
    page.url.rsplit('/').next().unwrap()
}

#[test]
fn a_forged_callback_credits_nothing() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let callback = shop.at("/izly/callback");
    let (_, order_page) = order(&shop, &browser, "ecocup");
    let waiting = browser.open(&order_page);

    let reply = browser.post_json(&callback, forged(&waiting, id(&waiting)));
    assert_eq!((reply.status, &reply.json()["Code"]), (500, &1.into()));
    let page = browser.open(&order_page);
    assert_eq!(page.state(), "attente");
    assert!(page.events().ends_with(&["callback".to_owned(), "pas-encore".to_owned()]), "{:?}", page.events());

    // Another order's payment, which is truly paid.
    let other = paid(&shop, &browser, "ecocup");
    let reply = browser.post_json(&callback, forged(&other, id(&waiting)));
    assert_eq!((reply.status, &reply.json()["Code"]), (200, &0.into()), "dealt with: there is nothing to try again");
    let page = browser.open(&order_page);
    assert_eq!((page.state().as_str(), page.events().last().unwrap().as_str()), ("attente", "autre-commande"));

    let reply = browser.post_json(&callback, forged(&other, "bde_nobody"));
    assert_eq!((reply.status, &reply.json()["Code"]), (500, &2.into()));
    assert_eq!(browser.post_json(&callback, "{").status, 400);
    assert_eq!(browser.post_json(&callback, vec![b' '; (1 << 20) + 1]).status, 413);
}

#[test]
fn callbacks_that_race_credit_once() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let (at_izly, order_page) = order(&shop, &browser, "ecocup");
    let waiting = browser.open(&order_page);
    let body = forged(&waiting, id(&waiting));
    thread::scope(|scope| {
        // Each is told to come back until the payment is there, so all of them see it paid at about the same moment.
        for _ in 0..6 {
            scope.spawn(|| {
                let reply = || browser.post_json(&shop.at("/izly/callback"), &body);
                assert!((0..20).any(|_| reply().status == 200), "never accepted");
            });
        }
        approve(&browser, &at_izly, "riche");
    });
    let page = browser.open(&order_page);
    assert_eq!(page.state(), "payee");
    // Six of these, and the one from Izly.
    assert_eq!((page.count("creditee"), page.count("deja-creditee")), (1, 6), "{:?}", page.events());
    assert_eq!(browser.post_json(&shop.at("/izly/callback"), &body).status, 200);
    assert_eq!(browser.open(&order_page).count("creditee"), 1);
}

#[test]
fn another_browser_cannot_see_or_touch_an_order() {
    let (shop, browser, other) = (ShopProcess::open(), Browser::new(), Browser::new());
    let page = paid(&shop, &browser, "gala");
    let home = other.open(&shop.at("/"));
    assert!(home.words("#commandes li").is_empty());
    for address in ["", "/etat", "/remboursement"] {
        assert_eq!(other.open(&format!("{}{address}", page.url)).status, 404, "{address}");
    }
    let (_, own_token) = home.form("connexion");
    let token = [("jeton", own_token[0].1.as_str())];
    for address in ["/payer", "/verifier", "/remboursement"] {
        assert_eq!(other.post(&format!("{}{address}", page.url), &token).status, 404, "{address}");
    }
    assert_eq!(other.open(&shop.at(&format!("/paiement/retour?commande={}", id(&page)))).status, 404);
    assert_eq!(browser.open(&page.url).state(), "payee");
}

#[test]
fn a_form_from_elsewhere_does_nothing() {
    let (shop, browser, other) = (ShopProcess::open(), Browser::new(), Browser::new());
    let page = paid(&shop, &browser, "gala");
    let others = other.open(&shop.at("/")).form("connexion").1.remove(0).1;
    for address in ["/commander", "/connexion", "/deconnexion"]
        .map(|path| shop.at(path))
        .into_iter()
        .chain(["/payer", "/verifier", "/remboursement"].map(|path| format!("{}{path}", page.url)))
    {
        for fields in [vec![], vec![("jeton", "")], vec![("jeton", others.as_str())]] {
            let refused = browser.post(&address, &[&fields[..], &[("produit", "gala")]].concat());
            assert_eq!((refused.status, refused.title().as_str()), (403, "Formulaire refusé"), "{address} {fields:?}");
        }
    }
    assert_eq!(browser.open(&page.url).state(), "payee");
    assert_eq!(browser.open(&shop.at("/")).words("#commandes li").len(), 1);
}

#[test]
fn a_login_return_that_nobody_asked_for_is_refused() {
    let (shop, browser, victim) = (ShopProcess::open(), Browser::new(), Browser::new());
    // Somebody's own, real return, slipped to a browser that began no login.
    let back = log_in(&shop, &browser);
    let page = victim.open(&back);
    assert_eq!((page.status, page.title().as_str()), (403, "Aucune connexion en cours"));
    // … and to one that began another.
    log_in(&shop, &victim);
    let page = victim.open(&back);
    assert_eq!((page.status, page.title().as_str()), (403, "Connexion refusée"));
    assert!(victim.open(&shop.at("/")).words("#connecte").is_empty());
    // In its own browser it works, once.
    assert_eq!(browser.open(&back).words("#connecte").len(), 1);
    assert_eq!(browser.open(&back).title(), "Aucune connexion en cours");
}

#[test]
fn a_wrong_state_spends_the_login() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let back = log_in(&shop, &browser);
    let (without_state, _) = back.split_once("state=").unwrap();
    let page = browser.open(&format!("{without_state}state=guess"));
    assert_eq!((page.status, page.title().as_str()), (403, "Connexion refusée"));
    assert_eq!(browser.open(&back).title(), "Aucune connexion en cours", "there is no second guess");
}

#[test]
fn the_session_gets_a_new_id_at_a_login() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let cookie = |page: &Page| page.header("set-cookie").split(';').next().unwrap().to_owned();
    let planted = cookie(&browser.get(&shop.at("/")));
    let back = log_in(&shop, &browser);
    let logged_in = browser.get(&back);
    assert_ne!(cookie(&logged_in), planted);
    let attributes = logged_in.header("set-cookie").to_owned();
    assert!(attributes.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{attributes}");
}

//! `izly demo --serve`: the demo shop, used as a browser without scripts uses it.

mod attacks;
mod browser;
mod start;

use browser::{Browser, Page, ShopProcess, assert_holds_no_secret};

use crate::support::PASSWORD;

/// Orders a product: the page at Izly, and the address of the order's own page.
fn order(shop: &ShopProcess, browser: &Browser, product: &str) -> (Page, String) {
    let home = browser.open(&shop.at("/"));
    let at_izly = browser.submit(&home, &format!("acheter-{product}"), &[]);
    assert!(at_izly.url.starts_with(shop.ready["sandbox_url"].as_str().unwrap()), "{}", at_izly.url);
    let newest = browser.open(&shop.at("/")).attributes("#commandes a", "href");
    (at_izly, shop.at(&newest[0]))
}

fn approve(browser: &Browser, at_izly: &Page, account: &str) -> Page {
    let login = format!("{account}@example.fr");
    browser.submit(at_izly, "paiement", &[("identifiant", &login), ("mot_de_passe", PASSWORD)])
}

/// An order that is paid, as its own page shows it.
fn paid(shop: &ShopProcess, browser: &Browser, product: &str) -> Page {
    let (at_izly, page) = order(shop, browser, product);
    approve(browser, &at_izly, "riche");
    let page = browser.open(&page);
    assert_eq!(page.state(), "payee");
    page
}

/// A login up to where Izly sends the browser back to.
fn log_in(shop: &ShopProcess, browser: &Browser) -> String {
    let at_izly = browser.submit(&browser.open(&shop.at("/")), "connexion", &[]);
    let typed = [("identifiant", "riche@example.fr"), ("mot_de_passe", PASSWORD)];
    let sent_back = browser.send(&at_izly, "connexion", &typed);
    assert_eq!(sent_back.status, 302, "{}", sent_back.text);
    sent_back.location()
}

#[test]
fn a_purchase_is_paid_once_izly_says_so() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let (at_izly, order_page) = order(&shop, &browser, "gala");
    let waiting = browser.open(&order_page);
    assert_eq!((waiting.state().as_str(), waiting.words("#etat .badge").concat().as_str()), ("attente", "En attente"));
    assert_eq!(waiting.events(), ["enregistree", "creee"]);
    let state = browser.get(&format!("{order_page}/etat")).json();
    assert_eq!((&state["etat"], &state["definitif"]), (&"attente".into(), &false.into()));

    let done = approve(&browser, &at_izly, "riche");
    let way_back = done.attributes("a", "href").into_iter().find(|link| link.starts_with(&shop.url)).unwrap();
    let page = browser.open(&way_back);
    assert_eq!((page.url.as_str(), page.state().as_str()), (order_page.as_str(), "payee"));
    assert_eq!(page.events(), ["enregistree", "creee", "callback", "creditee"]);
    assert_eq!(page.words("#resume .prix"), ["18,00 €"]);
    let state = browser.get(&format!("{order_page}/etat")).json();
    assert_eq!((&state["etat"], state["version"].as_u64()), (&"payee".into(), Some(4)));
    assert_eq!(page.attributes("#commande", "data-version"), ["4"]);
    assert_holds_no_secret(&shop.end());
}

#[test]
fn a_refund_is_asked_twice_and_sent_once() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let page = paid(&shop, &browser, "gala");
    let question = browser.open(&page.absolute(&page.attributes("#rembourser", "href").concat()));
    assert_eq!(question.title(), "Rembourser 18,00 € ?");
    assert_eq!(browser.open(&page.url).state(), "payee", "a question refunds nothing");
    let refunded = browser.submit(&question, "remboursement", &[]);
    assert_eq!((refunded.url.as_str(), refunded.state().as_str()), (page.url.as_str(), "remboursee"));
    assert!(refunded.events().ends_with(&["remboursement-reserve".to_owned(), "remboursee".to_owned()]));
    assert!(refunded.attributes("#rembourser", "href").is_empty());
    // The question again, from the history: back to the order.
    assert_eq!(browser.open(&question.url).url, page.url);
}

#[test]
fn two_clicks_send_one_refund() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let page = paid(&shop, &browser, "gala");
    let question = browser.open(&format!("{}/remboursement", page.url));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| browser.clone().submit(&question, "remboursement", &[]));
        }
    });
    let page = browser.open(&page.url);
    assert_eq!(page.state(), "remboursee");
    assert_eq!((page.count("remboursement-reserve"), page.count("remboursee")), (1, 1), "{:?}", page.events());
}

#[test]
fn a_cancelled_payment_is_found_out_by_asking() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let (at_izly, order_page) = order(&shop, &browser, "sweat");
    let cancelled = browser.submit(&at_izly, "annulation", &[]);
    let way_back = cancelled.attributes("a", "href").into_iter().find(|link| link.starts_with(&shop.url)).unwrap();
    assert_eq!(way_back, shop.at("/"));
    let page = browser.open(&order_page);
    assert_eq!(page.state(), "attente", "nobody told the shop");
    let page = browser.submit(&page, "verifier", &[]);
    assert_eq!((page.state().as_str(), page.events().last().unwrap().as_str()), ("annulee", "annulee"));
    let again = browser.submit(&page, "recommencer", &[]);
    assert!(!again.url.starts_with(&shop.url), "{}", again.url);
    assert_eq!(browser.open(&shop.at("/")).attributes("#commandes li", "data-etat"), ["attente", "annulee"]);
}

#[test]
fn a_waiting_order_leads_back_to_izlys_page() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let (at_izly, order_page) = order(&shop, &browser, "ecocup");
    let page = browser.submit(&browser.open(&order_page), "verifier", &[]);
    assert_eq!((page.state().as_str(), page.count("pas-encore")), ("attente", 1));
    let again = browser.submit(&page, "payer", &[]);
    assert_eq!(again.url, at_izly.url);
    approve(&browser, &again, "boursier");
    assert_eq!(browser.open(&order_page).state(), "payee");
}

#[test]
fn a_student_logs_in_and_out() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let (_, order_page) = order(&shop, &browser, "ecocup");
    let page = browser.open(&log_in(&shop, &browser));
    assert_eq!(page.url, shop.at("/"), "the code is gone from the address");
    assert_eq!(page.words("#connecte"), ["Connecté : client …0001, tarif 1"]);
    assert_eq!(browser.open(&order_page).status, 200, "the order is still this browser's");
    let page = browser.submit(&page, "deconnexion", &[]);
    assert!(page.words("#connecte").is_empty() && page.words("form#connexion button").len() == 1);
    assert_eq!(browser.open(&order_page).status, 404, "the next person at this browser is somebody else");
    assert_holds_no_secret(&shop.end());
}

#[test]
fn a_cancelled_login_is_no_failure() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let at_izly = browser.submit(&browser.open(&shop.at("/")), "connexion", &[]);
    let page = browser.submit(&at_izly, "annulation", &[]);
    assert_eq!((page.status, page.words("#connecte").len()), (200, 0), "{}", page.url);

    // Izly may also say so on the way back, as OAuth has it.
    let to_izly = browser.send(&browser.open(&shop.at("/")), "connexion", &[]).location();
    let (_, state) = to_izly.split_once("state=").unwrap();
    let page = browser.open(&shop.at(&format!("/connexion/retour?error=access_denied&state={state}")));
    assert_eq!((page.status, page.title().as_str()), (200, "Connexion annulée"));
    assert!(browser.open(&shop.at("/")).words("#connecte").is_empty());
}

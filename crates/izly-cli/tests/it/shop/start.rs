//! How the shop starts, and what its pages have in common.

use std::net::{Ipv4Addr, TcpListener};

use super::browser::{Browser, ShopProcess};
use super::{order, paid};
use crate::support::izly;

#[test]
fn the_ready_line_says_where_everything_is() {
    let shop = ShopProcess::open();
    let text = |name: &str| shop.ready[name].as_str().unwrap();
    assert!(text("shop_url").starts_with("http://127.0.0.1:"));
    assert_eq!(text("back_office_url"), format!("{}/_sandbox", text("sandbox_url")));
    let accounts = shop.ready["accounts"].as_array().unwrap();
    let rich = accounts.iter().find(|account| account["name"] == "riche").unwrap();
    assert_eq!((&rich["login"], &rich["balance_cents"]), (&"riche@example.fr".into(), &10_000.into()));
    assert!(rich["password"].is_string());
    let back_office = Browser::new().open(&shop.at("/")).attributes("#back-office", "href");
    assert_eq!(back_office, [text("back_office_url")]);
}

#[test]
fn a_taken_port_is_an_error_only_if_it_was_asked_for() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let error = izly(&["demo", "--serve", "--port", &port]).error(2);
    assert_eq!(error["field"], "port");
    assert!(error["message"].as_str().unwrap().contains(&port), "{error}");
    let error = izly(&["demo", "--serve", "--port", "0", "--sandbox-port", &port]).error(2);
    assert_eq!(error["field"], "sandbox_port");
    assert!(error["message"].as_str().unwrap().contains(&port), "{error}");

    // Taken by this test, or by somebody else already.
    let _usual = TcpListener::bind((Ipv4Addr::LOCALHOST, 4242));
    let shop = ShopProcess::with(&[]);
    assert!(!shop.url.ends_with(":4242"), "{}", shop.url);
    assert_eq!(Browser::new().open(&shop.at("/")).status, 200);
    assert!(shop.end().contains("Port 4242 is taken"));
}

#[test]
fn ports_are_the_shops() {
    let run = izly(&["demo", "--port", "0"]).exits(2);
    assert!(run.stderr.contains("--serve"), "{}", run.stderr);
}

#[test]
fn every_page_is_a_page_for_everyone() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let paid = paid(&shop, &browser, "gala").url;
    let (_, waiting) = order(&shop, &browser, "ecocup");
    for url in [shop.at("/"), paid.clone(), waiting, format!("{paid}/remboursement"), shop.at("/nulle-part")] {
        let page = browser.open(&url);
        assert_eq!(page.attributes("html", "lang"), ["fr"], "{url}");
        assert_eq!(page.words("h1").len(), 1, "{url}");
        for landmark in ["main#contenu", "header", "footer", "a.evitement[href=\"#contenu\"]", "#demonstration"] {
            assert_eq!(page.words(landmark).len(), 1, "{landmark} on {url}");
        }
        assert!(page.words("#demonstration").concat().contains("aucun argent réel"));
        assert!(page.words("title").concat().ends_with(" – La Boutique du BDE"));
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex, nofollow"]);
        assert!(page.words("[style], style, script:not([src]), [onclick]").is_empty(), "{url}");
        let mut ids = page.attributes("[id]", "id");
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands twice on {url}");
    }
}

#[test]
fn every_answer_forbids_what_no_page_needs() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    for path in ["/", "/boutique.css", "/boutique.js", "/icone.svg", "/nulle-part", "/commander"] {
        let page = browser.open(&shop.at(path));
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("x-robots-tag", "noindex, nofollow"),
        ] {
            assert_eq!(page.header(name), value, "{path}");
        }
    }
}

#[test]
fn the_shop_answers_to_its_own_name_only() {
    let (shop, browser) = (ShopProcess::open(), Browser::new());
    let port = shop.url.rsplit(':').next().unwrap();
    let page = browser.get_as(&shop.at("/nulle-part?a=1"), &format!("localhost:{port}"));
    assert_eq!((page.status, page.location()), (307, shop.at("/nulle-part?a=1")));
    for host in ["evil.example", &format!("evil.example:{port}"), "localhost:1", "localhost"] {
        assert_eq!(browser.get_as(&shop.at("/"), host).status, 421, "{host}");
    }
}

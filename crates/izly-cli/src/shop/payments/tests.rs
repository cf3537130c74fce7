//! What the shop makes of an Izly that is not there, breaks off, refuses, or calls nobody.

use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

use izly::{ApiKey, Client, Environment};
use izly_sandbox::{Partner, Sandbox};

use super::super::catalogue::PRODUCTS;
use super::super::sale::{State, Unpaid};
use super::*;
use crate::output::Output;

/// A shop whose callbacks all get lost, with its Izly.
fn shop() -> (Shop, Sandbox) {
    let partner = Partner { callback_allowed: false, ..Partner::default() };
    let sandbox = Sandbox::builder().partner(partner).start().unwrap();
    (Shop::new(&sandbox, "http://127.0.0.1:9".to_owned(), Output::new(true)).unwrap(), sandbox)
}

fn client_at(sandbox: &Sandbox, address: SocketAddr) -> Client {
    let environment = Environment::url(&format!("http://{address}")).unwrap();
    Client::builder(environment, ApiKey::new(sandbox.api_key()).unwrap()).build().unwrap()
}

/// An address where nobody listens: the near end of a connection, which keeps it taken.
fn nobody() -> TcpStream {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    TcpStream::connect(listener.local_addr().unwrap()).unwrap()
}

/// A server that reads each request and hangs up.
fn hangs_up() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 8192]);
        }
    });
    address
}

/// The student presses a button of Izly's page.
fn press(payment_page: &str, action: &str) {
    let form = format!("action={action}&identifiant=riche%40example.fr&mot_de_passe=izly-sandbox");
    let request = ureq::post(payment_page).header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(request.send(form.as_bytes()).unwrap().status(), 200);
}

/// Orders a product: the order's id, and Izly's page for it.
fn begin(shop: &Shop) -> (String, String) {
    let Purchase::Begun { payment_page } = shop.buy(owner(), &PRODUCTS[0]) else { panic!("no payment") };
    let id = shop.books().of(owner())[0].order.id().to_owned();
    (id, payment_page)
}

fn paid(shop: &Shop) -> String {
    let (id, payment_page) = begin(shop);
    press(&payment_page, "valider");
    shop.verify(&id, owner());
    assert!(matches!(state(shop, &id), State::Paid(_)));
    id
}

fn owner() -> Owner {
    Owner::default()
}

fn state(shop: &Shop, id: &str) -> State {
    shop.change(id, |sale| sale.state().clone()).unwrap()
}

fn events(shop: &Shop, id: &str) -> Vec<&'static str> {
    shop.change(id, |sale| sale.timeline().lines().iter().map(|line| line.event.name()).collect()).unwrap()
}

#[test]
fn a_lost_callback_is_made_up_for_when_the_browser_comes_back() {
    let (shop, _sandbox) = shop();
    let (id, payment_page) = begin(&shop);
    shop.came_back(&id, owner());
    assert_eq!(state(&shop, &id), State::Waiting, "coming back proves nothing");
    press(&payment_page, "valider");
    assert_eq!(state(&shop, &id), State::Waiting, "no callback came");
    shop.came_back(&id, owner().next());
    assert_eq!(state(&shop, &id), State::Waiting, "it is somebody else's order");
    shop.came_back(&id, owner());
    assert!(matches!(state(&shop, &id), State::Paid(_)));
    assert_eq!(events(&shop, &id), ["enregistree", "creee", "retour", "pas-encore", "retour", "creditee"]);
    shop.came_back(&id, owner());
    assert_eq!(events(&shop, &id).len(), 6, "there is nothing left to ask");
}

#[test]
fn a_payment_that_could_not_be_created_says_what_became_of_it() {
    let (mut shop, sandbox) = shop();
    let nobody = nobody();
    let real = shop.client.clone();
    for (client, outcome) in [
        (client_at(&sandbox, nobody.local_addr().unwrap()), Outcome::NotSent),
        (client_at(&sandbox, hangs_up()), Outcome::Unknown),
        (real, Outcome::Rejected),
    ] {
        shop.client = client;
        sandbox.update_partner(|partner| partner.izly_pay = false);
        let Purchase::Failed { order_id } = shop.buy(owner(), &PRODUCTS[0]) else { panic!("{outcome}") };
        assert_eq!(state(&shop, &order_id), State::NotCreated(outcome));
        assert_eq!(events(&shop, &order_id), ["enregistree", "non-creee"], "it was stored before");
        shop.verify(&order_id, owner());
        assert_eq!(events(&shop, &order_id).len(), 2, "there is no operation to ask about");
    }
}

#[test]
fn an_izly_that_does_not_answer_decides_nothing() {
    let (mut shop, sandbox) = shop();
    let (id, payment_page) = begin(&shop);
    press(&payment_page, "valider");
    let real = std::mem::replace(&mut shop.client, client_at(&sandbox, hangs_up()));
    shop.verify(&id, owner());
    assert_eq!((state(&shop, &id), events(&shop, &id).last()), (State::Waiting, Some(&"sans-reponse")));
    shop.client = real;
    shop.verify(&id, owner());
    assert!(matches!(state(&shop, &id), State::Paid(_)));
}

#[test]
fn a_payment_ended_at_izly_ends_the_order() {
    let (shop, _sandbox) = shop();
    let (id, payment_page) = begin(&shop);
    press(&payment_page, "annuler");
    shop.verify(&id, owner());
    assert_eq!(state(&shop, &id), State::Unpaid(Unpaid::Cancelled));
}

#[test]
fn a_refund_nobody_knows_about_is_looked_up() {
    let (mut shop, sandbox) = shop();
    let id = paid(&shop);
    let real = std::mem::replace(&mut shop.client, client_at(&sandbox, hangs_up()));
    shop.refund(&id, owner());
    assert!(matches!(state(&shop, &id), State::RefundUnknown(_)));
    shop.refund(&id, owner());
    shop.verify(&id, owner());
    assert_eq!(
        &events(&shop, &id)[4..],
        ["remboursement-reserve", "remboursement-inconnu", "verification", "sans-reponse"]
    );
    // It had not arrived, so it may be asked for again.
    shop.client = real;
    shop.verify(&id, owner());
    assert!(matches!(state(&shop, &id), State::Paid(_)));
    shop.refund(&id, owner());
    assert_eq!(state(&shop, &id), State::Refunded);
}

#[test]
fn a_refund_made_elsewhere_is_recognised() {
    let (shop, _sandbox) = shop();
    let id = paid(&shop);
    let State::Paid(target) = state(&shop, &id) else { panic!("not paid") };
    shop.client.refund(&target).unwrap();
    shop.refund(&id, owner());
    assert_eq!((state(&shop, &id), events(&shop, &id).last()), (State::Refunded, Some(&"relue-remboursee")));
}

#[test]
fn a_refund_that_izly_refuses_gives_nothing_back() {
    let (shop, sandbox) = shop();
    let id = paid(&shop);
    sandbox.update_partner(|partner| partner.izly_pay = false);
    shop.refund(&id, owner());
    assert!(matches!(state(&shop, &id), State::Paid(_)));
    assert_eq!(events(&shop, &id).last(), Some(&"remboursement-refuse"));
}

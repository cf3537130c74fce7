//! A partner site in a few lines: what every real one has to do, with a shop's books in memory.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use izly::{Callback, Client, Error, ErrorKind, OperationId, Order, PaidPayment, PendingPayment, Reply};
use izly_sandbox::Sandbox;
use tokio::runtime::{Builder, Runtime};

use super::student::Trouble;

pub(super) const CALLBACK: &str = "/izly/callback";
pub(super) const LOGIN_RETURN: &str = "/login/return";
pub(super) const PAID: &str = "/paid";
pub(super) const HOME: &str = "/";

/// A running partner site. Dropping it stops it.
pub(super) struct PartnerSite {
    pub(super) url: String,
    shop: Arc<Shop>,
    runtime: Option<Runtime>,
}

/// What the site keeps: its books, and what the demo wants to show.
struct Shop {
    client: Client,
    sandbox: Arc<Sandbox>,
    books: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    sales: BTreeMap<String, Sale>,
    login_returns: Vec<String>,
    settled: Vec<Settled>,
    visits: Vec<Visit>,
}

/// The site's own record of an order. This is what a payment is compared with.
struct Sale {
    order: Order,
    operation: Option<OperationId>,
    times_credited: u32,
}

/// How the site dealt with a callback, or with a student who came back.
pub(super) enum Settled {
    /// Paid, and credited now.
    Credited(PaidPayment),
    /// Paid, and credited before: nothing to do.
    AlreadyCredited(PaidPayment),
    /// No order of the site's.
    UnknownOrder,
    /// The SDK says no, or not yet.
    Refused(Error),
}

/// A request that came to the site, for the demo to show.
#[derive(Clone)]
pub(super) struct Visit {
    /// The sandbox's last journal entry at that moment: puts both journals in order.
    pub(super) after: u64,
    pub(super) is_from_izly: bool,
    pub(super) method: String,
    pub(super) target: String,
    pub(super) body: String,
    pub(super) status: u16,
    pub(super) reply: String,
}

impl PartnerSite {
    pub(super) fn start(client: Client, sandbox: Arc<Sandbox>) -> Result<Self, Trouble> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let shop = Arc::new(Shop { client, sandbox, books: Mutex::default() });
        let router = Router::new().fallback(handle).with_state(Arc::clone(&shop));
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, router).await
        });
        Ok(PartnerSite { url, shop, runtime: Some(runtime) })
    }

    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Writes an order down. Always before the payment is created: a callback may come at any moment after.
    pub(super) fn store(&self, order: &Order) {
        let sale = Sale { order: order.clone(), operation: None, times_credited: 0 };
        self.shop.books().sales.insert(order.id().to_owned(), sale);
    }

    /// Writes the operation's number beside the order.
    pub(super) fn attach(&self, pending: &PendingPayment) {
        if let Some(sale) = self.shop.books().sales.get_mut(pending.order.id()) {
            sale.operation = Some(pending.operation_id);
        }
    }

    pub(super) fn times_credited(&self, order: &Order) -> u32 {
        self.shop.books().sales.get(order.id()).map_or(0, |sale| sale.times_credited)
    }

    /// The raw query of the last browser that came back from the login page.
    pub(super) fn take_login_return(&self) -> Result<String, Trouble> {
        Ok(self.shop.books().login_returns.pop().ok_or("no browser came back from the login page")?)
    }

    /// What came of the last callback or return from a payment.
    pub(super) fn take_settled(&self) -> Result<Settled, Trouble> {
        Ok(self.shop.books().settled.pop().ok_or("the site settled nothing: no callback came")?)
    }

    pub(super) fn take_visits(&self) -> Vec<Visit> {
        std::mem::take(&mut self.shop.books().visits)
    }
}

impl Drop for PartnerSite {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn handle(State(shop): State<Arc<Shop>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, Callback::MAX_BYTES + 1).await.unwrap_or_default();
    // The SDK blocks while it talks to Izly: that belongs on a thread of its own.
    let answer = tokio::task::spawn_blocking(move || {
        let after = shop.sandbox.journal().last().map_or(0, |entry| entry.sequence);
        let target = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
        let (status, reply) = shop.answer(parts.uri.path(), parts.uri.query().unwrap_or_default(), &body);
        let agent = parts.headers.get("user-agent").and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        shop.books().visits.push(Visit {
            after,
            // Good enough to sort a demo's journal. A real site has no way to tell: that is what `confirm` is for.
            is_from_izly: agent.starts_with("izly-sandbox/"),
            method: parts.method.to_string(),
            target,
            body: String::from_utf8_lossy(&body).into_owned(),
            status,
            reply: reply.clone(),
        });
        (status, reply)
    });
    let (status, reply) = answer.await.unwrap_or_else(|_| (500, String::new()));
    let is_json = reply.starts_with('{');
    let mut response = Response::new(Body::from(reply));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = if is_json { "application/json; charset=utf-8" } else { "text/html; charset=utf-8" };
    response.headers_mut().insert("content-type", axum::http::HeaderValue::from_static(kind));
    response
}

impl Shop {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, path: &str, query: &str, body: &[u8]) -> (u16, String) {
        match path {
            CALLBACK => {
                let reply = self.callback(body);
                (reply.status(), reply.body().to_owned())
            }
            LOGIN_RETURN => {
                self.books().login_returns.push(query.to_owned());
                (200, page("Connexion en cours"))
            }
            PAID => (200, self.paid_page(query)),
            HOME => (200, page("Bienvenue à la boutique")),
            _ => (404, page("Page introuvable")),
        }
    }

    /// The callback: parse the claim, find the own order, ask Izly itself, credit once, answer.
    fn callback(&self, body: &[u8]) -> Reply {
        let settled = match Callback::parse(body) {
            Ok(callback) => match self.order(callback.order_id().unwrap_or_default()) {
                Some((order, _)) => self.settle(self.client.confirm(&callback, &order)),
                None => Settled::UnknownOrder,
            },
            Err(error) => Settled::Refused(error),
        };
        let reply = match &settled {
            Settled::Credited(_) | Settled::AlreadyCredited(_) => Ok(Reply::accepted()),
            Settled::UnknownOrder => Reply::rejected(2, "unknown order"),
            Settled::Refused(error) if error.kind() == ErrorKind::NotFinal => Reply::rejected(1, "not paid yet"),
            Settled::Refused(_) => Reply::rejected(3, "not the payment of this order"),
        };
        self.books().settled.push(settled);
        reply.unwrap_or_else(|_| Reply::accepted())
    }

    /// The page a student comes back to. A visit proves nothing either, so it asks Izly as well: the order is then
    /// settled even if the callback got lost.
    fn paid_page(&self, query: &str) -> String {
        let id = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "order");
        let found = id.and_then(|(_, id)| self.order(&id));
        let Some((order, Some(operation))) = found else { return page("Commande inconnue") };
        let settled = self.settle(self.client.confirm(operation, &order));
        let title = match &settled {
            Settled::Credited(_) | Settled::AlreadyCredited(_) => "Merci, votre commande est payée",
            Settled::UnknownOrder | Settled::Refused(_) => "Votre commande n’est pas encore payée",
        };
        self.books().settled.push(settled);
        page(title)
    }

    fn order(&self, id: &str) -> Option<(Order, Option<OperationId>)> {
        self.books().sales.get(id).map(|sale| (sale.order.clone(), sale.operation))
    }

    /// Credits a paid order, once. In a real shop: one database transaction, with a unique operation id.
    fn settle(&self, confirmed: Result<PaidPayment, Error>) -> Settled {
        let paid = match confirmed {
            Ok(paid) => paid,
            Err(error) => return Settled::Refused(error),
        };
        let mut books = self.books();
        match books.sales.get_mut(paid.order_id()) {
            None => Settled::UnknownOrder,
            Some(sale) if sale.times_credited > 0 => Settled::AlreadyCredited(paid),
            Some(sale) => {
                sale.times_credited += 1;
                Settled::Credited(paid)
            }
        }
    }
}

fn page(title: &str) -> String {
    format!("<!DOCTYPE html><html lang=\"fr\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1></html>")
}

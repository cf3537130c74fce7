//! A small partner site: log in with Izly, buy a coffee, learn whether it was paid, get the money back.
//!
//! Start a local Izly, then, in another terminal, this site with the two values that it prints:
//!
//! ```sh
//! cargo run --release -- sandbox --callback-url http://127.0.0.1:8000/callback \
//!     --login-redirect-url http://127.0.0.1:8000/login/return --home-url http://127.0.0.1:8000/
//! IZLY_API_KEY=… IZLY_ENVIRONMENT=http://127.0.0.1:… cargo run --package izly --example partner_site
//! ```
//!
//! and open <http://127.0.0.1:8000/>.
//!
//! What to copy from it: the order is stored **before** the payment is created; the callback is answered **after** the
//! order is settled; an order is settled at most once, by its operation id; a refund is claimed before it is sent, and one
//! whose outcome is unknown is looked up before anyone tries again. In memory here; in a database these are a row, a
//! transaction and a unique index (docs/settle-once.md).

// A server says where it is and what went wrong.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, serve};
use izly::{
    ApiKey, Callback, Cents, Client, NewPayment, OperationId, Order, Outcome, PaidPayment, Reply, Retry, Scope, Status,
};
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Clone)]
struct Site {
    client: Client,
    orders: Arc<Mutex<HashMap<String, Sale>>>,
}

#[derive(Clone)]
struct Sale {
    order: Order,
    operation_id: Option<OperationId>,
    /// The settlement: present once, by whichever callback or look-up was first.
    paid: Option<PaidPayment>,
    refund: Refunding,
    /// How many callbacks came, for the curious.
    callbacks: u32,
}

/// How far a refund is. It is claimed before Izly is asked, so that of two clicks one asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refunding {
    No,
    Claimed,
    Done,
}

impl Site {
    fn change<T>(&self, order_id: &str, change: impl FnOnce(&mut Sale) -> T) -> Option<T> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        orders.get_mut(order_id).map(change)
    }

    fn sale(&self, order_id: &str) -> Option<Sale> {
        self.change(order_id, |sale| sale.clone())
    }

    /// Sells one coffee: the order first, then the payment. The student comes back to the order's page at `origin`.
    fn buy(&self, origin: &str) -> Result<String, izly::Error> {
        let order = {
            let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
            let order = Order::new(format!("cafe-{}", orders.len() + 1), Cents::new(150)?)?;
            let sale =
                Sale { order: order.clone(), operation_id: None, paid: None, refund: Refunding::No, callbacks: 0 };
            orders.insert(order.id().to_owned(), sale);
            order
        };
        let payment = NewPayment::new(order.clone())
            .message("1 café")
            .callback_parameter("order", order.id())
            .redirect_url(format!("{origin}/orders/{}", order.id()));
        let pending = self.client.create_payment(&payment)?;
        self.change(order.id(), |sale| sale.operation_id = Some(pending.operation_id));
        Ok(pending.authorization_url)
    }

    /// Settles an order that Izly confirms, once.
    fn settle(&self, body: &[u8]) -> Result<(), Failure> {
        let callback = Callback::parse(body)?;
        let order_id = callback.order_id().ok_or("the callback names no order")?;
        let sale = self.sale(order_id).ok_or("there is no such order")?;
        self.change(order_id, |sale| sale.callbacks += 1);
        let paid = self.client.confirm_within(std::time::Duration::from_secs(2), &callback, &sale.order)?;
        self.change(order_id, |sale| sale.paid.get_or_insert(paid).operation_id());
        Ok(())
    }

    /// Refunds an order for whoever claims that first; for everyone else there is nothing to do.
    fn refund(&self, order_id: &str) -> Result<(), Failure> {
        let claimed = self.change(order_id, |sale| {
            let paid = sale.paid.clone().filter(|_| sale.refund == Refunding::No)?;
            sale.refund = Refunding::Claimed;
            Some(paid)
        });
        let Some(paid) = claimed.ok_or("there is no such order")? else { return Ok(()) };
        let result = self.client.refund(&paid);
        let state = match &result {
            Ok(_) => Refunding::Done,
            Err(error) => self.after_failure(paid.operation_id(), error.outcome()),
        };
        self.change(order_id, |sale| sale.refund = state);
        match result {
            Err(error) if state == Refunding::No => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// What became of a refund that failed: only Izly knows. Whatever is not surely over stays claimed, and is for a job
    /// that looks again (docs/settle-once.md).
    fn after_failure(&self, operation: OperationId, outcome: Outcome) -> Refunding {
        if outcome == Outcome::NotSent {
            return Refunding::No;
        }
        match self.client.payment(operation).map(|payment| payment.status) {
            Ok(Status::Refund) => Refunding::Done,
            Ok(Status::Completed) if outcome == Outcome::Rejected => Refunding::No,
            _ => Refunding::Claimed,
        }
    }
}

/// The library blocks, so it gets a thread of its own.
async fn blocking<T: Send + 'static>(
    site: Site,
    work: impl FnOnce(&Site) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    spawn_blocking(move || work(&site)).await?
}

async fn home() -> Html<&'static str> {
    Html(
        r#"<h1>Boutique</h1><form id="buy" method="post" action="/buy"><button>Payer 1,50 € avec Izly</button></form><a href="/login">Se connecter avec Izly</a>"#,
    )
}

async fn buy(State(site): State<Site>, headers: HeaderMap) -> Response {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let origin = format!("http://{host}");
    match blocking(site, move |site| Ok(site.buy(&origin)?)).await {
        Ok(url) => Redirect::to(&url).into_response(),
        Err(error) => failed(&error),
    }
}

/// The raw bytes of the body: no framework may read it first.
async fn callback(State(site): State<Site>, body: Bytes) -> Response {
    let result = blocking(site, move |site| site.settle(&body)).await;
    let reply = match &result {
        Ok(()) => Ok(Reply::accepted()),
        Err(error) => {
            eprintln!("callback: {error}");
            // Another order's payment, or one that was refused, is dealt with: there is nothing to try again.
            let is_final = error.downcast_ref::<izly::Error>().is_some_and(|error| error.retry() == Retry::No);
            if is_final { Ok(Reply::accepted()) } else { Reply::rejected(1, "non réglé") }
        }
    };
    let Ok(reply) = reply else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let status = StatusCode::from_u16(reply.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, reply.headers(), reply.body().to_owned()).into_response()
}

async fn order(State(site): State<Site>, Path(id): Path<String>) -> Response {
    let Some(sale) = site.sale(&id) else { return StatusCode::NOT_FOUND.into_response() };
    let state = match (&sale.paid, sale.refund) {
        (_, Refunding::Done) => "remboursée",
        (_, Refunding::Claimed) => "remboursement en cours de vérification",
        (Some(_), Refunding::No) => "payée",
        (None, Refunding::No) => "en attente",
    };
    let amount = sale.order.amount().to_string().replace('.', ",");
    let refund = match (&sale.paid, sale.refund) {
        (Some(_), Refunding::No) => {
            format!(r#"<form method="post" action="/orders/{id}/refund"><button>Rembourser</button></form>"#)
        }
        _ => String::new(),
    };
    Html(format!(
        r#"<p id="state">{state}</p><p>{amount} €, {} rappel(s)</p>{refund}<a href="/">Boutique</a>"#,
        sale.callbacks
    ))
    .into_response()
}

async fn refund(State(site): State<Site>, Path(id): Path<String>) -> Response {
    let page = format!("/orders/{id}");
    match blocking(site, move |site| site.refund(&id)).await {
        Ok(()) => Redirect::to(&page).into_response(),
        Err(error) => failed(&error),
    }
}

/// The state travels in a cookie of this browser, which is what ties the login's return to it.
async fn login(State(site): State<Site>) -> Response {
    match site.client.start_login(Scope::USER_DETAILS) {
        Ok(login) => {
            let cookie = format!("izly_state={}; HttpOnly; SameSite=Lax; Path=/login", login.state.reveal());
            ([(header::SET_COOKIE, cookie)], Redirect::to(&login.url)).into_response()
        }
        Err(error) => failed(&error.into()),
    }
}

async fn login_return(State(site): State<Site>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let cookies = headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let state = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("izly_state="));
    let state = izly::State::new(state.unwrap_or_default());
    let query = query.unwrap_or_default();
    let user = blocking(site, move |site| {
        let tokens = site.client.finish_login(&query, &state)?;
        Ok(site.client.user(&tokens.access)?)
    });
    match user.await {
        Ok(user) => {
            // What comes from elsewhere never goes into a page as it is; a rate is a short number.
            let rate: String = user.rate.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
            Html(format!(r#"<p id="state">connecté, tarif {rate}</p>"#)).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn failed(error: &Failure) -> Response {
    eprintln!("{error}");
    let cancelled = error.downcast_ref::<izly::Error>().is_some_and(izly::Error::is_access_denied);
    let invalid = error.downcast_ref::<izly::Error>().is_some_and(|error| error.field() == Some("state"));
    let page = if cancelled { "Connexion annulée" } else { "Une erreur est survenue" };
    let status = if cancelled || invalid { StatusCode::FORBIDDEN } else { StatusCode::BAD_GATEWAY };
    (status, Html(format!(r#"<p id="state">{page}</p>"#))).into_response()
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let key = ApiKey::new(std::env::var("IZLY_API_KEY")?)?;
    let environment = std::env::var("IZLY_ENVIRONMENT")?.parse()?;
    let client = Client::builder(environment, key).application("example-site/1.0").build()?;
    let site = Site { client, orders: Arc::default() };
    let routes = Router::new()
        .route("/", get(home))
        .route("/buy", post(buy))
        .route("/callback", post(callback))
        .route("/orders/{id}", get(order))
        .route("/orders/{id}/refund", post(refund))
        .route("/login", get(login))
        .route("/login/return", get(login_return))
        .with_state(site);
    let port = std::env::var("PORT").unwrap_or_else(|_| "8000".to_owned());
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("http://{}", listener.local_addr()?);
    serve(listener, routes).await?;
    Ok(())
}

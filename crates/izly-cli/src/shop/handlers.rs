//! What each address answers.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Extension, Form, FromRequest, Path, Query, RawQuery, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use izly::{Outcome, Scope};

use super::catalogue::Product;
use super::pages::{Frame, HomePage, MessagePage, OrderPage, RefundPage, Standing, html};
use super::payments::Purchase;
use super::server::give_cookie;
use super::session::Visit;
use super::{HOME, Shop};

type Site = State<Arc<Shop>>;

/// A form that a page of this shop sent, from the session that the page was shown to. There is no other way to one, so
/// no handler can forget to look.
pub(super) struct Posted {
    visit: Visit,
    fields: HashMap<String, String>,
}

impl FromRequest<Arc<Shop>> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, shop: &Arc<Shop>) -> Result<Self, Response> {
        let visit = request.extensions().get::<Visit>().cloned();
        let visit = visit.ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())?;
        let form = Form::<HashMap<String, String>>::from_request(request, shop).await;
        match form {
            Ok(Form(fields)) if fields.get("jeton").is_some_and(|token| visit.token.is(token)) => {
                Ok(Posted { visit, fields })
            }
            _ => Err(message(
                shop,
                &visit,
                StatusCode::FORBIDDEN,
                "Formulaire refusé",
                &[
                    "Ce formulaire ne vient pas d’une page ouverte par ce navigateur, ou la page est trop ancienne.",
                    "Rien n’a été fait. Rouvrez la page et recommencez.",
                ],
            )),
        }
    }
}

pub(super) async fn home(State(shop): Site, Extension(visit): Extension<Visit>) -> Response {
    let page = HomePage::new(Frame::new(&shop, &visit), &shop.books().of(visit.owner));
    html(StatusCode::OK, &page)
}

pub(super) async fn buy(State(shop): Site, Posted { visit, fields }: Posted) -> Response {
    let product = fields.get("produit").and_then(|key| Product::find(key));
    let Some(product) = product else {
        return message(
            &shop,
            &visit,
            StatusCode::BAD_REQUEST,
            "Produit inconnu",
            &["La boutique ne vend pas ce produit. Rien n’a été commandé."],
        );
    };
    let owner = visit.owner;
    match blocking(&shop, move |shop| shop.buy(owner, product)).await {
        Some(Purchase::Begun { payment_page }) => Redirect::to(&payment_page).into_response(),
        Some(Purchase::Failed { order_id }) => to_order(&order_id),
        Some(Purchase::Refused) | None => message(
            &shop,
            &visit,
            StatusCode::SERVICE_UNAVAILABLE,
            "Commande impossible",
            &[
                "La boutique n’a pas pu noter votre commande, et n’a donc rien demandé à Izly.",
                "Rien n’a été débité. Réessayez un peu plus tard.",
            ],
        ),
    }
}

pub(super) async fn order(State(shop): Site, Extension(visit): Extension<Visit>, Path(id): Path<String>) -> Response {
    let frame = Frame::new(&shop, &visit);
    let page = shop.books().find_own(&id, visit.owner).map(|sale| OrderPage::new(frame, sale));
    page.map_or_else(|| unknown_order(&shop, &visit), |page| html(StatusCode::OK, &page))
}

/// For the script of the order's page: has anything happened?
pub(super) async fn order_state(
    State(shop): Site,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Response {
    let mut books = shop.books();
    let Some(sale) = books.find_own(&id, visit.owner) else { return StatusCode::NOT_FOUND.into_response() };
    let state = serde_json::json!({
        "etat": Standing::of(sale.state()).name,
        "version": sale.timeline().version(),
        "definitif": sale.is_over(),
    });
    ([(header::CONTENT_TYPE, "application/json")], state.to_string()).into_response()
}

/// Back to Izly's page of an order that waits.
pub(super) async fn pay(State(shop): Site, Path(id): Path<String>, posted: Posted) -> Response {
    let page = shop
        .books()
        .find_own(&id, posted.visit.owner)
        .map(|sale| sale.payment_page().map(|page| Redirect::to(page).into_response()));
    match page {
        Some(Some(to_izly)) => to_izly,
        Some(None) => to_order(&id),
        None => unknown_order(&shop, &posted.visit),
    }
}

pub(super) async fn verify(State(shop): Site, Path(id): Path<String>, posted: Posted) -> Response {
    with_own_order(&shop, posted.visit, id, Shop::verify).await
}

pub(super) async fn ask_refund(
    State(shop): Site,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Response {
    let frame = Frame::new(&shop, &visit);
    let page = shop.books().find_own(&id, visit.owner).map(|sale| RefundPage::new(frame, sale));
    match page {
        Some(Some(page)) => html(StatusCode::OK, &page),
        Some(None) => to_order(&id),
        None => unknown_order(&shop, &visit),
    }
}

pub(super) async fn refund(State(shop): Site, Path(id): Path<String>, posted: Posted) -> Response {
    with_own_order(&shop, posted.visit, id, Shop::refund).await
}

/// Where Izly's page leads after a payment.
pub(super) async fn payment_return(
    State(shop): Site,
    Extension(visit): Extension<Visit>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    match query.get("commande") {
        Some(id) => with_own_order(&shop, visit, id.clone(), Shop::came_back).await,
        None => Redirect::to(HOME).into_response(),
    }
}

/// The raw bytes of the body: no framework may read it first.
pub(super) async fn callback(State(shop): Site, body: Bytes) -> Response {
    let Some(reply) = blocking(&shop, move |shop| shop.callback(&body)).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let status = StatusCode::from_u16(reply.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, reply.headers(), reply.body().to_owned()).into_response()
}

pub(super) async fn log_in(State(shop): Site, posted: Posted) -> Response {
    match shop.client.start_login(Scope::USER_DETAILS) {
        Ok(login) => {
            shop.sessions().begin_login(&posted.visit.id, login.state);
            Redirect::to(&login.url).into_response()
        }
        Err(error) => login_failed(&shop, &posted.visit, &error),
    }
}

/// Where Izly's login leads. The state is spent by this, whatever comes of it.
pub(super) async fn login_return(
    State(shop): Site,
    Extension(visit): Extension<Visit>,
    RawQuery(query): RawQuery,
) -> Response {
    let Some(state) = shop.sessions().take_login(&visit.id) else {
        return message(
            &shop,
            &visit,
            StatusCode::FORBIDDEN,
            "Aucune connexion en cours",
            &[
                "Ce navigateur n’a pas commencé de connexion avec Izly, ou elle est déjà terminée.",
                "Personne n’a été connecté.",
            ],
        );
    };
    let query = query.unwrap_or_default();
    let customer = match blocking(&shop, move |shop| shop.finish_login(&query, &state)).await {
        Some(Ok(customer)) => customer,
        Some(Err(error)) => return login_failed(&shop, &visit, &error),
        None => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    match shop.sessions().log_in(&visit.id, customer) {
        Ok(Some(id)) => {
            let mut response = Redirect::to(HOME).into_response();
            give_cookie(&mut response, &id);
            response
        }
        // Somebody logged out meanwhile.
        Ok(None) => Redirect::to(HOME).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

pub(super) async fn log_out(State(shop): Site, posted: Posted) -> Response {
    shop.sessions().log_out(&posted.visit.id);
    Redirect::to(HOME).into_response()
}

pub(super) async fn not_found(State(shop): Site, Extension(visit): Extension<Visit>) -> Response {
    message(&shop, &visit, StatusCode::NOT_FOUND, "Page introuvable", &["Il n’y a rien à cette adresse."])
}

fn login_failed(shop: &Shop, visit: &Visit, error: &izly::Error) -> Response {
    shop.report("login", error);
    if error.is_access_denied() {
        return message(
            shop,
            visit,
            StatusCode::OK,
            "Connexion annulée",
            &["Vous avez annulé la connexion sur la page d’Izly. Vous pouvez acheter sans être connecté."],
        );
    }
    if error.field() == Some("state") {
        return message(
            shop,
            visit,
            StatusCode::FORBIDDEN,
            "Connexion refusée",
            &[
                "Ce retour n’est pas celui de la connexion commencée par ce navigateur. Quelqu’un essaie peut-être de vous \
             connecter à un autre compte que le vôtre.",
                "Personne n’a été connecté.",
            ],
        );
    }
    let texts: &'static [&'static str] = match error.outcome() {
        Outcome::NotSent => &["Izly n’a pas pu être joint. Personne n’a été connecté\u{a0}: réessayez."],
        Outcome::Rejected => &["Izly a refusé cette connexion. Personne n’a été connecté\u{a0}: recommencez."],
        Outcome::Unknown => &[
            "Izly n’a pas répondu clairement. Personne n’a été connecté.",
            "Un code de connexion ne sert qu’une fois\u{a0}: recommencez depuis la boutique.",
        ],
    };
    message(shop, visit, StatusCode::BAD_GATEWAY, "Connexion impossible", texts)
}

/// Does something about somebody's own order, and shows what came of it.
async fn with_own_order(
    shop: &Arc<Shop>,
    visit: Visit,
    id: String,
    work: fn(&Shop, &str, super::session::Owner),
) -> Response {
    let owner = visit.owner;
    if shop.books().find_own(&id, owner).is_none() {
        return unknown_order(shop, &visit);
    }
    let page = to_order(&id);
    match blocking(shop, move |shop| work(shop, &id, owner)).await {
        Some(()) => page,
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn to_order(id: &str) -> Response {
    Redirect::to(&format!("/commande/{id}")).into_response()
}

/// Somebody else's order and one that never was look the same.
fn unknown_order(shop: &Shop, visit: &Visit) -> Response {
    message(
        shop,
        visit,
        StatusCode::NOT_FOUND,
        "Commande introuvable",
        &["Cette commande n’existe pas, ou n’a pas été passée par ce navigateur."],
    )
}

fn message(
    shop: &Shop,
    visit: &Visit,
    status: StatusCode,
    title: &'static str,
    texts: &'static [&'static str],
) -> Response {
    html(status, &MessagePage::new(Frame::new(shop, visit), title, texts))
}

/// The SDK blocks, so it gets a thread of its own. It goes on even if the browser hangs up: what was begun is finished
/// and written down. `None` if it panicked.
async fn blocking<T: Send + 'static>(shop: &Arc<Shop>, work: impl FnOnce(&Shop) -> T + Send + 'static) -> Option<T> {
    let shop = Arc::clone(shop);
    tokio::task::spawn_blocking(move || work(&shop)).await.ok()
}

//! The French pages, as askama renders them.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};

use super::Shop;
use super::catalogue::{PRODUCTS, Product, euros};
use super::sale::{Sale, State, Unpaid};
use super::session::Visit;
use super::timeline::{Line, Mood};

/// What every page shows around its content.
pub(super) struct Frame {
    back_office: String,
    /// What the page's forms bring back.
    token: String,
    /// Who is logged in.
    customer: Option<String>,
}

impl Frame {
    pub(super) fn new(shop: &Shop, visit: &Visit) -> Self {
        Frame {
            back_office: shop.back_office(),
            token: visit.token.reveal().to_owned(),
            customer: visit.customer.as_ref().map(|customer| customer.label().to_owned()),
        }
    }
}

/// The shop window.
#[derive(Template)]
#[template(path = "shop/home.html")]
pub(super) struct HomePage {
    frame: Frame,
    products: &'static [Product],
    orders: Vec<Row>,
}

/// One of somebody's orders, in the list.
pub(super) struct Row {
    id: String,
    product: &'static str,
    amount: String,
    standing: Standing,
}

impl HomePage {
    pub(super) fn new(frame: Frame, sales: &[&Sale]) -> Self {
        HomePage { frame, products: &PRODUCTS, orders: sales.iter().map(|sale| Row::new(sale)).collect() }
    }
}

impl Row {
    fn new(sale: &Sale) -> Self {
        Row {
            id: sale.order.id().to_owned(),
            product: sale.product.name,
            amount: euros(sale.order.amount().get()),
            standing: Standing::of(sale.state()),
        }
    }
}

/// An order, and what happened to it.
#[derive(Template)]
#[template(path = "shop/order.html")]
pub(super) struct OrderPage {
    frame: Frame,
    order: Row,
    /// The product's key, to buy it again.
    key: &'static str,
    operation: Option<u64>,
    version: u64,
    lines: Vec<Line>,
    forgotten: u64,
    /// The most likely one first.
    actions: Vec<Action>,
}

/// What the student may do about an order.
enum Action {
    /// Go on at Izly's page.
    Pay,
    /// Have Izly asked.
    Verify,
    Refund,
    BuyAgain,
}

impl Action {
    fn all(sale: &Sale) -> Vec<Action> {
        match sale.state() {
            State::Creating | State::Refunding(_) => Vec::new(),
            State::Waiting => vec![Action::Pay, Action::Verify],
            State::Paid(_) => vec![Action::Refund],
            State::RefundUnknown(_) => vec![Action::Verify],
            State::NotCreated(_) | State::Unpaid(_) | State::Refunded => vec![Action::BuyAgain],
        }
    }
}

impl OrderPage {
    pub(super) fn new(frame: Frame, sale: &Sale) -> Self {
        OrderPage {
            frame,
            order: Row::new(sale),
            key: sale.product.key,
            operation: sale.operation().map(izly::OperationId::get),
            version: sale.timeline().version(),
            lines: sale.timeline().lines().to_vec(),
            forgotten: sale.timeline().forgotten(),
            actions: Action::all(sale),
        }
    }
}

/// *Rembourser ?*
#[derive(Template)]
#[template(path = "shop/refund.html")]
pub(super) struct RefundPage {
    frame: Frame,
    order: Row,
}

impl RefundPage {
    /// `None` when there is nothing to give back.
    pub(super) fn new(frame: Frame, sale: &Sale) -> Option<Self> {
        matches!(sale.state(), State::Paid(_)).then(|| RefundPage { frame, order: Row::new(sale) })
    }
}

/// Something to say instead of a page.
#[derive(Template)]
#[template(path = "shop/message.html")]
pub(super) struct MessagePage {
    frame: Frame,
    title: &'static str,
    texts: &'static [&'static str],
}

impl MessagePage {
    pub(super) fn new(frame: Frame, title: &'static str, texts: &'static [&'static str]) -> Self {
        MessagePage { frame, title, texts }
    }
}

/// An order's state in the student's words.
pub(super) struct Standing {
    /// For tests, style sheets and the script.
    pub(super) name: &'static str,
    pub(super) badge: &'static str,
    pub(super) text: &'static str,
    mood: Mood,
}

impl Standing {
    pub(super) fn of(state: &State) -> Self {
        let (name, mood, badge, text) = match state {
            State::Creating => {
                ("attente", Mood::Doubt, "En attente", "Le paiement est en cours de création chez Izly.")
            }
            State::Waiting => (
                "attente",
                Mood::Doubt,
                "En attente",
                "Izly ne nous a pas encore confirmé ce paiement. Rien n’est acquis avant cela.",
            ),
            State::Paid(_) => ("payee", Mood::Good, "Payée", "Izly nous a confirmé le paiement. Merci\u{a0}!"),
            State::Refunding(_) => {
                ("remboursement", Mood::Doubt, "Remboursement en cours", "La demande est partie chez Izly.")
            }
            State::RefundUnknown(_) => (
                "a-verifier",
                Mood::Doubt,
                "Remboursement à vérifier",
                "La réponse d’Izly n’est pas arrivée\u{a0}: l’argent a peut-être déjà été rendu. \
                 Vérifiez d’abord, ne redemandez pas.",
            ),
            State::Refunded => {
                ("remboursee", Mood::Good, "Remboursée", "La totalité a été rendue sur le compte Izly qui a payé.")
            }
            State::Unpaid(Unpaid::Cancelled) => {
                ("annulee", Mood::Bad, "Annulée", "Le paiement a été annulé chez Izly. Rien n’a été débité.")
            }
            State::Unpaid(Unpaid::Refused) => {
                ("impayee", Mood::Bad, "Non payée", "Izly a refusé le paiement. Rien n’a été débité.")
            }
            State::NotCreated(outcome) => ("impayee", Mood::Bad, "Non payée", not_created(*outcome)),
        };
        Standing { name, badge, text, mood }
    }
}

/// What an error's outcome means to the student, when no payment could be created.
fn not_created(outcome: izly::Outcome) -> &'static str {
    match outcome {
        izly::Outcome::NotSent => {
            "Izly n’a pas pu être joint et n’a rien reçu. Rien n’a été débité\u{a0}: vous pouvez recommencer."
        }
        izly::Outcome::Rejected => "Izly a refusé de créer ce paiement. Rien n’a été débité.",
        izly::Outcome::Unknown => {
            "Izly n’a pas répondu clairement. Même si le paiement existe, personne n’a l’adresse de sa page\u{a0}: \
             il ne peut pas être débité. Recommencer ouvre une nouvelle commande."
        }
    }
}

/// A page with its status.
pub(super) fn html(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => (status, Html(text)).into_response(),
        // Writing into a text does not fail.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use izly::Outcome;

    use super::*;

    fn frame() -> Frame {
        Frame { back_office: "http://127.0.0.1:1/?\"<b>".into(), token: "\"><i>".into(), customer: Some("<u>&".into()) }
    }

    #[test]
    fn everything_shown_is_escaped() {
        let html = MessagePage::new(frame(), "titre", &["<script>texte"]).render().unwrap();
        for raw in ["<b>", "<i>", "<u>", "<script>"] {
            assert!(!html.contains(raw), "{raw} in {html}");
        }
    }

    #[test]
    fn only_what_izly_decided_sounds_decided() {
        for (state, mood) in [
            (State::Creating, Mood::Doubt),
            (State::Waiting, Mood::Doubt),
            (State::Refunded, Mood::Good),
            (State::NotCreated(Outcome::Unknown), Mood::Bad),
            (State::Unpaid(Unpaid::Cancelled), Mood::Bad),
        ] {
            assert_eq!(Standing::of(&state).mood, mood, "{state:?}");
        }
    }
}

//! Which request goes where, and whose it is.

mod authorize;
mod authorize_payment;
mod create_payment;
mod forgotten;
mod partner_call;
mod read_payment;
mod refund;
pub(crate) mod shapes;
pub(crate) mod token;
mod users;

pub(crate) use authorize::location as login_location;
pub(crate) use authorize_payment::{Decided, announce_as_it_is, approve, cancel};

use crate::app::App;
use crate::callback::Announcement;
use crate::fault::CallName;
use crate::http::{Incoming, Reply};
use crate::pages::ErrorPage;
use crate::world::World;
use crate::worlds::{WorldId, Worlds};

/// A known address. Ids stay `None` when they are no number: such an operation is unknown, not a wrong address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    Authorize,
    Token,
    Forgotten,
    Users,
    CreatePayment,
    ReadPayment(Option<u64>),
    AuthorizePayment(Option<u64>),
    Refund(Option<u64>),
}

impl Route {
    /// Finds the route of a path. Case does not matter: the guide itself writes `/api/izly` and `/api/Izly`, and the
    /// servers it describes do not tell them apart.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let path = path.to_ascii_lowercase();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let id = |text: &str| text.parse().ok();
        Some(match segments.as_slice() {
            ["oauth", "home", "authorize"] => Self::Authorize,
            ["oauth", "home", "token"] => Self::Token,
            // Our invention: the guide names the link, not its address.
            ["oauth", "home", "forgottenpassword"] => Self::Forgotten,
            ["api", "izly", "users"] => Self::Users,
            ["api", "izly", "webpayments"] => Self::CreatePayment,
            ["api", "izly", "webpayments", operation] => Self::ReadPayment(id(operation)),
            ["api", "izly", "webpayments", operation, "authorize"] => Self::AuthorizePayment(id(operation)),
            ["api", "izly", "webpayments", operation, "refund"] => Self::Refund(id(operation)),
            _ => return None,
        })
    }

    fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Authorize | Self::AuthorizePayment(_) => &["GET", "POST"],
            Self::Token | Self::CreatePayment | Self::Refund(_) => &["POST"],
            Self::Forgotten | Self::Users | Self::ReadPayment(_) => &["GET"],
        }
    }

    pub(crate) fn takes(self, method: &str) -> bool {
        self.methods().contains(&method)
    }

    /// A page for the student.
    pub(crate) fn is_page(self) -> bool {
        matches!(self, Self::Authorize | Self::Forgotten | Self::AuthorizePayment(_))
    }

    /// The call, as faults and the timeline name it.
    pub(crate) fn call(self, request: &Incoming) -> CallName {
        match self {
            Self::Authorize => CallName::LoginPage,
            Self::Token if token::is_refresh(request) => CallName::Refresh,
            Self::Token => CallName::Token,
            Self::Forgotten => CallName::ForgottenPage,
            Self::Users => CallName::Users,
            Self::CreatePayment => CallName::CreatePayment,
            Self::ReadPayment(_) => CallName::ReadPayment,
            Self::AuthorizePayment(_) => CallName::PaymentPage,
            Self::Refund(_) => CallName::Refund,
        }
    }

    /// The operation that the address names.
    pub(crate) fn operation(self) -> Option<u64> {
        match self {
            Self::ReadPayment(id) | Self::AuthorizePayment(id) | Self::Refund(id) => id,
            _ => None,
        }
    }

    /// Whose world the request is for: the partner's whose key, identifier, student's token or payment it brings.
    pub(crate) fn owner(self, worlds: &Worlds, request: &Incoming) -> Option<WorldId> {
        match self {
            Self::Authorize | Self::Forgotten => worlds.named(&request.form_or_query("client_id")?),
            Self::Token | Self::CreatePayment | Self::ReadPayment(_) | Self::Refund(_) => {
                worlds.with_key(partner_call::credentials(request, "basic")?)
            }
            Self::Users => worlds.with_access_token(partner_call::credentials(request, "bearer")?),
            Self::AuthorizePayment(id) => worlds.with_payment(id?, &request.query_value("token")?),
        }
    }
}

/// Answers a request to Izly, and says which callbacks that causes.
pub(crate) fn answer(
    app: &App,
    world: &mut World,
    route: Option<Route>,
    request: &Incoming,
) -> (Reply, Option<Announcement>) {
    let alone = |reply: Reply| (reply, None);
    let Some(route) = route else { return alone(not_found(request)) };
    if !route.takes(&request.method) {
        return alone(wrong_method(request, route.methods()));
    }
    let is_post = request.method == "POST";
    if is_post && !request.has_length() {
        // Observed: IIS answers 411 to a POST without a length, which an empty body easily forgets.
        let text = "Content-Length est obligatoire, même pour un corps vide.";
        return alone(problem(request, 411, "Length Required", text));
    }
    match (route, is_post) {
        (Route::Authorize, false) => alone(authorize::show(world, request)),
        (Route::Authorize, true) => alone(authorize::submit(world, request)),
        (Route::Token, _) => alone(token::answer(world, request)),
        (Route::Forgotten, _) => alone(forgotten::show(world, request)),
        (Route::Users, _) => alone(users::answer(world, request)),
        (Route::CreatePayment, _) => create_payment::answer(app, world, request),
        (Route::ReadPayment(id), _) => alone(read_payment::answer(world, request, id)),
        (Route::AuthorizePayment(id), false) => alone(authorize_payment::show(world, request, id)),
        (Route::AuthorizePayment(id), true) => authorize_payment::submit(app, world, request, id),
        (Route::Refund(id), _) => alone(refund::answer(world, request, id)),
    }
}

pub(crate) fn not_found(request: &Incoming) -> Reply {
    problem(request, 404, "Page introuvable", "Cette adresse n’existe pas dans la sandbox.")
}

fn wrong_method(request: &Incoming, methods: &[&str]) -> Reply {
    problem(request, 405, "Méthode non autorisée", "Cette adresse n’accepte pas cette méthode HTTP.")
        .header("allow", methods.join(", "))
}

/// An error of HTTP itself: a page for browsers, JSON for programs.
pub(crate) fn problem(request: &Incoming, status: u16, title: &str, text: &str) -> Reply {
    if request.wants_html() {
        return Reply::page(status, &ErrorPage { title, text });
    }
    Reply::json_text(status, serde_json::json!({ "Message": text }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_whatever_their_case() {
        assert_eq!(Route::of("/oauth/Home/Authorize"), Some(Route::Authorize));
        assert_eq!(Route::of("/OAUTH/home/TOKEN"), Some(Route::Token));
        assert_eq!(Route::of("/api/izly/users"), Some(Route::Users));
        assert_eq!(Route::of("/API/IZLY/webpayments/12/refund"), Some(Route::Refund(Some(12))));
        assert_eq!(Route::of("/api/Izly/WebPayments/abc"), Some(Route::ReadPayment(None)));
        for path in ["", "/", "/api/Izly/WebPayments/1/Refund/2", "/oauth/Home", "/oauth/Home/Authorize/", "*"] {
            assert_eq!(Route::of(path), None, "{path}");
        }
    }
}

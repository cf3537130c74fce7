//! Which request goes where.

mod authorize;
mod authorize_payment;
mod create_payment;
mod forgotten;
mod partner_call;
mod read_payment;
mod refund;
pub(crate) mod shapes;
mod token;
mod users;

use std::sync::Arc;

use crate::app::App;
use crate::http::{Incoming, Reply};
use crate::pages::ErrorPage;
use crate::ready::ReadyLine;

/// A known address. Ids stay `None` when they are no number: such an operation is unknown, not a wrong address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    Authorize,
    Token,
    Forgotten,
    Users,
    CreatePayment,
    ReadPayment(Option<u64>),
    AuthorizePayment(Option<u64>),
    Refund(Option<u64>),
    Ready,
}

impl Route {
    /// Finds the route of a path. Case does not matter: the guide itself writes `/api/izly` and `/api/Izly`, and the
    /// servers it describes do not tell them apart.
    fn of(path: &str) -> Option<Self> {
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
            ["_sandbox", "ready"] => Self::Ready,
            _ => return None,
        })
    }

    fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Authorize | Self::AuthorizePayment(_) => &["GET", "POST"],
            Self::Token | Self::CreatePayment | Self::Refund(_) => &["POST"],
            Self::Forgotten | Self::Users | Self::ReadPayment(_) | Self::Ready => &["GET"],
        }
    }
}

/// Answers a request.
pub(crate) async fn answer(app: &Arc<App>, request: &Incoming) -> Reply {
    let Some(route) = Route::of(request.path()) else { return not_found(request) };
    if !route.methods().contains(&request.method.as_str()) {
        return problem(request, 405, "Méthode non autorisée", "Cette adresse n'accepte pas cette méthode HTTP.")
            .header("allow", route.methods().join(", "));
    }
    let is_post = request.method == "POST";
    if is_post && !request.has_length() {
        // Observed: IIS answers 411 to a POST without a length, which an empty body easily forgets.
        return problem(request, 411, "Length Required", "Content-Length est obligatoire, même pour un corps vide.");
    }
    match (route, is_post) {
        (Route::Authorize, false) => authorize::show(app, request),
        (Route::Authorize, true) => authorize::submit(app, request),
        (Route::Token, _) => token::answer(app, request),
        (Route::Forgotten, _) => forgotten::show(app, request),
        (Route::Users, _) => users::answer(app, request),
        (Route::CreatePayment, _) => create_payment::answer(app, request),
        (Route::ReadPayment(id), _) => read_payment::answer(app, request, id),
        (Route::AuthorizePayment(id), false) => authorize_payment::show(app, request, id),
        (Route::AuthorizePayment(id), true) => authorize_payment::submit(app, request, id).await,
        (Route::Refund(id), _) => refund::answer(app, request, id),
        (Route::Ready, _) => ready(app),
    }
}

fn ready(app: &App) -> Reply {
    let line = {
        let state = app.state();
        ReadyLine::new(&app.base_url, &state.partners[0], &state.accounts)
    };
    // Plain strings and numbers only: nothing here can fail to serialise.
    Reply::json_text(200, serde_json::to_string(&line).unwrap_or_default())
}

fn not_found(request: &Incoming) -> Reply {
    problem(request, 404, "Page introuvable", "Cette adresse n'existe pas dans la sandbox.")
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

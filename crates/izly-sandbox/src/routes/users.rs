//! `GET /api/izly/users`: who has logged in.

use crate::account::Account;
use crate::app::App;
use crate::fault::Fault;
use crate::http::{Incoming, Reply};
use crate::json::Json;
use crate::routes::shapes::AFFECTATION;

/// Tells the details of the access token's owner.
pub(crate) fn answer(app: &App, request: &Incoming) -> Reply {
    let state = app.state();
    let token = request.header("authorization").and_then(|value| value.split_once(' '));
    let grant = token
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .and_then(|(_, token)| state.bearer(token.trim()));
    match grant {
        Some(grant) if grant.scope.has_user_details() => {
            Reply::json(200, &details(state.account(grant.account)), &state.wire)
        }
        // RFC 6750 would have 403 here; to a token without the scope, Izly's answer is unknown. Our invention.
        Some(_) => Reply::fault(Fault::BadToken, &state.wire).note("the token lacks the scope bit 1"),
        None => Reply::fault(Fault::BadToken, &state.wire),
    }
}

/// The legible names of the guide's sample, in its order. The values are made up, but of plausible kinds.
fn details(account: &Account) -> Json {
    let number = account.right_holder_id;
    Json::object()
        .with("RightHolderId", number)
        .with("IdIzly", account.smoney_id.parse::<u64>().ok())
        // Observed: 10 is the rate company of students.
        .with("Societe", 10_u64)
        .with("Tarif", account.rate)
        .with("AnneeUniv", "2025")
        .with("Employeur", "")
        .with("RneEtablissement", "0000001A")
        .with("RneComposante", "0000002B")
        .with("CodeEtu", format!("2025{number:05}"))
        .with("Ine", format!("{number:09}ZZ"))
        .with("CodeClient", account.client_code.clone())
        .with("TypeClient", "ETU")
        .with("NumeroAffectation", AFFECTATION)
        .with("Id", number)
}

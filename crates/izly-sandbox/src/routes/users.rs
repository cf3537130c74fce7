//! `GET /api/izly/users`: who has logged in.

use crate::account::Account;
use crate::api_error::ApiError;
use crate::http::{Incoming, Reply};
use crate::json::Json;
use crate::remark::Remark;
use crate::routes::partner_call::credentials;
use crate::routes::shapes::AFFECTATION;
use crate::world::World;

/// Tells the details of the access token's owner.
pub(crate) fn answer(world: &World, request: &Incoming) -> Reply {
    let grant = credentials(request, "bearer").and_then(|token| world.bearer(token));
    match grant {
        Some(grant) if grant.scope.has_user_details() => {
            Reply::json(200, &details(world.account(grant.account)), &world.wire)
        }
        // RFC 6750 would have 403 here; to a token without the scope, Izly's answer is unknown.
        Some(_) => Reply::api_error(ApiError::BadToken, &world.wire)
            .remark(Remark::invented("Le jeton n’a pas le bit 1 du scope, qui donne accès aux informations.")),
        None => Reply::api_error(ApiError::BadToken, &world.wire),
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

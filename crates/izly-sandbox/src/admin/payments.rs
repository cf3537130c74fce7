//! `payments`: what a student would decide on the page, without a browser.

use serde::Deserialize;
use serde_json::json;

use crate::admin::accounts;
use crate::admin::callbacks::deliveries_of;
use crate::admin::problem::Problem;
use crate::admin::question::{Question, found, read_with_options};
use crate::admin::views::PaymentView;
use crate::callback::announce_any;
use crate::http::Reply;
use crate::payment::{PaymentStatus, Validation};
use crate::routes::{self, Decided};
use crate::world::Refusal;

pub(super) fn list(question: &Question<'_>) -> Result<Reply, Problem> {
    let limit = question.limit()?;
    let status: Option<PaymentStatus> = question.word("status")?;
    let order = question.request.query_value("order_id");
    if order.as_ref().is_some_and(|order| !(1..=10_000).contains(&order.chars().count())) {
        return Err(Problem::field("order_id", "must be 1 to 10000 characters"));
    }
    question.read(|world| {
        let mut payments: Vec<PaymentView<'_>> = world
            .payments
            .values()
            .rev()
            .filter(|payment| status.is_none_or(|status| payment.status == status))
            .filter(|payment| order.as_ref().is_none_or(|order| payment.order_id == *order))
            .take(limit)
            .map(|payment| PaymentView::new(question.app, payment))
            .collect();
        payments.reverse();
        found(&json!({ "payments": payments }))
    })
}

pub(super) fn show(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.number()?;
    question.read(|world| match world.payments.get(&id) {
        Some(payment) => Ok(found(&PaymentView::new(question.app, payment))),
        None => Err(Problem::not_found("payment")),
    })?
}

#[derive(Deserialize)]
struct Approval {
    account: String,
    #[serde(default)]
    password: Option<String>,
}

pub(super) async fn approve(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.number()?;
    let (approval, options): (Approval, _) = read_with_options(question.object()?, &["account", "password"])?;
    let decided = question.decide(|world| {
        if !world.payments.contains_key(&id) {
            return Err(Problem::not_found("payment"));
        }
        let account = accounts::named(world, &approval.account)?;
        world.note(format!("Validation sans page : compte « {} ».", approval.account));
        let outcome = world.validate_as(id, account, approval.password.as_deref());
        let outcome = outcome.ok_or_else(|| Problem::not_found("payment"))?;
        Ok(routes::approve(question.app, world, id, outcome, &options))
    })?;
    told(question, id, decided).await
}

#[derive(Deserialize)]
struct Cancellation {
    #[serde(default)]
    callback: Option<bool>,
}

pub(super) async fn cancel(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.number()?;
    let object = question.optional_object()?;
    let (cancellation, options): (Cancellation, _) = read_with_options(object, &["callback"])?;
    let (was_waiting, decided) = question.decide(|world| {
        let payment = world.payments.get(&id).ok_or_else(|| Problem::not_found("payment"))?;
        let was_waiting = payment.status == PaymentStatus::Waiting;
        world.note("Annulation sans page.");
        let decided = routes::cancel(question.app, world, id, cancellation.callback, &options);
        let decided = decided.ok_or_else(|| Problem::not_found("payment"))?;
        Ok((was_waiting, decided))
    })?;
    let result = if was_waiting { "cancelled" } else { "already_settled" };
    finish(question, id, decided, result, None).await
}

async fn told(question: &Question<'_>, id: u64, decided: Decided) -> Result<Reply, Problem> {
    let (result, refusal) = match decided.outcome {
        Validation::Paid => ("paid", None),
        Validation::Settled(_) => ("already_settled", None),
        Validation::Refused(refusal, _) => ("refused", Some(refusal)),
    };
    finish(question, id, decided, result, refusal).await
}

async fn finish(
    question: &Question<'_>,
    id: u64,
    decided: Decided,
    result: &str,
    refusal: Option<Refusal>,
) -> Result<Reply, Problem> {
    let sent = announce_any(question.app, question.world, decided.announcement).await;
    let refusal = refusal.map(|refusal| json!({ "code": refusal.code(), "message": refusal.message() }));
    question.read(|world| {
        let payment = world.payments.get(&id).map(|payment| PaymentView::new(question.app, payment));
        let deliveries = deliveries_of(world, &sent);
        found(&json!({ "result": result, "refusal": refusal, "payment": payment, "deliveries": deliveries }))
    })
}

//! *Tableau de bord*: what is needed to begin, and the timeline.

use askama::Template;

use crate::http::Reply;
use crate::office::field::Choice;
use crate::office::frame::{Frame, Place};
use crate::office::timeline::{Excerpt, Filter};
use crate::office::visit::{self, Visit};
use crate::office::words::{self, Badge};
use crate::pages::euros;
use crate::payment::PaymentRecord;
use crate::world::World;

/// Payments in the summary.
const LAST: usize = 5;

#[derive(Template)]
#[template(path = "office/dashboard.html")]
struct Dashboard {
    frame: Frame,
    base_url: String,
    identifier: String,
    api_key: String,
    exports: String,
    login_url: String,
    alerts: Vec<&'static str>,
    summary: Summary,
    timeline: Excerpt,
    filter: Filter,
    kinds: Vec<(Choice, bool)>,
    calls: Vec<(Choice, bool)>,
}

/// The part of the summary that changes as things happen.
pub(super) struct Summary {
    pub(super) now: String,
    pub(super) clock: &'static str,
    pub(super) accounts: Vec<AccountLine>,
    pub(super) payments: Vec<PaymentLine>,
    pub(super) accounts_url: String,
    pub(super) payments_url: String,
    pub(super) clock_url: String,
}

pub(super) struct AccountLine {
    pub(super) name: String,
    pub(super) balance: String,
    pub(super) state: Badge,
}

pub(super) struct PaymentLine {
    pub(super) href: String,
    pub(super) operation: u64,
    pub(super) order: String,
    pub(super) amount: String,
    pub(super) created: String,
    pub(super) paid: String,
    pub(super) customer: String,
    pub(super) status: Badge,
}

impl PaymentLine {
    pub(super) fn new(payment: &PaymentRecord, visit: &Visit<'_>) -> Self {
        Self {
            href: visit.link(&format!("paiements/{}", payment.operation_id), ""),
            operation: payment.operation_id,
            order: payment.order_id.clone(),
            amount: euros(payment.amount_cents),
            created: payment.created.french(),
            paid: payment.paid.map(crate::clock::Date::french).unwrap_or_default(),
            customer: payment.customer.clone().unwrap_or_default(),
            status: words::status_badge(payment.status),
        }
    }
}

impl Summary {
    pub(super) fn of(world: &World, visit: &Visit<'_>) -> Self {
        let account = |account: &crate::Account| AccountLine {
            name: account.name.clone(),
            balance: euros(account.balance_cents),
            state: words::state_badge(account.state),
        };
        let last = newest_first(world.payments.values());
        Self {
            now: world.clock.now().french(),
            clock: clock_word(world),
            accounts: world.accounts.iter().map(account).collect(),
            payments: last.into_iter().take(LAST).map(|payment| PaymentLine::new(payment, visit)).collect(),
            accounts_url: visit.link(Place::Accounts.name(), ""),
            payments_url: visit.link(Place::Payments.name(), ""),
            clock_url: visit.link(Place::Clock.name(), ""),
        }
    }
}

/// By when they came and not by their number, which is another order once a switch has made ids larger.
pub(super) fn newest_first<'a>(payments: impl Iterator<Item = &'a PaymentRecord>) -> Vec<&'a PaymentRecord> {
    let mut payments: Vec<&PaymentRecord> = payments.collect();
    payments.sort_by_key(|payment| std::cmp::Reverse((payment.created, payment.operation_id)));
    payments
}

fn clock_word(world: &World) -> &'static str {
    match world.clock.mode() {
        crate::ClockMode::Virtual => "virtuelle",
        crate::ClockMode::Real => "réelle",
    }
}

/// What keeps things from working, which somebody may have forgotten.
fn alerts(world: &World) -> Vec<&'static str> {
    let partner = &world.partner;
    let alerts = [
        (!partner.approved, "Le point d’encaissement n’est pas agréé : rien ne fonctionne."),
        (partner.approved && !partner.izly_pay, "IzlyPay n’est pas activé : seule la connexion fonctionne."),
        (!partner.callback_allowed, "L’URL de callback n’est pas autorisée : aucun callback ne part."),
        (!world.faults.rules().is_empty(), "Des pannes sont demandées : certains appels se comportent mal exprès."),
    ];
    alerts.into_iter().filter(|(is_so, _)| *is_so).map(|(_, text)| text).collect()
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    let frame = visit.frame(Place::Dashboard)?;
    let filter = Filter::of(visit);
    let base_url = visit.app.base_url.clone();
    let page = visit.look(|world| {
        let api_key = world.partner.api_key();
        Dashboard {
            frame,
            exports: format!("export IZLY_ENVIRONMENT='{base_url}'\nexport IZLY_API_KEY='{api_key}'\n"),
            login_url: world.partner.login_target(),
            base_url,
            identifier: world.partner.identifier.clone(),
            api_key,
            alerts: alerts(world),
            summary: Summary::of(world, visit),
            timeline: Excerpt::of(world, visit, &filter),
            kinds: filter.kinds(),
            calls: filter.calls(),
            filter,
        }
    })?;
    Some(visit::page(200, &page))
}

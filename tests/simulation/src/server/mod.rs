//! Izly's side: the sandbox's own logic, what goes wrong on the way to it, and the truth about each payment.

mod ledger;
mod line;
mod weather;

pub(crate) use ledger::{Ledger, Truth};
pub(crate) use line::{LastCall, Line};

use std::collections::BTreeMap;
use std::time::Duration;

use izly::protocol::{Method, Request};
use izly_sandbox::{
    Account, AccountState, AmountUnit, Answer, CallbackSettings, Commit, Exchange, FaultStatus, InMemory,
    OutgoingCallback, PASSWORD, Sandbox, Wire,
};

use crate::chance::{Chance, Stream};
use crate::chronicle::Chronicle;
use crate::rules::Rule;
use crate::time::{Millis, SECOND};

/// What the students have at the beginning: no world spends it.
pub(crate) const RICHES: u64 = 1 << 40;

/// Students' e-mail addresses: one with money, one with too little.
pub(crate) const RICH: &str = "riche@example.fr";
pub(crate) const POOR: &str = "pauvre@example.fr";

/// A request as it is on the wire.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    method: &'static str,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Raw {
    fn of(request: &Request) -> Self {
        let url = request.url().reveal();
        let method = if request.method() == Method::Get { "GET" } else { "POST" };
        Self {
            method,
            target: url.strip_prefix(InMemory::BASE_URL).unwrap_or(url).to_owned(),
            headers: request.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: request.body().to_owned(),
        }
    }

    /// A form that a student sends from a page of Izly's.
    fn form(target: &str, form: String) -> Self {
        let headers = vec![("content-length".to_owned(), form.len().to_string())];
        Self { method: "POST", target: target.to_owned(), headers, body: form.into_bytes() }
    }

    fn call(&self) -> Call {
        match (self.method, self.operation()) {
            ("GET", _) => Call::Read,
            (_, Some(_)) => Call::Refund,
            (_, None) => Call::Create,
        }
    }

    /// The operation that the address names.
    fn operation(&self) -> Option<u64> {
        operation_in(&self.target)
    }
}

/// The operation that an address of Izly's names.
pub(crate) fn operation_in(target: &str) -> Option<u64> {
    let rest = target.split("/WebPayments/").nth(1)?;
    rest.split(['/', '?']).next()?.parse().ok()
}

/// The calls a partner makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    Create,
    Read,
    Refund,
}

impl Call {
    fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Refund => "refund",
        }
    }
}

/// What Izly sets off, for the world to bring about.
#[derive(Debug)]
pub(crate) enum Set {
    /// A callback to make.
    Callback(OutgoingCallback),
    /// A request that is still under way, though its sender has given up on it.
    Late(Raw),
}

/// Izly, and the network in front of it.
#[derive(Debug)]
pub(crate) struct Server {
    sandbox: InMemory,
    chance: Chance,
    chronicle: Chronicle,
    pub(crate) ledger: Ledger,
    /// What is to come of what was done.
    pub(crate) set_off: Vec<Set>,
    /// The last reading of each operation, and when: a replica may lag behind.
    readings: BTreeMap<u64, (Millis, Answer)>,
    pub(crate) last_call: Option<LastCall>,
    /// When nothing answers at all.
    outages: Vec<(Millis, Millis)>,
    /// From here on nothing goes wrong any more.
    pub(crate) calm_from: Millis,
    clock_at: Millis,
}

impl Server {
    /// An Izly with one of the readings that the guide leaves open, as the seed decides.
    pub(crate) fn new(seed: u64, world: u64, chronicle: Chronicle) -> Result<Self, izly_sandbox::Error> {
        let mut chance = Chance::new(seed, world, Stream::Izly);
        let commit = if chance.percent(50) { Commit::BeforeCallback } else { Commit::AfterCallback };
        let sandbox = Sandbox::builder()
            .seed(chance.below(u64::MAX))
            .wire(reading(&mut chance))
            .callbacks(CallbackSettings { commit, ..CallbackSettings::default() })
            .accounts(vec![student(1, RICH, RICHES), student(2, POOR, 20)])
            .in_memory()?;
        let outages = outages(&mut chance);
        Ok(Self {
            sandbox,
            chance,
            ledger: Ledger::default(),
            set_off: Vec::new(),
            readings: BTreeMap::new(),
            last_call: None,
            outages,
            calm_from: Millis::MAX,
            clock_at: 0,
            chronicle,
        })
    }

    pub(crate) fn api_key(&self) -> &str {
        self.sandbox.api_key()
    }

    fn is_calm(&self) -> bool {
        self.chronicle.now() >= self.calm_from
    }

    fn is_out(&self) -> bool {
        let now = self.chronicle.now();
        self.outages.iter().any(|(from, to)| (*from..*to).contains(&now))
    }

    /// Has Izly work on a request, and writes down what it did.
    fn carry_out(&mut self, raw: &Raw, fault: Option<&str>) -> Exchange {
        self.keep_time();
        let mut headers: Vec<(&str, &str)> =
            raw.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        headers.extend(fault.map(|fault| ("izly-sandbox-fault", fault)));
        let mut exchange = self.sandbox.request(raw.method, &raw.target, &headers, &raw.body);
        self.note_what_was_done(exchange.created.or_else(|| raw.operation()));
        self.set_off.extend(exchange.callback.take().map(Set::Callback));
        exchange
    }

    fn keep_time(&mut self) {
        let now = self.chronicle.now();
        let seconds = (now - self.clock_at) / SECOND;
        self.sandbox.advance_clock(Duration::from_secs(seconds));
        self.clock_at += seconds * SECOND;
    }

    /// The truth about an operation, before and after.
    fn note_what_was_done(&mut self, operation_id: Option<u64>) {
        let Some(payment) = operation_id.and_then(|id| self.sandbox.payment(id)) else { return };
        let news = self.ledger.update(&payment, self.chronicle.now());
        for what in news {
            self.chronicle.count(what);
            self.chronicle.tell(&payment.order_id, "Izly", || format!("{what}: operation {}", payment.operation_id));
        }
        if self.ledger.get(payment.operation_id).is_some_and(|truth| truth.refunds > 1) {
            let what = || format!("operation {} went back to the student twice", payment.operation_id);
            self.chronicle.break_rule(Rule::NoSecondRefund, &payment.order_id, what);
        }
    }

    /// A request arrives whose sender has long given up on it.
    pub(crate) fn arrive_late(&mut self, raw: &Raw) {
        self.chronicle.count("request arrives late");
        self.carry_out(raw, None);
    }

    /// A student presses *Valider* or *Annuler*.
    pub(crate) fn submit(&mut self, target: &str, is_cancel: bool, login: &str, password: Option<&str>) {
        let login = login.replace('@', "%40");
        let password = password.unwrap_or(PASSWORD);
        let action = if is_cancel { "annuler" } else { "valider" };
        let form = format!("action={action}&identifiant={login}&mot_de_passe={password}");
        let fault = match self.chance.below(40) {
            _ if self.is_calm() => None,
            0 => Some("drop_before_commit"),
            1 => Some("commit_then_drop"),
            2 => Some("bad_gateway; commit"),
            _ => None,
        };
        self.carry_out(&Raw::form(target, form), fault);
    }

    /// The callback of an operation was delivered, or is lost for good.
    pub(crate) fn callback_ended(&self, operation_id: u64) {
        self.sandbox.callback_ended(operation_id);
    }

    /// What all students have together.
    pub(crate) fn money(&self) -> u64 {
        self.sandbox.accounts().iter().map(|account| account.balance_cents).sum()
    }
}

/// What the guide leaves open, as this world's Izly has it. A second refund is often carried out: nothing says that it
/// would be refused.
fn reading(chance: &mut Chance) -> Wire {
    let unit = if chance.percent(50) { AmountUnit::Euros } else { AmountUnit::Centimes };
    Wire {
        callback_amount: unit,
        create_amount: unit,
        fault_status: [FaultStatus::NotFound, FaultStatus::Ok, FaultStatus::BadRequest]
            [usize::try_from(chance.below(3)).unwrap_or_default()],
        callback_on_failure: chance.percent(50),
        callback_on_cancel: chance.percent(50),
        repeated_refunds: chance.percent(75),
        ..Wire::default()
    }
}

fn student(number: u64, email: &str, balance_cents: u64) -> Account {
    Account {
        name: email.to_owned(),
        purpose: String::new(),
        email: email.to_owned(),
        phone: format!("063998{number:04}"),
        password: PASSWORD.to_owned(),
        state: AccountState::Active,
        balance_cents,
        failed_attempts: 0,
        smoney_id: number.to_string(),
        client_code: format!("etu{number}"),
        right_holder_id: number,
        rate: 1,
    }
}

/// A few times in the first hours, for some minutes each.
fn outages(chance: &mut Chance) -> Vec<(Millis, Millis)> {
    let count = chance.below(4);
    let mut outage = |_| {
        let from = chance.below(4 * crate::time::HOUR);
        (from, from + chance.between(crate::time::MINUTE, 20 * crate::time::MINUTE))
    };
    (0..count).map(&mut outage).collect()
}

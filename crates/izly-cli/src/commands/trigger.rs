//! `izly trigger paid|refused|cancelled|duplicate|forged`: a real payment of the running sandbox's, and how a partner's
//! site takes the callback about it.

mod admin;
mod delivery;

use izly::{ApiKey, Cents, Client, Environment, NewPayment, Order};
use serde_json::{Value, json};
use ureq::http::Uri;

use self::admin::Admin;
use self::delivery::Delivery;
use crate::cli::{TriggerArgs, TriggerEvent};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Record};
use crate::settings;

/// The amount when none is named: more than `solde-insuffisant` has.
const AMOUNT_CENTS: i64 = 150;

const START: &str = "start `izly sandbox` in another terminal, then set the two variables that it prints";

pub(crate) fn run(arguments: &TriggerArgs, output: Output) -> Result<Exit, Failure> {
    let (environment, key) = sandbox(arguments)?;
    let admin = Admin::new(&environment, &key);
    let mode = check(&admin, arguments)?;
    let operation = match arguments.operation {
        Some(operation) => operation,
        None => create(&settings::builder(&arguments.connection, environment, key)?.build()?, arguments)?,
    };
    let happened = happen(&admin, arguments, operation, mode == "never")?;
    let is_well = happened.is_well(arguments.event);
    happened.report(arguments.event, is_well, output);
    Ok(if is_well { Exit::Ok } else { Exit::No })
}

/// The settings of the other commands, as long as they lead to a sandbox: this one pays without asking anybody.
fn sandbox(arguments: &TriggerArgs) -> Result<(Environment, ApiKey), Failure> {
    let connection = &arguments.connection;
    let is_set = |name| Ok::<_, Failure>(settings::variable(name)?.is_some());
    if connection.environment.is_none() && !is_set("IZLY_ENVIRONMENT")? {
        return Err(Failure::advice("environment", format!("No sandbox is named: {START}")));
    }
    if connection.api_key_file.is_none() && !is_set("IZLY_API_KEY")? {
        return Err(Failure::advice("api_key", format!("There is no key of a sandbox's: {START}")));
    }
    let environment = settings::environment(connection)?;
    // Plain http is for loopback addresses only: the SDK takes no others.
    if !environment.base_url().starts_with("http:") {
        let rule = format!("must be a sandbox on this machine, http://127.0.0.1:PORT: {START}");
        return Err(Failure::usage("environment", rule));
    }
    let key = settings::api_key(connection)?;
    if !key.is_sandbox() {
        return Err(Failure::usage("api_key", format!("must be a sandbox's, never a real one: {START}")));
    }
    Ok((environment, key))
}

/// Finds out what would be refused, before a payment is made for nothing. Returns when the sandbox delivers callbacks.
fn check(admin: &Admin, arguments: &TriggerArgs) -> Result<Value, Failure> {
    let is_url = |uri: Uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some();
    if !arguments.to.parse().is_ok_and(is_url) {
        return Err(Failure::usage("to", "must be an absolute URL, such as http://127.0.0.1:8000/izly/callback"));
    }
    let mode = admin.get("/callback-settings")?["mode"].take();
    if mode == "before_creation_reply" {
        let rule =
            "pays each payment by itself before anybody can decide about it: choose another mode for its callbacks";
        return Err(Failure::usage("the sandbox", rule));
    }
    let accounts = admin.get("/accounts")?;
    let Some(account) = &arguments.account else { return Ok(mode) };
    let answers = |known: &Value| ["name", "email", "phone"].iter().any(|name| known[name] == account.as_str());
    match accounts["accounts"].as_array() {
        Some(known) if !known.iter().any(answers) => {
            Err(Failure::usage("account", "is none of the sandbox's: its first line lists them"))
        }
        _ => Ok(mode),
    }
}

/// A payment as any partner makes one.
fn create(client: &Client, arguments: &TriggerArgs) -> Result<u64, Failure> {
    let made_up = || format!("trigger-{}", jiff::Timestamp::now().as_microsecond());
    let id = arguments.order.clone().unwrap_or_else(made_up);
    let amount = Cents::new(arguments.amount_cents.unwrap_or(AMOUNT_CENTS))?;
    let pending = client.create_payment(&NewPayment::new(Order::new(id, amount)?))?;
    Ok(pending.operation_id.get())
}

/// What came of it.
struct Happened {
    /// `paid`, `refused`, `cancelled` or `already_settled`; nothing for a callback out of thin air.
    result: Option<String>,
    payment: Value,
    deliveries: Vec<Delivery>,
}

/// Makes it happen, and sees every callback through, whatever the sandbox was told about callbacks.
fn happen(admin: &Admin, arguments: &TriggerArgs, operation: u64, are_lost: bool) -> Result<Happened, Failure> {
    let (to, payment) = (&arguments.to, format!("/payments/{operation}"));
    let approve = |default: &str, copies: u8| {
        let account = arguments.account.as_deref().unwrap_or(default);
        admin.post(
            &format!("{payment}/approve"),
            &json!({"account": account, "callback_url": to, "copies": copies, "concurrent": false}),
        )
    };
    let mut reply = match arguments.event {
        TriggerEvent::Paid => approve("riche", 1),
        TriggerEvent::Duplicate => approve("riche", 2),
        TriggerEvent::Refused => approve("solde-insuffisant", 1),
        TriggerEvent::Cancelled => {
            admin.post(&format!("{payment}/cancel"), &json!({"callback": true, "callback_url": to, "copies": 1}))
        }
        TriggerEvent::Forged => {
            admin.post("/callbacks", &json!({"operation_id": operation, "forge": "status", "callback_url": to}))
        }
    }?;
    let deliveries = delivery::all_of(admin, reply["deliveries"].take(), are_lost)?;
    // As it is now that the site has had its say: it may have refunded it at once.
    let payment = admin.get(&payment)?;
    Ok(Happened { result: reply["result"].as_str().map(str::to_owned), payment, deliveries })
}

impl Happened {
    /// Whether what was asked for happened, and the site answered every callback as it should. A forged callback may be
    /// answered in any way: what the site believes is another matter.
    fn is_well(&self, event: TriggerEvent) -> bool {
        let answered = |delivery: &Delivery| match event {
            TriggerEvent::Forged => delivery.status.is_some(),
            _ => delivery.status == Some(200),
        };
        self.is_as_asked(event) && !self.deliveries.is_empty() && self.deliveries.iter().all(answered)
    }

    fn is_as_asked(&self, event: TriggerEvent) -> bool {
        self.result.as_deref() == wanted(event)
    }

    fn report(&self, event: TriggerEvent, is_well: bool, output: Output) {
        let amount = self.payment["amount_cents"].as_i64().and_then(|cents| Cents::new(cents).ok());
        let record = Record::default()
            .with("operation_id", self.payment["operation_id"].clone())
            .with("order_id", self.payment["order_id"].clone())
            .with_amount(amount)
            .with("result", self.result.as_deref())
            .with("status", self.payment["status"].clone());
        if output.is_json() {
            let callbacks: Vec<Value> = self.deliveries.iter().map(Delivery::json).collect();
            output.record(&record.with("callbacks", callbacks).with("ok", is_well).with("right", right(event)));
            return;
        }
        output.record(&record);
        self.deliveries.iter().for_each(|delivery| output.line(&delivery.line()));
        output.note(&self.conclusion(event, is_well));
    }

    /// What a person should make of it.
    fn conclusion(&self, event: TriggerEvent, is_well: bool) -> String {
        if !self.is_as_asked(event) {
            let result = self.result.as_deref().unwrap_or_default().replace('_', " ");
            let remedy = if result == "already settled" { SETTLED } else { remedy(event) };
            return format!("That is not what was asked for: it is {result}. {remedy}");
        }
        if self.deliveries.is_empty() {
            return "The sandbox told nobody: see its wire switches callback_on_failure and callback_on_cancel.".into();
        }
        if let Some(delivery) = self.deliveries.iter().find(|delivery| !delivery.sent) {
            let reason = delivery.error.as_deref().unwrap_or("it was not sent");
            return format!("The site was not asked: {reason}.");
        }
        let verdict = match event {
            _ if is_well => "",
            TriggerEvent::Forged => "The site has not answered. ",
            _ => "The site should have answered with HTTP 200. ",
        };
        format!("{verdict}{}", right(event))
    }
}

/// The result that was asked for.
fn wanted(event: TriggerEvent) -> Option<&'static str> {
    match event {
        TriggerEvent::Paid | TriggerEvent::Duplicate => Some("paid"),
        TriggerEvent::Refused => Some("refused"),
        TriggerEvent::Cancelled => Some("cancelled"),
        TriggerEvent::Forged => None,
    }
}

/// What to do about a payment on which nobody can decide any more.
const SETTLED: &str = "Name an --operation that waits, or leave it out: a payment is made for you.";

fn remedy(event: TriggerEvent) -> &'static str {
    match event {
        TriggerEvent::Paid | TriggerEvent::Duplicate => {
            "Give --account the name of one that can pay so much, or ask for less with --amount-cents."
        }
        TriggerEvent::Refused => "Give --account the name of one that cannot pay, or --amount-cents more than it has.",
        TriggerEvent::Cancelled | TriggerEvent::Forged => "Leave --operation out: a payment is made for you.",
    }
}

/// What a right site does. It cannot be seen from here, so it is said.
fn right(event: TriggerEvent) -> &'static str {
    match event {
        TriggerEvent::Paid => "A right site has asked Izly, and credited this order.",
        TriggerEvent::Duplicate => "A right site has answered both, and credited this order once.",
        TriggerEvent::Refused => "A right site has credited nothing: the student may still pay.",
        TriggerEvent::Cancelled => "A right site has credited nothing, and given the order up.",
        TriggerEvent::Forged => {
            "This callback was a lie: it claims Completed, whatever the status above is. A right site has asked Izly, \
             and must not have credited anything that Izly does not say is Completed."
        }
    }
}

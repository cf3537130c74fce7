//! `izly payment create|show|confirm|refund`.

use std::time::Duration;

use izly::{
    Cents, CivilDateTime, Client, Customer, Date, NewPayment, OperationId, Order, PaidPayment, Payment, Personal,
    RefundTarget,
};

use crate::cli::{ConfirmArgs, CreateArgs, GlobalArgs, OrderArgs, PaymentCommand, RefundArgs};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Record};
use crate::settings;

pub(crate) fn run(global: &GlobalArgs, command: &PaymentCommand, output: Output) -> Result<Exit, Failure> {
    let client = settings::client(global)?;
    let record = match command {
        PaymentCommand::Create(arguments) => create(&client, arguments, output)?,
        PaymentCommand::Show { operation, reveal } => {
            shown(&client.payment(OperationId::new(*operation)?)?, reveal.reveal)
        }
        PaymentCommand::Confirm(arguments) => confirm(&client, arguments)?,
        PaymentCommand::Refund(arguments) => refund(&client, arguments, output)?,
    };
    output.record(&record);
    Ok(Exit::Ok)
}

fn order(arguments: &OrderArgs) -> Result<Order, Failure> {
    Ok(Order::new(arguments.id.as_str(), Cents::new(arguments.amount_cents)?)?)
}

/// The page's address holds a token, and is what was asked for: it is shown.
fn create(client: &Client, arguments: &CreateArgs, output: Output) -> Result<Record, Failure> {
    let mut payment = NewPayment::new(order(&arguments.order)?);
    if let Some(message) = &arguments.message {
        payment = payment.message(message);
    }
    for (name, value) in &arguments.callback_parameter {
        payment = payment.callback_parameter(name, value);
    }
    if let Some(url) = &arguments.redirect_url {
        payment = payment.redirect_url(url);
    }
    if let Some(software) = arguments.software {
        payment = payment.software(software);
    }
    let pending = client.create_payment(&payment)?;
    output.note("Store the operation id, then send the student, and nobody else, to the authorization url. To know whether it is paid:");
    output.note(&format!(
        "  izly payment confirm {} --order <the order id> --amount-cents {}",
        pending.operation_id,
        pending.order.amount().get()
    ));
    Ok(Record::default()
        .with("operation_id", pending.operation_id.get())
        .with("order_id", pending.order.id())
        .with_amount(Some(pending.order.amount()))
        .with("status", pending.status.as_ref().map(izly::Status::as_str))
        .with("authorization_url", pending.authorization_url)
        .with("transaction_id", pending.transaction_id)
        .with("date", date(pending.date.as_ref()))
        .with("callback_parameters", pending.callback_parameters))
}

fn confirm(client: &Client, arguments: &ConfirmArgs) -> Result<Record, Failure> {
    let (operation, order) = (OperationId::new(arguments.operation)?, order(&arguments.order)?);
    let paid = match arguments.wait {
        Some(seconds) => client.confirm_within(Duration::from_secs(seconds), operation, &order)?,
        None => client.confirm(operation, &order)?,
    };
    Ok(confirmed(&paid))
}

fn confirmed(paid: &PaidPayment) -> Record {
    Record::default()
        .with("paid", true)
        .with("operation_id", paid.operation_id().get())
        .with("order_id", paid.order_id())
        .with_amount(Some(paid.amount()))
        .with("date", date(paid.date()))
}

/// Deliberately without a `paid`: only a confirmation, which compares with an order, may say that.
fn shown(payment: &Payment, reveal: bool) -> Record {
    let Customer { account_id, email, client_code, .. } = &payment.customer;
    let personal = |value: &Option<Personal>| value.as_ref().map(|value| value.reveal().to_owned());
    Record::default()
        .with("operation_id", payment.operation_id.get())
        .with("order_id", payment.order_id.as_str())
        .with_amount(Some(payment.amount))
        .with("status", payment.status.as_str())
        .with("date", date(payment.date.as_ref()))
        .with("transaction_id", payment.transaction_id)
        .with("message", payment.message.as_deref())
        .with("callback_parameters", payment.callback_parameters.as_deref())
        .with("beneficiary", payment.beneficiary.identifier.as_deref())
        .with_secret("customer_account_id", personal(account_id).as_deref(), reveal)
        .with_secret("customer_email", personal(email).as_deref(), reveal)
        .with_secret("customer_client_code", personal(client_code).as_deref(), reveal)
        .with("error", payment.error_text.as_deref())
        .with_extra(&payment.extra, reveal)
}

fn refund(client: &Client, arguments: &RefundArgs, output: Output) -> Result<Record, Failure> {
    let target = RefundTarget::new(OperationId::new(arguments.operation)?, arguments.order.as_str())?;
    if !arguments.yes {
        ask(arguments, output)?;
    }
    let refund = client.refund(&target)?;
    Ok(Record::default()
        .with("refunded", true)
        .with("operation_id", refund.operation_id.get())
        .with("order_id", refund.order_id)
        .with_amount(refund.amount)
        .with("status", refund.status.as_str())
        .with("date", date(refund.date.as_ref())))
}

/// Money goes back only if a person says so, or a script says `--yes`.
fn ask(arguments: &RefundArgs, output: Output) -> Result<(), Failure> {
    let question = format!(
        "Give the whole amount of operation {} (order {}) back to the student? Type yes:",
        arguments.operation, arguments.order
    );
    match output.ask(&question).as_deref() {
        Some("yes") => Ok(()),
        Some(_) => Err(Failure::usage("yes", "was not typed: nothing was refunded")),
        None => Err(Failure::usage("yes", "is missing: without a terminal to ask on, give --yes")),
    }
}

/// ISO 8601 if the date could be read, else as Izly wrote it.
fn date(date: Option<&Date>) -> Option<String> {
    let date = date?;
    Some(date.civil().as_ref().map_or_else(|| date.text().to_owned(), CivilDateTime::to_string))
}

//! `izly payment create|show|confirm|refund`.

use std::time::Duration;

use izly::{
    Cents, CivilDateTime, Client, Customer, Date, NewPayment, OperationId, Order, PaidPayment, Payment, PendingPayment,
    Personal, RefundTarget,
};

use crate::cli::{ConfirmArgs, CreateArgs, OrderArgs, PaymentArgs, PaymentCommand, RefundArgs};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Record};
use crate::{settings, shell};

pub(crate) fn run(arguments: &PaymentArgs, output: Output) -> Result<Exit, Failure> {
    let client = settings::client(&arguments.connection)?;
    match &arguments.command {
        PaymentCommand::Create(arguments) => {
            let pending = create(&client, arguments)?;
            // The hint comes last: it is about what stands above it.
            let hint = how_to_confirm(&pending);
            output.record(&created(pending));
            if !output.is_json() {
                output.note(&hint);
            }
        }
        PaymentCommand::Show { operation, reveal } => {
            output.record(&shown(&client.payment(OperationId::new(*operation)?)?, reveal.reveal));
        }
        PaymentCommand::Confirm(arguments) => output.record(&confirm(&client, arguments)?),
        PaymentCommand::Refund(arguments) => output.record(&refund(&client, arguments, output)?),
    }
    Ok(Exit::Ok)
}

fn order(arguments: &OrderArgs) -> Result<Order, Failure> {
    Ok(Order::new(arguments.id.as_str(), Cents::new(arguments.amount_cents)?)?)
}

fn create(client: &Client, arguments: &CreateArgs) -> Result<PendingPayment, Failure> {
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
    Ok(client.create_payment(&payment)?)
}

fn how_to_confirm(pending: &PendingPayment) -> String {
    format!(
        "Store the operation id, then send the student, and nobody else, to the authorization url. To know whether it \
         is paid:\n  izly payment confirm {} {} --amount-cents {}",
        pending.operation_id,
        shell::option("--order", pending.order.id()),
        pending.order.amount().get()
    )
}

/// The page's address holds a token, and is what was asked for: it is shown.
fn created(pending: PendingPayment) -> Record {
    Record::default()
        .with("operation_id", pending.operation_id.get())
        .with("order_id", pending.order.id())
        .with_amount(Some(pending.order.amount()))
        .with("status", pending.status.as_ref().map(izly::Status::as_str))
        .with("authorization_url", pending.authorization_url)
        .with("transaction_id", pending.transaction_id)
        .with("date", date(pending.date.as_ref()))
        .with("callback_parameters", pending.callback_parameters)
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
    consent(output.ask(&question).as_deref())
}

fn consent(answer: Option<&str>) -> Result<(), Failure> {
    match answer {
        Some("yes") => Ok(()),
        Some(_) => Err(Failure::Declined),
        None => Err(Failure::advice("yes", "give --yes to refund without being asked")),
    }
}

/// ISO 8601 if the date could be read, else as Izly wrote it.
fn date(date: Option<&Date>) -> Option<String> {
    let date = date?;
    Some(date.civil().as_ref().map_or_else(|| date.text().to_owned(), CivilDateTime::to_string))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_in_full_refunds() {
        assert!(consent(Some("yes")).is_ok());
        for no in ["y", "Yes", "oui", ""] {
            let failure = consent(Some(no)).unwrap_err();
            assert_eq!((failure.line().as_str(), failure.exit()), ("Not refunded (type yes in full)", Exit::Usage));
            assert!(failure.consequences().is_none(), "there was no request to speak of");
        }
        assert_eq!(consent(None).unwrap_err().line(), "give --yes to refund without being asked");
    }
}

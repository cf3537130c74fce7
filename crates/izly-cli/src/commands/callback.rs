//! `izly callback inspect`.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use izly::{Callback, CallbackDate, CallbackPersonal, Status};

use crate::cli::CallbackCommand;
use crate::exit::{Exit, Failure};
use crate::output::{Output, Record};

pub(crate) fn run(command: &CallbackCommand, output: Output) -> Result<Exit, Failure> {
    let CallbackCommand::Inspect { file, reveal } = command;
    let body = body(file).map_err(|error| Failure::file("file", file, "read", &error))?;
    let callback = Callback::parse(&body)?;
    output.record(&claims(&callback, reveal.reveal));
    let words = format!(
        "CLAIMS, NOT FACTS: anyone can post this. To know whether it is paid:\n  \
         izly payment confirm {} --order <your order id> --amount-cents <your amount>",
        callback.operation_id()
    );
    output.note(&words);
    Ok(Exit::Ok)
}

/// One byte more than the SDK accepts, so that it can say that the body is too large.
fn body(file: &Path) -> io::Result<Vec<u8>> {
    let limit = Callback::MAX_BYTES as u64 + 1;
    let mut body = Vec::new();
    if file == Path::new("-") {
        io::stdin().take(limit).read_to_end(&mut body)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut body)?;
    }
    Ok(body)
}

/// Every name says that it is a claim, so that nobody takes it for more in a script.
fn claims(callback: &Callback, reveal: bool) -> Record {
    let claimed = callback.untrusted();
    Record::default()
        .with("proves", "nothing")
        .with("operation_id", callback.operation_id().get())
        .with("claimed_order_id", callback.order_id())
        .with("claimed_status", claimed.status.map(Status::as_str))
        .with("claimed_amount_text", claimed.amount_text)
        .with("claimed_date", claimed.date.map(CallbackDate::text))
        .with("claimed_error_code", claimed.error.code)
        .with("claimed_error_message", claimed.error.message)
        .with("claimed_message", claimed.message)
        .with("claimed_callback_parameters", claimed.callback_parameters)
        .with("claimed_beneficiary", claimed.beneficiary.identifier)
        .with_secret("claimed_user_account_id", claimed.user.account_id.map(CallbackPersonal::reveal), reveal)
        .with_secret("claimed_user_email", claimed.user.email.map(CallbackPersonal::reveal), reveal)
        .with_secret("claimed_user_client_code", claimed.user.client_code.map(CallbackPersonal::reveal), reveal)
        .with_extra(claimed.extra, reveal)
}

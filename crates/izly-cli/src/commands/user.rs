//! `izly user`.

use izly::{AccessToken, Personal};

use crate::cli::UserArgs;
use crate::exit::{Exit, Failure};
use crate::output::{Output, Record};
use crate::settings::{self, SecretInput};

const ACCESS_TOKEN: SecretInput = SecretInput {
    field: "access_token",
    what: "the access token",
    remedy: "pipe the token in, or set IZLY_ACCESS_TOKEN",
};

/// Prints the student's details. What identifies a person is masked; rate and institution are not.
pub(crate) fn run(arguments: &UserArgs, output: Output) -> Result<Exit, Failure> {
    let client = settings::client(&arguments.connection)?;
    let token = match settings::variable("IZLY_ACCESS_TOKEN")? {
        Some(token) => token,
        None => settings::secret_input(&ACCESS_TOKEN, output)?,
    };
    let user = client.user(&AccessToken::new(token.as_str()))?;
    let reveal = arguments.reveal.reveal;
    output.record(
        &Record::default()
            .with_secret("right_holder_id", user.right_holder_id.as_ref().map(Personal::reveal), reveal)
            .with_secret("izly_id", user.izly_id.as_ref().map(Personal::reveal), reveal)
            .with("company", user.company)
            .with("rate", user.rate)
            .with("academic_year", user.academic_year)
            .with("employer", user.employer)
            .with("institution_code", user.institution_code)
            .with("component_code", user.component_code)
            .with_secret("student_code", user.student_code.as_ref().map(Personal::reveal), reveal)
            .with_secret("ine", user.ine.as_ref().map(Personal::reveal), reveal)
            .with_secret("client_code", user.client_code.as_ref().map(Personal::reveal), reveal)
            .with("client_type", user.client_type)
            .with_secret("affectation_number", user.affectation_number.as_ref().map(Personal::reveal), reveal)
            .with_secret("id", user.id.as_ref().map(Personal::reveal), reveal)
            .with_extra(&user.extra, reveal),
    );
    Ok(Exit::Ok)
}

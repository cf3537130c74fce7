//! `izly login-url`.

use izly::Scope;

use crate::cli::LoginUrlArgs;
use crate::exit::{Exit, Failure};
use crate::output::{Output, Record};
use crate::settings;

/// Prints both halves of a login that begins. They are what was asked for, so neither is masked.
pub(crate) fn run(arguments: &LoginUrlArgs, output: Output) -> Result<Exit, Failure> {
    let login = settings::client(&arguments.connection)?.start_login(Scope::from_bits(arguments.scope))?;
    output.record(&Record::default().with("url", login.url).with("state", login.state.reveal()));
    output
        .note("Open the url in a browser. When it comes back to your site, copy what follows the `?` of the address:");
    output.note("  IZLY_STATE=<the state> izly token --save tokens.json   (and paste it)");
    Ok(Exit::Ok)
}

//! `izly sandbox`.

use std::error::Error as _;
use std::fs;
use std::path::Path;

use izly_sandbox::{Partner, Sandbox, TokenStyle as Style};

use crate::cli::{SandboxArgs, TokenStyle};
use crate::exit::{Exit, Failure};
use crate::output::Output;

/// Runs a sandbox until the process is ended. Standard output gets the ready line and nothing else.
pub(crate) fn run(arguments: &SandboxArgs, output: Output) -> Result<Exit, Failure> {
    let style = match arguments.token_style {
        TokenStyle::Plain => Style::Plain,
        TokenStyle::PlusAndSlash => Style::PlusAndSlash,
    };
    let builder = Sandbox::builder()
        .port(arguments.port)
        .seed(arguments.seed)
        .partner(partner(arguments)?)
        .token_style(style)
        .allow_remote_callbacks(arguments.allow_remote_callbacks);
    let sandbox = builder.start().map_err(|error| Failure::usage("sandbox", in_full(&error)))?;
    output.json_line(&sandbox.ready_line());
    hints(&sandbox, output);
    // Ctrl-C ends the process: everything is in memory, so there is nothing to put away.
    sandbox.wait();
    Ok(Exit::Ok)
}

/// The file's registration, then the flags, which win.
fn partner(arguments: &SandboxArgs) -> Result<Partner, Failure> {
    let mut partner = arguments.partner.as_deref().map(read).transpose()?.unwrap_or_default();
    let urls = [
        (&arguments.callback_url, &mut partner.callback_url),
        (&arguments.login_redirect_url, &mut partner.login_redirect_url),
        (&arguments.payment_redirect_url, &mut partner.payment_redirect_url),
        (&arguments.home_url, &mut partner.home_page_url),
    ];
    for (given, url) in urls {
        if let Some(given) = given {
            given.clone_into(url);
        }
    }
    partner.approved &= !arguments.not_approved;
    partner.izly_pay &= !arguments.no_izly_pay;
    partner.callback_allowed &= !arguments.callback_not_allowed;
    Ok(partner)
}

fn read(path: &Path) -> Result<Partner, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::file("partner", "read", &error))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::usage("partner", format!("is not a partner's registration: {error}")))
}

fn hints(sandbox: &Sandbox, output: Output) {
    let partner = sandbox.partner();
    output.note(&format!("A local Izly at {}, for the partner \"{}\".", sandbox.base_url(), partner.site_name));
    output.note(&format!(
        "Callbacks go to {}. Test accounts are on its pages and in the line above.",
        partner.callback_url
    ));
    output
        .note("In another terminal: set IZLY_ENVIRONMENT to base_url and IZLY_API_KEY to api_key, then `izly doctor`.");
    output.note("Ctrl-C ends it; nothing is kept.");
}

/// An error with its causes: the sandbox's own texts leave them out.
fn in_full(error: &izly_sandbox::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    causes.fold(format!("cannot start: {error}"), |text, cause| format!("{text}: {cause}"))
}

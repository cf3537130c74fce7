//! `izly sandbox`.

use std::error::Error as _;
use std::fs;
use std::path::Path;

use izly_sandbox::{Delivery, Partner, Sandbox, TokenStyle as Style};

use crate::cli::{SandboxArgs, TokenStyle};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::shell;

/// How much of a partner's answer is worth a look: `{"Code":…}` fits, an error page does not.
const LONGEST_REPLY: usize = 160;

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
        .allow_remote_callbacks(arguments.allow_remote_callbacks)
        .on_delivery(move |delivery| output.note(&told(delivery)));
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
    let text = fs::read_to_string(path).map_err(|error| Failure::file("partner", path, "read", &error))?;
    serde_json::from_str(&text).map_err(|error| {
        Failure::usage("partner", format!("{} is not a partner's registration: {error}", path.display()))
    })
}

fn hints(sandbox: &Sandbox, output: Output) {
    let partner = sandbox.partner();
    let now = sandbox.now().iso();
    let day = now.split('T').next().unwrap_or_default();
    for line in [
        format!("A local Izly at {}, for the partner \"{}\".", sandbox.base_url(), partner.site_name),
        format!("Callbacks go to {}; how each one ends is said here.", partner.callback_url),
        format!("Its clock stands at {day}, whatever today is: the same seed and requests give the same answers."),
        "For the other commands (`izly doctor`, …), in another terminal:".to_owned(),
        format!("  export IZLY_ENVIRONMENT={}", shell::quoted(sandbox.base_url())),
        // No real secret: only sandboxes take it, and it stands in the line above as well.
        format!("  export IZLY_API_KEY={}", shell::quoted(sandbox.api_key())),
        "`izly payment create` gives an authorization url: open it in a browser, the test accounts are on the page."
            .to_owned(),
        "Ctrl-C ends it; nothing is kept.".to_owned(),
    ] {
        output.note(&line);
    }
}

/// A callback that ended, in one line. Its parameters may be a partner's own signature, so the query stays out.
fn told(delivery: &Delivery) -> String {
    let url = delivery.url.split('?').next().unwrap_or_default();
    let ending = match (delivery.status, &delivery.error) {
        (Some(status), _) if delivery.accepted() => format!("{status} accepted"),
        (Some(status), _) => format!("{status} refused {}", in_one_line(&delivery.reply_body)).trim_end().to_owned(),
        (None, Some(error)) => in_one_line(error),
        (None, None) => "no answer".to_owned(),
    };
    format!("callback → {url}: {ending}")
}

/// The beginning of a text from elsewhere: one line, and nothing that a terminal would obey.
fn in_one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_REPLY) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// An error with its causes: the sandbox's own texts leave them out.
fn in_full(error: &izly_sandbox::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    causes.fold(format!("cannot start: {error}"), |text, cause| format!("{text}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_partner_answers_fits_a_line_and_commands_no_terminal() {
        assert_eq!(
            in_one_line("{\"Code\": 1,\r\n \"ErrorMessage\": \"non\"}\n"),
            r#"{"Code": 1, "ErrorMessage": "non"}"#
        );
        assert_eq!(in_one_line("\u{1b}[2Jgone\u{9b}1m"), "[2Jgone 1m");
        assert_eq!(in_one_line(&"é".repeat(500)), format!("{}…", "é".repeat(LONGEST_REPLY)));
    }
}

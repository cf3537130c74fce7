//! `izly sandbox`.

mod settings;

use std::io;
use std::sync::Arc;
use std::thread;

use izly_sandbox::{ClockMode, Delivery, Sandbox};

use crate::cli::SandboxArgs;
use crate::exit::{Exit, Failure};
use crate::output::{EndedCallback, Output};
use crate::shell;

/// Runs a sandbox until the process is ended. Standard output gets the ready line and nothing else.
pub(crate) fn run(arguments: &SandboxArgs, output: Output) -> Result<Exit, Failure> {
    let builder = settings::builder(arguments)?.on_delivery(move |delivery| output.note(&told(delivery)));
    let sandbox = Arc::new(builder.start().map_err(|error| Failure::start("sandbox", &error))?);
    output.json_line(&sandbox.ready_line());
    hints(&sandbox, arguments, output);
    if arguments.until_stdin_closes {
        stop_with_stdin(Arc::clone(&sandbox));
    }
    // Ctrl-C ends the process: what is in memory is meant to go, and a state file is always up to date.
    sandbox.wait();
    Ok(Exit::Ok)
}

/// Stops the sandbox when whoever started it is gone, however it went.
fn stop_with_stdin(sandbox: Arc<Sandbox>) {
    thread::spawn(move || {
        // Whether it ends or breaks, nobody is there any more.
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        sandbox.stop();
    });
}

fn hints(sandbox: &Sandbox, arguments: &SandboxArgs, output: Output) {
    let partner = sandbox.partner();
    let callbacks = arguments.forward_to.as_ref().unwrap_or(&partner.callback_url);
    for line in [
        format!("A local Izly at {}, for the partner \"{}\".", sandbox.base_url(), partner.site_name),
        format!("In a browser: {}/_sandbox shows all that happens, and changes everything.", sandbox.base_url()),
        format!("Callbacks go to {callbacks}; how each one ends is said here."),
        clock_hint(sandbox, arguments),
        "For the other commands (`izly doctor`, …), in another terminal:".to_owned(),
        format!("  export IZLY_ENVIRONMENT={}", shell::quoted(sandbox.base_url())),
        // No real secret: only sandboxes take it, and it stands in the line above as well.
        format!("  export IZLY_API_KEY={}", shell::quoted(sandbox.api_key())),
        "`izly payment create` gives an authorization url: open it in a browser, the test accounts are on the page."
            .to_owned(),
        ending_hint(arguments),
    ] {
        output.note(&line);
    }
}

fn clock_hint(sandbox: &Sandbox, arguments: &SandboxArgs) -> String {
    if sandbox.clock_mode() == ClockMode::Real {
        return "Its clock is the machine's.".to_owned();
    }
    let now = sandbox.now().iso();
    let day = now.split('T').next().unwrap_or_default();
    let why = match arguments.seed {
        Some(_) => "the same seed and requests give the same answers",
        None => "it moves only when something happens",
    };
    format!("Its clock stands at {day}, whatever today is: {why}.")
}

fn ending_hint(arguments: &SandboxArgs) -> String {
    match &arguments.state {
        Some(file) => format!(
            "Ctrl-C ends it; everything but the timeline is kept in {}, and what was there before has won over the other \
             options.",
            file.display()
        ),
        None => "Ctrl-C ends it; nothing is kept.".to_owned(),
    }
}

fn told(delivery: &Delivery) -> String {
    let ended = EndedCallback {
        url: &delivery.url,
        status: delivery.status,
        accepted: delivery.accepted(),
        reply: &delivery.reply_body,
        error: delivery.error.as_deref(),
    };
    ended.line()
}

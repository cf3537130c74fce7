//! What may be typed. Secrets have no flag: arguments are visible to every user of the machine.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::exit::EXIT_CODES;

/// Log students in with Izly, take payments, confirm and refund them.
#[derive(Debug, Parser)]
#[command(name = "izly", version, after_help = EXIT_CODES, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command understands.
#[derive(Debug, Args)]
pub(crate) struct GlobalArgs {
    /// Print JSON: one object, or one per line for `demo`
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// What the commands that call Izly understand. Global below them, so that `payment` takes it before or after `create`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ConnectionArgs {
    // Not clap's `env`: it would show a variable that is set as a required option in every usage line.
    /// production, preproduction, or a URL (https; plain http to a loopback address only); else `IZLY_ENVIRONMENT`
    #[arg(long, global = true, value_name = "NAME|URL")]
    pub(crate) environment: Option<String>,
    /// Read the API key from this file instead of `IZLY_API_KEY`
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) api_key_file: Option<PathBuf>,
    /// Trust the certificates in this PEM file, and no others
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Tunnel through this HTTP proxy (with a password: `IZLY_PROXY`)
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// Give up on a call after so many seconds [default: 15]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) deadline: Option<u64>,
    /// Your application's name, added to the user agent, such as boutique-bde/1.4
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) application: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play the whole protocol on this machine, step by step, and explain it; with --serve, try it in a browser
    Demo(DemoArgs),
    /// Run a local Izly until Ctrl-C; prints one JSON line when it is ready
    Sandbox(SandboxArgs),
    /// Begin a login: print the page to open and the state to keep
    LoginUrl(LoginUrlArgs),
    /// Finish a login, or refresh: read a query (or a refresh token) on standard input, get tokens
    Token(TokenArgs),
    /// Read the details of the student whose access token is on standard input, or in `IZLY_ACCESS_TOKEN`
    User(UserArgs),
    /// Create, read, confirm or refund a payment
    Payment(PaymentArgs),
    /// Look into a callback
    #[command(subcommand)]
    Callback(CallbackCommand),
    /// Have the running sandbox make a payment, and see how your site takes its callback
    Trigger(TriggerArgs),
    /// Check the key, the environment, the network and the clock
    Doctor(DoctorArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Decides all ids, codes and tokens of the local Izly
    #[arg(long, default_value_t = 0)]
    pub(crate) seed: u64,
    /// Open a small demo shop for your browser instead, with the local Izly behind it, until Ctrl-C
    #[arg(long)]
    pub(crate) serve: bool,
    /// The shop's port on 127.0.0.1; 0 takes any free one [default: 4242, or any free one if that is taken]
    #[arg(long, requires = "serve")]
    pub(crate) port: Option<u16>,
    /// The local Izly's port on 127.0.0.1; 0 takes any free one
    #[arg(long, requires = "serve", default_value_t = 0)]
    pub(crate) sandbox_port: u16,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct SandboxArgs {
    /// The port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// Decides all ids, codes and tokens: the same seed and requests give the same answers. Without it, each run has
    /// ids of its own, which grow from run to run
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Keep everything but the timeline in this file, from run to run; it is made if it does not exist, and wins over the
    /// other options if it does
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// The partner's registration, as JSON; the flags below win over it
    #[arg(long, value_name = "FILE")]
    pub(crate) partner: Option<PathBuf>,
    /// Where Izly tells your server about a payment
    #[arg(long, value_name = "URL")]
    pub(crate) callback_url: Option<String>,
    /// Where the browser comes back after a login
    #[arg(long, value_name = "URL")]
    pub(crate) login_redirect_url: Option<String>,
    /// Where the link on the page after a payment leads
    #[arg(long, value_name = "URL")]
    pub(crate) payment_redirect_url: Option<String>,
    /// Where the browser goes after a cancel
    #[arg(long, value_name = "URL")]
    pub(crate) home_url: Option<String>,
    /// Play a partner that is not approved yet: nothing works
    #[arg(long)]
    pub(crate) not_approved: bool,
    /// Play a partner without `IzlyPay`: only logins work
    #[arg(long)]
    pub(crate) no_izly_pay: bool,
    /// Play a host whose firewall lets no callback out
    #[arg(long)]
    pub(crate) callback_not_allowed: bool,
    /// Let callbacks leave this machine
    #[arg(long)]
    pub(crate) allow_remote_callbacks: bool,
    /// Send every callback to this URL, whatever the registration says
    #[arg(long, value_name = "URL")]
    pub(crate) forward_to: Option<String>,
    /// When callbacks are delivered
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Callbacks::DuringValidation)]
    pub(crate) callbacks: Callbacks,
    /// How to read what the vendor's guide leaves open: as the guide says, or as production was seen to do
    #[arg(long, value_enum, default_value_t = Profile::Guide)]
    pub(crate) profile: Profile,
    /// Change one reading, such as `callback_amount=centimes` or `echo_state=false`; may be given several times. The
    /// back office lists them all
    #[arg(long, value_name = "NAME=VALUE", action = ArgAction::Append, value_parser = parameter)]
    pub(crate) wire: Vec<(String, String)>,
    /// Make requests misbehave, as this JSON file says: `[{"call": "refund", "fault": "commit_then_drop", "nth": 1}]`
    #[arg(long, value_name = "FILE")]
    pub(crate) faults: Option<PathBuf>,
    /// Use the machine's clock in place of a virtual one that only moves when something happens
    #[arg(long)]
    pub(crate) real_clock: bool,
    /// End when standard input does: for a program that starts the sandbox, and may be killed before it can stop it
    #[arg(long)]
    pub(crate) until_stdin_closes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Callbacks {
    /// While the student waits for the page
    DuringValidation,
    /// A moment after the student's page
    AfterReply,
    /// When somebody says so, in the back office
    Manual,
    /// Never: they get lost
    Never,
    /// Before the payment's creation is answered; the first account that can pay pays at once
    BeforeCreationReply,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// What the guide says
    Guide,
    /// What production clients have seen: `ClientId`, lower camel case, amounts of creations and callbacks in centimes
    Observed,
}

#[derive(Debug, Args)]
pub(crate) struct LoginUrlArgs {
    /// What to ask for, as a bit mask: 1 for the student's details, 16385 for payments as well
    #[arg(long, default_value_t = 1)]
    pub(crate) scope: u32,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

#[derive(Debug, Args)]
pub(crate) struct TokenArgs {
    /// Standard input holds a refresh token, not the query of a login's return
    #[arg(long)]
    pub(crate) refresh: bool,
    /// Write the tokens to this new file, readable by you only
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reveal: RevealArgs,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

#[derive(Debug, Args)]
pub(crate) struct UserArgs {
    #[command(flatten)]
    pub(crate) reveal: RevealArgs,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct RevealArgs {
    /// Show secrets and personal data instead of ***
    #[arg(long)]
    pub(crate) reveal: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PaymentArgs {
    #[command(subcommand)]
    pub(crate) command: PaymentCommand,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PaymentCommand {
    /// Create a payment and print the page where the student approves it
    Create(CreateArgs),
    /// Read a payment, as a support desk would
    Show {
        /// Izly's number for the payment
        operation: u64,
        #[command(flatten)]
        reveal: RevealArgs,
    },
    /// Ask Izly whether this payment pays this order: the only way to know
    Confirm(ConfirmArgs),
    /// Give the whole amount back
    Refund(RefundArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    #[command(flatten)]
    pub(crate) order: OrderArgs,
    /// A comment the operation keeps
    #[arg(long, value_name = "TEXT")]
    pub(crate) message: Option<String>,
    /// A parameter for the callback URL; may be given several times
    #[arg(long, value_name = "NAME=VALUE", action = ArgAction::Append, value_parser = parameter)]
    pub(crate) callback_parameter: Vec<(String, String)>,
    /// Where the link on the page after the payment leads
    #[arg(long, value_name = "URL")]
    pub(crate) redirect_url: Option<String>,
    /// The number of your software, if Izly gave it one
    #[arg(long, value_name = "NUMBER")]
    pub(crate) software: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct OrderArgs {
    /// Your own order id
    #[arg(long = "order", value_name = "ID")]
    pub(crate) id: String,
    /// The amount due in centimes: 150 for 1.50 euros
    #[arg(long, value_name = "CENTIMES", allow_negative_numbers = true)]
    pub(crate) amount_cents: i64,
}

#[derive(Debug, Args)]
pub(crate) struct ConfirmArgs {
    /// Izly's number for the payment
    pub(crate) operation: u64,
    #[command(flatten)]
    pub(crate) order: OrderArgs,
    /// While it is not decided, keep asking for so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) wait: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct RefundArgs {
    /// Izly's number for the payment
    pub(crate) operation: u64,
    /// Your own order id
    #[arg(long, value_name = "ID")]
    pub(crate) order: String,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CallbackCommand {
    /// Show what a callback's body claims. It proves nothing
    Inspect {
        /// A file with the body, or - for standard input
        file: PathBuf,
        #[command(flatten)]
        reveal: RevealArgs,
    },
}

#[derive(Debug, Args)]
pub(crate) struct TriggerArgs {
    /// What is to happen
    #[arg(value_enum)]
    pub(crate) event: TriggerEvent,
    /// Where your site takes callbacks
    #[arg(long, value_name = "URL")]
    pub(crate) to: String,
    /// The order id of the payment to make; made up if it is left out
    #[arg(long, value_name = "ID", conflicts_with = "operation")]
    pub(crate) order: Option<String>,
    /// The amount of the payment to make, in centimes [default: 150]
    #[arg(long, value_name = "CENTIMES", allow_negative_numbers = true, conflicts_with = "operation")]
    pub(crate) amount_cents: Option<i64>,
    /// The test account that approves [default: riche, or solde-insuffisant for `refused`]
    #[arg(long, value_name = "NAME")]
    pub(crate) account: Option<String>,
    /// A payment of your site's that waits, instead of one made for the purpose
    #[arg(long, value_name = "NUMBER")]
    pub(crate) operation: Option<u64>,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TriggerEvent {
    /// A student pays
    Paid,
    /// A student's account cannot pay
    Refused,
    /// A student cancels
    Cancelled,
    /// A student pays, and the callback comes twice
    Duplicate,
    /// Nobody pays, and a callback says so all the same
    Forged,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// Check this callback URL too
    #[arg(long, value_name = "URL")]
    pub(crate) callback_url: Option<String>,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("must be NAME=VALUE".to_owned()),
    }
}

//! `izly doctor`: what has to be right before the first real call, one line each.

mod callback_url;
mod clock;

use std::net::{IpAddr, ToSocketAddrs as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use izly::{ApiKey, CallRecord, Client, Environment, Error, ErrorKind, OperationId, Outcome};
use ureq::http::Uri;

use crate::cli::{ConnectionArgs, DoctorArgs};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Paint, Record};
use crate::settings;

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Ok,
    /// It works, and may surprise.
    Warn,
    /// It will not work, and this is the exit code for it.
    Fail(Exit),
    /// Another check has to be right first.
    Skip,
}

/// One line of the report.
#[derive(Debug)]
pub(super) struct Check {
    name: &'static str,
    verdict: Verdict,
    found: String,
    advice: Option<&'static str>,
}

impl Check {
    pub(super) fn new(name: &'static str, verdict: Verdict, found: impl Into<String>) -> Self {
        Check { name, verdict, found: found.into(), advice: None }
    }

    pub(super) fn advise(mut self, advice: &'static str) -> Self {
        self.advice = Some(advice);
        self
    }

    fn skip(name: &'static str, why: &str) -> Self {
        Check::new(name, Verdict::Skip, why)
    }
}

pub(crate) fn run(arguments: &DoctorArgs, output: Output) -> Exit {
    let connection = &arguments.connection;
    let (key, environment) = (settings::api_key(connection), settings::environment(connection));
    let mut checks = vec![key_shape(key.as_ref()), environment_named(environment.as_ref())];
    match (key, environment.as_ref()) {
        (Ok(key), Ok(environment)) => checks.extend(network(connection, environment, key)),
        _ => checks.push(Check::skip("network", "needs a key and an environment")),
    }
    if let Some(url) = &arguments.callback_url {
        checks.push(callback_url::check(url, environment.as_ref().ok()));
    }
    report(&checks, output);
    worst(&checks)
}

fn key_shape(key: Result<&ApiKey, &Failure>) -> Check {
    match key {
        Ok(key) => {
            let kind = if key.is_sandbox() { ", a key of the sandbox" } else { "" };
            Check::new("key", Verdict::Ok, format!("Base64 of identifier:secret, for `{}`{kind}", key.identifier()))
        }
        Err(failure) => Check::new("key", Verdict::Fail(Exit::Usage), failure.to_string())
            .advise("copy it from the partner's page in Izly's back office, as it is"),
    }
}

fn environment_named(environment: Result<&Environment, &Failure>) -> Check {
    match environment {
        Ok(Environment::Production) => Check::new("environment", Verdict::Ok, "production: real students, real money"),
        Ok(environment) => Check::new("environment", Verdict::Ok, environment.to_string()),
        Err(failure) => Check::new("environment", Verdict::Fail(Exit::Usage), failure.to_string())
            .advise("set IZLY_ENVIRONMENT to production, preproduction, or the URL of a sandbox"),
    }
}

fn network(connection: &ConnectionArgs, environment: &Environment, key: ApiKey) -> Vec<Check> {
    let server_date = Arc::new(Mutex::new(None));
    let noted = Arc::clone(&server_date);
    let note = move |record: &CallRecord| {
        noted.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&record.server_date);
    };
    let builder = settings::builder(connection, environment.clone(), key);
    let client = match builder.and_then(|builder| Ok(builder.observer(note).build()?)) {
        Ok(client) => client,
        Err(failure) => return vec![Check::new("settings", Verdict::Fail(failure.exit()), failure.to_string())],
    };
    let name = resolve(connection, environment);
    if matches!(name.verdict, Verdict::Fail(_)) {
        let skipped = ["connection", "credentials", "clock"].map(|later| Check::skip(later, "needs the name"));
        return std::iter::once(name).chain(skipped).collect();
    }
    let mut checks = vec![name];
    checks.extend(call(&client, environment));
    let is_connected = checks.iter().all(|check| !matches!(check.verdict, Verdict::Fail(Exit::NotSent)));
    checks.push(if is_connected {
        clock::check(server_date.lock().unwrap_or_else(PoisonError::into_inner).as_deref())
    } else {
        Check::skip("clock", "needs a connection")
    });
    checks
}

fn resolve(connection: &ConnectionArgs, environment: &Environment) -> Check {
    if settings::proxy(connection).is_ok_and(|proxy| proxy.is_some()) {
        return Check::skip("name", "the proxy looks it up");
    }
    let uri: Option<Uri> = environment.base_url().parse().ok();
    let Some((host, port)) = uri.as_ref().and_then(|uri| {
        let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        Some((uri.host()?.trim_matches(['[', ']']), uri.port_u16().unwrap_or(default)))
    }) else {
        return Check::skip("name", "the address has no host");
    };
    if host.parse::<IpAddr>().is_ok() {
        return Check::new("name", Verdict::Ok, "an address, nothing to look up");
    }
    match (host, port).to_socket_addrs() {
        Ok(addresses) => {
            let addresses: Vec<String> = addresses.map(|address| address.ip().to_string()).collect();
            Check::new("name", Verdict::Ok, format!("{host} is {}", addresses.join(", ")))
        }
        Err(error) => Check::new("name", Verdict::Fail(Exit::NotSent), format!("{host} cannot be resolved: {error}"))
            .advise("check the name server, and whether this network needs a proxy (--proxy)"),
    }
}

/// One harmless call tells three things: reads an operation that is not ours, and expects to hear just that.
fn call(client: &Client, environment: &Environment) -> Vec<Check> {
    let Ok(operation) = OperationId::new(1) else { return Vec::new() };
    let begins = Instant::now();
    let result = client.payment(operation);
    let took = begins.elapsed().as_millis();
    if let Err(error) = &result
        && error.outcome() == Outcome::NotSent
    {
        return vec![unreachable(error), Check::skip("credentials", "needs a connection")];
    }
    let privacy = if environment.base_url().starts_with("https:") {
        "the certificate is accepted"
    } else {
        "plain http, which only a loopback address may use"
    };
    let connection = Check::new("connection", Verdict::Ok, format!("answers in {took} ms; {privacy}"));
    vec![connection, credentials(result.err().as_ref())]
}

fn unreachable(error: &Error) -> Check {
    let advice = match error.kind() {
        ErrorKind::Tls => "if a proxy re-encrypts traffic here, give its certificate with --ca-file",
        ErrorKind::Timeout | ErrorKind::Connect => "check the firewall's outgoing rules, and --proxy",
        _ => "check the network settings",
    };
    Check::new("connection", Verdict::Fail(Exit::NotSent), error.to_string()).advise(advice)
}

fn credentials(error: Option<&Error>) -> Check {
    const NAME: &str = "credentials";
    let Some(error) = error else { return Check::new(NAME, Verdict::Ok, "key and identifier are accepted") };
    let failed = |exit, advice| Check::new(NAME, Verdict::Fail(exit), error.to_string()).advise(advice);
    match error.kind() {
        ErrorKind::Api if error.api_code() == Some(356) => {
            Check::new(NAME, Verdict::Ok, "key and identifier are accepted (an unknown operation answers code 356)")
        }
        ErrorKind::Authentication => failed(
            Exit::No,
            "the key may be of another environment; or the point is not approved, or IzlyPay is not ticked",
        ),
        ErrorKind::Api => failed(Exit::No, "ask Izly what this code means for your point of sale"),
        ErrorKind::Redirect => failed(Exit::Unknown, "the environment's address seems to be a website's: check it"),
        _ => failed(Exit::Unknown, "this does not look like Izly's web service: check the address, try again later"),
    }
}

fn worst(checks: &[Check]) -> Exit {
    let failed = checks.iter().find_map(|check| match check.verdict {
        Verdict::Fail(exit) => Some(exit),
        _ => None,
    });
    // The first one is the cause of those after it more often than not.
    failed.unwrap_or(Exit::Ok)
}

fn report(checks: &[Check], output: Output) {
    let name = |verdict| match verdict {
        Verdict::Ok => "ok",
        Verdict::Warn => "warn",
        Verdict::Fail(_) => "fail",
        Verdict::Skip => "skip",
    };
    if output.is_json() {
        let lines = checks.iter().map(|check| {
            let record = Record::default().with("name", check.name).with("status", name(check.verdict));
            record.with("found", check.found.as_str()).with("advice", check.advice).json()
        });
        return output.json_line(&Record::default().with("checks", lines.collect::<Vec<_>>()));
    }
    let paint = Paint::for_stdout();
    for check in checks {
        let label = format!("{:<4}", name(check.verdict));
        let label = match check.verdict {
            Verdict::Ok => paint.good(&label),
            Verdict::Warn => paint.warning(&label),
            Verdict::Fail(_) => paint.bad(&label),
            Verdict::Skip => paint.dim(&label),
        };
        let advice = check.advice.map(|advice| format!(" ({advice})")).unwrap_or_default();
        output.line(&format!("{label}  {:<12} {}{advice}", check.name, check.found));
    }
}

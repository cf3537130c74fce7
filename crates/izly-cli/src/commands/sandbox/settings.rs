//! What was typed, as the sandbox wants it.

use std::fs;
use std::path::Path;

use izly_sandbox::{Builder, CallbackMode, ClockMode, Fault, Partner, Profile as Reading, Sandbox, Wire};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::cli::{Callbacks, Profile, SandboxArgs};
use crate::exit::Failure;

/// A sandbox as the arguments describe it.
pub(super) fn builder(arguments: &SandboxArgs) -> Result<Builder, Failure> {
    let builder = Sandbox::builder()
        .port(arguments.port)
        .partner(partner(arguments)?)
        .wire(wire(arguments)?)
        .callback_mode(mode(arguments.callbacks))
        .clock(if arguments.real_clock { ClockMode::Real } else { ClockMode::Virtual })
        .allow_remote_callbacks(arguments.allow_remote_callbacks);
    let builder = match arguments.seed {
        Some(seed) => builder.seed(seed),
        None => builder.new_ids_each_run(),
    };
    let builder = match &arguments.forward_to {
        Some(url) => builder.forward_callbacks_to(url),
        None => builder,
    };
    let builder = match &arguments.state {
        Some(file) => builder.state_file(file),
        None => builder,
    };
    Ok(faults(arguments)?.into_iter().fold(builder, Builder::fault))
}

/// The file's registration, then the flags, which win.
fn partner(arguments: &SandboxArgs) -> Result<Partner, Failure> {
    let file =
        arguments.partner.as_deref().map(|path| read("partner", path, "a partner's registration")).transpose()?;
    let mut partner: Partner = file.unwrap_or_default();
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

/// The profile's reading, then the switches, which win.
fn wire(arguments: &SandboxArgs) -> Result<Wire, Failure> {
    let profile = match arguments.profile {
        Profile::Guide => Reading::Guide,
        Profile::Observed => Reading::Observed,
    };
    let mut wire = Wire::of(profile);
    for (name, value) in &arguments.wire {
        let unusable = |error| Failure::usage("wire", format!("{name}={value}: {error}"));
        let Ok(Value::Object(mut switches)) = serde_json::to_value(&wire) else { continue };
        switches.insert(name.clone(), literal(value));
        wire = serde_json::from_value(Value::Object(switches)).map_err(unusable)?;
    }
    Ok(wire)
}

/// `true`, `null` and numbers are what they are in JSON; anything else is a text.
fn literal(value: &str) -> Value {
    let literal = serde_json::from_str(value).unwrap_or(Value::Null);
    match literal {
        Value::Bool(_) | Value::Number(_) => literal,
        Value::Null if value == "null" => Value::Null,
        _ => Value::String(value.to_owned()),
    }
}

fn mode(callbacks: Callbacks) -> CallbackMode {
    match callbacks {
        Callbacks::DuringValidation => CallbackMode::DuringValidation,
        Callbacks::AfterReply => CallbackMode::AfterReply,
        Callbacks::Manual => CallbackMode::Manual,
        Callbacks::Never => CallbackMode::Never,
        Callbacks::BeforeCreationReply => CallbackMode::BeforeCreationReply,
    }
}

fn faults(arguments: &SandboxArgs) -> Result<Vec<Fault>, Failure> {
    let Some(path) = arguments.faults.as_deref() else { return Ok(Vec::new()) };
    read("faults", path, "a list of faults")
}

fn read<T: DeserializeOwned>(field: &'static str, path: &Path, what: &str) -> Result<T, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::file(field, path, "read", &error))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::usage(field, format!("{} is not {what}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_are_typed() {
        assert_eq!(literal("true"), Value::Bool(true));
        assert_eq!(literal("12"), Value::from(12));
        assert_eq!(literal("null"), Value::Null);
        assert_eq!(literal("centimes"), Value::from("centimes"));
        assert_eq!(literal("[1]"), Value::from("[1]"));
    }
}

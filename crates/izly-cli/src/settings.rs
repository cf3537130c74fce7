//! From flags and environment variables to a client.

use std::env::{self, VarError};
use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;
use std::time::Duration;

use izly::{ApiKey, Client, ClientBuilder, Environment};
use zeroize::Zeroizing;

use crate::cli::ConnectionArgs;
use crate::exit::Failure;
use crate::output::Output;

/// No key, query or token is near this long.
const LONGEST_SECRET: u64 = 64 * 1024;

/// A client, from the flags and the environment variables.
pub(crate) fn client(connection: &ConnectionArgs) -> Result<Client, Failure> {
    Ok(builder(connection, environment(connection)?, api_key(connection)?)?.build()?)
}

/// A client of this environment and key, to be set up further.
pub(crate) fn builder(
    connection: &ConnectionArgs,
    environment: Environment,
    key: ApiKey,
) -> Result<ClientBuilder, Failure> {
    let mut builder = Client::builder(environment, key);
    if let Some(file) = &connection.ca_file {
        builder = builder.ca_file(file);
    }
    if let Some(proxy) = proxy(connection)? {
        builder = builder.proxy(proxy.as_str());
    }
    if let Some(seconds) = connection.deadline {
        builder = builder.deadline(Duration::from_secs(seconds));
    }
    if let Some(name) = &connection.application {
        builder = builder.application(name);
    }
    Ok(builder)
}

/// Which Izly. There is no default: nobody should meet the real one by leaving something out.
pub(crate) fn environment(connection: &ConnectionArgs) -> Result<Environment, Failure> {
    let named = match &connection.environment {
        Some(text) => Some(Zeroizing::new(text.clone())),
        None => variable("IZLY_ENVIRONMENT")?,
    };
    match named.filter(|text| !text.is_empty()) {
        Some(text) => Ok(text.parse()?),
        None => Err(Failure::usage("environment", "is missing: give --environment, or set IZLY_ENVIRONMENT")),
    }
}

/// The key, from its file or its environment variable.
pub(crate) fn api_key(connection: &ConnectionArgs) -> Result<ApiKey, Failure> {
    let key = match &connection.api_key_file {
        Some(file) => secret_file(file)?,
        None => variable("IZLY_API_KEY")?
            .ok_or_else(|| Failure::usage("api_key", "is missing: set IZLY_API_KEY, or give --api-key-file"))?,
    };
    Ok(ApiKey::new(without_line_end(&key))?)
}

/// The proxy, from its flag or its environment variable. The usual `HTTPS_PROXY` is not read, as in the SDK.
pub(crate) fn proxy(connection: &ConnectionArgs) -> Result<Option<Zeroizing<String>>, Failure> {
    match &connection.proxy {
        Some(url) if url.contains('@') => {
            Err(Failure::usage("proxy", "must not hold a user name or password here: use IZLY_PROXY for that"))
        }
        Some(url) => Ok(Some(Zeroizing::new(url.clone()))),
        None => variable("IZLY_PROXY"),
    }
}

/// An environment variable that may hold a secret. An empty one counts as unset.
pub(crate) fn variable(name: &'static str) -> Result<Option<Zeroizing<String>>, Failure> {
    match env::var(name) {
        Ok(value) => Ok(Some(Zeroizing::new(value)).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::usage(name, "is not UTF-8")),
    }
}

/// A secret that standard input is to hold.
pub(crate) struct SecretInput {
    /// The name under which it may be missing.
    pub(crate) field: &'static str,
    /// What a person at a terminal is asked for.
    pub(crate) what: &'static str,
    /// What to do when nothing comes.
    pub(crate) remedy: &'static str,
}

/// A secret on standard input, up to the end of its line. A person at a terminal is told what to type.
pub(crate) fn secret_input(wanted: &SecretInput, output: Output) -> Result<Zeroizing<String>, Failure> {
    let SecretInput { field, what, remedy } = wanted;
    let mut text = Zeroizing::new(String::new());
    let read = if io::stdin().is_terminal() {
        output.note(&format!("Paste {what}, then press Enter (it will be visible):"));
        io::stdin().read_line(&mut text).map(drop)
    } else {
        io::stdin().take(LONGEST_SECRET).read_to_string(&mut text).map(drop)
    };
    read.map_err(|error| Failure::usage("stdin", format!("cannot be read: {error}")))?;
    match without_line_end(&text) {
        "" => Err(Failure::advice(field, format!("nothing came on standard input: {remedy}"))),
        secret => Ok(Zeroizing::new(secret.to_owned())),
    }
}

fn secret_file(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let read = || {
        let mut text = Zeroizing::new(String::new());
        fs::File::open(path)?.take(LONGEST_SECRET).read_to_string(&mut text)?;
        Ok(text)
    };
    read().map_err(|error| Failure::file("api_key_file", path, "read", &error))
}

/// Editors and `echo` end a file with a line end, which is no part of the secret.
fn without_line_end(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

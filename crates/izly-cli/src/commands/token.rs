//! `izly token`: the end of a login, or a refresh.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use izly::{AccessToken, Client, RefreshToken, State, Tokens};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::cli::TokenArgs;
use crate::exit::{Exit, Failure};
use crate::output::{Output, Record};
use crate::settings::{self, SecretInput};

const QUERY: SecretInput = SecretInput {
    field: "query",
    what: "the query the browser came back with (or its whole address)",
    remedy: "pipe in the query the browser came back with",
};
const REFRESH_TOKEN: SecretInput =
    SecretInput { field: "refresh_token", what: "the refresh token", remedy: "pipe the refresh token in" };

pub(crate) fn run(arguments: &TokenArgs, output: Output) -> Result<Exit, Failure> {
    let client = settings::client(&arguments.connection)?;
    // The file first: a code works once, and its tokens must not be lost for want of a place to put them.
    let file = arguments.save.as_deref().map(TokenFile::create).transpose()?;
    let tokens = if arguments.refresh { refresh(&client, output)? } else { finish_login(&client, output)? };
    let is_kept = file.is_some();
    if let Some(file) = file {
        file.write(&tokens)?;
    }
    let reveal = arguments.reveal.reveal;
    output.record(
        &Record::default()
            .with_secret("access_token", Some(tokens.access.reveal()), reveal)
            .with_secret("refresh_token", tokens.refresh.as_ref().map(RefreshToken::reveal), reveal)
            .with("expires_in_seconds", tokens.expires_in)
            .with("scope", tokens.scope.as_deref())
            .with("saved_to", arguments.save.as_ref().map(|path| path.display().to_string()))
            .with_extra(&tokens.extra, reveal),
    );
    if !is_kept && !reveal {
        output.note("The tokens were not kept: use --save FILE, or --reveal to see them.");
    }
    Ok(Exit::Ok)
}

fn finish_login(client: &Client, output: Output) -> Result<Tokens, Failure> {
    let state = settings::variable("IZLY_STATE")?.ok_or_else(|| {
        Failure::usage("state", "is missing: set IZLY_STATE to the state that `izly login-url` printed")
    })?;
    let input = settings::secret_input(&QUERY, output)?;
    let query = input.split_once('?').map_or(input.as_str(), |(_, query)| query);
    Ok(client.finish_login(query, &State::new(state.as_str()))?)
}

fn refresh(client: &Client, output: Output) -> Result<Tokens, Failure> {
    let token = settings::secret_input(&REFRESH_TOKEN, output)?;
    // The access token is what a refresh is for: nobody has to have one.
    Ok(client.refresh(&Tokens::new(AccessToken::new(""), Some(RefreshToken::new(token.as_str()))))?)
}

/// The tokens as Izly spells them.
#[derive(Serialize)]
struct Saved<'a> {
    access_token: &'a str,
    refresh_token: Option<&'a str>,
    expires_in: Option<u64>,
    scope: Option<&'a str>,
}

/// A new file for tokens, gone again if none are written to it.
struct TokenFile<'a> {
    path: &'a Path,
    file: File,
    is_written: bool,
}

impl<'a> TokenFile<'a> {
    /// Creates it, readable by its owner only. A file that exists is left alone.
    fn create(path: &'a Path) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| Failure::file("save", path, "created", &error))?;
        Ok(TokenFile { path, file, is_written: false })
    }

    fn write(mut self, tokens: &Tokens) -> Result<(), Failure> {
        let written = self.try_write(tokens);
        self.is_written = written.is_ok();
        written.map_err(|error| Failure::file("save", self.path, "written", &error))
    }

    fn try_write(&mut self, tokens: &Tokens) -> io::Result<()> {
        let saved = Saved {
            access_token: tokens.access.reveal(),
            refresh_token: tokens.refresh.as_ref().map(RefreshToken::reveal),
            expires_in: tokens.expires_in,
            scope: tokens.scope.as_deref(),
        };
        let text = Zeroizing::new(serde_json::to_string_pretty(&saved)?);
        self.file.write_all(text.as_bytes())?;
        self.file.write_all(b"\n")
    }
}

impl Drop for TokenFile<'_> {
    fn drop(&mut self) {
        if !self.is_written {
            // It holds nothing of use. If it cannot be removed, the next --save says that it exists.
            let _ = fs::remove_file(self.path);
        }
    }
}

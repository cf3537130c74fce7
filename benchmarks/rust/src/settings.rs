//! What the environment says.

use std::env::{self, VarError};
use std::fs;
use std::path::PathBuf;

use izly::protocol::Partner;
use izly::{ApiKey, Environment};

use crate::Failure;

/// How much to do, with what, and where.
#[derive(Debug)]
pub(crate) struct Settings {
    /// `IZLY_BENCH_COUNT`: how many operations are measured.
    pub(crate) count: u64,
    /// `IZLY_BENCH_WARMUP`: how many are done before.
    pub(crate) warmup: u64,
    /// `IZLY_BENCH_THREADS`: among how many threads they are shared, 1 unless it is given.
    pub(crate) threads: u64,
    /// `IZLY_BENCH_CA`: a PEM file with the authority to trust.
    pub(crate) ca_file: Option<PathBuf>,
}

impl Settings {
    pub(crate) fn from_environment() -> Result<Self, Failure> {
        Ok(Settings {
            count: number(&required("IZLY_BENCH_COUNT")?)?,
            warmup: number(&required("IZLY_BENCH_WARMUP")?)?,
            threads: optional("IZLY_BENCH_THREADS")?.map_or(Ok(1), |text| number(&text))?,
            ca_file: optional("IZLY_BENCH_CA")?.map(PathBuf::from),
        })
    }

    /// The authority to trust, as PEM, if one is named.
    pub(crate) fn authority(&self) -> Result<Option<Vec<u8>>, Failure> {
        let Some(path) = &self.ca_file else { return Ok(None) };
        let pem = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Some(pem))
    }
}

/// A file of `IZLY_BENCH_SAMPLES`.
pub(crate) fn sample(name: &str) -> Result<Vec<u8>, Failure> {
    let path = PathBuf::from(required("IZLY_BENCH_SAMPLES")?).join(name);
    fs::read(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The server at `IZLY_BENCH_URL`.
pub(crate) fn environment() -> Result<Environment, Failure> {
    Ok(Environment::url(&required("IZLY_BENCH_URL")?)?)
}

/// The key in `IZLY_API_KEY`.
pub(crate) fn api_key() -> Result<ApiKey, Failure> {
    Ok(ApiKey::new(required("IZLY_API_KEY")?)?)
}

/// Who calls, and where.
pub(crate) fn partner() -> Result<Partner, Failure> {
    Ok(Partner::new(environment()?, api_key()?)?)
}

fn required(name: &str) -> Result<String, Failure> {
    optional(name)?.ok_or_else(|| format!("{name} is not set").into())
}

/// An empty one says nothing either.
fn optional(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(text) => Ok(Some(text).filter(|text| !text.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not text").into()),
    }
}

fn number(text: &str) -> Result<u64, Failure> {
    text.parse().map_err(|_| format!("`{text}` is not a number").into())
}

//! The certificates of servers that a client should trust, or should not.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use serde::Deserialize;

/// What a TLS server shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certificate {
    /// One for `localhost`, from the authority that clients are told of.
    Good,
    /// One for `localhost`, from another authority.
    UnknownAuthority,
    /// One for another host.
    WrongName,
    /// One whose time is over.
    Expired,
    /// One whose time is to come.
    NotYetValid,
}

/// What makes certificates. A client trusts them when it is given [`pem`](Authority::pem) as its `ca_file`.
#[derive(Debug)]
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    /// One of this name.
    ///
    /// # Errors
    /// Where the system has no random numbers.
    pub fn new(name: &str) -> Result<Self, String> {
        let mut params = CertificateParams::default();
        // OpenSSL takes a certificate whose issuer has its own name for a self-signed one.
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().map_err(|error| error.to_string())?;
        CertifiedIssuer::self_signed(params, key).map(Authority).map_err(|error| error.to_string())
    }

    /// Its own certificate, for a client's `ca_file`.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server with such a certificate of this authority's.
    ///
    /// # Errors
    /// Where the system has no random numbers.
    pub fn server(&self, certificate: Certificate) -> Result<Arc<ServerConfig>, String> {
        self.try_server(certificate).map(Arc::new).map_err(|error| error.to_string())
    }

    fn try_server(&self, certificate: Certificate) -> Result<ServerConfig, Box<dyn std::error::Error>> {
        let key = KeyPair::generate()?;
        let signed = params(certificate)?.signed_by(&key, &self.0)?;
        let private = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![signed.der().clone()], private)?;
        Ok(config)
    }
}

fn params(certificate: Certificate) -> Result<CertificateParams, rcgen::Error> {
    let name = if certificate == Certificate::WrongName { "izly.example" } else { "localhost" };
    let mut params = CertificateParams::new(vec![name.to_owned()])?;
    match certificate {
        Certificate::Expired => params.not_after = date_time_ymd(2001, 1, 1),
        Certificate::NotYetValid => params.not_before = date_time_ymd(2999, 1, 1),
        Certificate::Good | Certificate::UnknownAuthority | Certificate::WrongName => {}
    }
    Ok(params)
}

//! The partner's registration, as an Izly administrator would type it in.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::Uri;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::http::encode_lower;

/// The type of a point of sale. Only one can use this protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PartnerKind {
    /// `Izly Partner` (*documented*).
    #[default]
    #[serde(rename = "Izly Partner")]
    IzlyPartner,
}

/// A partner site's registration: the six mandatory fields of the back office (*documented*), the ticks, and the key.
///
/// As a JSON file, each field is optional and falls back to [`Partner::default`]; a name that does not exist is an
/// error.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Partner {
    /// *Type de point d'encaissement.*
    #[serde(rename = "type")]
    pub kind: PartnerKind,
    /// *Nom du site en ligne*: what the user sees on the payment page.
    pub site_name: String,
    /// *URL de callback*: where Izly tells the partner's server about a payment.
    pub callback_url: String,
    /// *Lien de redirection de l'utilisateur après connexion.*
    pub login_redirect_url: String,
    /// *Lien de redirection de l'utilisateur après paiement.*
    pub payment_redirect_url: String,
    /// *Lien vers la page d'accueil du site partenaire*: the way back after a cancel.
    pub home_page_url: String,
    /// *Agréé*: nothing works before.
    pub approved: bool,
    /// The *IzlyPay* box: without it only login works.
    pub izly_pay: bool,
    /// Whether the host lets the callback through its outgoing firewall.
    pub callback_allowed: bool,
    /// *Identifiant de l'application client*. Fixed once the sandbox runs.
    pub identifier: String,
    /// The second half of the API key; begins with `sandbox_`. Fixed once the sandbox runs.
    pub secret: String,
    /// The partner's electronic money account, `Beneficiary.Id` in replies.
    pub account_id: String,
}

impl Default for Partner {
    fn default() -> Self {
        Self {
            kind: PartnerKind::IzlyPartner,
            site_name: "Boutique de démonstration".into(),
            callback_url: "http://127.0.0.1:8000/izly/callback".into(),
            login_redirect_url: "http://127.0.0.1:8000/izly/login".into(),
            payment_redirect_url: "http://127.0.0.1:8000/izly/paid".into(),
            home_page_url: "http://127.0.0.1:8000/".into(),
            approved: true,
            izly_pay: true,
            callback_allowed: true,
            // Spaces on purpose: the guide's own identifiers hold some.
            identifier: "Sandbox Crous-1-1-1-1".into(),
            secret: "sandbox_not_a_secret".into(),
            account_id: "49918".into(),
        }
    }
}

impl Partner {
    /// *Clé d'API*: Base64 of `identifier:secret`, which is also what follows `Basic` (*documented* by the samples).
    pub fn api_key(&self) -> String {
        STANDARD.encode(format!("{}:{}", self.identifier, self.secret))
    }

    /// The path and query of the page where a student logs in, with the scope of the guide's example.
    pub(crate) fn login_target(&self) -> String {
        let client_id = encode_lower(&self.identifier);
        format!("/oauth/Home/Authorize?response_type=code&client_id={client_id}&scope=16385")
    }

    /// The path and query of *Mot de passe oublié ?*, on the pages that a student sees on the way to this partner.
    pub(crate) fn forgotten_target(&self) -> String {
        format!("/oauth/Home/ForgottenPassword?client_id={}", encode_lower(&self.identifier))
    }

    pub(crate) fn from_file(path: &Path) -> Result<Self, Error> {
        let text = fs::read_to_string(path).map_err(|source| Error::PartnerFile { path: path.into(), source })?;
        serde_json::from_str(&text).map_err(|source| Error::PartnerJson { path: path.into(), source })
    }

    /// The field that Izly could not hold, or that does not belong in a sandbox, and why.
    pub(crate) fn check(&self) -> Result<(), (&'static str, String)> {
        let wrong = |field, rule: String| Err((field, rule));
        let ascii = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let identifier = &self.identifier;
        if !(1..=100).contains(&identifier.len()) || identifier.trim() != identifier {
            return wrong("identifier", format!("{identifier:?} is empty, too long, or has spaces around it"));
        }
        if !ascii(identifier) || identifier.contains(':') {
            return wrong("identifier", format!("{identifier:?} is not ASCII, or holds a colon"));
        }
        if !self.secret.starts_with("sandbox_") || !ascii(&self.secret) || self.secret.len() > 100 {
            // A real key must never end up in a test tool, and the SDK knows sandbox keys by this.
            return wrong("secret", "must begin with \"sandbox_\", be ASCII and 100 characters at most".into());
        }
        if self.site_name.is_empty() || self.site_name.chars().count() > 10_000 {
            return wrong("site_name", "must be 1 to 10000 characters".into());
        }
        let is_visible = |text: &str| text.bytes().all(|byte| matches!(byte, b'!'..=b'~'));
        if !(1..=100).contains(&self.account_id.len()) || !is_visible(&self.account_id) {
            return wrong("account_id", "must be 1 to 100 visible ASCII characters".into());
        }
        let urls = [
            ("callback_url", &self.callback_url),
            ("login_redirect_url", &self.login_redirect_url),
            ("payment_redirect_url", &self.payment_redirect_url),
            ("home_page_url", &self.home_page_url),
        ];
        match urls.into_iter().find(|(_, url)| !is_http_url(url)) {
            Some((field, url)) => wrong(field, format!("{url:?} is not an absolute http or https URL in ASCII")),
            None => Ok(()),
        }
    }

    fn validate(&self) -> Result<(), Error> {
        self.check().map_err(|(field, rule)| Error::Partner(format!("{field}: {rule}")))
    }
}

impl fmt::Debug for Partner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Partner")
            .field("kind", &self.kind)
            .field("site_name", &self.site_name)
            .field("callback_url", &self.callback_url)
            .field("login_redirect_url", &self.login_redirect_url)
            .field("payment_redirect_url", &self.payment_redirect_url)
            .field("home_page_url", &self.home_page_url)
            .field("approved", &self.approved)
            .field("izly_pay", &self.izly_pay)
            .field("callback_allowed", &self.callback_allowed)
            .field("identifier", &self.identifier)
            .field("secret", &"…")
            .field("account_id", &self.account_id)
            .finish()
    }
}

/// Checks registrations before a sandbox starts with them.
pub(crate) fn validate_all(partners: &[Partner]) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for partner in partners {
        partner.validate()?;
        if !seen.insert(&partner.identifier) {
            return Err(Error::Partner(format!("two partners share the identifier {:?}", partner.identifier)));
        }
    }
    Ok(())
}

/// Whether a URL may stand in a link and be called: absolute, http or https and nothing else (`javascript:` least of
/// all), ASCII, without a user name, with a port that exists, and in what follows only what RFC 3986 allows there.
pub(crate) fn is_http_url(url: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._~:/?#@!$&'()*+,;=%[]-".contains(&byte);
    if url.len() > 2_000 || !url.bytes().all(is_allowed) || url.matches('#').count() > 1 {
        return false;
    }
    let after_host = url.splitn(4, '/').nth(3).unwrap_or_default();
    if after_host.contains(['[', ']']) {
        return false;
    }
    url.parse::<Uri>().is_ok_and(|uri| {
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        let port = authority.rsplit_once(']').map_or(authority, |(_, rest)| rest).split_once(':').map(|(_, port)| port);
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(is_host)
            && !authority.contains('@')
            && port.is_none_or(|port| !port.starts_with('0') && port.parse::<u16>().is_ok())
    })
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    is_end(host.bytes().next()) && is_end(host.bytes().last()) && host.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_partner_is_valid_and_unmistakable() {
        let partner = Partner::default();
        partner.validate().unwrap();
        let decoded = STANDARD.decode(partner.api_key()).unwrap();
        assert_eq!(decoded, b"Sandbox Crous-1-1-1-1:sandbox_not_a_secret");
    }

    #[test]
    fn refuses_what_izly_could_not_hold() {
        let reject = |change: fn(&mut Partner)| {
            let mut partner = Partner::default();
            change(&mut partner);
            partner.validate().unwrap_err().to_string()
        };
        assert!(reject(|p| p.identifier.clear()).contains("identifier"));
        assert!(reject(|p| p.identifier = "a:b".into()).contains("colon"));
        assert!(reject(|p| p.identifier = "Crous de Réunion-1".into()).contains("ASCII"));
        assert!(reject(|p| p.secret = "live_0123".into()).contains("sandbox_"));
        assert!(reject(|p| p.home_page_url = "javascript:alert(1)".into()).contains("javascript"));
        assert!(reject(|p| p.callback_url = "/callback".into()).contains("/callback"));
        assert!(reject(|p| p.login_redirect_url = "http://127.0.0.1/é".into()).contains("ASCII"));
    }

    #[test]
    fn two_partners_cannot_share_an_identifier() {
        let error = validate_all(&[Partner::default(), Partner::default()]).unwrap_err();
        assert!(error.to_string().contains("share"));
    }

    #[test]
    fn a_partial_json_is_completed_and_a_typo_is_refused() {
        let partner: Partner = serde_json::from_str(r#"{"type":"Izly Partner","site_name":"Laverie"}"#).unwrap();
        assert_eq!(partner, Partner { site_name: "Laverie".into(), ..Partner::default() });
        assert!(serde_json::from_str::<Partner>(r#"{"site_nam":"Laverie"}"#).is_err());
        assert!(serde_json::from_str::<Partner>(r#"{"type":"Caisse"}"#).is_err());
    }

    #[test]
    fn debug_hides_the_secret() {
        assert!(!format!("{:?}", Partner::default()).contains("not_a_secret"));
    }
}

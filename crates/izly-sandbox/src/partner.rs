//! The partner's registration, as an Izly administrator would type it in.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;

use axum::http::Uri;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::error::Error;

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

    pub(crate) fn from_file(path: &Path) -> Result<Self, Error> {
        let text = fs::read_to_string(path).map_err(|source| Error::PartnerFile { path: path.into(), source })?;
        serde_json::from_str(&text).map_err(|source| Error::PartnerJson { path: path.into(), source })
    }

    fn validate(&self) -> Result<(), Error> {
        let problem = |text: String| Err(Error::Partner(text));
        let ascii = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if self.identifier.trim().is_empty() || !ascii(&self.identifier) || self.identifier.contains(':') {
            return problem(format!("the identifier {:?} is empty, not ASCII, or holds a colon", self.identifier));
        }
        if !self.secret.starts_with("sandbox_") || !ascii(&self.secret) {
            // A real key must never end up in a test tool, and the SDK knows sandbox keys by this.
            return problem("the secret must begin with \"sandbox_\" and be ASCII".into());
        }
        let urls = [&self.callback_url, &self.login_redirect_url, &self.payment_redirect_url, &self.home_page_url];
        match urls.into_iter().find(|url| !is_http_url(url) || !ascii(url)) {
            Some(url) => problem(format!("{url:?} is not an absolute http or https URL in ASCII")),
            None => Ok(()),
        }
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

/// Whether a URL may stand in a link: absolute, http or https, nothing else (`javascript:` least of all).
pub(crate) fn is_http_url(url: &str) -> bool {
    url.parse::<Uri>().is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some())
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

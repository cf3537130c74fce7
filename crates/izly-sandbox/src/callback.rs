//! Callbacks: what Izly tells the partner's server, and how it went.

use std::sync::Arc;
use std::time::Duration;
use std::{fmt, io};

use axum::http::Uri;
use ureq::{Agent, Error};

use crate::app::App;
use crate::clock::Date;
use crate::json::{Json, amount_text};
use crate::payment::PaymentRecord;
use crate::routes::shapes;
use crate::state::{AccountId, State};

/// When callbacks are delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum CallbackMode {
    /// While the student waits for the page (*documented*: "dans le traitement de la validation").
    #[default]
    DuringValidation,
    /// Never: a callback that got lost, with the reason in [`Delivery::error`] (*our invention*).
    Never,
}

/// One callback, delivered or not.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The place on the timeline that requests, callbacks and e-mails share, given when the delivery began.
    pub sequence: u64,
    /// The date on the sandbox's clock.
    pub date: Date,
    /// The operation it is about.
    pub operation_id: u64,
    /// 1 for the first attempt. There is no second one yet: the guide documents no retries.
    pub attempt: u32,
    /// The callback URL with `CallbackParameters` appended.
    pub url: String,
    /// The JSON that was sent, or would have been.
    pub body: String,
    /// Whether the request was tried at all.
    pub sent: bool,
    /// The partner's HTTP status, if it answered.
    pub status: Option<u16>,
    /// The partner's answer, at most 64 KiB of it.
    pub reply_body: String,
    /// Why it was not sent, or what went wrong on the way.
    pub error: Option<String>,
}

impl Delivery {
    /// Whether the partner answered as Izly expects: status 200, and an empty body (*observed*) or an object whose
    /// `Code` is 0 (*documented*).
    pub fn accepted(&self) -> bool {
        let code_is_zero = || {
            let reply: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&self.reply_body).ok();
            reply.is_some_and(|reply| {
                reply.iter().any(|(name, code)| {
                    name.eq_ignore_ascii_case("code") && (code.as_i64() == Some(0) || code.as_str() == Some("0"))
                })
            })
        };
        self.status == Some(200) && (self.reply_body.trim().is_empty() || code_is_zero())
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("sequence", &self.sequence)
            .field("operation_id", &self.operation_id)
            .field("attempt", &self.attempt)
            // Callback parameters may hold a partner's own signature; the body holds personal data.
            .field("url", &self.url.split('?').next())
            .field("sent", &self.sent)
            .field("status", &self.status)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// How the sandbox delivers, as the builder decided.
#[derive(Debug, Clone)]
pub(crate) struct CallbackSettings {
    pub(crate) mode: CallbackMode,
    pub(crate) allow_remote: bool,
    pub(crate) timeout: Duration,
    pub(crate) hook: Option<Hook>,
}

/// What is told about each delivery as it ends.
#[derive(Clone)]
pub(crate) struct Hook(Arc<dyn Fn(&Delivery) + Send + Sync>);

impl Hook {
    pub(crate) fn new(hook: impl Fn(&Delivery) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hook))
    }

    /// Tells it, on a thread where it may block: the hook is somebody else's code.
    async fn tell(self, delivery: Delivery) {
        // It only fails if the hook panics, which is no reason to keep the student's page back.
        let _ = tokio::task::spawn_blocking(move || (self.0)(&delivery)).await;
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook(..)")
    }
}

/// What `Error` in a callback says.
pub(crate) struct Verdict<'a> {
    pub(crate) code: u64,
    pub(crate) message: &'a str,
}

/// A callback ready to go, with the reason for which it must not, if there is one.
pub(crate) struct Outgoing {
    operation_id: u64,
    url: String,
    body: String,
    obstacle: Option<String>,
}

impl Outgoing {
    /// Prepares the callback for `payment` as it is now.
    pub(crate) fn prepare(
        state: &State,
        settings: &CallbackSettings,
        payment: &PaymentRecord,
        account: Option<AccountId>,
        verdict: &Verdict<'_>,
    ) -> Self {
        let partner = state.partner(payment.partner_id);
        let url = join(&partner.callback_url, payment.callback_parameters.as_deref().unwrap_or_default());
        let obstacle = if settings.mode == CallbackMode::Never {
            Some("not sent: the sandbox was told to lose callbacks".into())
        } else if partner.callback_allowed {
            obstacle_in(&url, settings.allow_remote)
        } else {
            Some(
                "not sent: the host does not let the callback URL through its firewall (callback_allowed is off)"
                    .into(),
            )
        };
        let body = body(state, payment, account, verdict).to_text(state.wire.casing);
        Self { operation_id: payment.operation_id, url, body, obstacle }
    }

    /// Delivers, or writes down why not. The state's lock is not held meanwhile: the partner may well read the
    /// operation from within its callback.
    pub(crate) async fn deliver(self, app: &App) {
        let (sequence, date) = {
            let mut state = app.state();
            (state.journal.next_sequence(), state.clock.now())
        };
        let mut delivery = Delivery {
            sequence,
            date,
            operation_id: self.operation_id,
            attempt: 1,
            url: self.url,
            body: self.body,
            sent: self.obstacle.is_none(),
            status: None,
            reply_body: String::new(),
            error: self.obstacle,
        };
        if delivery.sent {
            let (agent, url, body) = (app.agent.clone(), delivery.url.clone(), delivery.body.clone());
            match tokio::task::spawn_blocking(move || post(&agent, &url, &body)).await {
                Ok(Ok((status, reply))) => (delivery.status, delivery.reply_body) = (Some(status), reply),
                Ok(Err(error)) => delivery.error = Some(in_words(&error)),
                Err(_) => delivery.error = Some("the delivery was interrupted".into()),
            }
        }
        let told = app.callbacks.hook.clone().map(|hook| (hook, delivery.clone()));
        app.state().journal.delivered(delivery);
        if let Some((hook, delivery)) = told {
            hook.tell(delivery).await;
        }
    }
}

/// A client that does what Izly would: one plain POST, no redirect, no proxy, no patience.
pub(crate) fn agent(timeout: Duration) -> Agent {
    Agent::config_builder()
        .timeout_global(Some(timeout))
        .max_redirects(0)
        .proxy(None)
        .http_status_as_error(false)
        // A kept connection could be stale, and a callback must not fail for that.
        .max_idle_connections(0)
        .user_agent(concat!("izly-sandbox/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

fn post(agent: &Agent, url: &str, body: &str) -> Result<(u16, String), Error> {
    let mut reply = agent.post(url).header("Content-Type", "application/json").send(body.as_bytes())?;
    let text = reply.body_mut().with_config().limit(64 * 1024).lossy_utf8(true).read_to_string()?;
    Ok((reply.status().as_u16(), text))
}

/// What went wrong on the way. The two that a developer meets every day get plain words.
fn in_words(error: &Error) -> String {
    match error {
        Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => "connection refused".into(),
        Error::Timeout(_) => "no answer in time".into(),
        _ => error.to_string(),
    }
}

fn body(state: &State, payment: &PaymentRecord, account: Option<AccountId>, verdict: &Verdict<'_>) -> Json {
    let user = account.map(|id| {
        let account = state.account(id);
        Json::object()
            .with("Id", account.smoney_id.clone())
            .with("Email", account.email.clone())
            .with("ClientCode", account.client_code.clone())
            .with("NumeroAffectation", shapes::AFFECTATION)
    });
    let amount = amount_text(payment.amount_cents, state.wire.callback_amount);
    Json::object()
        .with("OperationSMoney", shapes::operation(payment, amount))
        .with("Beneficiary", shapes::beneficiary(state, payment))
        .with("User", user)
        .with("Error", Json::object().with("Code", verdict.code).with("Message", verdict.message))
}

/// The callback URL plus `CallbackParameters`, which are taken as they are (*documented*: "concaténer à l'url de
/// callback"). The `?` or `&` in between is *our invention*: the guide does not say who writes it.
fn join(url: &str, parameters: &str) -> String {
    let parameters = parameters.trim_start_matches(['?', '&']);
    // A fragment never leaves a client, and what is appended behind it would be lost.
    let url = url.split('#').next().unwrap_or_default();
    let separator = match url.find('?') {
        _ if parameters.is_empty() => "",
        None => "?",
        Some(_) if url.ends_with(['?', '&']) => "",
        Some(_) => "&",
    };
    format!("{url}{separator}{parameters}")
}

/// Why `url` must not be called.
fn obstacle_in(url: &str, allow_remote: bool) -> Option<String> {
    let Ok(uri) = url.parse::<Uri>() else {
        return Some("not sent: the callback URL and the CallbackParameters do not make a valid URL".into());
    };
    if uri.scheme_str() != Some("http") {
        return Some("not sent: the sandbox speaks plain http only".into());
    }
    let host = uri.host().unwrap_or_default();
    if allow_remote || is_loopback(host) {
        return None;
    }
    Some(format!("not sent: {host} is not a loopback address, and allow_remote_callbacks is off"))
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_join_the_url_as_they_are() {
        for (url, parameters, joined) in [
            ("http://h/cb", "", "http://h/cb"),
            ("http://h/cb", "a=1&b=%2B", "http://h/cb?a=1&b=%2B"),
            ("http://h/cb", "?a=1", "http://h/cb?a=1"),
            ("http://h/cb?shop=7", "a=1", "http://h/cb?shop=7&a=1"),
            ("http://h/cb?shop=7", "&a=1", "http://h/cb?shop=7&a=1"),
            ("http://h/cb?", "a=1", "http://h/cb?a=1"),
            ("http://h/cb?shop=7&", "a=1", "http://h/cb?shop=7&a=1"),
            ("http://h/cb#top", "a=1", "http://h/cb?a=1"),
        ] {
            assert_eq!(join(url, parameters), joined);
        }
    }

    #[test]
    fn only_loopback_is_called_unless_told() {
        for url in ["http://localhost/", "http://127.0.0.1:80/", "http://127.1.2.3/x", "http://[::1]:8/x?y"] {
            assert_eq!(obstacle_in(url, false), None, "{url}");
        }
        for url in
            ["http://example.fr/", "http://127.0.0.1@example.fr/", "http://localhost.example.fr/", "http://10.0.0.1/"]
        {
            assert!(obstacle_in(url, false).unwrap().contains("loopback"), "{url}");
            assert_eq!(obstacle_in(url, true), None, "{url}");
        }
        assert!(obstacle_in("https://127.0.0.1/", true).unwrap().contains("plain http"));
        assert!(obstacle_in("http://127.0.0.1/?a=b c", true).unwrap().contains("valid URL"));
    }

    #[test]
    fn what_counts_as_accepted() {
        let reply = |status, body: &str| Delivery {
            sequence: 1,
            date: crate::clock::Clock::new(crate::ClockMode::Virtual).now(),
            operation_id: 1,
            attempt: 1,
            url: "http://127.0.0.1/?hmac=SECRET".into(),
            body: String::new(),
            sent: true,
            status: Some(status),
            reply_body: body.into(),
            error: None,
        };
        assert!(reply(200, r#"{"Code": 0, "ErrorMessage": ""}"#).accepted());
        assert!(reply(200, r#"{"code":"0"}"#).accepted());
        assert!(reply(200, "").accepted());
        assert!(!reply(200, r#"{"Code": 12, "ErrorMessage": "non"}"#).accepted());
        assert!(!reply(200, "<html>").accepted());
        assert!(!reply(302, "").accepted());
        assert!(!format!("{:?}", reply(200, "")).contains("SECRET"));
    }
}

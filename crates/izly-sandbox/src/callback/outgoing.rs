//! What a callback says, and where it goes.

use hyper::Uri;

use crate::callback::settings::{CallbackMode, CallbackSettings, DeliveryOptions, Forgery};
use crate::callback::{Due, Waiting};
use crate::json::{Json, amount_text};
use crate::local::is_loopback_host;
use crate::payment::{PaymentRecord, PaymentStatus};
use crate::routes::shapes;
use crate::world::{AccountId, World};

/// What `Error` in a callback says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict<'a> {
    pub(crate) code: u64,
    pub(crate) message: &'a str,
}

impl Verdict<'_> {
    pub(crate) const SUCCESS: Self = Verdict { code: 0, message: "" };
}

/// What a callback is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) payment: &'a PaymentRecord,
    pub(crate) account: Option<AccountId>,
    pub(crate) verdict: Verdict<'a>,
}

/// Which callbacks may be sent where, as whoever started the sandbox decided.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach<'a> {
    pub(crate) allow_remote: bool,
    /// Takes the place of every registered callback URL.
    pub(crate) forward_to: Option<&'a str>,
}

/// The callbacks of one decision, which all say the same, and how they go.
#[derive(Debug)]
pub(crate) struct Announcement {
    pub(crate) settings: CallbackSettings,
    pub(crate) operation_id: u64,
    url: String,
    body: String,
    obstacle: Option<String>,
}

impl Announcement {
    /// Prepares the callbacks for a payment as it is now.
    pub(crate) fn prepare(world: &World, reach: Reach<'_>, subject: Subject<'_>, options: &DeliveryOptions) -> Self {
        let settings = world.callbacks.with(options);
        let parameters = subject.payment.callback_parameters.as_deref().unwrap_or_default();
        let base = options.callback_url.as_deref().or(reach.forward_to).unwrap_or(&world.partner.callback_url);
        let url = join(base, parameters);
        let is_registered = options.callback_url.is_none() && reach.forward_to.is_none();
        let obstacle = if settings.mode == CallbackMode::Never {
            Some("not sent: the sandbox was told to lose callbacks".into())
        } else if is_registered && !world.partner.callback_allowed {
            Some(
                "not sent: the host does not let the callback URL through its firewall (callback_allowed is off)"
                    .into(),
            )
        } else {
            obstacle_in(&url, reach.allow_remote)
        };
        let body = body(world, subject, settings.forge).to_text(world.wire.casing);
        Self { settings, operation_id: subject.payment.operation_id, url, body, obstacle }
    }

    /// One of the copies, ready to wait.
    pub(crate) fn waiting(&self, id: u64, due: Due) -> Waiting {
        Waiting {
            id,
            operation_id: self.operation_id,
            attempt: 1,
            url: self.url.clone(),
            body: self.body.clone(),
            obstacle: self.obstacle.clone(),
            timeout_ms: self.settings.timeout_ms,
            retries: self.settings.retries.clone(),
            due,
            in_flight: false,
        }
    }
}

fn body(world: &World, subject: Subject<'_>, forge: Option<Forgery>) -> Json {
    let mut payment = subject.payment.clone();
    let verdict = match forge {
        Some(Forgery::Status) => Verdict::SUCCESS,
        _ => subject.verdict,
    };
    match forge {
        Some(Forgery::Amount) => payment.amount_cents += 100,
        Some(Forgery::Operation) => payment.operation_id += 9_000_000,
        Some(Forgery::Order) => payment.order_id.push_str("-autre"),
        Some(Forgery::Status) => {
            payment.status = PaymentStatus::Completed;
            payment.settling = false;
        }
        None => {}
    }
    let user = subject.account.map(|id| {
        let account = world.account(id);
        Json::object()
            .with("Id", account.smoney_id.clone())
            .with("Email", account.email.clone())
            .with("ClientCode", account.client_code.clone())
            .with("NumeroAffectation", shapes::AFFECTATION)
    });
    let amount = amount_text(payment.amount_cents, world.wire.callback_amount);
    Json::object()
        // What is claimed is the end of the validation, even where readers cannot see it yet.
        .with("OperationSMoney", shapes::operation(&payment, amount, payment.status, &world.wire))
        .with("Beneficiary", shapes::beneficiary(world, &payment))
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
pub(crate) fn obstacle_in(url: &str, allow_remote: bool) -> Option<String> {
    let Ok(uri) = url.parse::<Uri>() else {
        return Some("not sent: the callback URL and the CallbackParameters do not make a valid URL".into());
    };
    if uri.scheme_str() != Some("http") {
        return Some("not sent: the sandbox speaks plain http only".into());
    }
    let host = uri.host().unwrap_or_default();
    if allow_remote || is_loopback_host(host.trim_start_matches('[').trim_end_matches(']')) {
        return None;
    }
    Some(format!("not sent: {host} is not a loopback address, and allow_remote_callbacks is off"))
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
}

//! A callback that waits, and one that has ended.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clock::Date;

/// One callback, delivered or not.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// Its number among the partner's callbacks, given when it was decided.
    pub id: u64,
    /// The place on the timeline that requests, callbacks and e-mails share, given when the delivery began.
    pub sequence: u64,
    /// The date on the sandbox's clock.
    pub date: Date,
    /// The operation it is about.
    pub operation_id: u64,
    /// 1 for the first attempt; retries count on.
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
            .field("id", &self.id)
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

/// When a waiting callback goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    /// When somebody says so.
    Manual,
    /// After so many seconds, or as soon as the clock has been advanced this far.
    After { seconds: u64, advanced: u64 },
    /// Its turn comes by itself: copies go one after the other.
    Soon,
}

/// A callback that is not delivered yet.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Waiting {
    pub(crate) id: u64,
    pub(crate) operation_id: u64,
    pub(crate) attempt: u32,
    pub(crate) url: String,
    pub(crate) body: String,
    /// The reason for which it must not be sent, if there is one.
    pub(crate) obstacle: Option<String>,
    pub(crate) timeout_ms: u64,
    /// The waits before the attempts after this one.
    pub(crate) retries: Vec<u64>,
    pub(crate) due: Due,
    /// On its way at this moment.
    #[serde(skip)]
    pub(crate) in_flight: bool,
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting")
            .field("id", &self.id)
            .field("operation_id", &self.operation_id)
            .field("attempt", &self.attempt)
            .field("due", &self.due)
            .field("in_flight", &self.in_flight)
            .finish_non_exhaustive()
    }
}

/// What is told about each delivery as it ends.
#[derive(Clone)]
pub(crate) struct Hook(Arc<dyn Fn(&Delivery) + Send + Sync>);

impl Hook {
    pub(crate) fn new(hook: impl Fn(&Delivery) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hook))
    }

    /// Tells it, on a thread where it may block: the hook is somebody else's code.
    pub(super) async fn tell(self, delivery: Delivery) {
        // It only fails if the hook panics, which is no reason to keep the student's page back.
        let _ = tokio::task::spawn_blocking(move || (self.0)(&delivery)).await;
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_accepted() {
        let reply = |status, body: &str| Delivery {
            id: 1,
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

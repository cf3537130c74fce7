//! When callbacks are delivered, and how often.

use serde::{Deserialize, Serialize};

/// When callbacks are delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CallbackMode {
    /// While the student waits for the page (*documented*: "dans le traitement de la validation").
    #[default]
    DuringValidation,
    /// A moment after the student's page has been sent (*our invention*).
    AfterReply,
    /// When somebody says so, in the back office or through the admin API (*our invention*).
    Manual,
    /// Never: a callback that got lost, with the reason in [`Delivery::error`](crate::Delivery::error) (*our
    /// invention*).
    Never,
    /// Before the creation of the payment is answered: the first account that can pay pays at once (*our invention*:
    /// the worst case of a callback that comes before the partner has stored what it is about).
    BeforeCreationReply,
}

/// When a payment becomes `Completed` for its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Commit {
    /// Before its callback is sent: a reading from within the callback says `Completed` (*observed*: a production
    /// client reads there).
    #[default]
    BeforeCallback,
    /// Once its callback has been delivered: a reading from within the callback still says `Waiting` (*our
    /// invention*; the guide only says that the callback is sent during the validation).
    AfterCallback,
}

/// What is wrong with a callback, for partners that believe it. All of it is *our invention*: anybody can post one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forgery {
    /// It claims another amount.
    Amount,
    /// It names an operation that nobody has.
    Operation,
    /// It names another order.
    Order,
    /// It claims `Completed`, whatever the truth.
    Status,
}

/// How callbacks are delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallbackSettings {
    /// When.
    pub mode: CallbackMode,
    /// How long to wait before, in milliseconds, up to 60,000.
    pub delay_ms: u64,
    /// How long the partner has to answer, in milliseconds, 1 to 60,000. 5,000 by default (*our invention*).
    pub timeout_ms: u64,
    /// How many times each is delivered, 1 to 50.
    pub copies: u32,
    /// Whether the copies go at once, or one after the other.
    pub concurrent: bool,
    /// How long to wait before each attempt after one that the partner did not accept, in seconds. None by default:
    /// the guide documents no retries. The vendor's main product documents two schedules (*observed*):
    /// [`CallbackSettings::THREE_RETRIES`] and [`CallbackSettings::PATIENT_RETRIES`].
    pub retries: Vec<u64>,
    /// What is wrong with each.
    pub forge: Option<Forgery>,
    /// When the payment becomes `Completed` for its readers.
    pub commit: Commit,
}

impl Default for CallbackSettings {
    fn default() -> Self {
        Self {
            mode: CallbackMode::default(),
            delay_ms: 0,
            timeout_ms: 5_000,
            copies: 1,
            concurrent: false,
            retries: Vec::new(),
            forge: None,
            commit: Commit::default(),
        }
    }
}

impl CallbackSettings {
    /// Three times after 20 seconds (*observed* in the documentation of the vendor's main product).
    pub const THREE_RETRIES: [u64; 3] = [20, 20, 20];
    /// After 20 seconds, 1 minute, 5 minutes and 30 minutes (*observed* on the same page).
    pub const PATIENT_RETRIES: [u64; 4] = [20, 60, 300, 1_800];

    pub(crate) const MOST_COPIES: u32 = 50;
    pub(crate) const MOST_RETRIES: usize = 20;
    /// The longest delay and the longest patience, in milliseconds.
    pub(crate) const LONGEST_MS: u64 = 60_000;
    /// The longest wait before a retry, in seconds.
    pub(crate) const LONGEST_WAIT: u64 = 86_400;

    pub(crate) fn commits_after(&self) -> bool {
        self.commit == Commit::AfterCallback
    }

    /// The field that cannot be so, and why.
    pub(crate) fn check(&self) -> Result<(), (&'static str, String)> {
        if self.delay_ms > Self::LONGEST_MS {
            return Err(("delay_ms", format!("must be {} or less", Self::LONGEST_MS)));
        }
        if !(1..=Self::LONGEST_MS).contains(&self.timeout_ms) {
            return Err(("timeout_ms", format!("must be from 1 to {}", Self::LONGEST_MS)));
        }
        check_copies(self.copies)?;
        let is_wait = |seconds: &u64| (1..=Self::LONGEST_WAIT).contains(seconds);
        if self.retries.len() > Self::MOST_RETRIES || !self.retries.iter().all(is_wait) {
            let (most, longest) = (Self::MOST_RETRIES, Self::LONGEST_WAIT);
            return Err(("retries", format!("must be at most {most} waits of 1 to {longest} seconds")));
        }
        Ok(())
    }

    /// These settings, with what one request wants otherwise.
    pub(crate) fn with(&self, options: &DeliveryOptions) -> Self {
        Self {
            copies: options.copies.unwrap_or(self.copies),
            concurrent: options.concurrent.unwrap_or(self.concurrent),
            forge: options.forge.or(self.forge.filter(|_| !options.at_once)),
            delay_ms: if options.at_once { 0 } else { self.delay_ms },
            mode: if options.at_once { CallbackMode::DuringValidation } else { self.mode },
            retries: if options.at_once { Vec::new() } else { self.retries.clone() },
            ..self.clone()
        }
    }
}

fn check_copies(copies: u32) -> Result<(), (&'static str, String)> {
    if (1..=CallbackSettings::MOST_COPIES).contains(&copies) {
        return Ok(());
    }
    Err(("copies", format!("must be from 1 to {}", CallbackSettings::MOST_COPIES)))
}

/// What a request to the admin API wants otherwise, for the callbacks it causes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DeliveryOptions {
    pub(crate) callback_url: Option<String>,
    pub(crate) copies: Option<u32>,
    pub(crate) concurrent: Option<bool>,
    pub(crate) forge: Option<Forgery>,
    /// Asked for out of thin air: it goes now, and lies only if this request says so.
    #[serde(skip)]
    pub(crate) at_once: bool,
}

impl DeliveryOptions {
    pub(crate) fn check(&self) -> Result<(), (&'static str, String)> {
        match &self.callback_url {
            Some(url) if !crate::partner::is_http_url(url) => {
                Err(("callback_url", "must be an absolute http or https URL".to_owned()))
            }
            _ => self.copies.map_or(Ok(()), check_copies),
        }
    }
}

//! Callbacks: what Izly tells the partner's server, when, how often, and how it went.

mod delivery;
mod outgoing;
mod send;
mod settings;

pub use delivery::Delivery;
pub use settings::{CallbackMode, CallbackSettings, Commit, Forgery};

pub(crate) use delivery::{Due, Hook, Waiting};
pub(crate) use outgoing::{Announcement, Reach, Subject, Verdict, obstacle_in};
pub(crate) use send::{agent, announce, announce_any, deliver, deliver_due, replay, wait_again};
pub(crate) use settings::DeliveryOptions;

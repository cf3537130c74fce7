//! What calls take and give, a file per subject.

pub(crate) mod callback;
pub(crate) mod claim;
pub(crate) mod login;
pub(crate) mod order;
pub(crate) mod payment;
pub(crate) mod reply;
pub(crate) mod secrets;
pub(crate) mod user;

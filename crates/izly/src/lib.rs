//! Client for **Izly Partner**, the wallet of every student in France (CROUS): log a student in, take a payment, learn
//! for certain whether it was paid, refund it.
//!
//! # The paved path
//!
//! [`Client`] has one method per call; its documentation shows the whole flow. Three rules are built into the types:
//!
//! 1. **Only Izly says who paid.** A [`Callback`] is unsigned and proves nothing. [`Client::confirm`] reads the operation
//!    back and compares it with your own [`Order`]; the [`PaidPayment`] it gives has no other constructor.
//! 2. **Every error says what happened to the request**: [`Outcome::NotSent`], [`Outcome::Rejected`] or
//!    [`Outcome::Unknown`]. Nothing that moves money is ever sent twice by this library.
//! 3. **Secrets stay secret.** Keys, codes, tokens, queries and personal data are covered in `Debug` and in errors, and
//!    wiped on drop. A method called `reveal` opens them.
//!
//! Amounts are integer centimes ([`Cents`]); no float anywhere.
//!
//! "Protocol §4.1" and the like, all over this documentation, are sections of `docs/protocol.md` in the repository: the
//! protocol as this project reads it, with every ambiguity of the vendor's guide decided.
//!
//! # Without our HTTP
//!
//! [`protocol`] is the same without a socket, for programs that bring their own client, async ones included;
//! [`transport::Transport`] puts another HTTP library under [`Client`].
//!
//! # Features
//!
//! - `rustls` (default): TLS 1.2 and 1.3 by rustls with ring.
//! - `interrupt` (default): `ClientBuilder::interrupt`, to end a call while it waits.
//! - `native-tls`: the system's OpenSSL as well, chosen with `Tls::Native`.
//!
//! # Logs
//!
//! This library logs nothing by itself: give [`ClientBuilder::observer`] a hook. The HTTP library below logs through the
//! `log` crate; its `TRACE` level prints addresses and bytes, tokens included, so keep the targets `ureq` and
//! `ureq_proto` at `DEBUG` or above.

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
compile_error!("izly needs one of the features `rustls` and `native-tls`");

/// The README's example, compiled with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

mod blanks;
mod builder;
mod client;
mod config;
mod confirm;
mod date;
mod encoding;
mod error;
mod exchange;
mod interrupt;
mod key;
mod money;
mod observe;
mod order;
mod packed;
pub mod protocol;
mod reply;
mod scope;
mod secret;
mod status;
pub mod transport;
mod wiped;
mod wire;

pub use builder::{ClientBuilder, Roots, Tls};
pub use client::Client;
pub use config::{BaseUrl, ContentType, Environment, StatePolicy, Wire};
pub use confirm::PaidPayment;
pub use date::{CivilDateTime, Date};
pub use error::{Error, ErrorKind, Outcome, Phase, Retry};
pub use key::ApiKey;
pub use money::{AmountUnit, Cents};
pub use observe::CallRecord;
pub use order::{OperationId, Order};
pub use protocol::{
    Beneficiary, CallName, Callback, CallbackBeneficiary, CallbackDate, CallbackError, CallbackPersonal, CallbackUser,
    Customer, Login, NewPayment, Payment, PendingPayment, Refund, RefundTarget, Tokens, Untrusted, UserDetails,
};
pub use reply::Reply;
pub use scope::Scope;
pub use secret::{AccessToken, AuthorizationCode, Personal, RefreshToken, State};
pub use status::Status;
pub use wire::Extra;

//! A local Izly: the whole Izly Partner protocol on a loopback address, to develop and test a partner site against.
//!
//! It serves the vendor's endpoints (login, tokens, user details, payments, refunds), the French pages a student sees,
//! and it really calls the partner's callback URL. Nothing leaves the machine unless the builder says so, everything
//! lives in memory unless a state file is named, and the same seed with the same requests gives the same bytes.
//!
//! ```
//! use izly_sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start()?;
//! // Tell Izly where the partner site listens, once the site knows its own port.
//! sandbox.update_partner(|partner| partner.callback_url = "http://127.0.0.1:8080/callback".into());
//! assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
//! # Ok::<(), izly_sandbox::Error>(())
//! ```
//!
//! The sandbox depends on no other crate of this project: it reads the protocol on its own, so that a mistake in the
//! SDK cannot hide behind the same mistake here.
//!
//! It does more than answer: it misbehaves on demand ([`Fault`]), delivers callbacks in every way they may come
//! ([`CallbackSettings`]), plays each reading of the guide ([`Wire`]), and can be changed and watched while it runs: by a
//! person in the back office at `/_sandbox`, by a program through the admin API at `/_sandbox/api`, by a Rust test through
//! [`Sandbox`].
//!
//! # Documented, observed, invented
//!
//! The vendor's guide is silent in many places. Each behaviour below says where it comes from: *documented* (the guide
//! says so), *observed* (seen in production clients of this API or its older sibling), or *our invention*. Where two
//! readings exist, [`Wire`] holds a switch, and the default is the guide's reading.
//!
//! # For programs that play the student
//!
//! The pages are plain HTML forms with hidden fields, and nothing runs in them. The login page holds the forms
//! `#connexion` and `#annulation`, the payment page `#paiement` and `#annulation`. Post a form's hidden fields to its
//! `action`, with `identifiant` and `mot_de_passe` added to the first of each pair. The hidden field named `action`
//! says which button it was; a POST without it is refused with a 400 and changes nothing. An answer that sends the student
//! away is a 302; one that keeps the student here is a page with its message in `#erreur`.

mod account;
mod admin;
mod api_error;
mod app;
mod builder;
mod callback;
mod chance;
mod clock;
mod error;
mod exchange;
mod fault;
mod guide;
mod http;
mod in_memory;
mod journal;
mod json;
mod local;
mod login;
mod mask;
mod mint;
mod misbehave;
mod office;
mod pages;
mod partner;
mod payment;
mod ready;
mod recent;
mod remark;
mod routes;
mod sandbox;
mod save;
mod server;
mod soundness;
mod wire;
mod world;
mod worlds;

pub use account::{Account, AccountState, PASSWORD};
pub use builder::Builder;
pub use callback::{CallbackMode, CallbackSettings, Commit, Delivery, Forgery};
pub use clock::{ClockMode, Date};
pub use error::Error;
pub use fault::{CallName, Fault, FaultKind, FaultTarget};
pub use in_memory::{Answer, Exchange, InMemory, OutgoingCallback};
pub use journal::{Email, Event, JournalEntry};
pub use partner::{Partner, PartnerKind};
pub use payment::{PaymentRecord, PaymentStatus};
pub use ready::{ReadyAccount, ReadyLine, ReadyUrls};
pub use remark::{Provenance, Remark};
pub use sandbox::Sandbox;
pub use wire::{
    AmountUnit, BeneficiaryName, Dates, FaultStatus, IdSize, LoginCancel, OauthErrors, Profile, PropertyCasing,
    RefreshReply, RefundSlash, TokenStyle, Wire,
};

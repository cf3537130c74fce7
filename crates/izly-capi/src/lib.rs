//! libizly: the C face of the SDK.
//!
//! Every function is a translation: pointers are checked and borrowed in one line, the core does the work, its result is
//! laid out as a record. Nothing is decided here. The rules that callers keep and may rely on stand at the top of the
//! header (`cbindgen.toml`); each function's own words become its comment there.

// The public modules in the order in which the header shows them; blank lines keep it so.
pub mod version;

pub mod status;

pub mod error;

pub mod client;

pub mod login;

pub mod payment;

pub mod callback;

pub mod convert;

mod guard;
#[cfg(target_pointer_width = "64")]
mod layout;
mod ptr;
mod record;

#[cfg(panic = "abort")]
compile_error!("libizly must unwind: a panic is turned into IZLY_ERR_PANIC instead of ending the host");

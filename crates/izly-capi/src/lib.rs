//! libizly: the C face of the SDK.
//!
//! Every function is a translation: pointers are checked and borrowed in one line, the core does the work, its result is
//! laid out as a record. Nothing is decided here. The rules that callers keep and may rely on stand at the top of the
//! header (`cbindgen.toml`); each function's own words become its comment there.

pub mod callback;
pub mod client;
pub mod convert;
pub mod error;
mod guard;
#[cfg(target_pointer_width = "64")]
mod layout;
pub mod login;
pub mod payment;
mod ptr;
mod record;
pub mod status;
pub mod version;

#[cfg(panic = "abort")]
compile_error!("libizly must unwind: a panic is turned into IZLY_ERR_PANIC instead of ending the host");

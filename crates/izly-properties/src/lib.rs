//! What must hold of any input, whoever sent it: one property per reader of the SDK.
//!
//! A property takes bytes, and panics when something does not hold. The fuzz targets (`fuzz/`) search for such bytes;
//! `tests/corpus.rs` runs the ones they kept, on a stable compiler, with the other tests. What is compared with is never
//! the core itself: `serde_json`, a decimal library, a calendar, a browser's reading of addresses.

mod amounts;
mod authorization_url;
mod c_callback;
mod callback;
mod dates;
mod errors;
mod fault;
mod input;
mod json;
mod partner;
mod payment;
mod return_query;
mod token;
mod user;

pub use amounts::amounts;
pub use authorization_url::authorization_url;
pub use c_callback::c_callback;
pub use callback::callback;
pub use dates::dates;
pub use fault::fault;
pub use payment::payment;
pub use return_query::return_query;
pub use token::token;
pub use user::user;

/// Something that must hold of these bytes; it panics where it does not.
pub type Property = fn(&[u8]);

/// Every property, under the name of its fuzz target and of its folder in `fuzz/corpus`.
pub const ALL: [(&str, Property); 10] = [
    ("amounts", amounts),
    ("authorization_url", authorization_url),
    ("c_callback", c_callback),
    ("callback", callback),
    ("dates", dates),
    ("fault", fault),
    ("payment", payment),
    ("return_query", return_query),
    ("token", token),
    ("user", user),
];

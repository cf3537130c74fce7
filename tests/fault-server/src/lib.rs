//! A server that misbehaves on order, for the tests of every language.
//!
//! `tests/scenarios/faults.json` lists the faults: what the server does, as a list of [`Step`]s, and what a client must
//! make of it, call by call. The server opens a port for each of them, so that a client chooses its fault by its base
//! URL, whatever the fault: a refused connection and a wrong certificate come long before any path is sent. It keeps
//! count of what it saw, and of what it carried out ([`Counts`]), which is what a client's word is checked against.
//!
//! A program in another language starts the `izly-fault-server` command and asks its control address:
//! `GET /table` for the faults with their addresses and expectations, `GET /seen/<fault>` for the counts.

mod certificates;
mod control;
mod document;
mod expect;
mod player;
mod port;
mod reply;
mod request;
mod server;
mod step;
mod table;

pub use certificates::{Authority, Certificate};
pub use control::Control;
pub use document::document;
pub use expect::{Expectation, Group};
pub use port::{Counts, Port};
pub use reply::CALLS;
pub use server::FaultServer;
pub use step::{Answer, Step};
pub use table::{Fault, Place, Table, TableError};

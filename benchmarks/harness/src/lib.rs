//! Runs izly beside its peers, and says what each costs.
//!
//! [`COMPARISONS`](plan::COMPARISONS) says who is compared in what, [`BUDGETS`](budget::BUDGETS) what izly may cost at most.
//! A *worker* is a small program, one for each language, that does one thing many times with one contender and prints what
//! it cost (`benchmarks/README.md`). [`compare`] runs them in turns, [`judge`] holds the figures against the promises, and
//! [`report`] writes them down.

// A run takes minutes: it tells the person at the terminal where it is.
#![allow(clippy::print_stderr)]

pub mod budget;
mod growth;
mod pages;
pub mod plan;
mod plot;
pub mod report;
mod results;
mod run;
mod served;
mod server;
mod setup;
mod statistics;
mod verdicts;
pub mod worker;

pub use growth::curves;
pub use results::{Compared, Curve, Figure, Import, Results};
pub use run::compare;
pub use server::{Answers, Server};
pub use setup::{Language, Place, Setup};
pub use statistics::Spread;
pub use verdicts::judge;

//! Runs izly beside its peers, and says what each costs.

mod server;

pub use server::{Answers, Server};

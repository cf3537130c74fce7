//! Drives the sandbox over real sockets, with a plain HTTP client and no SDK.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod callback;
mod client;
mod determinism;
mod http;
mod lifecycle;
mod login;
mod office;
mod office_browser;
mod office_timeline;
mod pages;
mod partner_site;
mod payment;
mod refund;

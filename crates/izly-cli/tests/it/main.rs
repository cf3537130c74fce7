//! The real binary, run as people and scripts run it.

// A test says what it found by panicking.
#![allow(clippy::unwrap_used)]

mod calls;
mod demo;
mod doctor;
mod offline;
mod sandbox;
mod shop;
mod support;
mod trigger;

//! The Python wheel: its stubs, its making, its tests.

mod environment;
mod stubs;
mod tests;
mod wheel;

pub(crate) use self::environment::Environment;
pub(crate) use self::stubs::{build as build_stubs, write as write_stubs};
pub(crate) use self::tests::{build, soak, test};
pub(crate) use self::wheel::{alone as wheel, dist};

//! What a client is set up with.

pub(crate) mod environment;
pub(crate) mod options;
pub(crate) mod scope;
pub(crate) mod wire;

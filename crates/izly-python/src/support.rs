//! What the classes are made with.

pub(crate) mod given;
pub(crate) mod hints;
pub(crate) mod model;
pub(crate) mod texts;
pub(crate) mod values;

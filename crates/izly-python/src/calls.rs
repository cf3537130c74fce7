//! How a call is made from Python: without the interpreter's lock, open to Ctrl-C, told to `logging`.

pub(crate) mod interrupt;
pub(crate) mod run;
pub(crate) mod told;

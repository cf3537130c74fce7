//! What all requests share.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ureq::Agent;

use crate::callback::CallbackSettings;
use crate::state::State;

/// What all requests share.
pub(crate) struct App {
    state: Mutex<State>,
    pub(crate) base_url: String,
    pub(crate) callbacks: CallbackSettings,
    pub(crate) agent: Agent,
}

impl App {
    pub(crate) fn new(state: State, base_url: String, callbacks: CallbackSettings) -> Self {
        let agent = crate::callback::agent(callbacks.timeout);
        Self { state: Mutex::new(state), base_url, callbacks, agent }
    }

    /// The state, locked. Never keep the guard across an `await`.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // A panic in a caller's `update_*` closure must not take the whole sandbox down.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

//! What all requests share.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use ureq::Agent;

use crate::callback::{Hook, Reach};
use crate::save::StateFile;
use crate::worlds::Worlds;

/// What whoever started the sandbox decided for all partners.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) allow_remote: bool,
    /// Takes the place of every registered callback URL.
    pub(crate) forward_to: Option<String>,
    pub(crate) hook: Option<Hook>,
}

/// What all requests share.
pub(crate) struct App {
    worlds: Mutex<Worlds>,
    pub(crate) base_url: String,
    pub(crate) settings: Settings,
    pub(crate) agent: Agent,
    /// Where everything is kept from run to run.
    state_file: Option<StateFile>,
    changes: watch::Sender<u64>,
    saved: Mutex<u64>,
    counted: AtomicU64,
}

impl App {
    pub(crate) fn new(worlds: Worlds, base_url: String, settings: Settings, state_file: Option<StateFile>) -> Self {
        Self {
            worlds: Mutex::new(worlds),
            base_url,
            settings,
            agent: crate::callback::agent(),
            state_file,
            changes: watch::Sender::new(0),
            saved: Mutex::new(0),
            counted: AtomicU64::new(0),
        }
    }

    /// All worlds, locked. Never keep the guard across an `await`.
    pub(crate) fn worlds(&self) -> MutexGuard<'_, Worlds> {
        // A panic in a caller's `update_*` closure must not take the whole sandbox down.
        self.worlds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where callbacks may go.
    pub(crate) fn reach(&self) -> Reach<'_> {
        Reach { allow_remote: self.settings.allow_remote, forward_to: self.settings.forward_to.as_deref() }
    }

    /// Says that something has happened that leaves nothing behind but the timeline.
    pub(crate) fn told(&self) {
        self.changes.send_modify(|number| *number += 1);
    }

    /// Says that something has changed: to whoever watches, and to the state file.
    ///
    /// The file is written before the request is answered, so that whatever somebody was told is there after the next
    /// start, however this one ends.
    pub(crate) fn changed(&self) {
        let number = self.counted.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(file) = &self.state_file {
            let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
            // Somebody who waited for the lock finds that their change has been written with the one before.
            if *saved < number {
                *saved = self.counted.load(Ordering::Relaxed);
                let text = self.worlds().save();
                file.write(&text);
            }
        }
        self.told();
    }

    /// Tells of every change from now on.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

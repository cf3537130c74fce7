//! What happened in a world: how often, and, when somebody wants to know, step by step.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::rules::Rule;
use crate::time::{Millis, in_words};

/// What the chronicle is told to keep apart from the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Nothing: it is quicker, and the same seed can tell it later.
    Numbers,
    /// Each order's story.
    Stories,
}

/// A breach as a world sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) rule: Rule,
    pub(crate) order: String,
    pub(crate) what: String,
}

/// Shared by the two sides of a world. All of it is used by one thread; the lock is there because a transport may be
/// used by several.
#[derive(Debug, Clone)]
pub(crate) struct Chronicle(Arc<Mutex<Inside>>);

#[derive(Debug)]
struct Inside {
    now: Millis,
    worker: Option<usize>,
    detail: Detail,
    stories: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<&'static str, u64>,
    breach: Option<Seen>,
}

impl Chronicle {
    pub(crate) fn new(detail: Detail) -> Self {
        Self(Arc::new(Mutex::new(Inside {
            now: 0,
            worker: None,
            detail,
            stories: BTreeMap::new(),
            numbers: BTreeMap::new(),
            breach: None,
        })))
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Millis {
        self.inside().now
    }

    /// Moves on to a moment, and says which worker acts there, if one does.
    pub(crate) fn turn_to(&self, now: Millis, worker: Option<usize>) {
        let mut inside = self.inside();
        (inside.now, inside.worker) = (now, worker);
    }

    pub(crate) fn count(&self, what: &'static str) {
        *self.inside().numbers.entry(what).or_default() += 1;
    }

    pub(crate) fn keeps_stories(&self) -> bool {
        self.inside().detail == Detail::Stories
    }

    /// Adds a line to an order's story, if stories are kept.
    pub(crate) fn tell(&self, order: &str, who: &str, what: impl FnOnce() -> String) {
        let mut inside = self.inside();
        if inside.detail == Detail::Numbers {
            return;
        }
        let line = format!("{}  {who:<9} {}", in_words(inside.now), what());
        inside.stories.entry(order.to_owned()).or_default().push(line);
    }

    /// The same, told of the worker whose turn it is.
    pub(crate) fn tell_of_worker(&self, order: &str, what: impl FnOnce() -> String) {
        let worker = self.inside().worker;
        let who = worker.map_or_else(|| "the shop".to_owned(), |worker| format!("worker {worker}"));
        self.tell(order, &who, what);
    }

    /// Notes that a rule is broken. The first one counts: what follows may follow from it.
    pub(crate) fn break_rule(&self, rule: Rule, order: &str, what: impl FnOnce() -> String) {
        let mut inside = self.inside();
        if inside.breach.is_none() {
            inside.breach = Some(Seen { rule, order: order.to_owned(), what: what() });
        }
    }

    pub(crate) fn breach(&self) -> Option<Seen> {
        self.inside().breach.clone()
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.inside().breach.is_some()
    }

    pub(crate) fn story(&self, order: &str) -> Vec<String> {
        self.inside().stories.get(order).cloned().unwrap_or_default()
    }

    pub(crate) fn numbers(&self) -> BTreeMap<&'static str, u64> {
        self.inside().numbers.clone()
    }
}

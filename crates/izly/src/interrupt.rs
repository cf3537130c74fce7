//! Ending a call early, because the program asks for it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a wait goes on before the program is asked again.
const SLICE: Duration = Duration::from_millis(40);

/// The program's hook, if it has given one: without it, nothing waits in slices.
#[derive(Clone, Default)]
pub(crate) struct Interrupt(Option<Arc<dyn Fn() -> bool + Send + Sync>>);

impl Interrupt {
    #[cfg(any(feature = "interrupt", test))]
    pub(crate) fn new(hook: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Interrupt(Some(Arc::new(hook)))
    }

    /// Whether there is a hook to ask. Without the feature there never is, and what would ask it is not compiled in.
    pub(crate) fn has_hook(&self) -> bool {
        cfg!(any(feature = "interrupt", test)) && self.0.is_some()
    }

    /// Whether the call should end.
    pub(crate) fn is_set(&self) -> bool {
        self.has_hook() && self.0.as_ref().is_some_and(|hook| hook())
    }

    /// Waits for something in slices, asking the program between them. `wait` is given how long it may take and says
    /// `None` when that was not enough.
    pub(crate) fn wait<T>(&self, total: Duration, mut wait: impl FnMut(Duration) -> Option<T>) -> Waited<T> {
        let begins = Instant::now();
        loop {
            let left = total.saturating_sub(begins.elapsed());
            let slice = if self.has_hook() { left.min(SLICE) } else { left };
            if let Some(value) = wait(slice) {
                return Waited::Came(value);
            }
            if self.is_set() {
                return Waited::Interrupted;
            }
            if begins.elapsed() >= total {
                return Waited::TimeIsUp;
            }
        }
    }

    /// Sleeps this long, or until the program wants the call to end, which is then answered with true.
    pub(crate) fn sleep(&self, pause: Duration) -> bool {
        let slept = |slice| {
            std::thread::sleep(slice);
            None::<()>
        };
        matches!(self.wait(pause, slept), Waited::Interrupted)
    }
}

/// How a wait ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Waited<T> {
    /// What was waited for came.
    Came(T),
    /// It did not come in time.
    TimeIsUp,
    /// The program wants the call to end.
    Interrupted,
}

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Interrupt").field(&self.has_hook()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn a_wait_without_a_hook_is_one_wait() {
        let mut slices = Vec::new();
        let waited = Interrupt::default().wait(Duration::from_millis(90), |slice| {
            slices.push(slice);
            std::thread::sleep(slice);
            None::<()>
        });
        assert_eq!(waited, Waited::TimeIsUp);
        assert_eq!(slices.len(), 1);
    }

    #[test]
    fn a_hook_is_asked_again_and_again() {
        let asked = Arc::new(AtomicU32::new(0));
        let counter = asked.clone();
        let interrupt = Interrupt::new(move || counter.fetch_add(1, Ordering::Relaxed) == 2);
        assert!(interrupt.sleep(Duration::from_mins(1)));
        assert_eq!(asked.load(Ordering::Relaxed), 3);
    }

    #[test]
    fn what_came_wins() {
        let interrupt = Interrupt::new(|| true);
        assert_eq!(interrupt.wait(Duration::from_mins(1), |_| Some(7)), Waited::Came(7));
    }
}

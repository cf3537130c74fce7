//! The handle to a running sandbox, and its thread.

use std::net::TcpListener;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use std::{fmt, thread};

use tokio::runtime::{Handle, Runtime};
use tokio::sync::Notify;

use crate::account::Account;
use crate::app::App;
use crate::builder::Builder;
use crate::callback::{CallbackSettings, Delivery, deliver_due, wait_again};
use crate::clock::{ClockMode, Date};
use crate::error::Error;
use crate::fault::Fault;
use crate::journal::{Email, JournalEntry};
use crate::partner::Partner;
use crate::payment::PaymentRecord;
use crate::ready::ReadyLine;
use crate::server;
use crate::wire::Wire;
use crate::world::World;

/// A running sandbox. Dropping it stops the server and joins its thread.
///
/// The `accounts`, `payments` and other readings are snapshots; the handle can be shared between threads. All methods
/// are about the first partner; the others, if there are any, are reached through the admin API.
///
/// ```
/// let sandbox = izly_sandbox::Sandbox::builder().seed(7).start()?;
/// assert_eq!(sandbox.identifier(), "Sandbox Crous-1-1-1-1");
/// assert_eq!(sandbox.accounts()[0].email, "riche@example.fr");
/// assert!(sandbox.payments().is_empty());
/// # Ok::<(), izly_sandbox::Error>(())
/// ```
pub struct Sandbox {
    app: Arc<App>,
    api_key: String,
    identifier: String,
    runtime: Handle,
    stop: Arc<Notify>,
    stopped: Arc<Stopped>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts a sandbox on any free port, with seed 0 and the default partner.
    pub fn start() -> Result<Self, Error> {
        Self::builder().start()
    }

    /// Sets a sandbox up.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.app.base_url
    }

    /// The first partner's API key: what follows `Basic`.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// The first partner's identifier: `client_id` and `AppIdentifier`.
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// The first partner's registration, as it is now.
    pub fn partner(&self) -> Partner {
        self.read(|world| world.partner.clone())
    }

    /// Changes the first partner's registration, as an administrator would in the back office. Identifier and secret
    /// stay what they were: clients hold the key already.
    ///
    /// The closure must not call the sandbox: it runs under the sandbox's lock.
    pub fn update_partner(&self, change: impl FnOnce(&mut Partner)) {
        self.change(|world| world.update_partner(change));
    }

    /// The test accounts, as they are now.
    pub fn accounts(&self) -> Vec<Account> {
        self.read(|world| world.accounts.clone())
    }

    /// Changes the account with this e-mail address or phone number. Returns whether there is one.
    ///
    /// The closure must not call the sandbox: it runs under the sandbox's lock.
    pub fn update_account(&self, login: &str, change: impl FnOnce(&mut Account)) -> bool {
        self.change(|world| {
            let account = world.accounts.iter_mut().find(|account| account.answers_to(login));
            account.map(change).is_some()
        })
    }

    /// Changes how the sandbox reads what the guide leaves open.
    ///
    /// The closure must not call the sandbox: it runs under the sandbox's lock.
    pub fn update_wire(&self, change: impl FnOnce(&mut Wire)) {
        self.change(|world| change(&mut world.wire));
    }

    /// Changes how callbacks are delivered from now on.
    ///
    /// The closure must not call the sandbox: it runs under the sandbox's lock.
    pub fn update_callbacks(&self, change: impl FnOnce(&mut CallbackSettings)) -> Result<(), Error> {
        self.change(|world| {
            let mut settings = world.callbacks.clone();
            change(&mut settings);
            settings.check().map_err(|(field, rule)| Error::Setting { field, rule })?;
            world.callbacks = settings;
            Ok(())
        })
    }

    /// Makes requests misbehave from now on. Returns the rule's number.
    ///
    /// ```
    /// use izly_sandbox::{CallName, Fault, FaultKind, FaultTarget, Sandbox};
    ///
    /// let sandbox = Sandbox::start()?;
    /// // The next refund happens, and its caller never hears of it.
    /// let mut fault = Fault::new(FaultTarget::Call(CallName::Refund), FaultKind::CommitThenDrop);
    /// fault.times = Some(1);
    /// sandbox.add_fault(fault)?;
    /// # Ok::<(), izly_sandbox::Error>(())
    /// ```
    pub fn add_fault(&self, fault: Fault) -> Result<u64, Error> {
        let wrong = |(field, rule)| Error::Setting { field, rule };
        fault.check().map_err(wrong)?;
        self.change(|world| world.faults.add(fault).map(|fault| fault.id).map_err(wrong))
    }

    /// Ends all faults.
    pub fn clear_faults(&self) {
        self.change(|world| world.faults.clear());
    }

    /// Which clock dates come from.
    pub fn clock_mode(&self) -> ClockMode {
        self.read(|world| world.clock.mode())
    }

    /// The date on the sandbox's clock.
    pub fn now(&self) -> Date {
        self.read(|world| world.clock.now())
    }

    /// Lets time pass, in whole seconds: makes codes (300 s) and access tokens (1797 s) expire, and sends the callbacks
    /// whose wait is over.
    pub fn advance_clock(&self, by: Duration) {
        self.change(|world| world.clock.advance(by));
        let app = Arc::clone(&self.app);
        let first = app.worlds().first_id();
        self.runtime.spawn(async move { deliver_due(&app, first).await });
    }

    /// The payments, oldest first.
    pub fn payments(&self) -> Vec<PaymentRecord> {
        self.read(|world| world.payments.values().cloned().collect())
    }

    /// The e-mails that Izly would have sent, oldest first.
    pub fn emails(&self) -> Vec<Email> {
        self.read(|world| world.journal.emails().iter().cloned().collect())
    }

    /// The callbacks, delivered or not, in the order they ended.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.read(|world| world.journal.deliveries().iter().cloned().collect())
    }

    /// Every request to Izly, in the order they arrived. The last 10,000 are kept.
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.read(|world| world.journal.entries().iter().cloned().collect())
    }

    fn read<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(self.app.worlds().first())
    }

    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let changed = change(self.app.worlds().first_mut());
        self.app.changed();
        changed
    }

    /// What a program needs to use this sandbox, to print as one line of JSON.
    pub fn ready_line(&self) -> ReadyLine {
        self.read(|world| ReadyLine::new(&self.app.base_url, &world.partner, &world.accounts))
    }

    /// Stops the server. Open connections are closed. Returns at once; [`Sandbox::wait`] or dropping the handle waits.
    pub fn stop(&self) {
        self.stop.notify_one();
    }

    /// Blocks until the server has stopped, which happens on [`Sandbox::stop`] from another thread, or never.
    pub fn wait(&self) {
        self.stopped.wait();
    }

    pub(crate) fn run(listener: TcpListener, app: App) -> Result<Self, Error> {
        listener.set_nonblocking(true).map_err(Error::Thread)?;
        // More than one worker: a partner site calls back into the sandbox while its callback is being delivered.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("izly-sandbox-worker")
            .enable_all()
            .build()
            .map_err(Error::Thread)?;
        let handle = runtime.handle().clone();
        let app = Arc::new(app);
        let (stop, stopped) = (Arc::new(Notify::new()), Arc::new(Stopped::default()));
        let thread = {
            let (app, stop, stopped) = (Arc::clone(&app), Arc::clone(&stop), Arc::clone(&stopped));
            let body = move || {
                serve_until(runtime, listener, app, &stop);
                stopped.set();
            };
            thread::Builder::new().name("izly-sandbox".into()).spawn(body).map_err(Error::Thread)?
        };
        let (api_key, identifier) = {
            let worlds = app.worlds();
            (worlds.first().partner.api_key(), worlds.first().partner.identifier.clone())
        };
        Ok(Self { app, api_key, identifier, runtime: handle, stop, stopped, thread: Some(thread) })
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            // It only fails if the thread panicked, and a second panic here would abort the caller.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("base_url", &self.app.base_url)
            .field("identifier", &self.identifier)
            .finish_non_exhaustive()
    }
}

fn serve_until(runtime: Runtime, listener: TcpListener, app: Arc<App>, stop: &Notify) {
    runtime.block_on(async {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
        wait_again(&app);
        tokio::select! {
            // Never returns: accept errors are retried inside.
            _ = server::serve(listener, app) => {}
            () = stop.notified() => {}
        }
    });
    // Not a graceful end: keep-alive connections would hold it up. A callback on its way is left to its own timeout.
    runtime.shutdown_timeout(Duration::from_millis(100));
}

/// Whether the server has stopped, and a way to wait for it.
#[derive(Default)]
struct Stopped {
    flag: Mutex<bool>,
    changed: Condvar,
}

impl Stopped {
    fn set(&self) {
        *self.flag.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    fn wait(&self) {
        let mut stopped = self.flag.lock().unwrap_or_else(PoisonError::into_inner);
        while !*stopped {
            stopped = self.changed.wait(stopped).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

//! How a sandbox is set up.

use std::hash::{BuildHasher as _, RandomState};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::account::{Account, default_accounts};
use crate::app::{App, Settings};
use crate::callback::{CallbackMode, CallbackSettings, Delivery, Hook};
use crate::clock::ClockMode;
use crate::error::Error;
use crate::fault::{Fault, Faults};
use crate::in_memory::InMemory;
use crate::partner::{Partner, is_http_url};
use crate::sandbox::Sandbox;
use crate::save::StateFile;
use crate::wire::{TokenStyle, Wire};
use crate::world::Beginning;
use crate::worlds::Worlds;

/// How a sandbox is set up. Made by [`Sandbox::builder`]; everything has a default.
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    port: u16,
    seed: u64,
    first_operation: Option<u64>,
    partner: Partner,
    others: Vec<Partner>,
    accounts: Vec<Account>,
    wire: Wire,
    clock: ClockMode,
    callbacks: CallbackSettings,
    faults: Vec<Fault>,
    settings: Settings,
    state_file: Option<PathBuf>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            port: 0,
            seed: 0,
            first_operation: None,
            partner: Partner::default(),
            others: Vec::new(),
            accounts: default_accounts(),
            wire: Wire::default(),
            clock: ClockMode::default(),
            callbacks: CallbackSettings::default(),
            faults: Vec::new(),
            settings: Settings::default(),
            state_file: None,
        }
    }
}

impl Builder {
    /// The port to listen on, always on 127.0.0.1. 0, the default, takes any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Decides all ids, codes and tokens. 0 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        (self.seed, self.first_operation) = (seed, None);
        self
    }

    /// Gives each run ids, codes and tokens of its own, in place of a seed: for a site that keeps its database when the
    /// sandbox starts anew. Operation ids grow from run to run, as those of the real Izly do, unless a run makes more than
    /// ten payments a second for as long as it lasts.
    pub fn new_ids_each_run(mut self) -> Self {
        // Tenths of seconds since 2025, so that two runs within a minute stay apart too.
        const YEAR_2025: Duration = Duration::from_hours(482_136);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let tenths = now.saturating_sub(YEAR_2025).as_millis() / 100;
        self.seed = RandomState::new().hash_one(tenths);
        self.first_operation = u64::try_from(tenths).ok();
        self
    }

    /// The partner's registration.
    pub fn partner(mut self, partner: Partner) -> Self {
        self.partner = partner;
        self
    }

    /// The partner's registration from a JSON file with the fields of [`Partner`], each of them optional.
    pub fn partner_from_file(self, path: impl AsRef<Path>) -> Result<Self, Error> {
        Ok(self.partner(Partner::from_file(path.as_ref())?))
    }

    /// One more partner, with an identifier of its own and an Izly of its own: accounts, codes, tokens, payments, clock,
    /// faults and settings of one are unknown to the others.
    pub fn another_partner(mut self, partner: Partner) -> Self {
        self.others.push(partner);
        self
    }

    /// The test accounts, in place of the default ones.
    pub fn accounts(mut self, accounts: Vec<Account>) -> Self {
        self.accounts = accounts;
        self
    }

    /// The reading of what the guide leaves open.
    pub fn wire(mut self, wire: Wire) -> Self {
        self.wire = wire;
        self
    }

    /// Which clock dates come from.
    pub fn clock(mut self, clock: ClockMode) -> Self {
        self.clock = clock;
        self
    }

    /// The shape of codes and tokens.
    pub fn token_style(mut self, style: TokenStyle) -> Self {
        self.wire.token_style = style;
        self
    }

    /// When callbacks are delivered.
    pub fn callback_mode(mut self, mode: CallbackMode) -> Self {
        self.callbacks.mode = mode;
        self
    }

    /// How long a callback may take, 5 seconds by default. The student waits meanwhile.
    pub fn callback_timeout(mut self, timeout: Duration) -> Self {
        self.callbacks.timeout_ms = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// How callbacks are delivered, as a whole.
    pub fn callbacks(mut self, settings: CallbackSettings) -> Self {
        self.callbacks = settings;
        self
    }

    /// Sends every callback to this address, in place of the registered ones: a registration can then be the one of
    /// production, word for word.
    pub fn forward_callbacks_to(mut self, url: impl Into<String>) -> Self {
        self.settings.forward_to = Some(url.into());
        self
    }

    /// Makes requests misbehave from the start, and again after each reset.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Keeps everything but the timelines in this file, from run to run. It is made if it does not exist; what it holds
    /// wins over the builder's partners, accounts and switches.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Whether callbacks may leave this machine. Off by default.
    pub fn allow_remote_callbacks(mut self, allow: bool) -> Self {
        self.settings.allow_remote = allow;
        self
    }

    /// Tells `hook` about each callback as it ends: delivered, refused, failed, or not sent and why.
    ///
    /// It runs on a thread of the sandbox's, without the sandbox's lock, after the delivery has joined
    /// [`Sandbox::deliveries`] and before the student's page answers: a slow hook keeps the student waiting. If it
    /// panics, nothing else notices. A second call replaces the first one's hook.
    ///
    /// ```
    /// use izly_sandbox::Sandbox;
    ///
    /// let log = |delivery: &izly_sandbox::Delivery| eprintln!("operation {}: {delivery:?}", delivery.operation_id);
    /// let sandbox = Sandbox::builder().on_delivery(log).start()?;
    /// # Ok::<(), izly_sandbox::Error>(())
    /// ```
    pub fn on_delivery(mut self, hook: impl Fn(&Delivery) + Send + Sync + 'static) -> Self {
        self.settings.hook = Some(Hook::new(hook));
        self
    }

    /// Starts the sandbox. It answers from the moment this returns.
    pub fn start(self) -> Result<Sandbox, Error> {
        let bind = |source| Error::Bind { port: self.port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).map_err(bind)?;
        let base_url = format!("http://{}", listener.local_addr().map_err(bind)?);
        let (settings, path) = (self.settings.clone(), self.state_file.clone());
        let mut worlds = self.worlds()?;
        let file = path.map(|path| StateFile::open(&path, &mut worlds)).transpose()?;
        Sandbox::run(listener, App::new(worlds, base_url, settings, file))
    }

    /// The same Izly without a server: requests are handed to it, and nothing happens by itself. The port and the hook say
    /// nothing to it, and there is no state file.
    pub fn in_memory(self) -> Result<InMemory, Error> {
        if self.state_file.is_some() {
            return Err(Error::Setting { field: "state_file", rule: "is for a sandbox that serves".into() });
        }
        let settings = self.settings.clone();
        Ok(InMemory::new(App::new(self.worlds()?, InMemory::BASE_URL.to_owned(), settings, None)))
    }

    /// The partners' worlds as they begin, once everything has been checked.
    fn worlds(self) -> Result<Worlds, Error> {
        let setting = |(field, rule)| Error::Setting { field, rule };
        self.callbacks.check().map_err(setting)?;
        self.wire.check().map_err(setting)?;
        if let Some(url) = self.settings.forward_to.as_ref().filter(|url| !is_http_url(url)) {
            return Err(setting(("forward_to", format!("{url:?} is not an absolute http or https URL"))));
        }
        let mut faults = Faults::new(self.seed);
        for fault in self.faults {
            fault.check().map_err(setting)?;
            faults.add(fault).map_err(setting)?;
        }
        let mut partners = vec![self.partner];
        partners.extend(self.others);
        let beginning = Beginning {
            seed: self.seed,
            first_operation: self.first_operation,
            accounts: self.accounts,
            wire: self.wire,
            clock: self.clock,
            callbacks: self.callbacks,
            faults,
        };
        Worlds::new(partners, beginning)
    }
}

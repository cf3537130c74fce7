//! How a sandbox is set up.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::time::Duration;

use crate::account::{Account, default_accounts};
use crate::app::App;
use crate::callback::{CallbackMode, CallbackSettings, Delivery, Hook};
use crate::clock::{Clock, ClockMode};
use crate::error::Error;
use crate::journal::Journal;
use crate::login::Grants;
use crate::mint::{Mint, TokenStyle};
use crate::partner::{Partner, validate_all};
use crate::sandbox::Sandbox;
use crate::state::State;
use crate::wire::Wire;

/// How a sandbox is set up. Made by [`Sandbox::builder`]; everything has a default.
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    port: u16,
    seed: u64,
    partner: Partner,
    others: Vec<Partner>,
    accounts: Vec<Account>,
    wire: Wire,
    clock: ClockMode,
    tokens: TokenStyle,
    callbacks: CallbackSettings,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            port: 0,
            seed: 0,
            partner: Partner::default(),
            others: Vec::new(),
            accounts: default_accounts(),
            wire: Wire::default(),
            clock: ClockMode::default(),
            tokens: TokenStyle::default(),
            callbacks: CallbackSettings {
                mode: CallbackMode::default(),
                allow_remote: false,
                timeout: Duration::from_secs(5),
                hook: None,
            },
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
        self.seed = seed;
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

    /// One more partner, with an identifier of its own. Codes, tokens and payments of one are unknown to the others;
    /// the students' accounts are the same for all.
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
        self.tokens = style;
        self
    }

    /// When callbacks are delivered.
    pub fn callback_mode(mut self, mode: CallbackMode) -> Self {
        self.callbacks.mode = mode;
        self
    }

    /// How long a callback may take, 5 seconds by default. The student waits meanwhile.
    pub fn callback_timeout(mut self, timeout: Duration) -> Self {
        self.callbacks.timeout = timeout;
        self
    }

    /// Whether callbacks may leave this machine. Off by default.
    pub fn allow_remote_callbacks(mut self, allow: bool) -> Self {
        self.callbacks.allow_remote = allow;
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
        self.callbacks.hook = Some(Hook::new(hook));
        self
    }

    /// Starts the sandbox. It answers from the moment this returns.
    pub fn start(self) -> Result<Sandbox, Error> {
        let mut partners = vec![self.partner];
        partners.extend(self.others);
        validate_all(&partners)?;
        let bind = |source| Error::Bind { port: self.port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).map_err(bind)?;
        let base_url = format!("http://{}", listener.local_addr().map_err(bind)?);
        let state = State {
            partners,
            accounts: self.accounts,
            wire: self.wire,
            clock: Clock::new(self.clock),
            mint: Mint::new(self.seed, self.tokens),
            grants: Grants::default(),
            payments: BTreeMap::new(),
            journal: Journal::default(),
        };
        Sandbox::run(listener, App::new(state, base_url, self.callbacks))
    }
}

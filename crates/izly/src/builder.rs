//! Setting up a client.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::client::Client;
use crate::config::{Environment, Wire};
use crate::encoding::has_control_characters;
use crate::error::Error;
use crate::exchange::{Observer, Sender};
use crate::interrupt::Interrupt;
use crate::key::ApiKey;
use crate::observe::CallRecord;
use crate::protocol::Partner;
use crate::secret::REDACTED;
use crate::transport::Transport;
use crate::transport::ureq::{RootCerts, Settings, UreqTransport};

const DEFAULT_DEADLINE: Duration = Duration::from_secs(15);
const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const DEFAULT_MAX_BODY_BYTES: usize = 1 << 20;
/// Beyond this a web server has given up on the request long ago.
const LONGEST_DEADLINE: Duration = Duration::from_mins(10);

/// Whose certificates are trusted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Roots {
    /// Mozilla's list, as it was when the library was built. The default.
    #[default]
    Bundled,
    /// What the system trusts (`SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured).
    System,
    /// The certificates in this PEM file, and no others.
    File(PathBuf),
}

/// Which library encrypts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Tls {
    /// rustls: TLS 1.2 and 1.3, modern cipher suites only. The default where the feature `rustls` is on.
    #[cfg(feature = "rustls")]
    #[default]
    Rustls,
    /// The system's OpenSSL, for a server that offers only older cipher suites. Needs the feature `native-tls`.
    #[cfg(feature = "native-tls")]
    #[cfg_attr(not(feature = "rustls"), default)]
    Native,
}

/// Sets up a [`Client`]. Made by [`Client::builder`].
///
/// ```
/// use std::time::Duration;
/// use izly::{ApiKey, Client, Environment};
///
/// let key = ApiKey::from_parts("Paris-78-78-78-78", "s3cret")?;
/// let client = Client::builder(Environment::Preproduction, key)
///     .deadline(Duration::from_secs(8))
///     .application("boutique-bde/1.4")
///     .observer(|record| eprintln!("{} {:?} in {:?}", record.call, record.status, record.duration))
///     .build()?;
/// # Ok::<(), izly::Error>(())
/// ```
#[must_use]
pub struct ClientBuilder {
    environment: Environment,
    api_key: ApiKey,
    app_identifier: Option<String>,
    wire: Wire,
    deadline: Duration,
    connect_timeout: Duration,
    max_body_bytes: usize,
    reuse_connections: bool,
    roots: Roots,
    tls: Tls,
    proxy: Option<zeroize::Zeroizing<String>>,
    application: Option<String>,
    language: String,
    observer: Option<Box<Observer>>,
    interrupt: Interrupt,
    transport: Option<Box<dyn Transport>>,
}

impl ClientBuilder {
    pub(crate) fn new(environment: Environment, api_key: ApiKey) -> Self {
        ClientBuilder {
            environment,
            api_key,
            app_identifier: None,
            wire: Wire::default(),
            deadline: DEFAULT_DEADLINE,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            max_body_bytes: DEFAULT_MAX_BODY_BYTES,
            reuse_connections: true,
            roots: Roots::default(),
            tls: Tls::default(),
            proxy: None,
            application: None,
            language: "Rust".to_owned(),
            observer: None,
            interrupt: Interrupt::default(),
            transport: None,
        }
    }

    /// The partner's identifier, for a program that keeps both: building fails if the key holds another.
    pub fn app_identifier(mut self, identifier: impl Into<String>) -> Self {
        self.app_identifier = Some(identifier.into());
        self
    }

    /// Other readings of the guide's open points.
    pub fn wire(mut self, wire: Wire) -> Self {
        self.wire = wire;
        self
    }

    /// For a whole call, repeats included: 15 s by default, above 0 and at most 10 minutes.
    ///
    /// Keep it below the time your web server gives a request.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// For opening a connection, TLS included: 5 s by default, above 0. Never longer than the deadline.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The largest answer accepted, in bytes: 1 MiB by default, at least 1024.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.max_body_bytes = bytes;
        self
    }

    /// Whether reads may share connections; yes by default. Payments, refunds and token calls never do.
    pub fn reuse_connections(mut self, reuse: bool) -> Self {
        self.reuse_connections = reuse;
        self
    }

    /// Whose certificates are trusted.
    pub fn roots(mut self, roots: Roots) -> Self {
        self.roots = roots;
        self
    }

    /// Trusts the certificates in this PEM file, and no others: [`Roots::File`].
    ///
    /// They must be those of an authority. A server's own self-signed certificate is none, and rustls refuses it.
    pub fn ca_file(self, path: impl Into<PathBuf>) -> Self {
        self.roots(Roots::File(path.into()))
    }

    /// Which library encrypts.
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = tls;
        self
    }

    /// An HTTP proxy to tunnel through, such as `http://proxy.univ.example:3128`. None by default: the environment's
    /// `HTTP_PROXY` and the like are never read, since a request header can set them in a CGI program. Not together with an
    /// `http://` environment: the key would cross the network in clear.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(zeroize::Zeroizing::new(url.into()));
        self
    }

    /// The application's own name and version, added to the user agent: `boutique-bde/1.4`.
    pub fn application(mut self, name: impl Into<String>) -> Self {
        self.application = Some(name.into());
        self
    }

    /// The language named in the user agent, set by the bindings.
    #[doc(hidden)]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = language.into();
        self
    }

    /// A hook that gets a [`CallRecord`] after each request, in the thread that made it.
    ///
    /// Keep it short: the call waits for it. If it panics, the panic is dropped and the call goes on.
    pub fn observer(mut self, observer: impl Fn(&CallRecord) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// A hook (feature `interrupt`) that is asked in the calling thread, before a request leaves and about 25 times a second
    /// while a call waits. When it answers true, the call ends with [`Interrupted`](crate::ErrorKind::Interrupted), or with the
    /// error it was about to repeat or ask again about, and an outcome as honest as any other.
    ///
    /// For programs whose user may lose patience: a Ctrl-C, a closed window, a task that was cancelled. With a hook, each new
    /// connection is opened in a thread of its own, since the system's call cannot be interrupted. The hook may make calls
    /// itself. While a [`transport`](Self::transport) of your own is at work, it is not asked.
    #[cfg(feature = "interrupt")]
    pub fn interrupt(mut self, hook: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.interrupt = Interrupt::new(hook);
        self
    }

    /// Another transport, in place of the one that comes with the library. The settings for certificates and proxies
    /// are then its own affair.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Checks everything and makes the client. Nothing is sent, and no connection is opened.
    ///
    /// # Errors
    /// [`Configuration`](crate::ErrorKind::Configuration), with the setting that breaks a rule as its field.
    pub fn build(self) -> Result<Client, Error> {
        self.check()?;
        let transport = if let Some(transport) = self.transport {
            transport
        } else {
            Box::new(UreqTransport::new(self.settings()?))
        };
        let user_agent = user_agent(&self.language, self.application.as_deref());
        let partner = Partner::new(self.environment, self.api_key)?.with_wire(self.wire).with_user_agent(user_agent);
        let sender = Sender {
            transport,
            deadline: self.deadline,
            connect_timeout: self.connect_timeout,
            max_body_bytes: self.max_body_bytes,
            reuse_connections: self.reuse_connections,
            observer: self.observer,
            interrupt: self.interrupt,
        };
        Ok(Client::from_parts(partner, sender))
    }

    /// What the transport that comes with the library is built from.
    fn settings(&self) -> Result<Settings, Error> {
        let native_tls = match self.tls {
            #[cfg(feature = "rustls")]
            Tls::Rustls => false,
            #[cfg(feature = "native-tls")]
            Tls::Native => true,
        };
        Ok(Settings {
            deadline: self.deadline,
            connect_timeout: self.connect_timeout,
            roots: root_certificates(&self.roots)?,
            native_tls,
            proxy: self.proxy.as_ref().map(|url| Settings::proxy_at(url)).transpose()?,
            interrupt: self.interrupt.clone(),
        })
    }

    fn check(&self) -> Result<(), Error> {
        let refuse = |field, rule: &str| Err(Error::configuration(field, rule));
        if self.app_identifier.as_deref().is_some_and(|given| given != self.api_key.identifier()) {
            let rule = format!("is not the one in the API key, `{}`", self.api_key.identifier());
            return Err(Error::configuration("app_identifier", rule));
        }
        if self.proxy.is_some() && !self.environment.base_url().starts_with("https://") {
            return refuse("proxy", "is for https environments only");
        }
        if self.deadline.is_zero() || self.deadline > LONGEST_DEADLINE {
            return refuse("deadline", "must be above 0 and at most 10 minutes");
        }
        if self.connect_timeout.is_zero() {
            return refuse("connect_timeout", "must be above 0");
        }
        if self.max_body_bytes < 1024 {
            return refuse("max_body_bytes", "must be at least 1024");
        }
        let is_header_text = |text: &str| text.is_ascii() && !has_control_characters(text);
        if self.application.as_deref().is_some_and(|name| name.trim().is_empty() || !is_header_text(name)) {
            return refuse("application", "must be printable ASCII, such as boutique-bde/1.4");
        }
        if !is_header_text(&self.language) {
            return refuse("language", "must be printable ASCII, such as PHP 8.2");
        }
        Ok(())
    }
}

fn root_certificates(roots: &Roots) -> Result<RootCerts, Error> {
    match roots {
        Roots::Bundled => Ok(Settings::bundled_roots()),
        Roots::System => Settings::system_roots().map_err(|rule| Error::configuration("roots", rule)),
        Roots::File(path) => {
            let pem = std::fs::read(path)
                .map_err(|error| Error::configuration("ca_file", "cannot be read").with_source(error))?;
            Settings::roots_in(&pem).map_err(|rule| Error::configuration("ca_file", rule))
        }
    }
}

fn user_agent(language: &str, application: Option<&str>) -> String {
    let ours = format!(concat!("izly/", env!("CARGO_PKG_VERSION"), " ({})"), language);
    match application {
        Some(name) => format!("{ours} {name}"),
        None => ours,
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("environment", &self.environment)
            .field("api_key", &self.api_key)
            .field("wire", &self.wire)
            .field("deadline", &self.deadline)
            .field("connect_timeout", &self.connect_timeout)
            .field("roots", &self.roots)
            .field("tls", &self.tls)
            // A proxy's address may hold a password.
            .field("proxy", &self.proxy.as_ref().map(|_| REDACTED))
            .field("application", &self.application)
            .finish_non_exhaustive()
    }
}

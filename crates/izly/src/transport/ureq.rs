//! The transport over ureq: this file and those below it are the only ones that name it.
//!
//! What ureq is told: no redirect, no ambient proxy, a status is not an error, a deadline always, a body cap of our own.
//! What it cannot tell is asked of its connector chain: links in it note how far a connection got, and the last one
//! watches for the first byte of the request to leave. So whether a request may have been seen is a fact, not a guess
//! from an error's text.

#[cfg(feature = "interrupt")]
mod patience;
mod progress;
mod resolver;

use std::io::Read;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use ureq::config::Config;
use ureq::http::{self, HeaderName, HeaderValue, header};
pub(crate) use ureq::tls::RootCerts;
use ureq::tls::{Certificate, TlsConfig, TlsProvider};
use ureq::{Agent, AsSendBody};

use self::progress::{Progress, Stage, connectors};
use self::resolver::CachingResolver;
use super::{Fault, Limits, Sent, Transport, TransportError};
use crate::error::{Error, Phase};
use crate::interrupt::Interrupt;
use crate::protocol::{Method, Request, Response};
use crate::wiped::Wiped;

/// How long an idle connection may wait for the next read.
const IDLE: Duration = Duration::from_secs(15);
/// How many of them.
const MAX_IDLE: usize = 16;
/// The most room made for a body before it is there, in bytes.
const MAX_ROOM_AT_ONCE: usize = 64 * 1024;
/// What part of the client's deadline may be gone when a request is still given all of it.
const NEGLIGIBLE: u32 = 1000;
/// The largest head of an answer, in bytes.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// What the transport is built from; checked before, so that building it cannot fail.
#[derive(Clone)]
pub(crate) struct Settings {
    /// The client's whole deadline.
    pub(crate) deadline: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) roots: RootCerts,
    pub(crate) native_tls: bool,
    pub(crate) proxy: Option<ureq::Proxy>,
    pub(crate) interrupt: Interrupt,
}

impl Settings {
    /// Mozilla's list, as it was when this library was built.
    pub(crate) fn bundled_roots() -> RootCerts {
        RootCerts::WebPki
    }

    /// The root certificates in a PEM file.
    pub(crate) fn roots_in(pem: &[u8]) -> Result<RootCerts, &'static str> {
        let mut certificates = Vec::new();
        for item in ureq::tls::parse_pem(pem) {
            if let ureq::tls::PemItem::Certificate(certificate) = item.map_err(|_| "is not a PEM file")? {
                certificates.push(certificate);
            }
        }
        Self::roots_of(certificates)
    }

    /// The root certificates the system trusts.
    pub(crate) fn system_roots() -> Result<RootCerts, &'static str> {
        let found = rustls_native_certs::load_native_certs();
        Self::roots_of(found.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect())
    }

    fn roots_of(certificates: Vec<Certificate<'static>>) -> Result<RootCerts, &'static str> {
        if certificates.is_empty() { Err("holds no certificate") } else { Ok(RootCerts::from(certificates)) }
    }

    /// An HTTP proxy that requests are tunnelled through.
    pub(crate) fn proxy_at(url: &str) -> Result<ureq::Proxy, Error> {
        let refuse = || Error::configuration("proxy", "must be an http:// or https:// URL of a proxy");
        // ureq would panic on a SOCKS proxy, which this build of it cannot do.
        let is_http = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
        if is_http { ureq::Proxy::new(url).map_err(|_| refuse()) } else { Err(refuse()) }
    }

    fn config(&self, max_idle: usize) -> Config {
        let provider = if self.native_tls { TlsProvider::NativeTls } else { TlsProvider::Rustls };
        let tls = TlsConfig::builder().provider(provider).root_certs(self.roots.clone()).build();
        Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(self.proxy.clone())
            .max_response_header_size(MAX_HEAD_BYTES)
            .max_idle_connections(max_idle)
            .max_idle_connections_per_host(max_idle)
            .max_idle_age(IDLE)
            .user_agent("")
            .accept_encoding("")
            .timeout_global(Some(self.deadline))
            .timeout_connect(Some(self.connect_timeout.min(self.deadline)))
            .tls_config(tls)
            .build()
    }
}

/// What opens a TCP connection.
#[cfg(feature = "interrupt")]
type TcpLink = patience::PatientTcp;
#[cfg(not(feature = "interrupt"))]
type TcpLink = ureq::unversioned::transport::TcpConnector;

#[cfg(feature = "interrupt")]
fn tcp_link(interrupt: &Interrupt, resolver: &CachingResolver) -> TcpLink {
    TcpLink { interrupt: interrupt.clone(), resolver: resolver.clone() }
}

#[cfg(not(feature = "interrupt"))]
fn tcp_link(_: &Interrupt, _: &CachingResolver) -> TcpLink {
    TcpLink::default()
}

/// Connections made by one process. A forked child must not touch its parent's sockets, or one would read the other's
/// answers, so each process gets its own, and finds them without taking a lock that a fork may have left held.
struct Process {
    id: u32,
    /// Keeps connections for the next read.
    reads: Agent,
    /// A new connection each time: a stale one would make the outcome unknown.
    writes: Agent,
    resolver: CachingResolver,
    /// The first child's, seen from that child.
    child: OnceLock<Box<Process>>,
}

impl Process {
    fn new(settings: &Settings, id: u32) -> Self {
        let interrupt = &settings.interrupt;
        let resolver = CachingResolver::new(interrupt.clone());
        let agent = |max_idle| {
            let tcp = tcp_link(interrupt, &resolver);
            Agent::with_parts(
                settings.config(max_idle),
                connectors(settings.proxy.is_some(), tcp, interrupt),
                resolver.clone(),
            )
        };
        Process { id, reads: agent(MAX_IDLE), writes: agent(0), resolver: resolver.clone(), child: OnceLock::new() }
    }
}

/// The transport that comes with the library.
pub(crate) struct UreqTransport {
    settings: Settings,
    first: OnceLock<Box<Process>>,
}

impl UreqTransport {
    pub(crate) fn new(settings: Settings) -> Self {
        UreqTransport { settings, first: OnceLock::new() }
    }

    /// The connections of the process with this id: the last in the chain, since a child's come after its parent's.
    /// Earlier ones are an ancestor's even if their id is the same, for ids come round again.
    fn process(&self, id: u32) -> &Process {
        let mut slot = &self.first;
        loop {
            match slot.get() {
                Some(process) if process.id == id && process.child.get().is_none() => return process,
                Some(process) => slot = &process.child,
                None => {
                    // Another thread may have been first; then its value is found in the next turn.
                    let _ = slot.set(Box::new(Process::new(&self.settings, id)));
                }
            }
        }
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: &Request, limits: &Limits) -> Result<Response, TransportError> {
        let process = self.process(std::process::id());
        let agent = if limits.may_reuse_connection { &process.reads } else { &process.writes };
        let whole = self.settings.deadline;
        let has_all_time = limits.deadline + whole / NEGLIGIBLE >= whole;
        let around = Progress::begin(limits.deadline);
        // An empty body is a body to ureq; a read must have none, or it would announce a length of zero.
        let (result, status) = match request.method() {
            Method::Get => exchange(agent, to_http(request, ()), limits, has_all_time),
            Method::Post => exchange(agent, to_http(request, request.body()), limits, has_all_time),
        };
        let progress = Progress::now();
        around.resume();
        match result {
            Ok(Received::Whole(response)) => Ok(response.with_reused_connection(progress.is_reused())),
            Ok(Received::TooLarge(status)) => {
                Err(TransportError::new(Fault::TooLarge, Sent::Maybe).with_status(status))
            }
            Err(error) => {
                if progress.stage < Stage::Ready && !progress.is_reused() {
                    process.resolver.forget();
                }
                Err(explain(error, progress, status))
            }
        }
    }
}

/// Sends a request and receives its answer; the status too, which may have arrived when the rest did not.
fn exchange(
    agent: &Agent,
    request: Result<http::Request<impl AsSendBody>, http::Error>,
    limits: &Limits,
    has_all_time: bool,
) -> (Result<Received, ureq::Error>, Option<u16>) {
    let mut status = None;
    let result = request.map_err(ureq::Error::Http).and_then(|request| {
        // The agent knows the client's deadline. One of its own costs a request a copy of the whole configuration.
        let request = if has_all_time { request } else { within(agent, request, limits) };
        let response = agent.run(request)?;
        status = Some(response.status().as_u16());
        receive(response, limits.max_body_bytes)
    });
    (result, status)
}

/// The request with less time than the agent would give it.
fn within<B: AsSendBody>(agent: &Agent, request: http::Request<B>, limits: &Limits) -> http::Request<B> {
    agent
        .configure_request(request)
        .timeout_global(Some(limits.deadline))
        .timeout_connect(Some(limits.connect_timeout))
        .build()
}

/// The request as ureq takes it, its address and header values in memory that wipes itself: ureq's own copies would
/// leave the key and the codes behind on the heap. One piece holds all the values, and not the address: a part of that stays
/// with the connection for as long as it is kept, and all that is in one piece with it would stay too.
fn to_http<B>(request: &Request, body: B) -> Result<http::Request<B>, http::Error> {
    let values = || request.headers().map(|(_, value)| value);
    let mut all = Vec::with_capacity(values().map(str::len).sum());
    values().for_each(|value| all.extend_from_slice(value.as_bytes()));
    let mut rest = Bytes::from_owner(Wiped::new(all));
    let url = Bytes::from_owner(Wiped::new(request.url().reveal().as_bytes().to_vec()));
    // Not with a builder: it moves all that it has at each step.
    let mut http = http::Request::new(body);
    *http.method_mut() = match request.method() {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
    };
    *http.uri_mut() = http::Uri::from_maybe_shared(url)?;
    for (name, value) in request.headers() {
        let mut value = HeaderValue::from_maybe_shared(rest.split_to(value.len()))?;
        value.set_sensitive(name == "authorization");
        http.headers_mut().append(header_name(name), value);
    }
    Ok(http)
}

/// A name as the library has it ready; one that it does not know is checked anew each time.
fn header_name(name: &'static str) -> HeaderName {
    match name {
        "accept" => header::ACCEPT,
        "authorization" => header::AUTHORIZATION,
        "content-length" => header::CONTENT_LENGTH,
        "content-type" => header::CONTENT_TYPE,
        "user-agent" => header::USER_AGENT,
        other => HeaderName::from_static(other),
    }
}

enum Received {
    Whole(Response),
    TooLarge(u16),
}

/// Reads the body up to one byte beyond the cap: ureq's own limit refuses a body of exactly its size.
fn receive(response: http::Response<ureq::Body>, max_bytes: usize) -> Result<Received, ureq::Error> {
    let (parts, body) = response.into_parts();
    let status = parts.status.as_u16();
    let announced = body.content_length().and_then(|length| usize::try_from(length).ok());
    // All room at once where it is known: a body that grows leaves copies behind that nobody wipes. Not for a huge one,
    // which Izly never sends: the system would give that room and take it back with each call.
    let room = announced.unwrap_or(1024).min(max_bytes).min(MAX_ROOM_AT_ONCE);
    let mut bytes = Wiped::new(Vec::with_capacity(room));
    let cap = u64::try_from(max_bytes).unwrap_or(u64::MAX).saturating_add(1);
    body.into_reader().take(cap).read_to_end(&mut bytes)?;
    if bytes.len() > max_bytes {
        return Ok(Received::TooLarge(status));
    }
    let mut whole = Response::new(status, std::mem::take(&mut *bytes));
    for name in ["retry-after", "date"] {
        if let Some(value) = parts.headers.get(name).and_then(|value| value.to_str().ok()) {
            whole = whole.with_header(name, value);
        }
    }
    Ok(Received::Whole(whole))
}

/// What an error means, from how far the request had got.
fn explain(error: ureq::Error, progress: Progress, status: Option<u16>) -> TransportError {
    let stage = progress.stage;
    let fault = match (&error, stage) {
        _ if progress.is_interrupted() => Fault::Interrupted,
        (ureq::Error::Timeout(reason), _) => Fault::Timeout(phase(stage, *reason)),
        // Not even begun: the request could not be built.
        (ureq::Error::Http(_) | ureq::Error::BadUri(_), Stage::Start) => Fault::Internal,
        (_, Stage::Start) => Fault::Resolve,
        (_, Stage::Resolved) => Fault::Connect,
        (_, Stage::Connected) => Fault::Tls,
        (ureq::Error::Protocol(_) | ureq::Error::Http(_), _) => Fault::Protocol,
        (ureq::Error::LargeResponseHeader(..), _) => Fault::TooLarge,
        (ureq::Error::Io(error), _) if error.kind() == std::io::ErrorKind::InvalidData => Fault::Protocol,
        _ => Fault::Disconnected,
    };
    let sent = if stage == Stage::Sent { Sent::Maybe } else { Sent::No };
    let failure = TransportError::new(fault, sent).with_reused_connection(progress.is_reused());
    let failure = match status {
        Some(status) => failure.with_status(status),
        None => failure,
    };
    match error {
        // Its words are ours, and the fault says them.
        _ if progress.is_interrupted() => failure,
        // The words of the system and of the TLS library, which know nothing of the request.
        ureq::Error::Io(error) => failure.with_source(error),
        ureq::Error::Protocol(error) => failure.with_source(error),
        ureq::Error::Tls(words) => failure.with_source(words),
        ureq::Error::ConnectProxyFailed(words) => failure.with_source(format!("the proxy refused: {words}")),
        #[cfg(feature = "rustls")]
        ureq::Error::Rustls(error) => failure.with_source(error),
        #[cfg(feature = "native-tls")]
        ureq::Error::NativeTls(error) => failure.with_source(error),
        _ => failure,
    }
}

fn phase(stage: Stage, reason: ureq::Timeout) -> Phase {
    match (stage, reason) {
        (Stage::Start, _) => Phase::Resolve,
        (Stage::Resolved, _) => Phase::Connect,
        (Stage::Connected, _) => Phase::Tls,
        (Stage::Ready, _) | (Stage::Sent, ureq::Timeout::SendRequest | ureq::Timeout::SendBody) => Phase::Send,
        (Stage::Sent, _) => Phase::Receive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forked_child_gets_connections_of_its_own() {
        let settings = Settings {
            deadline: Duration::from_secs(15),
            connect_timeout: Duration::from_secs(5),
            roots: RootCerts::WebPki,
            native_tls: false,
            proxy: None,
            interrupt: Interrupt::default(),
        };
        let transport = UreqTransport::new(settings);
        let of = |id| std::ptr::from_ref(transport.process(id));
        let parent = of(100);
        assert_eq!(of(100), parent);
        let child = of(200);
        assert_ne!(child, parent);
        assert_eq!(of(200), child);
        let grandchild_with_an_old_id = of(100);
        assert!(![parent, child].contains(&grandchild_with_an_old_id));
        assert_eq!(of(100), grandchild_with_an_old_id);
    }
}

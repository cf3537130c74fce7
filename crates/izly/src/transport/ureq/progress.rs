//! How far a request got: the fact behind every outcome.

use std::cell::Cell;
use std::io;
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, Transport,
};

use crate::interrupt::Interrupt;
use crate::wiped::wipe;

/// How far a request has got. In order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Nothing yet.
    Start,
    /// The name is resolved.
    Resolved,
    /// The TCP connection, or the tunnel through the proxy, is open.
    Connected,
    /// The connection is ready for the request: with `https`, TLS is agreed on.
    Ready,
    /// A part of the request was handed to the connection.
    Sent,
}

/// How far the request of this thread has got.
///
/// ureq does a request in the thread that asks for it, so a cell of that thread is the one place that its resolver, its
/// connectors, its connections and we all share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress {
    pub(super) stage: Stage,
    /// Whether a connection was opened for this request.
    has_connected: bool,
    /// When its time is up. ureq gives each read of a proxy's answer the same time again, so that an answer that comes in
    /// drops would never end; it is held to the deadline here, but for the hundredth of a second that `rounded` may add.
    ends: Option<Instant>,
    /// Whether the program has ended the call.
    is_interrupted: bool,
}

thread_local! {
    static PROGRESS: Cell<Progress> =
        const { Cell::new(Progress::at_start(None)) };
}

impl Progress {
    const fn at_start(ends: Option<Instant>) -> Self {
        Progress { stage: Stage::Start, has_connected: false, ends, is_interrupted: false }
    }

    /// Begins a request, and gives what must be [`resume`](Self::resume)d after it: a program's hook may make a call while
    /// another one of the same thread waits.
    pub(super) fn begin(deadline: Duration) -> Self {
        PROGRESS.replace(Progress::at_start(Instant::now().checked_add(deadline)))
    }

    pub(super) fn now() -> Self {
        PROGRESS.get()
    }

    pub(super) fn reach(stage: Stage) {
        let progress = PROGRESS.get();
        let has_connected = progress.has_connected || stage == Stage::Ready;
        PROGRESS.set(Progress { stage, has_connected, ..progress });
    }

    /// The request around the one that has ended goes on.
    pub(super) fn resume(self) {
        PROGRESS.set(self);
    }

    /// Notes that the program has ended the call, and gives what its waits end with.
    pub(super) fn interrupt() -> ureq::Error {
        PROGRESS.set(Progress { is_interrupted: true, ..PROGRESS.get() });
        // Not the kind `Interrupted`: TLS libraries take that for a reason to try again.
        ureq::Error::Io(io::Error::other("the program ended the call"))
    }

    pub(super) fn is_interrupted(self) -> bool {
        self.is_interrupted
    }

    /// The time that is left for a step, which is never more than for all of it, rounded.
    fn limit(mut timeout: NextTimeout) -> Result<NextTimeout, ureq::Error> {
        let Some(ends) = PROGRESS.get().ends else { return Ok(timeout) };
        let left = ends.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ureq::Error::Timeout(timeout.reason));
        }
        timeout.after = rounded(*timeout.after.min(left.into())).into();
        Ok(timeout)
    }

    /// Whether the request left on a connection that an earlier one had opened.
    pub(super) fn is_reused(self) -> bool {
        self.stage == Stage::Sent && !self.has_connected
    }
}

/// A wait of a second or more, up to the next hundredth of one. ureq tells the system each time that a socket's wait is
/// another, and calls over a kept connection, each a few microseconds into the same deadline, wait for the same.
fn rounded(left: Duration) -> Duration {
    const HUNDREDTH: u32 = 10_000_000;
    if left < Duration::from_secs(1) {
        return left;
    }
    let beyond = left.subsec_nanos() % HUNDREDTH;
    if beyond == 0 { left } else { left + Duration::from_nanos(u64::from(HUNDREDTH - beyond)) }
}

/// The links a connection is made of, with notes between them.
pub(super) fn connectors(has_proxy: bool, tcp: super::TcpLink, interrupt: &Interrupt) -> impl Connector {
    let note = |stage| Note { stage, has_proxy };
    let connected = ().chain(ConnectProxyConnector::default()).chain(tcp).chain(note(Stage::Connected));
    #[cfg(feature = "rustls")]
    let connected = connected.chain(AgentLevel(ureq::unversioned::transport::RustlsConnector::default()));
    #[cfg(feature = "native-tls")]
    let connected = connected.chain(AgentLevel(ureq::unversioned::transport::NativeTlsConnector::default()));
    connected.chain(note(Stage::Ready)).chain(Watch { has_proxy, interrupt: interrupt.clone() })
}

/// Notes that a connection has come this far.
#[derive(Debug)]
struct Note {
    stage: Stage,
    has_proxy: bool,
}

/// Whether this is the connection to Izly itself. With a proxy, ureq runs the whole chain once more for the connection
/// to the proxy, with a configuration that has none; what happens on that one says nothing about the request.
fn is_to_izly(details: &ConnectionDetails<'_>, has_proxy: bool) -> bool {
    details.config.proxy().is_some() == has_proxy
}

impl<In: Transport> Connector<In> for Note {
    type Out = In;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<In>, ureq::Error> {
        if chained.is_some() && is_to_izly(details, self.has_proxy) {
            Progress::reach(self.stage);
        }
        Ok(chained)
    }
}

/// Has a TLS link keep its configuration. Ours is set per agent, but where a request brings its own deadline, ureq takes all
/// of the configuration for the request's own and would build the TLS half anew.
#[derive(Debug)]
struct AgentLevel<C>(C);

impl<In: Transport, C: Connector<In>> Connector<In> for AgentLevel<C> {
    type Out = C::Out;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<C::Out>, ureq::Error> {
        let details = ConnectionDetails {
            uri: details.uri,
            addrs: details.addrs.clone(),
            config: details.config,
            request_level: false,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        self.0.connect(&details, chained)
    }
}

/// Wraps the finished connection.
#[derive(Debug)]
struct Watch {
    has_proxy: bool,
    interrupt: Interrupt,
}

impl<In: Transport> Connector<In> for Watch {
    type Out = Watched<In>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Watched<In>>, ureq::Error> {
        let is_to_izly = is_to_izly(details, self.has_proxy);
        let interrupt = &self.interrupt;
        let watched =
            |connection| Watched { connection, is_to_izly, has_just_read: false, interrupt: interrupt.clone() };
        Ok(chained.map(watched))
    }
}

/// A connection that notes when something is sent over it.
#[derive(Debug)]
struct Watched<T> {
    connection: T,
    is_to_izly: bool,
    /// Whether nothing was asked of it since an answer came in.
    has_just_read: bool,
    interrupt: Interrupt,
}

impl<T: Transport> Watched<T> {
    fn transmit(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let is_request = self.is_to_izly && amount > 0;
        if is_request && Progress::now().stage < Stage::Sent && self.interrupt.is_set() {
            return Err(Progress::interrupt());
        }
        let timeout = Progress::limit(timeout)?;
        if is_request {
            // Until here the request certainly was not sent.
            Progress::reach(Stage::Sent);
        }
        self.connection.transmit_output(amount, timeout)
    }
}

impl<T: Transport> Transport for Watched<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.connection.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.has_just_read = false;
        let sent = self.transmit(amount, timeout);
        // A connection that is kept keeps its buffer too, and one that is not leaves it to the heap; the key was in it.
        if let Some(bytes) = self.connection.buffers().output().get_mut(..amount) {
            wipe(bytes);
        }
        sent
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let came = self.connection.await_input(Progress::limit(timeout)?);
        self.has_just_read = matches!(came, Ok(true));
        match came {
            // ureq takes a reset for the clean end of a body without a length; it is an answer cut short.
            Err(ureq::Error::Io(error)) if is_reset(&error) => {
                Err(ureq::Error::Io(io::Error::other("the connection was reset")))
            }
            other => other,
        }
    }

    /// ureq asks when an answer is read whole, to keep the connection, and again before the next request is sent over it.
    /// Each costs three calls of the system's; the second finds all that the first could, and more.
    fn is_open(&mut self) -> bool {
        std::mem::take(&mut self.has_just_read) || self.connection.is_open()
    }

    fn is_tls(&self) -> bool {
        self.connection.is_tls()
    }
}

fn is_reset(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted)
}

#[cfg(test)]
mod tests {
    use ureq::unversioned::transport::LazyBuffers;

    use super::*;

    /// A connection that fails at whatever it is asked to do.
    #[derive(Debug)]
    struct Dead(LazyBuffers);

    fn dead() -> Dead {
        Dead(LazyBuffers::new(64, 64))
    }

    impl Transport for Dead {
        fn buffers(&mut self) -> &mut dyn Buffers {
            &mut self.0
        }

        fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), ureq::Error> {
            Err(ureq::Error::Io(io::ErrorKind::BrokenPipe.into()))
        }

        fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
            Err(ureq::Error::Io(io::ErrorKind::ConnectionReset.into()))
        }

        fn is_open(&mut self) -> bool {
            false
        }
    }

    fn watched(is_to_izly: bool) -> Watched<Dead> {
        Watched { connection: dead(), is_to_izly, has_just_read: false, interrupt: Interrupt::default() }
    }

    fn send(is_to_izly: bool, deadline: Duration) -> Progress {
        Progress::begin(deadline);
        Progress::reach(Stage::Ready);
        let mut connection = watched(is_to_izly);
        assert!(connection.transmit_output(1, NextTimeout::default()).is_err());
        Progress::now()
    }

    #[test]
    fn a_write_that_fails_may_have_sent_something() {
        assert_eq!(send(true, Duration::from_secs(9)).stage, Stage::Sent);
    }

    #[test]
    fn a_request_whose_time_is_up_is_not_sent() {
        assert_eq!(send(true, Duration::ZERO).stage, Stage::Ready);
    }

    #[test]
    fn what_goes_to_a_proxy_is_not_the_request() {
        assert_eq!(send(false, Duration::from_secs(9)).stage, Stage::Ready);
    }

    #[test]
    fn what_was_sent_is_wiped_from_the_connection() {
        // The second is never handed on.
        for deadline in [Duration::from_secs(9), Duration::ZERO] {
            Progress::begin(deadline);
            let mut connection = watched(true);
            connection.buffers().output()[..6].copy_from_slice(b"s3cret");
            let _ = connection.transmit_output(6, NextTimeout::default());
            assert_eq!(connection.buffers().output()[..6], [0; 6]);
        }
    }

    #[test]
    fn a_reset_is_no_clean_end() {
        Progress::begin(Duration::from_secs(9));
        let mut connection = watched(true);
        let error = connection.await_input(NextTimeout::default()).unwrap_err();
        assert!(matches!(error, ureq::Error::Io(error) if !is_reset(&error)));
    }

    #[test]
    fn nothing_is_waited_for_once_the_time_is_up() {
        Progress::begin(Duration::ZERO);
        let mut connection = watched(true);
        let error = connection.await_input(NextTimeout::default()).unwrap_err();
        assert!(matches!(error, ureq::Error::Timeout(_)));
    }

    #[test]
    fn a_connection_is_looked_at_before_it_is_used_again() {
        let mut connection = watched(true);
        connection.has_just_read = true;
        // When it is put away, and when it is taken out again.
        assert_eq!((connection.is_open(), connection.is_open()), (true, false));
    }

    #[test]
    fn waits_that_differ_by_little_are_the_same() {
        let millis = Duration::from_millis;
        assert_eq!(rounded(millis(14_999) + Duration::from_micros(3)), millis(15_000));
        assert_eq!(rounded(millis(15_000)), millis(15_000));
        assert_eq!(rounded(Duration::from_micros(14_990_001)), millis(15_000));
        // A short one is kept to the letter.
        assert_eq!(rounded(Duration::from_micros(999_999)), Duration::from_micros(999_999));
    }
}

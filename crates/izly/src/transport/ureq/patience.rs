//! The link of the connector chain that waits in slices, so that a program's wish to end the call is heard.
//!
//! It stands next to the socket, below TLS, so that a handshake that hangs is heard too.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, TcpConnector, Transport,
};

use super::progress::Progress;
use super::resolver::CachingResolver;
use crate::interrupt::{Interrupt, Waited};

/// ureq's TCP connection.
type Tcp = <TcpConnector as Connector<()>>::Out;

/// Opens a TCP connection, and reads from it, with an ear for the program.
#[derive(Debug)]
pub(super) struct PatientTcp {
    pub(super) interrupt: Interrupt,
    pub(super) resolver: CachingResolver,
}

impl<In: Transport> Connector<In> for PatientTcp {
    type Out = Patient<Either<In, Tcp>>;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, ureq::Error> {
        let connection = match chained {
            Some(chained) => Some(Either::A(chained)),
            None if self.interrupt.has_hook() => self.connect_aside(details)?.map(Either::B),
            None => TcpConnector::default().connect(details, None)?.map(Either::B),
        };
        Ok(connection.map(|connection| Patient { connection, interrupt: self.interrupt.clone() }))
    }
}

impl PatientTcp {
    /// The system's call cannot be interrupted, so it is made in a thread of its own.
    fn connect_aside(&self, details: &ConnectionDetails<'_>) -> Result<Option<Tcp>, ureq::Error> {
        let (answer, wait) = sync_channel(1);
        let connect = connecting(details, self.resolver.clone());
        let aside = move || {
            // Nobody is listening any more once the call has ended; the connection is then closed unused.
            let _ = answer.send(connect());
        };
        thread::Builder::new().name("izly-connect".to_owned()).spawn(aside)?;
        let waited = self.interrupt.wait(Duration::MAX, |slice| match wait.recv_timeout(slice) {
            Ok(result) => Some(result),
            // The thread keeps the time.
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Err(ureq::Error::ConnectionFailed)),
        });
        match waited {
            Waited::Came(result) => result,
            Waited::Interrupted | Waited::TimeIsUp => Err(Progress::interrupt()),
        }
    }
}

/// What opens the connection, with all it needs.
fn connecting(
    details: &ConnectionDetails<'_>,
    resolver: CachingResolver,
) -> impl FnOnce() -> Result<Option<Tcp>, ureq::Error> + Send + use<> {
    let (uri, config, addrs) = (details.uri.clone(), details.config.clone(), details.addrs.clone());
    let (timeout, now, request_level) = (details.timeout, details.now, details.request_level);
    let current_time = details.current_time.clone();
    let (run_connector, register_shutdown) = (details.run_connector.clone(), details.register_shutdown.clone());
    move || {
        let details = ConnectionDetails {
            uri: &uri,
            addrs,
            config: &config,
            request_level,
            resolver: &resolver,
            now,
            timeout,
            current_time,
            run_connector,
            register_shutdown,
        };
        TcpConnector::default().connect(&details, None)
    }
}

/// A connection whose reads are heard about by the program.
#[derive(Debug)]
pub(super) struct Patient<T> {
    connection: T,
    interrupt: Interrupt,
}

impl<T: Transport> Transport for Patient<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.connection.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.connection.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        if !self.interrupt.has_hook() {
            return self.connection.await_input(timeout);
        }
        let connection = &mut self.connection;
        let waited = self.interrupt.wait(*timeout.after, |slice| {
            match connection.await_input(NextTimeout { after: slice.into(), ..timeout }) {
                Err(ureq::Error::Timeout(_)) => None,
                other => Some(other),
            }
        });
        match waited {
            Waited::Came(result) => result,
            Waited::TimeIsUp => Err(ureq::Error::Timeout(timeout.reason)),
            Waited::Interrupted => Err(Progress::interrupt()),
        }
    }

    fn is_open(&mut self) -> bool {
        self.connection.is_open()
    }

    fn is_tls(&self) -> bool {
        self.connection.is_tls()
    }
}

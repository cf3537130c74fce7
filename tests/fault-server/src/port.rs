//! A port where one fault happens, and what was seen there.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use rustls::ServerConfig;
use serde::Serialize;

use crate::player;
use crate::step::Step;

/// What a server saw and did. Numbers only grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Connections that were opened.
    pub connections: u64,
    /// Requests that arrived whole.
    pub requests: u64,
    /// Requests that were carried out.
    pub commits: u64,
}

/// The same, while it is counted.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) connections: AtomicU64,
    pub(crate) requests: AtomicU64,
    pub(crate) commits: AtomicU64,
}

/// Says what to do with a connection, given its number from 0.
type Script = dyn Fn(u64) -> Vec<Step> + Send + Sync;

/// A port of the loopback interface that misbehaves.
#[derive(Debug)]
pub struct Port {
    address: SocketAddr,
    scheme: &'static str,
    host: &'static str,
    seen: Arc<Seen>,
    /// What keeps a port closed, or its queue full.
    _kept: Vec<TcpStream>,
}

impl Port {
    /// A port where each connection meets the steps that `script` gives for its number.
    ///
    /// # Errors
    /// When no port can be opened.
    pub fn open(script: impl Fn(u64) -> Vec<Step> + Send + Sync + 'static) -> io::Result<Self> {
        Self::serve("http", None, Box::new(script))
    }

    /// The same, for clients that are given an `https` address; with TLS when there is a configuration for it.
    pub(crate) fn serve(scheme: &'static str, tls: Option<Arc<ServerConfig>>, script: Box<Script>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = Port::at(listener.local_addr()?, scheme, Vec::new());
        let seen = Arc::clone(&port.seen);
        let script: Arc<Script> = script.into();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let number = seen.connections.fetch_add(1, Ordering::SeqCst);
                let (seen, script, tls) = (Arc::clone(&seen), Arc::clone(&script), tls.clone());
                thread::spawn(move || player::play(stream, scheme, tls, &script(number), &seen));
            }
        });
        Ok(port)
    }

    /// A port where nobody listens, until somebody else is given its number.
    pub(crate) fn closed() -> io::Result<Self> {
        // A connection of our own keeps the number from being given away: its end of it stays bound.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let outgoing = TcpStream::connect(address)?;
        let (incoming, _) = listener.accept()?;
        Ok(Port::at(address, "http", vec![outgoing, incoming]))
    }

    /// A port whose queue of connections is full, so that opening one more hangs.
    ///
    /// # Errors
    /// When no port can be opened, or its queue has no end.
    pub fn full() -> io::Result<Self> {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
        socket.listen(0)?;
        let listener: TcpListener = socket.into();
        let address = listener.local_addr()?;
        let mut waiting = Vec::new();
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
            waiting.push(stream);
            if waiting.len() >= 5000 {
                return Err(io::Error::other("the queue has no end"));
            }
        }
        // Nobody ever accepts; the listener has to stay open all the same.
        std::mem::forget(listener);
        Ok(Port::at(address, "http", waiting))
    }

    /// A host name that does not exist.
    pub(crate) fn nowhere() -> Self {
        let nowhere = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 443));
        Port { host: "izly.invalid", ..Port::at(nowhere, "https", Vec::new()) }
    }

    fn at(address: SocketAddr, scheme: &'static str, kept: Vec<TcpStream>) -> Self {
        // Certificates are for names.
        let host = if scheme == "https" { "localhost" } else { "127.0.0.1" };
        Port { address, scheme, host, seen: Arc::default(), _kept: kept }
    }

    /// Its address, for a client's environment.
    pub fn url(&self) -> String {
        format!("{}://{}:{}", self.scheme, self.host, self.address.port())
    }

    /// What was seen so far.
    pub fn counts(&self) -> Counts {
        Counts {
            connections: self.seen.connections.load(Ordering::SeqCst),
            requests: self.seen.requests.load(Ordering::SeqCst),
            commits: self.seen.commits.load(Ordering::SeqCst),
        }
    }
}

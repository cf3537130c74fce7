//! Name look-ups that cost nothing where nothing is to be looked up.
//!
//! ureq's own resolver starts a thread for each call as soon as a deadline is set, even for an address that needs no
//! look-up. Here an address is taken as it is, a name found lately is remembered, and only a miss starts a thread
//! (`getaddrinfo` cannot be interrupted, and the deadline must hold).

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::interrupt::{Interrupt, Waited};

/// How long a found name is remembered.
const MEMORY: Duration = Duration::from_secs(30);
/// How many addresses of one name are tried; ureq keeps no more than 16.
const MAX_ADDRESSES: usize = 8;
/// A client talks to one host, or to one proxy.
const MAX_NAMES: usize = 4;

/// A resolver and its memory, shared by clones.
#[derive(Debug, Clone, Default)]
pub(crate) struct CachingResolver {
    known: Arc<Mutex<Vec<Known>>>,
    interrupt: Interrupt,
}

#[derive(Debug)]
struct Known {
    name: String,
    addresses: Vec<SocketAddr>,
    found: Instant,
}

impl CachingResolver {
    pub(crate) fn new(interrupt: Interrupt) -> Self {
        CachingResolver { known: Arc::default(), interrupt }
    }

    /// Forgets all names: the addresses did not answer.
    pub(crate) fn forget(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn recall(&self, name: &str) -> Option<Vec<SocketAddr>> {
        let known = self.lock();
        let entry = known.iter().find(|entry| entry.name == name && entry.found.elapsed() < MEMORY)?;
        Some(entry.addresses.clone())
    }

    fn remember(&self, name: String, addresses: Vec<SocketAddr>) {
        let mut known = self.lock();
        known.retain(|entry| entry.name != name && entry.found.elapsed() < MEMORY);
        if known.len() < MAX_NAMES {
            known.push(Known { name, addresses, found: Instant::now() });
        }
    }

    fn look_up(&self, host: &str, port: u16, timeout: NextTimeout) -> Result<Vec<SocketAddr>, ureq::Error> {
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        if let Ok(ip) = bare.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(ip, port)]);
        }
        let name = format!("{host}:{port}");
        if let Some(addresses) = self.recall(&name) {
            return Ok(addresses);
        }
        let addresses = look_up_within(name.clone(), timeout, &self.interrupt)?;
        self.remember(name, addresses.clone());
        Ok(addresses)
    }
}

fn look_up_within(name: String, timeout: NextTimeout, interrupt: &Interrupt) -> Result<Vec<SocketAddr>, ureq::Error> {
    let (answer, wait) = mpsc::sync_channel(1);
    let look_up = move || {
        let found = name.to_socket_addrs().map(|all| all.take(MAX_ADDRESSES).collect::<Vec<_>>());
        // Nobody is listening any more once the deadline has passed.
        let _ = answer.send(found);
    };
    thread::Builder::new().name("izly-resolve".to_owned()).spawn(look_up)?;
    let waited = interrupt.wait(*timeout.after, |slice| match wait.recv_timeout(slice) {
        Ok(found) => Some(found),
        Err(mpsc::RecvTimeoutError::Timeout) => None,
        Err(mpsc::RecvTimeoutError::Disconnected) => Some(Err(io::Error::other("the look-up ended without an answer"))),
    });
    match waited {
        Waited::Came(Ok(addresses)) if addresses.is_empty() => Err(ureq::Error::HostNotFound),
        Waited::Came(found) => Ok(found?),
        Waited::TimeIsUp => Err(ureq::Error::Timeout(timeout.reason)),
        Waited::Interrupted => Err(super::Progress::interrupt()),
    }
}

impl Resolver for CachingResolver {
    fn resolve(
        &self,
        uri: &Uri,
        _: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let default_port = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let found = self.look_up(host, uri.port_u16().unwrap_or(default_port), timeout)?;
        super::Progress::reach(super::Stage::Resolved);
        let mut addresses = self.empty();
        for address in found {
            addresses.push(address);
        }
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_found_name_is_remembered_until_it_is_forgotten() {
        let resolver = CachingResolver::default();
        let address: SocketAddr = "192.0.2.1:443".parse().unwrap();
        resolver.remember("izly.example:443".to_owned(), vec![address]);
        // No such name exists: only the memory can know it.
        let look_up = || resolver.look_up("izly.example", 443, NextTimeout::default());
        assert_eq!(look_up().unwrap(), [address]);
        resolver.forget();
        assert_eq!(resolver.recall("izly.example:443"), None);
    }

    #[test]
    fn an_address_is_taken_as_it_is() {
        let resolver = CachingResolver::default();
        for (host, address) in [("127.0.0.1", "127.0.0.1:80"), ("[::1]", "[::1]:80")] {
            let found = resolver.look_up(host, 80, NextTimeout::default()).unwrap();
            assert_eq!(found, [address.parse::<SocketAddr>().unwrap()]);
        }
        assert!(resolver.lock().is_empty());
    }
}

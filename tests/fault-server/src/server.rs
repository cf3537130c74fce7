//! All faults of a table, each at its own port.

use std::io;
use std::sync::Arc;

use rustls::ServerConfig;

use crate::certificates::{Authority, Certificate};
use crate::port::{Counts, Port};
use crate::table::{Fault, Place, Table};

/// A running server: a port for each fault. Ports stay open as long as the process lives.
#[derive(Debug)]
pub struct FaultServer {
    faults: Vec<(Fault, Port)>,
    ca_pem: String,
}

impl FaultServer {
    /// Opens a port for each fault.
    ///
    /// # Errors
    /// When a port cannot be opened, or a certificate not be made.
    pub fn start(table: Table) -> io::Result<Self> {
        let authorities = Authorities::new().map_err(io::Error::other)?;
        let faults: io::Result<_> =
            table.faults.into_iter().map(|fault| Ok((open(&fault, &authorities)?, fault))).collect();
        let faults: Vec<(Port, Fault)> = faults?;
        let faults = faults.into_iter().map(|(port, fault)| (fault, port)).collect();
        Ok(FaultServer { faults, ca_pem: authorities.trusted.pem() })
    }

    /// The faults in the table's order, each with its port.
    pub fn faults(&self) -> impl Iterator<Item = (&Fault, &Port)> {
        self.faults.iter().map(|(fault, port)| (fault, port))
    }

    /// The certificate of the authority that clients should trust.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// What was seen at a fault's port.
    pub fn counts(&self, name: &str) -> Option<Counts> {
        self.faults().find(|(fault, _)| fault.name == name).map(|(_, port)| port.counts())
    }
}

/// One that clients are told of, and another.
struct Authorities {
    trusted: Authority,
    other: Authority,
}

impl Authorities {
    fn new() -> Result<Self, String> {
        Ok(Authorities {
            trusted: Authority::new("the tests' authority")?,
            other: Authority::new("another authority")?,
        })
    }

    fn server(&self, certificate: Certificate) -> Result<Arc<ServerConfig>, String> {
        let authority = if certificate == Certificate::UnknownAuthority { &self.other } else { &self.trusted };
        authority.server(certificate)
    }
}

fn open(fault: &Fault, authorities: &Authorities) -> io::Result<Port> {
    match fault.place {
        Place::Closed => Port::closed(),
        Place::Full => Port::full(),
        Place::Nowhere => Ok(Port::nowhere()),
        Place::Http | Place::Https => {
            let tls = fault.certificate.map(|certificate| authorities.server(certificate)).transpose();
            let steps = fault.serve.clone();
            Port::serve(fault.scheme(), tls.map_err(io::Error::other)?, Box::new(move |_| steps.clone()))
        }
    }
}

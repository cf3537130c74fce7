//! How requests reach Izly: a trait, and what a transport has to say when it fails.
//!
//! The transport that comes with the library is chosen and set up by [`ClientBuilder`](crate::ClientBuilder). Another
//! one can be given with [`ClientBuilder::transport`](crate::ClientBuilder::transport): a scripted one for tests, or one
//! over an HTTP library that an application already has.

pub(crate) mod ureq;

use std::sync::Arc;
use std::time::Duration;

use crate::error::Phase;
use crate::protocol::{Request, Response};

/// Sends one request and brings back one answer.
///
/// An implementation must follow no redirect, send nothing twice, keep within the [`Limits`], and say truthfully in a
/// [`TransportError`] whether the request may have left.
///
/// ```
/// use izly::protocol::{Request, Response};
/// use izly::transport::{Limits, Transport, TransportError};
/// use izly::{ApiKey, Client, Environment, OperationId};
///
/// struct Canned;
///
/// impl Transport for Canned {
///     fn send(&self, request: &Request, _: &Limits) -> Result<Response, TransportError> {
///         assert_eq!(request.url().path(), "/api/Izly/WebPayments/7");
///         Ok(Response::new(404, r#"{"Code":356,"ErrorMessage":"Opération introuvable"}"#))
///     }
/// }
///
/// let key = ApiKey::from_parts("Paris-78-78-78-78", "s3cret")?;
/// let client = Client::builder(Environment::Preproduction, key).transport(Canned).build()?;
/// let error = client.payment(OperationId::new(7)?).unwrap_err();
/// assert_eq!(error.api_code(), Some(356));
/// # Ok::<(), izly::Error>(())
/// ```
pub trait Transport: Send + Sync {
    /// Sends the request.
    ///
    /// # Errors
    /// [`TransportError`], when no whole answer came.
    fn send(&self, request: &Request, limits: &Limits) -> Result<Response, TransportError>;
}

/// What a transport must keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// For everything, from the name look-up to the last byte of the answer.
    pub deadline: Duration,
    /// For opening the connection, TLS included; never longer than the deadline.
    pub connect_timeout: Duration,
    /// The largest body to accept, in bytes.
    pub max_body_bytes: usize,
    /// Whether a connection used before may carry the request. Never so for what moves money or spends a code: a stale
    /// connection would make its outcome unknown.
    pub may_reuse_connection: bool,
}

/// Why no whole answer came, and whether the request may have left.
#[derive(Debug, thiserror::Error)]
#[error("{fault}")]
pub struct TransportError {
    pub(crate) fault: Fault,
    pub(crate) sent: Sent,
    pub(crate) status: Option<u16>,
    pub(crate) is_reused: bool,
    #[source]
    pub(crate) source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Default for Limits {
    /// A client's own: 15 s in all, 5 s to connect, 1 MiB, connections not shared.
    fn default() -> Self {
        Limits {
            deadline: Duration::from_secs(15),
            connect_timeout: Duration::from_secs(5),
            max_body_bytes: 1 << 20,
            may_reuse_connection: false,
        }
    }
}

/// A transport that a program keeps hold of, such as a scripted one in a test.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: &Request, limits: &Limits) -> Result<Response, TransportError> {
        (**self).send(request, limits)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: &Request, limits: &Limits) -> Result<Response, TransportError> {
        (**self).send(request, limits)
    }
}

impl TransportError {
    /// The sort of failure.
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// Whether the request may have left.
    pub fn sent(&self) -> Sent {
        self.sent
    }

    /// The HTTP status, if one had arrived.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// A failure of this sort.
    pub fn new(fault: Fault, sent: Sent) -> Self {
        TransportError { fault, sent, status: None, is_reused: false, source: None }
    }

    /// The same with the error it came from, whose text must hold no secret.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same, noting the HTTP status that had already arrived.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The same, noting that it happened on a connection used before.
    #[must_use]
    pub fn with_reused_connection(mut self, is_reused: bool) -> Self {
        self.is_reused = is_reused;
        self
    }
}

/// Whether any byte of the request may have reached the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sent {
    /// Certainly not: there never was a ready connection, or nothing was written to it.
    No,
    /// Perhaps.
    Maybe,
}

/// The sorts of transport failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The host name could not be resolved.
    #[error("the host name could not be resolved")]
    Resolve,
    /// No connection could be made.
    #[error("no connection could be made")]
    Connect,
    /// TLS could not be agreed on, or the certificate was not accepted.
    #[error("the connection could not be made private")]
    Tls,
    /// The time was up during this phase.
    #[error("the deadline passed ({})", .0.as_str())]
    Timeout(Phase),
    /// The connection ended before the whole answer had arrived.
    #[error("the connection ended before the whole answer had arrived")]
    Disconnected,
    /// What came back is not HTTP as promised.
    #[error("the answer is not valid HTTP")]
    Protocol,
    /// The answer's head or body is larger than accepted.
    #[error("the answer is too large")]
    TooLarge,
    /// The program ended the call: the builder's `interrupt`, with the feature of that name.
    #[error("the program ended the call")]
    Interrupted,
    /// The transport itself failed.
    #[error("the transport failed")]
    Internal,
}

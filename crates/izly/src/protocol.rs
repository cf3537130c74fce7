//! The protocol without a socket: what each call sends, and what its answer means.
//!
//! [`Client`](crate::Client) is these calls plus a transport. A program with an HTTP client of its own, an async one for
//! instance, uses them directly: [`Call::request`] gives the request to send, [`Call::reply`] judges and reads the
//! answer, and [`Call::failure`] turns a transport failure into an [`Error`] with an honest [`Outcome`](crate::Outcome).
//!
//! ```
//! use std::future::Future;
//!
//! use izly::protocol::{Call, Confirm, Partner, Request, Response};
//! use izly::{ApiKey, Callback, Cents, Environment, Error, Order, PaidPayment};
//! use izly::transport::TransportError;
//!
//! /// Any async HTTP client, wrapped in a few lines. It must follow no redirect, set a deadline, bound the body, and
//! /// never send a request twice.
//! trait Http {
//!     fn send(&self, request: &Request) -> impl Future<Output = Result<Response, TransportError>>;
//! }
//!
//! async fn confirm(http: &impl Http, partner: &Partner, callback: &Callback, order: &Order) -> Result<PaidPayment, Error> {
//!     let call = Confirm::new(callback, order);
//!     let request = call.request(partner)?;
//!     match http.send(&request).await {
//!         Ok(response) => call.reply(partner, &response),
//!         Err(failure) => Err(call.failure(failure)),
//!     }
//! }
//!
//! # struct Canned;
//! # impl Http for Canned {
//! #     async fn send(&self, request: &Request) -> Result<Response, TransportError> {
//! #         assert_eq!(request.url().reveal(), "https://rest-pp.izly.fr/api/Izly/WebPayments/52795");
//! #         let body = r#"{"OperationId":52795,"Amount":1.00,"OperationStatus":"Completed","OrderId":"100003685"}"#;
//! #         Ok(Response::new(200, body))
//! #     }
//! # }
//! # let mut future = std::pin::pin!(async {
//! let partner = Partner::new(Environment::Preproduction, ApiKey::from_parts("Paris-78-78-78-78", "s3cret")?)?;
//! let callback = Callback::parse(br#"{"OperationSMoney": {"Id": 52795}}"#)?;
//! let order = Order::new("100003685", Cents::new(100)?)?;
//! # let http = Canned;
//! let paid = confirm(&http, &partner, &callback, &order).await?;
//! assert_eq!(paid.amount().get(), 100);
//! # Ok::<(), Error>(())
//! # });
//! # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! # match future.as_mut().poll(&mut context) {
//! #     std::task::Poll::Ready(result) => result.unwrap(),
//! #     std::task::Poll::Pending => unreachable!(),
//! # }
//! ```

mod authorize;
mod callback;
mod create_payment;
mod payment;
mod refund;
mod request;
mod token;
mod user;

pub use authorize::{Login, authorization_url, read_return};
pub use callback::{
    Callback, CallbackBeneficiary, CallbackDate, CallbackError, CallbackPersonal, CallbackUser, Untrusted,
};
pub use create_payment::{CreatePayment, NewPayment, PendingPayment};
pub(crate) use payment::read_request;
pub use payment::{Customer, Payment, ReadPayment};
pub use refund::{Refund, RefundPayment, RefundTarget};
pub use request::{Method, Request, RequestUrl, Response};
pub use token::{ExchangeCode, RefreshTokens, Tokens};
pub use user::{ReadUser, UserDetails};

pub use crate::confirm::{Confirm, OperationReference};

use std::borrow::Cow;
use std::fmt;

use crate::config::{Environment, Wire};
use crate::error::Error;
use crate::exchange;
use crate::key::ApiKey;
use crate::transport::TransportError;
use crate::wire::{Extra, Object, ReadError};

/// The account a payment goes to, as replies describe it (protocol §4.1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Beneficiary {
    /// The partner's electronic money account.
    pub account_id: Option<String>,
    /// The partner's identifier, under whichever of its two names it came.
    pub identifier: Option<String>,
}

impl Beneficiary {
    fn read(reply: &mut Object<'_>, extra: &mut Extra) -> Result<Self, ReadError> {
        let [account_id, identifier] = Beneficiary::texts(reply, extra)?;
        Ok(Beneficiary { account_id: account_id.map(Cow::into_owned), identifier: identifier.map(Cow::into_owned) })
    }

    /// Its account and its identifier.
    fn texts<'a>(reply: &mut Object<'a>, extra: &mut Extra) -> Result<[Option<Cow<'a, str>>; 2], ReadError> {
        let texts = reply.inside("Beneficiary", extra, |object| {
            Ok([object.spare_text("Id"), object.text_of_either("ClientId", "AppIdentifier")?])
        })?;
        Ok(texts.unwrap_or_default())
    }
}

/// The calls of the protocol, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallName {
    /// The browser's way to the login page and back; nothing is sent by this library.
    Login,
    /// A code for tokens (protocol §3.2).
    ExchangeCode,
    /// A refresh token for new tokens (protocol §3.3).
    Refresh,
    /// The student's details (protocol §3.4).
    User,
    /// A new payment (protocol §4.1).
    CreatePayment,
    /// A read of a payment (protocol §4.4).
    Payment,
    /// A read of a payment, compared with an order.
    Confirm,
    /// A refund (protocol §4.5).
    Refund,
}

impl CallName {
    /// The name used in records, logs and the other languages, such as `create_payment`.
    pub const fn as_str(self) -> &'static str {
        match self {
            CallName::Login => "login",
            CallName::ExchangeCode => "exchange_code",
            CallName::Refresh => "refresh",
            CallName::User => "user",
            CallName::CreatePayment => "create_payment",
            CallName::Payment => "payment",
            CallName::Confirm => "confirm",
            CallName::Refund => "refund",
        }
    }

    /// Whether the call changes nothing at Izly's, so that repeating it is harmless.
    pub const fn is_read(self) -> bool {
        matches!(self, CallName::User | CallName::Payment | CallName::Confirm)
    }

    /// The name as it begins an error message.
    pub(crate) const fn describe(self) -> &'static str {
        match self {
            CallName::Login => "login",
            CallName::ExchangeCode => "exchange code",
            CallName::Refresh => "refresh",
            CallName::User => "user details",
            CallName::CreatePayment => "create payment",
            CallName::Payment => "read payment",
            CallName::Confirm => "confirm payment",
            CallName::Refund => "refund",
        }
    }

    /// Whether the answer may carry an OAuth error object (protocol §5).
    pub(crate) const fn speaks_oauth(self) -> bool {
        matches!(self, CallName::ExchangeCode | CallName::Refresh | CallName::User)
    }
}

impl fmt::Display for CallName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who is calling, where, and by which readings: what every request needs.
#[derive(Debug, Clone)]
pub struct Partner {
    environment: Environment,
    api_key: ApiKey,
    wire: Wire,
    user_agent: String,
}

impl Partner {
    /// A partner of this environment.
    ///
    /// # Errors
    /// [`Configuration`](crate::ErrorKind::Configuration), field `api_key`, when a sandbox key meets a real
    /// environment.
    pub fn new(environment: Environment, api_key: ApiKey) -> Result<Self, Error> {
        if api_key.is_sandbox() && environment.is_real() {
            let rule = "is a sandbox key, which is never sent to the real Izly";
            return Err(Error::configuration("api_key", rule));
        }
        let user_agent = concat!("izly/", env!("CARGO_PKG_VERSION"), " (Rust)").to_owned();
        Ok(Partner { environment, api_key, wire: Wire::default(), user_agent })
    }

    /// The same with other readings of the guide's open points.
    #[must_use]
    pub fn with_wire(mut self, wire: Wire) -> Self {
        self.wire = wire;
        self
    }

    /// The same under another user agent, which must be printable ASCII to be sent. [`ClientBuilder`](crate::ClientBuilder)
    /// makes its own.
    #[must_use]
    pub fn with_user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Where this partner's Izly is.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The partner's identifier.
    pub fn identifier(&self) -> &str {
        self.api_key.identifier()
    }

    pub(crate) fn api_key(&self) -> &ApiKey {
        &self.api_key
    }

    /// By which readings of the guide's open points.
    pub fn wire(&self) -> &Wire {
        &self.wire
    }

    pub(crate) fn user_agent(&self) -> &str {
        &self.user_agent
    }
}

/// One call: a request, and the meaning of its answer. Implemented by the calls of this module only.
pub trait Call: Sealed {
    /// What a successful answer is read into.
    type Output;

    /// The fields of an answer that may be objects.
    #[doc(hidden)]
    const OBJECTS: &'static [&'static str] = &[];

    /// Which call this is.
    fn name(&self) -> CallName;

    /// The request to send.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) when an argument breaks a rule; nothing is to be sent then.
    fn request(&self, partner: &Partner) -> Result<Request, Error>;

    /// Judges an answer by its status and body, then reads it.
    ///
    /// # Errors
    /// Every kind from [`Redirect`](crate::ErrorKind::Redirect) to [`NotPaid`](crate::ErrorKind::NotPaid), each with
    /// the outcome that can honestly be told from an answer.
    fn reply(&self, partner: &Partner, response: &Response) -> Result<Self::Output, Error>
    where
        Self: Sized,
    {
        exchange::judge(self, partner, response)
    }

    /// The error for a request that got no usable answer.
    fn failure(&self, failure: TransportError) -> Error {
        exchange::failed(self.name(), failure)
    }

    /// Reads a successful answer.
    #[doc(hidden)]
    fn decode(&self, partner: &Partner, reply: Object<'_>) -> Result<Self::Output, Error>;

    /// The secrets this request carried besides the API key, to be blanked wherever a server echoes them.
    #[doc(hidden)]
    fn secrets(&self) -> Vec<&str> {
        Vec::new()
    }
}

pub(crate) mod sealed {
    /// Keeps [`Call`](super::Call) to this crate, so that it can grow.
    pub trait Sealed {}
}
use sealed::Sealed;

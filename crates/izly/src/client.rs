//! The client: one short method per call.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::builder::ClientBuilder;
use crate::config::Environment;
use crate::confirm::{Confirm, OperationReference, PaidPayment};
use crate::error::{Error, ErrorKind};
use crate::exchange::Sender;
use crate::key::ApiKey;
use crate::order::{OperationId, Order};
use crate::protocol::{
    self, Call, CreatePayment, ExchangeCode, Login, NewPayment, Partner, Payment, PendingPayment, ReadPayment,
    ReadUser, RefreshTokens, Refund, RefundPayment, RefundTarget, Tokens, UserDetails,
};
use crate::scope::Scope;
use crate::secret::{AccessToken, State};

/// Talks to Izly for one partner.
///
/// Made once and shared: it is cheap to clone, any number of threads may use it at once, and a process forked from one
/// that uses it gets connections of its own.
///
/// Every method blocks until its answer or its deadline (15 s unless set otherwise). Reads are repeated by themselves,
/// at most twice, when a passing fault got in the way, and so is a refresh that certainly was not sent; a payment, a
/// refund and a code never are.
///
/// # Errors
/// Every method returns one [`Error`]; [`Error::outcome`] says what happened to the request and [`Error::retry`] what may
/// be done next.
///
/// ```no_run
/// use izly::{ApiKey, Callback, Cents, Client, Environment, NewPayment, Order, Scope};
///
/// # fn main() -> Result<(), izly::Error> {
/// # let (key, raw_query, body) = ("", "", b"");
/// let client = Client::builder(Environment::Preproduction, ApiKey::new(key)?).build()?;
///
/// // A login: send the browser to `login.url`, keep `login.state` in its session.
/// let login = client.start_login(Scope::USER_DETAILS)?;
/// let tokens = client.finish_login(raw_query, &login.state)?;
/// let user = client.user(&tokens.access)?;
///
/// // A payment: store the order, create, store the operation id, send the browser on.
/// let order = Order::new("order-42", Cents::new(150)?)?;
/// let pending = client.create_payment(&NewPayment::new(order.clone()).message("2 cafés"))?;
///
/// // The callback names an operation; only the confirmation says it is paid.
/// let callback = Callback::parse(body)?;
/// let paid = client.confirm(&callback, &order)?;
/// let refund = client.refund(&paid)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    partner: Partner,
    sender: Sender,
}

impl Client {
    /// A client for this environment and key, to be set up further and built.
    pub fn builder(environment: Environment, api_key: ApiKey) -> ClientBuilder {
        ClientBuilder::new(environment, api_key)
    }

    pub(crate) fn from_parts(partner: Partner, sender: Sender) -> Self {
        Client(Arc::new(Inner { partner, sender }))
    }

    /// Begins a login: the page to send the browser to, and the state to keep in its session (protocol §3.1).
    ///
    /// Nothing is sent.
    ///
    /// # Errors
    /// [`Internal`](ErrorKind::Internal) if the system gives no random numbers.
    pub fn start_login(&self, scope: Scope) -> Result<Login, Error> {
        Login::begin(&self.0.partner, scope)
    }

    /// Finishes a login: checks the state, reads the code, trades it for tokens (protocol §3.1, §3.2).
    ///
    /// `raw_query` is what stands after the `?` of the address the browser came back to, not decoded.
    ///
    /// # Errors
    /// Those of [`protocol::read_return`] before anything is sent, such as a cancelled login
    /// ([`is_access_denied`](Error::is_access_denied)) or a state that is not this login's; then those of the trade. A
    /// code works once: after an unknown outcome the student logs in again.
    pub fn finish_login(&self, raw_query: &str, state: &State) -> Result<Tokens, Error> {
        let code = protocol::read_return(raw_query, state, self.0.partner.wire().state)?;
        self.run(&ExchangeCode::new(&code))
    }

    /// Trades the refresh token for new tokens (protocol §3.3). If Izly gives no new refresh token, the old one is kept.
    ///
    /// # Errors
    /// [`InvalidInput`](ErrorKind::InvalidInput), field `refresh_token`, when there is none; [`Api`](ErrorKind::Api)
    /// with `invalid_grant` when it is spent, and the student must log in again.
    pub fn refresh(&self, tokens: &Tokens) -> Result<Tokens, Error> {
        let refresh = tokens.refresh.as_ref().ok_or_else(|| Error::invalid("refresh_token", "is missing"))?;
        self.run(&RefreshTokens::new(refresh))
    }

    /// Reads the details of the student who gave this token (protocol §3.4).
    ///
    /// # Errors
    /// [`Authentication`](ErrorKind::Authentication) when the token has expired: refresh, then ask again.
    pub fn user(&self, access: &AccessToken) -> Result<UserDetails, Error> {
        self.run(&ReadUser::new(access))
    }

    /// Creates a payment for the student to approve (protocol §4.1). Sent once, whatever happens.
    ///
    /// Store the order before, and the operation id after, then send the browser to the authorization URL.
    ///
    /// # Errors
    /// [`InvalidInput`](ErrorKind::InvalidInput) with the field that breaks a rule, before anything is sent. With an
    /// unknown outcome the payment may exist, but nobody has its page: creating another, under a new order id, is safe.
    pub fn create_payment(&self, payment: &NewPayment) -> Result<PendingPayment, Error> {
        self.run(&CreatePayment::new(payment))
    }

    /// Reads a payment, for support desks and reconciliation (protocol §4.4).
    ///
    /// # Errors
    /// [`Api`](ErrorKind::Api) with code 356 when Izly knows no such operation of this partner's.
    pub fn payment(&self, operation_id: OperationId) -> Result<Payment, Error> {
        self.run(&ReadPayment::new(operation_id))
    }

    /// Reads a payment back and compares it with the partner's own order: the only way an order becomes paid.
    ///
    /// Takes a reference to a [`Callback`](crate::Callback) or a [`PendingPayment`], or a bare [`OperationId`].
    ///
    /// # Errors
    /// - [`NotFinal`](ErrorKind::NotFinal): not decided yet, ask again later;
    /// - [`NotPaid`](ErrorKind::NotPaid): refused, cancelled or refunded;
    /// - [`Mismatch`](ErrorKind::Mismatch): not the payment of this order; [`Error::field`] says where they differ
    ///   (`operation_id`, `order_id`, `amount`, `payee`);
    /// - whatever a read may fail with.
    pub fn confirm(&self, operation: impl Into<OperationReference>, order: &Order) -> Result<PaidPayment, Error> {
        self.run(&Confirm::new(operation, order))
    }

    /// [`confirm`](Client::confirm), asked again for as long as the payment is not final, within `patience`.
    ///
    /// A callback is sent *during* the validation, so Izly may say "not yet" for a moment after. Keep the patience to a
    /// few seconds inside a request; a later job asks about what is still open. It asks at once, then ever less often,
    /// and a last time when the patience ends; an answer that is slow to come is waited for until then, and for a second
    /// at least.
    ///
    /// # Errors
    /// Those of [`confirm`](Client::confirm); [`NotFinal`](ErrorKind::NotFinal) when the patience ran out.
    pub fn confirm_within(
        &self,
        patience: Duration,
        operation: impl Into<OperationReference>,
        order: &Order,
    ) -> Result<PaidPayment, Error> {
        const LONGEST_PAUSE: Duration = Duration::from_secs(2);
        const SHORTEST_WAIT: Duration = Duration::from_secs(1);
        let call = Confirm::new(operation, order);
        let begins = Instant::now();
        let mut pause = Duration::from_millis(200);
        loop {
            let wait = patience.saturating_sub(begins.elapsed()).max(SHORTEST_WAIT);
            let Inner { partner, sender } = &*self.0;
            // Without patience this is a plain confirm, with the whole deadline.
            let result = if patience.is_zero() { self.run(&call) } else { sender.run_within(wait, partner, &call) };
            let is_open = result.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFinal);
            let left = patience.saturating_sub(begins.elapsed());
            if !is_open || left.is_zero() {
                return result;
            }
            if sender.interrupt.sleep(pause.min(left)) {
                return result;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Gives the whole amount back (protocol §4.5). Sent once, whatever happens.
    ///
    /// Takes a reference to a [`PaidPayment`] or a [`Payment`], or a [`RefundTarget`].
    ///
    /// # Errors
    /// With [`Outcome::Unknown`](crate::Outcome::Unknown) the money may have gone back: read the payment and look for the
    /// status [`Refund`](crate::Status::Refund) before trying again. A second refund is expected to be refused, under a
    /// code that is not documented: that status tells it from any other refusal.
    pub fn refund(&self, payment: impl Into<RefundTarget>) -> Result<Refund, Error> {
        self.run(&RefundPayment::new(payment))
    }

    /// Who calls, where, and by which readings: what the pure half of the library needs.
    pub fn partner(&self) -> &Partner {
        &self.0.partner
    }

    fn run<C: Call>(&self, call: &C) -> Result<C::Output, Error> {
        self.0.sender.run(&self.0.partner, call)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let partner = &self.0.partner;
        f.debug_struct("Client")
            .field("environment", partner.environment())
            .field("identifier", &partner.identifier())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_and_errors_cross_threads() {
        fn crosses<T: Send + Sync + 'static>() {}
        crosses::<Client>();
        crosses::<Error>();
        crosses::<Tokens>();
        crosses::<PaidPayment>();
    }
}

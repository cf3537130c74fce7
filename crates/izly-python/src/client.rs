//! The client.

use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::calls::run::run;
use crate::errors::raised;
use crate::models::callback::Callback;
use crate::models::login::{Login, Tokens};
use crate::models::order::{NewPayment, Order};
use crate::models::payment::{PaidPayment, Payment, PendingPayment, Refund, RefundTarget};
use crate::models::secrets::{AccessToken, GivenState, RefreshToken};
use crate::models::user::UserDetails;
use crate::settings::environment::{Environment, GivenEnvironment};
use crate::settings::options::{Given, GivenKey, Keywords, Options};
use crate::settings::scope::Scope;
use crate::settings::wire::Wire;
use crate::support::given::given;
use crate::support::hints::{Ignored, Never};
use crate::support::texts::{Int, RawQuery, Seconds, StrictInt, Text};

/// Talks to Izly for one partner.
///
/// Made once and shared: any number of threads may use it at once, and a process forked from one that uses it gets
/// connections of its own. Every method blocks, without the interpreter's lock, until its answer or its deadline; a Ctrl-C
/// ends it at once. `AsyncClient` has the same methods to be awaited.
///
/// Reads are repeated by themselves, at most twice, when a passing fault got in the way; a payment, a refund and a code
/// never are. Every error is an `izly.Error`: `outcome` says what happened to the request, `retry` what may be done next.
///
/// >>> client = izly.Client(api_key, "preproduction", deadline=8, application="boutique-bde/1.4")
///
/// - `api_key`, `environment`: who calls, and which Izly: `"production"`, `"preproduction"`, or an address;
/// - `app_identifier`: for a program that keeps it beside the key: building fails if the key holds another;
/// - `deadline`: seconds for a whole call, repeats included, above 0 and at most 600; `connect_timeout`: for opening a
///   connection;
/// - `max_body_bytes`: the largest answer accepted, at least 1024;
/// - `reuse_connections`: whether reads may share connections. Payments, refunds and token calls never do;
/// - `roots`: whose certificates are trusted, `"bundled"` (Mozilla's) or `"system"`; `ca_file`: those in this PEM file, and
///   no others;
/// - `proxy`: an HTTP proxy to tunnel through. `HTTPS_PROXY` and the like are never read;
/// - `application`: your application's name and version, for the user agent;
/// - `wire`: other readings of the guide's open points.
///
/// Raises `ConfigurationError` with the option that breaks a rule as its `field`. Nothing is sent.
#[pyclass(frozen, module = "izly")]
pub(crate) struct Client {
    options: Options,
    /// Empty once it is closed.
    open: RwLock<Option<izly::Client>>,
}

impl Client {
    fn build(py: Python<'_>, mut options: Options, keywords: Keywords) -> PyResult<Self> {
        options.change(py, keywords)?;
        let client = options.build(py)?;
        Ok(Client { options, open: RwLock::new(Some(client)) })
    }

    fn core(&self) -> PyResult<izly::Client> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.clone().ok_or_else(|| PyRuntimeError::new_err("this Client is closed"))
    }
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (
        api_key, environment, *, app_identifier = Given::Not, deadline = Given::Not, connect_timeout = Given::Not,
        max_body_bytes = Given::Not, reuse_connections = Given::Not, roots = Given::Not, ca_file = Given::Not,
        proxy = Given::Not, application = Given::Not, wire = Given::Not
    ), text_signature = "(api_key, environment, *, app_identifier=None, deadline=15.0, connect_timeout=5.0, max_body_bytes=1048576, \
            reuse_connections=True, roots='bundled', ca_file=None, proxy=None, application=None, wire=None)")]
    fn new(
        py: Python<'_>,
        api_key: GivenKey<'_>,
        environment: GivenEnvironment<'_>,
        app_identifier: Given<Option<String>>,
        deadline: Given<Seconds>,
        connect_timeout: Given<Seconds>,
        max_body_bytes: Given<StrictInt>,
        reuse_connections: Given<bool>,
        roots: Given<String>,
        ca_file: Given<Option<PathBuf>>,
        proxy: Given<Option<Text>>,
        application: Given<Option<String>>,
        wire: Given<Option<Py<Wire>>>,
    ) -> PyResult<Self> {
        let keywords = Keywords {
            app_identifier,
            deadline,
            connect_timeout,
            max_body_bytes,
            reuse_connections,
            roots,
            ca_file,
            proxy,
            application,
            wire,
        };
        let environment = environment.checked(py)?;
        let options = Options::new(raised(py, api_key.into_core())?, environment);
        Client::build(py, options, keywords)
    }

    /// A client from environment variables: `IZLY_API_KEY` and `IZLY_ENVIRONMENT`, and `IZLY_APP_IDENTIFIER`,
    /// `IZLY_CA_FILE` and `IZLY_PROXY` where they are set. Keywords win over them.
    ///
    /// Raises `ConfigurationError` when one of the first two is not set.
    #[staticmethod]
    #[pyo3(signature = (
        *, app_identifier = Given::Not, deadline = Given::Not, connect_timeout = Given::Not,
        max_body_bytes = Given::Not, reuse_connections = Given::Not, roots = Given::Not, ca_file = Given::Not,
        proxy = Given::Not, application = Given::Not, wire = Given::Not
    ), text_signature = "(*, app_identifier=None, deadline=15.0, connect_timeout=5.0, max_body_bytes=1048576, \
            reuse_connections=True, roots='bundled', ca_file=None, proxy=None, application=None, wire=None)")]
    fn from_env(
        py: Python<'_>,
        app_identifier: Given<Option<String>>,
        deadline: Given<Seconds>,
        connect_timeout: Given<Seconds>,
        max_body_bytes: Given<StrictInt>,
        reuse_connections: Given<bool>,
        roots: Given<String>,
        ca_file: Given<Option<PathBuf>>,
        proxy: Given<Option<Text>>,
        application: Given<Option<String>>,
        wire: Given<Option<Py<Wire>>>,
    ) -> PyResult<Self> {
        let keywords = Keywords {
            app_identifier,
            deadline,
            connect_timeout,
            max_body_bytes,
            reuse_connections,
            roots,
            ca_file,
            proxy,
            application,
            wire,
        };
        Client::build(py, Options::from_env(py)?, keywords)
    }

    /// A client like this one, but for these options. It has connections of its own.
    #[pyo3(signature = (
        *, environment = Given::Not, app_identifier = Given::Not, deadline = Given::Not, connect_timeout = Given::Not,
        max_body_bytes = Given::Not, reuse_connections = Given::Not, roots = Given::Not, ca_file = Given::Not,
        proxy = Given::Not, application = Given::Not, wire = Given::Not
    ))]
    fn with_options(
        &self,
        py: Python<'_>,
        environment: Given<GivenEnvironment<'_>>,
        app_identifier: Given<Option<String>>,
        deadline: Given<Seconds>,
        connect_timeout: Given<Seconds>,
        max_body_bytes: Given<StrictInt>,
        reuse_connections: Given<bool>,
        roots: Given<String>,
        ca_file: Given<Option<PathBuf>>,
        proxy: Given<Option<Text>>,
        application: Given<Option<String>>,
        wire: Given<Option<Py<Wire>>>,
    ) -> PyResult<Self> {
        let keywords = Keywords {
            app_identifier,
            deadline,
            connect_timeout,
            max_body_bytes,
            reuse_connections,
            roots,
            ca_file,
            proxy,
            application,
            wire,
        };
        let mut options = self.options.clone();
        if let Given::Value(environment) = environment {
            options.environment = environment.checked(py)?;
        }
        Client::build(py, options, keywords)
    }

    /// The application identifier, read out of the key.
    #[getter]
    fn identifier(&self) -> &str {
        self.options.api_key.identifier()
    }

    /// Which Izly it talks to.
    #[getter]
    fn environment(&self) -> Environment {
        Environment::from_core(&self.options.environment)
    }

    /// Begins a login (protocol §3.1): the page to send the browser to, and the state to keep in its session. Nothing is
    /// sent.
    #[pyo3(signature = (scope = None))]
    fn start_login(&self, py: Python<'_>, scope: Option<Py<Scope>>) -> PyResult<Login> {
        let scope = scope.map_or(izly::Scope::USER_DETAILS, |scope| scope.get().to_core());
        let login = raised(py, self.core()?.start_login(scope))?;
        Login::from_core(py, login)
    }

    /// Finishes a login (protocol §3.1, §3.2): checks the state, reads the code, trades it for tokens.
    ///
    /// `raw_query` is what stands after the `?` of the address the browser came back to, not decoded; `state` is what was
    /// kept in that browser's session.
    ///
    /// Raises `ApiError` with `is_access_denied` when the student cancelled, `MismatchError` with field `state` when this
    /// return is not of this login. A code works once: after an unknown outcome the student logs in again.
    #[pyo3(signature = (raw_query, state))]
    fn finish_login(&self, py: Python<'_>, raw_query: RawQuery, state: GivenState<'_>) -> PyResult<Tokens> {
        let (client, state) = (self.core()?, state.into_core());
        run(py, move || client.finish_login(&raw_query.0, &state)).map(Tokens::from_core)
    }

    /// Trades the refresh token for new tokens (protocol §3.3). If Izly gives no new refresh token, the old one is kept.
    ///
    /// Raises `InvalidInputError`, field `refresh_token`, when there is none; `ApiError` with `oauth_error` `invalid_grant`
    /// when it is spent, and the student must log in again.
    #[pyo3(signature = (tokens))]
    fn refresh(&self, py: Python<'_>, tokens: GivenTokens<'_>) -> PyResult<Tokens> {
        let (client, tokens) = (self.core()?, tokens.into_core());
        run(py, move || client.refresh(&tokens)).map(Tokens::from_core)
    }

    /// Reads the details of the student who gave this token (protocol §3.4).
    ///
    /// Raises `AuthenticationError` when the token has expired: refresh, then ask again.
    #[pyo3(signature = (access))]
    fn user(&self, py: Python<'_>, access: GivenLogin<'_>) -> PyResult<UserDetails> {
        let (client, access) = (self.core()?, access.into_core());
        run(py, move || client.user(&access)).map(UserDetails::from_core)
    }

    /// Creates a payment for the student to approve (protocol §4.1). Sent once, whatever happens.
    ///
    /// Store the order before, and the operation id after, then send the browser to the authorization URL.
    ///
    /// Raises `InvalidInputError` with the field that breaks a rule, before anything is sent. With an unknown outcome the
    /// payment may exist, but nobody has its page: creating another, under a new order id, is safe.
    #[pyo3(signature = (payment))]
    fn create_payment(&self, py: Python<'_>, payment: GivenPayment<'_>) -> PyResult<PendingPayment> {
        let (client, payment) = (self.core()?, raised(py, payment.to_core())?);
        let pending = run(py, move || client.create_payment(&payment))?;
        PendingPayment::from_core(py, pending)
    }

    /// Reads a payment, for support desks and reconciliation (protocol §4.4).
    ///
    /// Raises `ApiError` with `api_code` 356 when Izly knows no such operation of this partner's.
    #[pyo3(signature = (operation_id))]
    fn payment(&self, py: Python<'_>, operation_id: StrictInt) -> PyResult<Payment> {
        let (client, id) = (self.core()?, operation_id.operation_id(py, "operation_id")?);
        let payment = run(py, move || client.payment(id))?;
        Payment::from_core(py, payment)
    }

    /// Reads a payment back and compares it with the partner's own order: the only way an order becomes paid.
    ///
    /// A callback is sent *during* the validation, so Izly may say "not yet" for a moment after: with `patience`, in
    /// seconds, it is asked again for that long. Keep it to a few seconds inside a request.
    ///
    /// Raises `NotFinalError`: not decided yet, ask again later; `NotPaidError`: refused, cancelled or refunded;
    /// `MismatchError`: not the payment of this order, and `field` says where they differ; whatever a read may fail with.
    #[pyo3(signature = (operation, order, *, patience = Seconds::NONE),
        text_signature = "($self, operation, order, *, patience=0.0)")]
    fn confirm(
        &self,
        py: Python<'_>,
        operation: GivenOperation<'_>,
        order: Py<Order>,
        patience: Seconds,
    ) -> PyResult<PaidPayment> {
        let (client, order) = (self.core()?, raised(py, order.get().to_core())?);
        let (operation, patience) = (operation.to_core(py)?, patience.not_negative(py, "patience")?);
        let paid = run(py, move || client.confirm_within(patience, operation, &order))?;
        PaidPayment::from_core(py, &paid)
    }

    /// Gives the whole amount back (protocol §4.5). Sent once, whatever happens.
    ///
    /// After an unknown outcome the money may have gone back: read the payment and look for `Status.REFUND` before trying
    /// again.
    #[pyo3(signature = (payment))]
    fn refund(&self, py: Python<'_>, payment: GivenTarget<'_>) -> PyResult<Refund> {
        let (client, target) = (self.core()?, raised(py, payment.to_core())?);
        run(py, move || client.refund(target)).map(Refund::from_core)
    }

    /// Closes its connections, once the calls under way have ended. A call made after raises `RuntimeError`.
    fn close(&self) {
        self.open.write().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*exception: "object"))]
    fn __exit__(&self, exception: &Bound<'_, PyTuple>) {
        let _ = exception;
        self.close();
    }

    fn __repr__(&self) -> String {
        let (environment, identifier) = (self.options.environment.base_url(), self.options.api_key.identifier());
        format!("Client(environment={environment:?}, identifier={identifier:?}, ...)")
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (memo, /))]
    fn __deepcopy__(slf: Py<Self>, memo: Ignored) -> Py<Self> {
        let _ = memo;
        slf
    }

    fn __reduce__(&self) -> PyResult<Never> {
        let message = "Client is not pickled, for it holds the API key: make one in each process";
        Err(pyo3::exceptions::PyTypeError::new_err(message))
    }
}

given! {
    /// Tokens to refresh.
    GivenTokens, "tokens must be Tokens, a RefreshToken or a str": Tokens(Bound<'py, Tokens>), Refresh(Bound<'py, RefreshToken>), Text(Text)
}

impl GivenTokens<'_> {
    fn into_core(self) -> izly::Tokens {
        // The access token of a refresh is not looked at.
        let with = |refresh| izly::Tokens::new(izly::AccessToken::new(""), Some(refresh));
        match self {
            GivenTokens::Tokens(tokens) => tokens.get().to_core(),
            GivenTokens::Refresh(refresh) => with(refresh.get().0.clone()),
            GivenTokens::Text(text) => with(izly::RefreshToken::new(text.0.as_str())),
        }
    }
}

given! {
    /// Whose details to read.
    GivenLogin, "access must be Tokens, an AccessToken or a str": Tokens(Bound<'py, Tokens>), Access(Bound<'py, AccessToken>), Text(Text)
}

impl GivenLogin<'_> {
    fn into_core(self) -> izly::AccessToken {
        match self {
            GivenLogin::Tokens(tokens) => tokens.get().access.clone(),
            GivenLogin::Access(access) => access.get().0.clone(),
            GivenLogin::Text(text) => izly::AccessToken::new(text.0.as_str()),
        }
    }
}

given! {
    /// What to create: a payment with all that may be said beside it, or a bare order.
    GivenPayment, "payment must be a NewPayment or an Order": Payment(Bound<'py, NewPayment>), Order(Bound<'py, Order>)
}

impl GivenPayment<'_> {
    fn to_core(&self) -> Result<izly::NewPayment, izly::Error> {
        match self {
            GivenPayment::Payment(payment) => payment.get().to_core(),
            GivenPayment::Order(order) => order.get().to_core().map(izly::NewPayment::new),
        }
    }
}

given! {
    /// Something that names an operation.
    GivenOperation, "operation must be a Callback, a PendingPayment or an int": Callback(Bound<'py, Callback>), Pending(Bound<'py, PendingPayment>), Id(Int)
}

impl GivenOperation<'_> {
    fn to_core(&self, py: Python<'_>) -> PyResult<izly::OperationId> {
        match self {
            GivenOperation::Callback(callback) => raised(py, izly::OperationId::new(callback.get().id())),
            GivenOperation::Pending(pending) => raised(py, izly::OperationId::new(pending.get().id())),
            GivenOperation::Id(id) => id.0.operation_id(py, "operation"),
        }
    }
}

given! {
    /// What to refund.
    GivenTarget, "payment must be a PaidPayment, a Payment or a RefundTarget": Paid(Bound<'py, PaidPayment>), Payment(Bound<'py, Payment>), Target(Bound<'py, RefundTarget>)
}

impl GivenTarget<'_> {
    fn to_core(&self) -> Result<izly::RefundTarget, izly::Error> {
        match self {
            GivenTarget::Paid(paid) => paid.get().target(),
            GivenTarget::Payment(payment) => payment.get().target(),
            GivenTarget::Target(target) => target.get().target(),
        }
    }
}

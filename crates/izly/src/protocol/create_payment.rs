//! A new payment, and the page where the student approves it (protocol §4.1).

use std::fmt;

use serde::Serialize;

use crate::date::Date;
use crate::encoding::{has_control_characters, is_query_text, is_url_text, push_encoded};
use crate::error::{Error, ErrorKind, Outcome};
use crate::money::{AmountUnit, Cents};
use crate::order::{OperationId, Order};
use crate::protocol::{Beneficiary, Call, CallName, Method, Partner, Request, Sealed};
use crate::status::Status;
use crate::wire::{Extra, Object, ReadError};

/// What a payment is created with: an [`Order`], and what may be said beside it.
///
/// ```
/// use izly::{Cents, NewPayment, Order};
///
/// let order = Order::new("order-42", Cents::new(150)?)?;
/// let payment = NewPayment::new(order)
///     .message("2 cafés")
///     .callback_parameter("order", "order-42")
///     .redirect_url("https://boutique.example/orders/42");
/// # Ok::<(), izly::Error>(())
/// ```
///
/// The rules of each property are checked when the payment is created, before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    order: Order,
    message: Option<String>,
    callback_parameters: Option<String>,
    redirect_url: Option<String>,
    software: Option<u32>,
}

impl NewPayment {
    /// The longest message accepted, in characters. The guide sets no limit.
    pub const MAX_MESSAGE_CHARS: usize = 255;

    /// A payment for this order.
    pub fn new(order: Order) -> Self {
        NewPayment { order, message: None, callback_parameters: None, redirect_url: None, software: None }
    }

    /// A comment the operation keeps (`Message`): at most 255 characters, no control characters.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// What Izly appends to the callback URL (`CallbackParameters`), already in the form of a query: `a=1&b=2`.
    ///
    /// [`callback_parameter`](NewPayment::callback_parameter) does the encoding. They travel through Izly in clear and
    /// come back in a request that anyone can make: put nothing secret in them and believe nothing in them.
    #[must_use]
    pub fn callback_parameters(mut self, parameters: impl Into<String>) -> Self {
        self.callback_parameters = Some(parameters.into());
        self
    }

    /// Adds one name and value to the callback parameters, percent-encoding both.
    #[must_use]
    pub fn callback_parameter(mut self, name: &str, value: &str) -> Self {
        let parameters = self.callback_parameters.get_or_insert_default();
        if !parameters.is_empty() {
            parameters.push('&');
        }
        push_encoded(parameters, name);
        parameters.push('=');
        push_encoded(parameters, value);
        self
    }

    /// Where the link on the success page leads (`RedirectUrlAfterPayment`), instead of the registered one.
    ///
    /// An absolute `http` or `https` URL. The student may never follow it: it informs, it does not confirm.
    #[must_use]
    pub fn redirect_url(mut self, url: impl Into<String>) -> Self {
        self.redirect_url = Some(url.into());
        self
    }

    /// The number of the partner's software (`Software`), 0 to 2 147 483 647, if Izly gave it one.
    #[must_use]
    pub fn software(mut self, id: u32) -> Self {
        self.software = Some(id);
        self
    }

    /// The order it is for.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// The callback parameters given so far, as they are sent.
    ///
    /// ```
    /// # use izly::{Cents, NewPayment, Order};
    /// let payment = NewPayment::new(Order::new("order-42", Cents::new(150)?)?).callback_parameter("place", "Évry & co");
    /// assert_eq!(payment.encoded_callback_parameters(), Some("place=%C3%89vry%20%26%20co"));
    /// # Ok::<(), izly::Error>(())
    /// ```
    pub fn encoded_callback_parameters(&self) -> Option<&str> {
        self.callback_parameters.as_deref()
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(message) = &self.message {
            if has_control_characters(message) {
                return Err(Error::invalid("message", "must not hold control characters"));
            }
            if message.chars().count() > Self::MAX_MESSAGE_CHARS {
                return Err(Error::invalid("message", "must be at most 255 characters"));
            }
        }
        if self.callback_parameters.as_deref().is_some_and(|text| !is_query_text(text) || text.starts_with(['?', '&']))
        {
            let rule = "must be a percent-encoded query such as a=1&b=2, without a leading `?` or `&`";
            return Err(Error::invalid("callback_parameters", rule));
        }
        if self.redirect_url.as_deref().is_some_and(|url| !is_web_address(url)) {
            return Err(Error::invalid("redirect_url", "must be an absolute http or https URL without a user name"));
        }
        if self.software.is_some_and(|id| i32::try_from(id).is_err()) {
            return Err(Error::invalid("software", "must be 0 to 2147483647"));
        }
        Ok(())
    }

    fn to_json(&self) -> Vec<u8> {
        /// The guide's names, in the guide's order.
        #[derive(Serialize)]
        #[serde(rename_all = "PascalCase")]
        struct Body<'a> {
            amount: u32,
            client_order_id: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            callback_parameters: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            redirect_url_after_payment: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            message: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            software: Option<u32>,
        }
        let body = Body {
            amount: self.order.amount().get(),
            client_order_id: self.order.id(),
            callback_parameters: self.callback_parameters.as_deref(),
            redirect_url_after_payment: self.redirect_url.as_deref(),
            message: self.message.as_deref(),
            software: self.software,
        };
        // Numbers and texts only: there is nothing in it that JSON could not hold.
        serde_json::to_vec(&body).unwrap_or_default()
    }
}

fn is_web_address(url: &str) -> bool {
    let authority = url
        .split_once("://")
        .filter(|(scheme, _)| ["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme)))
        .map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    is_url_text(url) && authority.is_some_and(|authority| !authority.is_empty() && !authority.contains('@'))
}

/// A payment that waits for the student.
///
/// Store [`operation_id`](PendingPayment::operation_id) beside the order before sending the browser to
/// [`authorization_url`](PendingPayment::authorization_url): a callback may come at any moment after.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingPayment {
    /// Izly's number for the payment.
    pub operation_id: OperationId,
    /// The order it is for.
    pub order: Order,
    /// Izly's page where the student approves: on the environment's own host, or the reply would have been refused.
    /// It holds a token: show it to this student only.
    pub authorization_url: String,
    /// Izly's number for the debit (`IdTransactionDebitIzly`).
    pub transaction_id: Option<i64>,
    /// When Izly created it.
    pub date: Option<Date>,
    /// Its state, `Waiting` in the guide.
    pub status: Option<Status>,
    /// The message, as echoed.
    pub message: Option<String>,
    /// The callback parameters, as echoed.
    pub callback_parameters: Option<String>,
    /// Whom it will pay.
    pub beneficiary: Beneficiary,
    /// Fields of the reply this library does not know.
    pub extra: Extra,
}

impl PendingPayment {
    fn read(order: &Order, mut reply: Object<'_>) -> Result<Result<Self, Error>, ReadError> {
        let mut extra = Extra::default();
        let authorization_url = reply.required_string("PaymentAuthorizationUrl")?;
        let operation = reply.inside("OperationSMoney", &mut extra, Operation::read)?;
        let operation = operation.ok_or_else(|| reply.missing("OperationSMoney.Id"))?;
        let Operation { order_id, amounts: [euros, centimes], .. } = operation;
        let beneficiary = Beneficiary::read(&mut reply, &mut extra)?;
        reply.keep_unread(&mut extra);
        if order_id.is_some_and(|id| id != order.id()) {
            return Ok(Err(mismatch("order_id", "the reply is about another order")));
        }
        let is_due = |amount| amount == Some(order.amount());
        if (euros.is_some() || centimes.is_some()) && !is_due(euros) && !is_due(centimes) {
            return Ok(Err(mismatch("amount", "the reply's amount is not the order's, in euros or in centimes")));
        }
        Ok(Ok(PendingPayment {
            operation_id: operation.id,
            order: order.clone(),
            authorization_url,
            transaction_id: operation.transaction_id,
            date: operation.date,
            status: operation.status,
            message: operation.message,
            callback_parameters: operation.callback_parameters,
            beneficiary,
            extra,
        }))
    }
}

/// The operation in the reply.
struct Operation {
    id: OperationId,
    order_id: Option<String>,
    /// The amount, if it were in euros and if it were in centimes.
    amounts: [Option<Cents>; 2],
    transaction_id: Option<i64>,
    date: Option<Date>,
    status: Option<Status>,
    message: Option<String>,
    callback_parameters: Option<String>,
}

impl Operation {
    fn read(object: &mut Object<'_>) -> Result<Self, ReadError> {
        Ok(Operation {
            id: object.required_id("Id")?,
            order_id: object.string("ClientOrderId")?,
            // The unit of this amount is in doubt (protocol §4.1, §4.3): both readings are accepted here, and only
            // here. The amount that counts is read when the payment is confirmed.
            amounts: match [AmountUnit::Euros, AmountUnit::Centimes].map(|unit| object.cents("Amount", unit)) {
                [Err(error), Err(_)] => return Err(error),
                amounts => amounts.map(|amount| amount.ok().flatten()),
            },
            transaction_id: object.spare_integer("IdTransactionDebitIzly"),
            date: object.date("Date"),
            status: object.spare_string("Status").map(|text| Status::from(&*text)),
            message: object.spare_string("Message"),
            callback_parameters: object.spare_string("CallbackParameters"),
        })
    }
}

fn mismatch(field: &'static str, message: &str) -> Error {
    Error::new(ErrorKind::Mismatch, Outcome::Unknown, "payment", message).with_field(field)
}

impl fmt::Debug for PendingPayment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingPayment")
            .field("operation_id", &self.operation_id)
            .field("order", &self.order)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Creates a payment.
#[derive(Debug)]
pub struct CreatePayment<'a> {
    payment: &'a NewPayment,
}

impl<'a> CreatePayment<'a> {
    /// The creation of this payment.
    pub fn new(payment: &'a NewPayment) -> Self {
        CreatePayment { payment }
    }
}

impl Sealed for CreatePayment<'_> {}

impl Call for CreatePayment<'_> {
    type Output = PendingPayment;
    const OBJECTS: &'static [&'static str] = &["OperationSMoney", "Beneficiary"];

    fn name(&self) -> CallName {
        CallName::CreatePayment
    }

    fn request(&self, partner: &Partner) -> Result<Request, Error> {
        self.payment.check()?;
        let request = Request::payments(partner, Method::Post, "/api/Izly/WebPayments");
        Ok(request.with_body(self.payment.to_json()))
    }

    fn decode(&self, partner: &Partner, reply: Object<'_>) -> Result<PendingPayment, Error> {
        let pending = PendingPayment::read(&self.payment.order, reply)
            .map_err(|error| error.into_error("payment", Outcome::Unknown))??;
        if !partner.environment().owns(&pending.authorization_url) {
            let message = "the page to send the student to is not on this environment's own host";
            return Err(mismatch("authorization_url", message));
        }
        Ok(pending)
    }
}

//! What Izly posts to the partner, and anyone else can (protocol §4.3).

use std::fmt;

use crate::date::Date;
use crate::error::{Error, ErrorKind, Outcome};
use crate::order::OperationId;
use crate::protocol::Beneficiary;
use crate::secret::Personal;
use crate::status::Status;
use crate::wire::{Extra, Object, ReadError, body_text};

/// A claim that something happened to a payment. **It proves nothing.**
///
/// Callbacks carry no signature, so anyone who knows the address can post one. It names an operation; give it to
/// [`Client::confirm`](crate::Client::confirm) together with your own order to learn the truth. What it says beyond
/// that is behind [`untrusted`](Callback::untrusted), for logs and support.
///
/// ```
/// use izly::Callback;
///
/// let body = br#"{"OperationSMoney": {"Id": 586589, "ClientOrderId": "order-42", "Amount": "200.00"}}"#;
/// let callback = Callback::parse(body)?;
/// assert_eq!(callback.operation_id().get(), 586_589);
/// assert_eq!(callback.order_id(), Some("order-42"));
/// # Ok::<(), izly::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    operation_id: OperationId,
    order_id: Option<String>,
    untrusted: Untrusted,
}

impl Callback {
    /// The largest body accepted, in bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Reads the body of a callback, as the raw bytes of the request. No network; the amount, date and status in it
    /// are not judged.
    ///
    /// # Errors
    /// [`TooLarge`](ErrorKind::TooLarge) above 1 MiB; [`Unreadable`](ErrorKind::Unreadable) with the field that broke
    /// a rule, `OperationSMoney.Id` when no operation is named.
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        if body.len() > Self::MAX_BYTES {
            let message = format!("the body is larger than {} bytes", Self::MAX_BYTES);
            return Err(Error::new(ErrorKind::TooLarge, Outcome::NotSent, "callback", message));
        }
        Callback::read(body).map_err(|error| error.into_error("callback", Outcome::NotSent))
    }

    fn read(body: &[u8]) -> Result<Self, ReadError> {
        let mut root = Object::parse(body_text(body)?, &["OperationSMoney", "Beneficiary", "User", "Error"])?;
        let mut extra = Extra::default();
        let callback = root.inside("OperationSMoney", &mut extra, Callback::read_operation)?;
        let mut callback = callback.ok_or_else(|| root.missing("OperationSMoney.Id"))?;
        callback.untrusted.beneficiary = Beneficiary::read(&mut root, &mut extra)?;
        callback.untrusted.user = CallbackUser::read(&mut root, &mut extra)?;
        let note = root.note("Error", &mut extra)?;
        callback.untrusted.error = CallbackError { code: note.code, message: note.message };
        root.keep_unread(&mut extra);
        callback.untrusted.extra = extra;
        Ok(callback)
    }

    fn read_operation(operation: &mut Object<'_>) -> Result<Self, ReadError> {
        let operation_id = operation.required_id("Id")?;
        let claim = Untrusted {
            transaction_id: operation.spare_integer("IdTransactionDebitIzly"),
            amount_text: operation.spare_string("Amount"),
            date: operation.date("Date"),
            message: operation.spare_string("Message"),
            ..Untrusted::default()
        };
        let order_id = operation.string("ClientOrderId")?;
        let status = operation.spare_text("Status").map(|text| Status::from(&*text));
        let callback_parameters = operation.spare_string("CallbackParameters");
        Ok(Callback { operation_id, order_id, untrusted: Untrusted { status, callback_parameters, ..claim } })
    }

    /// The operation it claims something about.
    pub fn operation_id(&self) -> OperationId {
        self.operation_id
    }

    /// The order it claims to be about: good for finding your own record, and for nothing else.
    pub fn order_id(&self) -> Option<&str> {
        self.order_id.as_deref()
    }

    /// Everything else it says, none of it proven. Never credit anything on the strength of it.
    pub fn untrusted(&self) -> &Untrusted {
        &self.untrusted
    }

    /// The same without a copy, for a program that keeps only that.
    pub fn into_untrusted(self) -> Untrusted {
        self.untrusted
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("operation_id", &self.operation_id)
            .field("order_id", &self.order_id)
            .finish_non_exhaustive()
    }
}

/// What a callback claims. See [`Callback::untrusted`].
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Untrusted {
    /// Izly's number for the debit (`IdTransactionDebitIzly`).
    pub transaction_id: Option<i64>,
    /// The amount as it is written. Production has sent `200.00` for 200 *centimes*: never decide on it.
    pub amount_text: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// The state claimed.
    pub status: Option<Status>,
    /// The partner's message.
    pub message: Option<String>,
    /// The callback parameters, as echoed.
    pub callback_parameters: Option<String>,
    /// Whom it claims to pay.
    pub beneficiary: Beneficiary,
    /// Who is said to pay.
    pub user: CallbackUser,
    /// Whether it is said to have worked.
    pub error: CallbackError,
    /// Fields this library does not know.
    pub extra: Extra,
}

impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Untrusted")
            .field("amount_text", &self.amount_text)
            .field("date", &self.date)
            .field("status", &self.status)
            .field("error", &self.error.code)
            .field("extra", &self.extra)
            .finish_non_exhaustive()
    }
}

/// The student a callback names. All of it is personal.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackUser {
    /// The electronic money account.
    pub account_id: Option<Personal>,
    /// The e-mail address.
    pub email: Option<Personal>,
    /// CROUS's code for the client.
    pub client_code: Option<Personal>,
    /// The number of the assignment, *affectation*.
    pub affectation_number: Option<Personal>,
}

impl fmt::Debug for CallbackUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackUser").finish_non_exhaustive()
    }
}

impl CallbackUser {
    fn read(root: &mut Object<'_>, extra: &mut Extra) -> Result<Self, ReadError> {
        let user = root.inside("User", extra, |object| {
            Ok(CallbackUser {
                account_id: object.spare_string("Id").map(Personal::new),
                email: object.spare_string("Email").map(Personal::new),
                client_code: object.spare_string("ClientCode").map(Personal::new),
                affectation_number: object.spare_string("NumeroAffectation").map(Personal::new),
            })
        })?;
        Ok(user.unwrap_or_default())
    }
}

/// The error a callback reports: code 0 is said to be success.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackError {
    /// The code.
    pub code: Option<i64>,
    /// The message, in French.
    pub message: Option<String>,
}

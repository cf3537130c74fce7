//! What Izly posts to the partner, and anyone else can (protocol §4.3).

use std::borrow::Cow;
use std::fmt;

use crate::date::CivilDateTime;
use crate::error::{Error, ErrorKind, Outcome};
use crate::order::OperationId;
use crate::packed::{Loose, Packed};
use crate::protocol::Beneficiary;
use crate::secret::{REDACTED, same_secret};
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
    transaction_id: Option<i64>,
    civil: Option<CivilDateTime>,
    status: Option<Status>,
    error_code: Option<i64>,
    texts: Packed<TEXTS>,
    extra: Extra,
}

/// How many texts a callback may hold, and where each is kept.
const TEXTS: usize = 12;
const ORDER_ID: usize = 0;
const AMOUNT: usize = 1;
const DATE: usize = 2;
const MESSAGE: usize = 3;
const PARAMETERS: usize = 4;
const BENEFICIARY_ACCOUNT: usize = 5;
const BENEFICIARY_IDENTIFIER: usize = 6;
const USER_ACCOUNT: usize = 7;
const USER_EMAIL: usize = 8;
const USER_CLIENT_CODE: usize = 9;
const USER_AFFECTATION: usize = 10;
const ERROR_MESSAGE: usize = 11;

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
        let mut loose = Loose::default();
        let texts = &mut loose.0;
        let operation = root.inside("OperationSMoney", &mut extra, |object| Operation::read(object, texts))?;
        let operation = operation.ok_or_else(|| root.missing("OperationSMoney.Id"))?;
        [texts[BENEFICIARY_ACCOUNT], texts[BENEFICIARY_IDENTIFIER]] = Beneficiary::texts(&mut root, &mut extra)?;
        root.inside("User", &mut extra, |object| {
            texts[USER_ACCOUNT] = object.spare_text("Id");
            texts[USER_EMAIL] = object.spare_text("Email");
            texts[USER_CLIENT_CODE] = object.spare_text("ClientCode");
            texts[USER_AFFECTATION] = object.spare_text("NumeroAffectation");
            Ok(())
        })?;
        let note = root.note("Error", &mut extra)?;
        texts[ERROR_MESSAGE] = note.message;
        root.keep_unread(&mut extra);
        Ok(Callback {
            operation_id: operation.id,
            transaction_id: operation.transaction_id,
            civil: texts[DATE].as_deref().and_then(CivilDateTime::read),
            status: operation.status,
            error_code: note.code,
            texts: Packed::new(&loose),
            extra,
        })
    }

    /// The operation it claims something about.
    pub fn operation_id(&self) -> OperationId {
        self.operation_id
    }

    /// The order it claims to be about: good for finding your own record, and for nothing else.
    pub fn order_id(&self) -> Option<&str> {
        self.texts.get(ORDER_ID)
    }

    /// Everything else it says, none of it proven. Never credit anything on the strength of it.
    ///
    /// It looks into the callback, which keeps all its texts in one piece of memory and wipes that on drop.
    // In the caller's code, so that what it does not ask for is not looked up: in the wheel too, which is made small.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    pub fn untrusted(&self) -> Untrusted<'_> {
        let text = |at| self.texts.get(at);
        let personal = |at| self.texts.get(at).map(CallbackPersonal);
        Untrusted {
            transaction_id: self.transaction_id,
            amount_text: text(AMOUNT),
            date: text(DATE).map(|text| CallbackDate { text, civil: self.civil }),
            status: self.status.as_ref(),
            message: text(MESSAGE),
            callback_parameters: text(PARAMETERS),
            beneficiary: CallbackBeneficiary {
                account_id: text(BENEFICIARY_ACCOUNT),
                identifier: text(BENEFICIARY_IDENTIFIER),
            },
            user: CallbackUser {
                account_id: personal(USER_ACCOUNT),
                email: personal(USER_EMAIL),
                client_code: personal(USER_CLIENT_CODE),
                affectation_number: personal(USER_AFFECTATION),
            },
            error: CallbackError { code: self.error_code, message: text(ERROR_MESSAGE) },
            extra: &self.extra,
        }
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("operation_id", &self.operation_id)
            .field("order_id", &self.order_id())
            .finish_non_exhaustive()
    }
}

/// What a callback says of its operation, apart from its texts.
struct Operation {
    id: OperationId,
    transaction_id: Option<i64>,
    status: Option<Status>,
}

impl Operation {
    fn read<'a>(object: &mut Object<'a>, texts: &mut [Option<Cow<'a, str>>; TEXTS]) -> Result<Self, ReadError> {
        let id = object.required_id("Id")?;
        let transaction_id = object.spare_integer("IdTransactionDebitIzly");
        texts[AMOUNT] = object.spare_text("Amount");
        texts[DATE] = object.spare_text("Date");
        texts[MESSAGE] = object.spare_text("Message");
        texts[ORDER_ID] = object.text("ClientOrderId")?;
        let status = object.spare_text("Status").map(|text| Status::from(&*text));
        texts[PARAMETERS] = object.spare_text("CallbackParameters");
        Ok(Operation { id, transaction_id, status })
    }
}

/// What a callback claims, read out of it. See [`Callback::untrusted`].
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Untrusted<'a> {
    /// Izly's number for the debit (`IdTransactionDebitIzly`).
    pub transaction_id: Option<i64>,
    /// The amount as it is written. Production has sent `200.00` for 200 *centimes*: never decide on it.
    pub amount_text: Option<&'a str>,
    /// When.
    pub date: Option<CallbackDate<'a>>,
    /// The state claimed.
    pub status: Option<&'a Status>,
    /// The partner's message.
    pub message: Option<&'a str>,
    /// The callback parameters, as echoed.
    pub callback_parameters: Option<&'a str>,
    /// Whom it claims to pay.
    pub beneficiary: CallbackBeneficiary<'a>,
    /// Who is said to pay.
    pub user: CallbackUser<'a>,
    /// Whether it is said to have worked.
    pub error: CallbackError<'a>,
    /// Fields this library does not know.
    pub extra: &'a Extra,
}

impl fmt::Debug for Untrusted<'_> {
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

/// When a callback says that it happened: a [`Date`](crate::Date) that the callback keeps.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CallbackDate<'a> {
    text: &'a str,
    civil: Option<CivilDateTime>,
}

impl<'a> CallbackDate<'a> {
    /// The date as it is written.
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The date as numbers, as local civil time; `None` if it cannot be read.
    pub fn civil(self) -> Option<CivilDateTime> {
        self.civil
    }
}

impl fmt::Display for CallbackDate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl fmt::Debug for CallbackDate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({:?})", self.text)
    }
}

/// The account that a callback claims to pay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackBeneficiary<'a> {
    /// The partner's electronic money account.
    pub account_id: Option<&'a str>,
    /// The partner's identifier, under whichever of its two names it came.
    pub identifier: Option<&'a str>,
}

/// The student a callback names. All of it is personal.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackUser<'a> {
    /// The electronic money account.
    pub account_id: Option<CallbackPersonal<'a>>,
    /// The e-mail address.
    pub email: Option<CallbackPersonal<'a>>,
    /// CROUS's code for the client.
    pub client_code: Option<CallbackPersonal<'a>>,
    /// The number of the assignment, *affectation*.
    pub affectation_number: Option<CallbackPersonal<'a>>,
}

impl fmt::Debug for CallbackUser<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackUser").finish_non_exhaustive()
    }
}

/// Personal data of a student: a [`Personal`](crate::Personal) that the callback keeps, and wipes.
///
/// ```
/// use izly::Callback;
///
/// let callback = Callback::parse(br#"{"OperationSMoney": {"Id": 586589}, "User": {"Email": "jeanne@etu.example"}}"#)?;
/// let email = callback.untrusted().user.email.unwrap();
/// assert_eq!(format!("{email:?}"), "Personal(***)");
/// assert_eq!(email.reveal(), "jeanne@etu.example");
/// # Ok::<(), izly::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct CallbackPersonal<'a>(&'a str);

impl<'a> CallbackPersonal<'a> {
    /// The text itself. Every use of this method is a place to look at in a review.
    pub fn reveal(self) -> &'a str {
        self.0
    }
}

impl PartialEq for CallbackPersonal<'_> {
    fn eq(&self, other: &Self) -> bool {
        same_secret(self.0, other.0)
    }
}

impl Eq for CallbackPersonal<'_> {}

impl fmt::Debug for CallbackPersonal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Personal({REDACTED})")
    }
}

/// The error a callback reports: code 0 is said to be success.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackError<'a> {
    /// The code.
    pub code: Option<i64>,
    /// The message, in French.
    pub message: Option<&'a str>,
}

//! The switches for what the guide leaves open.

use serde::{Deserialize, Serialize};

/// The unit of an amount in a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountUnit {
    /// `1.00` for one euro (*documented* by the guide's samples).
    #[default]
    Euros,
    /// `100.00` for one euro (*observed* in callbacks by a production client).
    Centimes,
}

/// Under which name `Beneficiary` carries the partner's identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeneficiaryName {
    /// `AppIdentifier` (*documented* by the guide's sample).
    #[default]
    AppIdentifier,
    /// `ClientId` (*documented* by the guide's table, *observed* in production).
    ClientId,
}

/// The HTTP status of an Izly error object. The guide states none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultStatus {
    /// 404 for an unknown operation, 403 for a partner that may not pay, 415 for a wrong content type, 400 for the
    /// rest (*our invention*).
    #[default]
    NotFound,
    /// 200 for every error object but a failed authentication (*our invention*).
    Ok,
    /// 400 for every error object but a failed authentication (*our invention*).
    BadRequest,
}

/// The shape of the errors of the token endpoint. The guide states none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OauthErrors {
    /// `{"error": …, "error_description": …}` of RFC 6749 (*observed*: the vendor's own app reads such words).
    #[default]
    #[serde(rename = "rfc6749")]
    Rfc6749,
    /// The Izly error object (*our invention*).
    IzlyObject,
}

/// The casing of property names in Izly's replies and callbacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PropertyCasing {
    /// `OperationId` (*documented*).
    #[default]
    Pascal,
    /// `operationId` (*observed*: a production client had to read names whatever their case).
    Camel,
}

/// What a refresh answers in place of the refresh token it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshReply {
    /// A new refresh token; the old one stops working (*our invention*; the guide shows no reply to a refresh).
    #[default]
    New,
    /// The same refresh token again (*our invention*).
    Same,
    /// No refresh token at all: the old one stays good (*our invention*).
    Absent,
}

/// Where *Annuler* on the login page leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginCancel {
    /// To the partner's home page (*documented*).
    #[default]
    HomePage,
    /// To the login redirect URL with `error=access_denied`, as RFC 6749 has it (*our invention*).
    AccessDenied,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dates {
    /// `03/05/2021 15:37:30` and `2021-12-09T18:53:34` (*documented* by the samples).
    #[default]
    Guide,
    /// With a fraction of a second or an offset (*observed*: another CROUS service's dates drift so).
    Drifting,
}

/// Whether the slash that the guide prints in `clientOrderId=/{ClientOrderId}` belongs there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundSlash {
    /// With it or without it (*our invention*).
    #[default]
    Tolerated,
    /// A refund without it is refused: the guide to the letter (*documented*, most likely a slip).
    Required,
    /// A refund with it names another order (*our invention*).
    Refused,
}

/// How large ids are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdSize {
    /// Six digits, as in the samples (*documented*).
    #[default]
    Usual,
    /// Beyond 32 bits (*our invention*; the guide's type is `long`).
    #[serde(rename = "beyond_32_bits")]
    Beyond32Bits,
    /// Beyond 2^53, where a program that keeps numbers as floats loses digits (*our invention*; the guide's type is
    /// `long`).
    #[serde(rename = "beyond_53_bits")]
    Beyond53Bits,
}

impl IdSize {
    /// An id of this size, which grows with the usual one.
    pub(crate) fn of(self, usual: u64) -> u64 {
        match self {
            Self::Usual => usual,
            Self::Beyond32Bits => usual.saturating_add(1 << 33),
            // Always odd, so that no float holds it.
            Self::Beyond53Bits => usual.saturating_mul(2).saturating_add((1 << 54) + 1),
        }
    }
}

/// The shape of codes and tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenStyle {
    /// Base64 that ends in `=` and holds neither `+` nor `/`.
    #[default]
    Plain,
    /// Base64 that ends in `=` and always holds both a `+` and a `/`: shows who forgets to percent-encode.
    PlusAndSlash,
}

/// A whole reading of the guide: a name for all switches at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// What the guide says, wherever it says anything.
    #[default]
    Guide,
    /// What production clients have seen: amounts of creations and callbacks in centimes, `ClientId`, lower camel
    /// case.
    Observed,
}

/// The named switches for what the guide leaves open. The defaults are the guide's own reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)] // Each is an independent reading of the guide.
pub struct Wire {
    /// The unit of `Amount` in the reply to a creation.
    pub create_amount: AmountUnit,
    /// The unit of `Amount` in callbacks.
    pub callback_amount: AmountUnit,
    /// The unit of `Amount` in the replies to a reading and a refund.
    pub read_amount: AmountUnit,
    /// The name of the identifier in `Beneficiary`.
    pub beneficiary_name: BeneficiaryName,
    /// The casing of property names, out of Izly only; names are read whatever their case.
    pub casing: PropertyCasing,
    /// Whether the login page gives `state` back. On by default (*observed*: absent from the guide, present in the
    /// vendor's older login page).
    pub echo_state: bool,
    /// What a refresh answers.
    pub refresh: RefreshReply,
    /// Whether the token endpoint also reads its parameters from a form body. Off by default: the guide puts them in
    /// the query, and a standard OAuth client in the body (*our invention*).
    pub token_form_body: bool,
    /// The HTTP status of error objects.
    pub fault_status: FaultStatus,
    /// The shape of the token endpoint's errors.
    pub oauth_errors: OauthErrors,
    /// Where a cancelled login leads.
    pub login_cancel: LoginCancel,
    /// Whether only `application/vnd.Xpollens.v1+json` is accepted, on the three payment calls. Off by default:
    /// `application/vnd.s-money.v1+json` (*observed*) and `application/json` (*our invention*) pass too.
    pub strict_content_type: bool,
    /// Whether a validation that fails after the password was right is told to the partner. On by default
    /// (*documented*: "de la réalisation ou de l'échec").
    pub callback_on_failure: bool,
    /// Whether *Annuler* on the payment page is told to the partner. Off by default (*our invention*; the guide is
    /// silent).
    pub callback_on_cancel: bool,
    /// Whether a payment can be refunded again and again, to prove the caller's own guard. Off by default (*our
    /// invention*; the guide is silent).
    pub repeated_refunds: bool,
    /// How dates are written.
    pub dates: Dates,
    /// Whether a refund's order id begins with a slash.
    pub refund_slash: RefundSlash,
    /// How large the ids of operations and debits are.
    pub operation_ids: IdSize,
    /// The shape of codes and tokens.
    pub token_style: TokenStyle,
    /// Whether a second payment with an order id of the same partner is refused. Off by default (*our invention*; the
    /// guide states no rule).
    pub unique_order_ids: bool,
    /// The longest order id that is accepted, in characters; any length by default (*our invention*).
    pub order_id_max_length: Option<usize>,
}

impl Default for Wire {
    fn default() -> Self {
        Self {
            create_amount: AmountUnit::default(),
            callback_amount: AmountUnit::default(),
            read_amount: AmountUnit::default(),
            beneficiary_name: BeneficiaryName::default(),
            casing: PropertyCasing::default(),
            echo_state: true,
            refresh: RefreshReply::default(),
            token_form_body: false,
            fault_status: FaultStatus::default(),
            oauth_errors: OauthErrors::default(),
            login_cancel: LoginCancel::default(),
            strict_content_type: false,
            callback_on_failure: true,
            callback_on_cancel: false,
            repeated_refunds: false,
            dates: Dates::default(),
            refund_slash: RefundSlash::default(),
            operation_ids: IdSize::default(),
            token_style: TokenStyle::default(),
            unique_order_ids: false,
            order_id_max_length: None,
        }
    }
}

impl Wire {
    /// The most characters that [`Wire::order_id_max_length`] may allow.
    pub(crate) const LONGEST_ORDER_ID: u64 = 10_000;

    /// The switch that cannot be so, and why.
    pub(crate) fn check(&self) -> Result<(), (&'static str, String)> {
        let longest = self.order_id_max_length.map_or(1, |longest| u64::try_from(longest).unwrap_or(u64::MAX));
        if (1..=Self::LONGEST_ORDER_ID).contains(&longest) {
            return Ok(());
        }
        Err(("order_id_max_length", format!("must be from 1 to {}, or null", Self::LONGEST_ORDER_ID)))
    }

    /// All switches as a profile has them.
    ///
    /// ```
    /// use izly_sandbox::{AmountUnit, Profile, Wire};
    ///
    /// assert_eq!(Wire::of(Profile::Guide), Wire::default());
    /// assert_eq!(Wire::of(Profile::Observed).callback_amount, AmountUnit::Centimes);
    /// ```
    pub fn of(profile: Profile) -> Self {
        match profile {
            Profile::Guide => Self::default(),
            Profile::Observed => Self {
                create_amount: AmountUnit::Centimes,
                callback_amount: AmountUnit::Centimes,
                beneficiary_name: BeneficiaryName::ClientId,
                casing: PropertyCasing::Camel,
                ..Self::default()
            },
        }
    }
}

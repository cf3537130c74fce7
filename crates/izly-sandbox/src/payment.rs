//! Payments: created, validated or cancelled by a student, read and refunded by the partner.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::api_error::ApiError;
use crate::clock::Date;
use crate::fault::FaultKind;
use crate::wire::{IdSize, RefundSlash};
use crate::world::{AccountId, Refusal, World};

/// Payments that are kept. The oldest go first: a sandbox that is left running must not grow for ever.
const KEPT: usize = 50_000;

/// The largest amount, in centimes: the guide's type is `Int`.
pub(crate) const LARGEST_AMOUNT: u64 = i32::MAX as u64;

/// How far a payment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PaymentStatus {
    /// Nobody has paid yet.
    Waiting,
    /// Paid.
    Completed,
    /// The student pressed *Annuler*.
    Cancelled,
    /// Paid, then given back.
    Refund,
}

impl PaymentStatus {
    /// The word on the wire. `Waiting`, `Completed` and `Refund` are *documented*; `Cancelled` is *our invention*,
    /// after the vendor's older API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Completed => "Completed",
            Self::Cancelled => "Cancelled",
            Self::Refund => "Refund",
        }
    }
}

/// What a partner asks for.
#[derive(Debug, Clone)]
pub(crate) struct PaymentOrder {
    pub(crate) amount_cents: u64,
    pub(crate) order_id: String,
    pub(crate) message: Option<String>,
    pub(crate) callback_parameters: Option<String>,
    pub(crate) redirect_url: Option<String>,
    pub(crate) software: Option<u64>,
}

/// A payment as Izly holds it.
#[derive(Clone, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PaymentRecord {
    /// `Id`, `OperationId`.
    pub operation_id: u64,
    /// `IdTransactionDebitIzly`.
    pub transaction_id: u64,
    /// The identifier of the partner it belongs to.
    pub partner: String,
    /// `ClientOrderId`.
    pub order_id: String,
    /// The amount, in centimes.
    pub amount_cents: u64,
    /// How far it has come.
    pub status: PaymentStatus,
    /// When it was created.
    pub created: Date,
    /// When it was paid.
    pub paid: Option<Date>,
    /// When it was last refunded.
    pub refunded: Option<Date>,
    /// The partner's comment.
    pub message: Option<String>,
    /// What to append to the callback URL, as the partner gave it.
    pub callback_parameters: Option<String>,
    /// Where the success page leads, in place of the registered URL.
    pub redirect_url: Option<String>,
    /// The id of the partner's software.
    pub software: Option<u64>,
    /// The e-mail address of the account that paid.
    pub customer: Option<String>,
    /// The token of the authorization URL.
    pub token: String,
    pub(crate) account: Option<AccountId>,
    /// Debited, while readings still say that it waits: until the callback has been delivered.
    pub(crate) settling: bool,
}

impl fmt::Debug for PaymentRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaymentRecord")
            .field("operation_id", &self.operation_id)
            .field("partner", &self.partner)
            .field("order_id", &self.order_id)
            .field("amount_cents", &self.amount_cents)
            .field("status", &self.status)
            .field("created", &self.created)
            .field("token", &"…")
            .finish_non_exhaustive()
    }
}

impl PaymentRecord {
    /// What a reading or a callback says about how far it has come.
    pub(crate) fn told_status(&self) -> PaymentStatus {
        if self.settling { PaymentStatus::Waiting } else { self.status }
    }

    /// The software id in the authorization URL when the partner names none (*documented* by the sample).
    const DEFAULT_SOFTWARE: u64 = 39;

    /// The path and query of the page where the student pays.
    pub(crate) fn authorization_target(&self) -> String {
        let software = self.software.unwrap_or(Self::DEFAULT_SOFTWARE);
        format!("/api/Izly/WebPayments/{}/Authorize?token={}&software={software}", self.operation_id, self.token)
    }
}

/// How a validation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Validation {
    /// Debited now.
    Paid,
    /// Nothing to do: the payment had already come this far.
    Settled(PaymentStatus),
    /// Not debited; still payable. The account is known once the password was right.
    Refused(Refusal, Option<AccountId>),
}

impl World {
    /// Whether the partner may use the payment calls at all.
    pub(crate) fn check_may_pay(&self) -> Result<(), ApiError> {
        match (self.partner.approved, self.partner.izly_pay) {
            (false, _) => Err(ApiError::NotApproved),
            (true, false) => Err(ApiError::IzlyPayOff),
            (true, true) => Ok(()),
        }
    }

    /// Creates a payment. Two may share an order id unless a switch says otherwise: the guide states no rule.
    pub(crate) fn create_payment(&mut self, order: PaymentOrder) -> Result<PaymentRecord, ApiError> {
        if self.wire.order_id_max_length.is_some_and(|longest| order.order_id.chars().count() > longest) {
            return Err(ApiError::OrderId);
        }
        if self.wire.unique_order_ids && self.payments.values().any(|payment| payment.order_id == order.order_id) {
            return Err(ApiError::OrderIdTaken);
        }
        let size = if self.plays(FaultKind::BigIds) { IdSize::Beyond53Bits } else { self.wire.operation_ids };
        let payment = PaymentRecord {
            operation_id: self.mint.operation_id(size),
            transaction_id: self.mint.transaction_id(size),
            partner: self.partner.identifier.clone(),
            order_id: order.order_id,
            amount_cents: order.amount_cents,
            status: PaymentStatus::Waiting,
            created: self.clock.tick(),
            paid: None,
            refunded: None,
            message: order.message,
            callback_parameters: order.callback_parameters,
            redirect_url: order.redirect_url,
            software: order.software,
            customer: None,
            token: self.mint.payment_token(),
            account: None,
            settling: false,
        };
        if self.payments.len() >= KEPT {
            self.payments.pop_first();
        }
        self.payments.insert(payment.operation_id, payment.clone());
        Ok(payment)
    }

    /// A payment of this partner's. `None` stands for an id that is no number.
    pub(crate) fn payment(&self, operation_id: Option<u64>) -> Result<&PaymentRecord, ApiError> {
        operation_id.and_then(|id| self.payments.get(&id)).ok_or(ApiError::UnknownOperation)
    }

    /// The student presses *Valider*: password, account, balance, debit, in one step that nothing can interleave.
    pub(crate) fn validate(&mut self, operation_id: u64, identifier: &str, password: &str) -> Option<Validation> {
        let status = self.payments.get(&operation_id)?.status;
        if status != PaymentStatus::Waiting {
            return Some(Validation::Settled(status));
        }
        match self.authenticate(identifier, password) {
            Ok(account) => self.pay(operation_id, account),
            Err(refusal) => Some(Validation::Refused(refusal, None)),
        }
    }

    /// The same for the student of an account, with their own password if no other is given.
    pub(crate) fn validate_as(&mut self, id: u64, account: AccountId, password: Option<&str>) -> Option<Validation> {
        let Account { email, password: own, .. } = self.account(account).clone();
        self.validate(id, &email, password.unwrap_or(&own))
    }

    /// The part of a validation that comes after the password.
    pub(crate) fn pay(&mut self, operation_id: u64, account: AccountId) -> Option<Validation> {
        let (status, amount_cents) = {
            let payment = self.payments.get(&operation_id)?;
            (payment.status, payment.amount_cents)
        };
        if status != PaymentStatus::Waiting {
            return Some(Validation::Settled(status));
        }
        if let Err(refusal) = self.debit(account, amount_cents) {
            return Some(Validation::Refused(refusal, Some(account)));
        }
        let paid = self.clock.tick();
        let email = self.account(account).email.clone();
        let settling = self.callbacks.commits_after();
        let payment = self.payments.get_mut(&operation_id)?;
        payment.status = PaymentStatus::Completed;
        payment.paid = Some(paid);
        payment.account = Some(account);
        payment.customer = Some(email);
        payment.settling = settling;
        Some(Validation::Paid)
    }

    /// The first account that could pay this, for a payment that approves itself.
    pub(crate) fn account_that_can_pay(&self, amount_cents: u64) -> Option<AccountId> {
        let can =
            |account: &Account| account.state.keeps_from_paying().is_none() && account.balance_cents >= amount_cents;
        self.accounts.iter().position(can).map(AccountId)
    }

    /// The student presses *Annuler*. Returns the status after it, and whether this call changed it.
    pub(crate) fn cancel(&mut self, operation_id: u64) -> Option<(PaymentStatus, bool)> {
        let payment = self.payments.get_mut(&operation_id)?;
        let changed = payment.status == PaymentStatus::Waiting;
        if changed {
            payment.status = PaymentStatus::Cancelled;
        }
        Some((payment.status, changed))
    }

    /// Gives the whole amount back (*documented*: no amount can be named). `given` is `clientOrderId` as it came.
    pub(crate) fn refund(&mut self, operation_id: Option<u64>, given: &str) -> Result<PaymentRecord, ApiError> {
        let payment = self.payment(operation_id)?;
        if order_named(given, self.wire.refund_slash) != Some(payment.order_id.as_str()) {
            return Err(ApiError::WrongOrder);
        }
        match payment.told_status() {
            PaymentStatus::Completed => {}
            PaymentStatus::Refund if self.wire.repeated_refunds => {}
            PaymentStatus::Refund => return Err(ApiError::AlreadyRefunded),
            PaymentStatus::Waiting | PaymentStatus::Cancelled => return Err(ApiError::NotPaid),
        }
        let (id, amount_cents, account) = (payment.operation_id, payment.amount_cents, payment.account);
        if let Some(AccountId(index)) = account {
            let balance = &mut self.accounts[index].balance_cents;
            *balance = balance.saturating_add(amount_cents);
        }
        let refunded = self.clock.tick();
        let payment = self.payments.get_mut(&id).ok_or(ApiError::UnknownOperation)?;
        payment.status = PaymentStatus::Refund;
        payment.refunded = Some(refunded);
        Ok(payment.clone())
    }

    fn debit(&mut self, AccountId(index): AccountId, amount_cents: u64) -> Result<(), Refusal> {
        let account = &mut self.accounts[index];
        if let Some(refusal) = account.state.keeps_from_paying() {
            return Err(refusal);
        }
        account.balance_cents = account.balance_cents.checked_sub(amount_cents).ok_or(Refusal::InsufficientBalance)?;
        Ok(())
    }
}

/// The order that a refund's `clientOrderId` names, by the switch for the guide's slash.
fn order_named(given: &str, slash: RefundSlash) -> Option<&str> {
    match slash {
        RefundSlash::Tolerated => Some(given.strip_prefix('/').unwrap_or(given)),
        RefundSlash::Required => given.strip_prefix('/'),
        RefundSlash::Refused => Some(given),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::PASSWORD;
    use crate::world::tests::world;

    impl PaymentOrder {
        fn of(amount_cents: u64) -> Self {
            Self {
                amount_cents,
                order_id: "order-42".into(),
                message: None,
                callback_parameters: None,
                redirect_url: None,
                software: None,
            }
        }
    }

    fn waiting(world: &mut World, amount_cents: u64) -> u64 {
        world.create_payment(PaymentOrder::of(amount_cents)).unwrap().operation_id
    }

    #[test]
    fn paying_debits_once_and_only_once() {
        let mut world = world();
        let id = waiting(&mut world, 150);
        assert_eq!(world.validate(id, "riche@example.fr", PASSWORD), Some(Validation::Paid));
        assert_eq!(
            world.validate(id, "riche@example.fr", PASSWORD),
            Some(Validation::Settled(PaymentStatus::Completed))
        );
        assert_eq!(world.accounts[0].balance_cents, 10_000 - 150);
        assert_eq!(world.payments[&id].customer.as_deref(), Some("riche@example.fr"));
    }

    #[test]
    fn a_refused_payment_stays_payable() {
        let mut world = world();
        let id = waiting(&mut world, 150);
        let mut refusal = |who: &str, password: &str| match world.validate(id, who, password) {
            Some(Validation::Refused(refusal, account)) => (refusal, account.is_some()),
            other => panic!("{other:?}"),
        };
        assert_eq!(refusal("riche@example.fr", "x"), (Refusal::WrongPassword, false));
        assert_eq!(refusal("bloque@example.fr", PASSWORD), (Refusal::Blocked, true));
        assert_eq!(refusal("impayes@example.fr", PASSWORD), (Refusal::UnpaidDebts, true));
        assert_eq!(refusal("solde-insuffisant@example.fr", PASSWORD), (Refusal::InsufficientBalance, true));
        assert_eq!(world.accounts[1].balance_cents, 50);
        assert_eq!(world.validate(id, "riche@example.fr", PASSWORD), Some(Validation::Paid));
    }

    #[test]
    fn the_last_centime_can_be_spent() {
        let mut world = world();
        let id = waiting(&mut world, 50);
        assert_eq!(world.validate(id, "solde-insuffisant@example.fr", PASSWORD), Some(Validation::Paid));
        assert_eq!(world.accounts[1].balance_cents, 0);
    }

    #[test]
    fn cancelling_ends_a_waiting_payment_and_nothing_else() {
        let mut world = world();
        let id = waiting(&mut world, 150);
        assert_eq!(world.cancel(id), Some((PaymentStatus::Cancelled, true)));
        assert_eq!(world.cancel(id), Some((PaymentStatus::Cancelled, false)));
        assert_eq!(
            world.validate(id, "riche@example.fr", PASSWORD),
            Some(Validation::Settled(PaymentStatus::Cancelled))
        );
        let paid = waiting(&mut world, 150);
        world.validate(paid, "riche@example.fr", PASSWORD);
        assert_eq!(world.cancel(paid), Some((PaymentStatus::Completed, false)));
    }

    #[test]
    fn a_refund_gives_everything_back_once() {
        let mut world = world();
        let id = waiting(&mut world, 150);
        assert_eq!(world.refund(Some(id), "order-42").unwrap_err(), ApiError::NotPaid);
        world.validate(id, "riche@example.fr", PASSWORD);
        assert_eq!(world.refund(Some(id), "order-43").unwrap_err(), ApiError::WrongOrder);
        assert_eq!(world.refund(Some(id), "order-42").unwrap().status, PaymentStatus::Refund);
        assert_eq!(world.refund(Some(id), "order-42").unwrap_err(), ApiError::AlreadyRefunded);
        assert_eq!(world.accounts[0].balance_cents, 10_000);
        world.wire.repeated_refunds = true;
        world.refund(Some(id), "order-42").unwrap();
        assert_eq!(world.accounts[0].balance_cents, 10_150);
    }

    #[test]
    fn a_refund_names_its_order_with_or_without_the_guides_slash() {
        for (slash, given, taken) in [
            (RefundSlash::Tolerated, "order-42", true),
            (RefundSlash::Tolerated, "/order-42", true),
            (RefundSlash::Tolerated, "//order-42", false),
            (RefundSlash::Required, "/order-42", true),
            (RefundSlash::Required, "order-42", false),
            (RefundSlash::Refused, "order-42", true),
            (RefundSlash::Refused, "/order-42", false),
        ] {
            let mut world = world();
            let id = waiting(&mut world, 150);
            world.validate(id, "riche@example.fr", PASSWORD);
            world.wire.refund_slash = slash;
            assert_eq!(world.refund(Some(id), given).is_ok(), taken, "{slash:?} {given}");
        }
    }

    #[test]
    fn an_id_that_is_no_number_is_unknown() {
        let mut world = world();
        let id = waiting(&mut world, 150);
        assert!(world.payment(Some(id)).is_ok());
        assert_eq!(world.payment(Some(id + 1)).unwrap_err(), ApiError::UnknownOperation);
        assert_eq!(world.payment(None).unwrap_err(), ApiError::UnknownOperation);
    }

    #[test]
    fn order_ids_can_be_unique_and_short() {
        let mut world = world();
        let order = |id: &str| PaymentOrder { order_id: id.into(), ..PaymentOrder::of(150) };
        world.wire.unique_order_ids = true;
        world.wire.order_id_max_length = Some(3);
        assert!(world.create_payment(order("été")).is_ok());
        assert_eq!(world.create_payment(order("été")).unwrap_err(), ApiError::OrderIdTaken);
        assert_eq!(world.create_payment(order("étés")).unwrap_err(), ApiError::OrderId);
    }

    #[test]
    fn the_oldest_payments_are_forgotten() {
        let mut world = world();
        let first = waiting(&mut world, 1);
        for _ in 0..KEPT {
            waiting(&mut world, 1);
        }
        assert_eq!(world.payments.len(), KEPT);
        assert!(world.payment(Some(first)).is_err());
    }

    #[test]
    fn while_the_callback_is_awaited_readings_still_say_waiting() {
        let mut world = world();
        world.callbacks.commit = crate::callback::Commit::AfterCallback;
        let id = waiting(&mut world, 150);
        world.validate(id, "riche@example.fr", PASSWORD);
        let payment = &world.payments[&id];
        assert_eq!((payment.status, payment.told_status()), (PaymentStatus::Completed, PaymentStatus::Waiting));
        assert_eq!(world.refund(Some(id), "order-42").unwrap_err(), ApiError::NotPaid);
    }
}

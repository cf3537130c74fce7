//! Payments: created, validated or cancelled by a student, read and refunded by the partner.

use std::fmt;

use crate::account::AccountState;
use crate::clock::Date;
use crate::fault::Fault;
use crate::state::{AccountId, PartnerId, Refusal, State};

/// How far a payment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Clone)]
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
    pub(crate) partner_id: PartnerId,
    pub(crate) account: Option<AccountId>,
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

impl State {
    /// Whether a partner may use the payment calls at all.
    pub(crate) fn check_may_pay(&self, partner: PartnerId) -> Result<(), Fault> {
        let partner = self.partner(partner);
        match (partner.approved, partner.izly_pay) {
            (false, _) => Err(Fault::NotApproved),
            (true, false) => Err(Fault::IzlyPayOff),
            (true, true) => Ok(()),
        }
    }

    /// Creates a payment. Two may share an order id: the guide states no rule.
    pub(crate) fn create_payment(&mut self, partner: PartnerId, order: PaymentOrder) -> PaymentRecord {
        let payment = PaymentRecord {
            operation_id: self.mint.operation_id(),
            transaction_id: self.mint.transaction_id(),
            partner: self.partner(partner).identifier.clone(),
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
            partner_id: partner,
            account: None,
        };
        self.payments.insert(payment.operation_id, payment.clone());
        payment
    }

    /// A partner's own payment. Another partner's is as unknown as one that does not exist.
    pub(crate) fn payment_of(&self, partner: PartnerId, operation_id: Option<u64>) -> Result<&PaymentRecord, Fault> {
        operation_id
            .and_then(|id| self.payments.get(&id))
            .filter(|payment| payment.partner_id == partner)
            .ok_or(Fault::UnknownOperation)
    }

    /// The student presses *Valider*: password, account, balance, debit, in one step that nothing can interleave.
    pub(crate) fn validate(&mut self, operation_id: u64, identifier: &str, password: &str) -> Option<Validation> {
        let (status, amount_cents) = {
            let payment = self.payments.get(&operation_id)?;
            (payment.status, payment.amount_cents)
        };
        if status != PaymentStatus::Waiting {
            return Some(Validation::Settled(status));
        }
        let account = match self.authenticate(identifier, password) {
            Ok(account) => account,
            Err(refusal) => return Some(Validation::Refused(refusal, None)),
        };
        if let Err(refusal) = self.debit(account, amount_cents) {
            return Some(Validation::Refused(refusal, Some(account)));
        }
        let paid = self.clock.tick();
        let email = self.account(account).email.clone();
        let payment = self.payments.get_mut(&operation_id)?;
        payment.status = PaymentStatus::Completed;
        payment.paid = Some(paid);
        payment.account = Some(account);
        payment.customer = Some(email);
        Some(Validation::Paid)
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

    /// Gives the whole amount back (*documented*: no amount can be named).
    pub(crate) fn refund(
        &mut self,
        partner: PartnerId,
        operation_id: Option<u64>,
        order_id: &str,
    ) -> Result<PaymentRecord, Fault> {
        let payment = self.payment_of(partner, operation_id)?;
        if payment.order_id != order_id {
            return Err(Fault::WrongOrder);
        }
        match payment.status {
            PaymentStatus::Completed => {}
            PaymentStatus::Refund if self.wire.repeated_refunds => {}
            PaymentStatus::Refund => return Err(Fault::AlreadyRefunded),
            PaymentStatus::Waiting | PaymentStatus::Cancelled => return Err(Fault::NotPaid),
        }
        let (id, amount_cents, account) = (payment.operation_id, payment.amount_cents, payment.account);
        if let Some(AccountId(index)) = account {
            self.accounts[index].balance_cents += amount_cents;
        }
        let refunded = self.clock.tick();
        let payment = self.payments.get_mut(&id).ok_or(Fault::UnknownOperation)?;
        payment.status = PaymentStatus::Refund;
        payment.refunded = Some(refunded);
        Ok(payment.clone())
    }

    fn debit(&mut self, AccountId(index): AccountId, amount_cents: u64) -> Result<(), Refusal> {
        let account = &mut self.accounts[index];
        match account.state {
            AccountState::Blocked => return Err(Refusal::Blocked),
            AccountState::UnpaidDebts => return Err(Refusal::UnpaidDebts),
            AccountState::Active => {}
        }
        account.balance_cents = account.balance_cents.checked_sub(amount_cents).ok_or(Refusal::InsufficientBalance)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::PASSWORD;
    use crate::state::tests::state;

    const FIRST: PartnerId = PartnerId(0);
    const SECOND: PartnerId = PartnerId(1);

    fn waiting(state: &mut State, amount_cents: u64) -> u64 {
        let order = PaymentOrder {
            amount_cents,
            order_id: "order-42".into(),
            message: None,
            callback_parameters: None,
            redirect_url: None,
            software: None,
        };
        state.create_payment(FIRST, order).operation_id
    }

    #[test]
    fn paying_debits_once_and_only_once() {
        let mut state = state();
        let id = waiting(&mut state, 150);
        assert_eq!(state.validate(id, "riche@example.fr", PASSWORD), Some(Validation::Paid));
        assert_eq!(
            state.validate(id, "riche@example.fr", PASSWORD),
            Some(Validation::Settled(PaymentStatus::Completed))
        );
        assert_eq!(state.accounts[0].balance_cents, 10_000 - 150);
        assert_eq!(state.payments[&id].customer.as_deref(), Some("riche@example.fr"));
    }

    #[test]
    fn a_refused_payment_stays_payable() {
        let mut state = state();
        let id = waiting(&mut state, 150);
        let mut refusal = |who: &str, password: &str| match state.validate(id, who, password) {
            Some(Validation::Refused(refusal, account)) => (refusal, account.is_some()),
            other => panic!("{other:?}"),
        };
        assert_eq!(refusal("riche@example.fr", "x"), (Refusal::WrongPassword, false));
        assert_eq!(refusal("bloque@example.fr", PASSWORD), (Refusal::Blocked, true));
        assert_eq!(refusal("impayes@example.fr", PASSWORD), (Refusal::UnpaidDebts, true));
        assert_eq!(refusal("solde-insuffisant@example.fr", PASSWORD), (Refusal::InsufficientBalance, true));
        assert_eq!(state.accounts[1].balance_cents, 50);
        assert_eq!(state.validate(id, "riche@example.fr", PASSWORD), Some(Validation::Paid));
    }

    #[test]
    fn the_last_centime_can_be_spent() {
        let mut state = state();
        let id = waiting(&mut state, 50);
        assert_eq!(state.validate(id, "solde-insuffisant@example.fr", PASSWORD), Some(Validation::Paid));
        assert_eq!(state.accounts[1].balance_cents, 0);
    }

    #[test]
    fn cancelling_ends_a_waiting_payment_and_nothing_else() {
        let mut state = state();
        let id = waiting(&mut state, 150);
        assert_eq!(state.cancel(id), Some((PaymentStatus::Cancelled, true)));
        assert_eq!(state.cancel(id), Some((PaymentStatus::Cancelled, false)));
        assert_eq!(
            state.validate(id, "riche@example.fr", PASSWORD),
            Some(Validation::Settled(PaymentStatus::Cancelled))
        );
        let paid = waiting(&mut state, 150);
        state.validate(paid, "riche@example.fr", PASSWORD);
        assert_eq!(state.cancel(paid), Some((PaymentStatus::Completed, false)));
    }

    #[test]
    fn a_refund_gives_everything_back_once() {
        let mut state = state();
        let id = waiting(&mut state, 150);
        assert_eq!(state.refund(FIRST, Some(id), "order-42").unwrap_err(), Fault::NotPaid);
        state.validate(id, "riche@example.fr", PASSWORD);
        assert_eq!(state.refund(SECOND, Some(id), "order-42").unwrap_err(), Fault::UnknownOperation);
        assert_eq!(state.refund(FIRST, Some(id), "order-43").unwrap_err(), Fault::WrongOrder);
        assert_eq!(state.refund(FIRST, Some(id), "order-42").unwrap().status, PaymentStatus::Refund);
        assert_eq!(state.refund(FIRST, Some(id), "order-42").unwrap_err(), Fault::AlreadyRefunded);
        assert_eq!(state.accounts[0].balance_cents, 10_000);
        state.wire.repeated_refunds = true;
        state.refund(FIRST, Some(id), "order-42").unwrap();
        assert_eq!(state.accounts[0].balance_cents, 10_150);
    }

    #[test]
    fn a_payment_is_unknown_to_other_partners() {
        let mut state = state();
        let id = waiting(&mut state, 150);
        assert!(state.payment_of(FIRST, Some(id)).is_ok());
        assert_eq!(state.payment_of(SECOND, Some(id)).unwrap_err(), Fault::UnknownOperation);
        assert_eq!(state.payment_of(FIRST, None).unwrap_err(), Fault::UnknownOperation);
    }
}

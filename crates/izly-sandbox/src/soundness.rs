//! Whether a world that comes from a file could have come from a sandbox: nothing in it may break what goes on from here.

use std::collections::BTreeSet;

use crate::account::Account;
use crate::callback::{CallbackSettings, Due, Waiting};
use crate::fault::Faults;
use crate::payment::{LARGEST_AMOUNT, PaymentRecord};
use crate::world::World;

/// Counters beyond this could come to their end.
const LARGEST_COUNT: u64 = 1 << 53;

/// The largest balance: refunds come on top of what an account may be given.
const LARGEST_BALANCE: u64 = 1 << 60;

impl World {
    /// What cannot be so.
    pub(crate) fn check(&self) -> Result<(), String> {
        let told = |(field, rule): (&str, String)| format!("{field}: {rule}");
        self.callbacks.check().map_err(told)?;
        self.faults.check().map_err(told)?;
        if self.accounts.len() > Self::MOST_ACCOUNTS {
            return Err(format!("there are more than {} accounts", Self::MOST_ACCOUNTS));
        }
        if let Some(account) = self.accounts.iter().find(|account| account.balance_cents > LARGEST_BALANCE) {
            return Err(format!("the balance of {:?} is too large", account.name));
        }
        if !self.mint.is_sound() || self.last_delivery > LARGEST_COUNT {
            return Err("a counter is too large".to_owned());
        }
        self.payments.iter().try_for_each(|(id, payment)| check_payment(*id, payment, &self.accounts))?;
        if self.grants.accounts().any(|account| account.0 >= self.accounts.len()) {
            return Err("a token is of an account that is not there".to_owned());
        }
        check_waiting(&self.waiting, self.last_delivery)
    }

    /// Mends what a sudden end has left: no payment settles for ever.
    pub(crate) fn heal(&mut self) {
        let Self { payments, waiting, .. } = self;
        for payment in payments.values_mut() {
            payment.settling &= waiting.iter().any(|waiting| waiting.operation_id == payment.operation_id);
        }
    }
}

fn check_payment(id: u64, payment: &PaymentRecord, accounts: &[Account]) -> Result<(), String> {
    if payment.operation_id != id || i64::try_from(id).is_err() {
        return Err(format!("the payment {id} has another id inside, or one too large"));
    }
    if !(1..=LARGEST_AMOUNT).contains(&payment.amount_cents) {
        return Err(format!("the amount of the payment {id} is not possible"));
    }
    match payment.account {
        Some(account) if account.0 >= accounts.len() => {
            Err(format!("the payment {id} was made by an account that is not there"))
        }
        _ => Ok(()),
    }
}

fn check_waiting(waiting: &[Waiting], last: u64) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for one in waiting {
        let is_soon = match one.due {
            Due::After { seconds, .. } => seconds <= CallbackSettings::LONGEST_WAIT,
            Due::Manual | Due::Soon => true,
        };
        let has_room = one.attempt < u32::MAX / 2 && one.operation_id < u64::MAX / 2;
        let settings =
            CallbackSettings { timeout_ms: one.timeout_ms, retries: one.retries.clone(), ..Default::default() };
        if !seen.insert(one.id) || one.id > last || !is_soon || !has_room || settings.check().is_err() {
            return Err(format!("the waiting callback {} is not possible", one.id));
        }
    }
    Ok(())
}

impl Faults {
    fn check(&self) -> Result<(), (&'static str, String)> {
        if self.rules().len() > Self::MOST || self.last() > LARGEST_COUNT {
            return Err(("faults", "there are too many".to_owned()));
        }
        let is_countable = |count: u64| count < LARGEST_COUNT;
        for rule in self.rules() {
            rule.check()?;
            if !is_countable(rule.seen) || !is_countable(rule.fired) {
                return Err(("faults", "a counter is too large".to_owned()));
            }
        }
        Ok(())
    }
}

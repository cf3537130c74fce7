//! Izly, the shop and the browser together, and the playing of one step at a time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use izly::protocol::{Call as _, Partner, RefundPayment};
use izly::{ApiKey, CallRecord, Cents, Client, Environment, NewPayment, Order, PendingPayment, RefundTarget};
use izly_sandbox::{Account, Sandbox};

use super::exchange::Exchange;
use super::narrator::Narrator;
use super::partner_site::{CALLBACK, HOME, LOGIN_RETURN, PAID, PartnerSite};
use super::step::Step;
use super::student::{Page, Student, Trouble};

/// A step could not give what the next ones need.
#[derive(Debug)]
pub(super) struct Stopped;

/// Everything a step plays with.
pub(super) struct Stage {
    // Declared before the sandbox, so that it goes first.
    pub(super) site: PartnerSite,
    pub(super) sandbox: Arc<Sandbox>,
    pub(super) client: Client,
    pub(super) student: Student,
    narrator: Narrator,
    part: &'static str,
    steps: Vec<Step>,
    /// The last journal entry that a step has shown.
    shown: u64,
    /// What clients of [`Stage::client_at`] sent.
    elsewhere: Arc<Mutex<Vec<Exchange>>>,
}

impl Stage {
    /// Starts Izly and the shop, and registers the shop's four addresses with Izly.
    pub(super) fn set(seed: u64, narrator: Narrator) -> Result<Self, Trouble> {
        let sandbox = Arc::new(Sandbox::builder().seed(seed).start()?);
        let client = builder(sandbox.base_url(), &sandbox)?.build()?;
        let site = PartnerSite::start(client.clone(), Arc::clone(&sandbox))?;
        sandbox.update_partner(|partner| {
            partner.callback_url = site.address(CALLBACK);
            partner.login_redirect_url = site.address(LOGIN_RETURN);
            partner.payment_redirect_url = site.address(PAID);
            partner.home_page_url = site.address(HOME);
        });
        let (student, elsewhere) = (Student::new(), Arc::default());
        Ok(Stage { site, sandbox, client, student, narrator, part: "", steps: Vec::new(), shown: 0, elsewhere })
    }

    pub(super) fn begin(&self) {
        self.narrator.begin(self.sandbox.base_url(), &self.site.url, self.sandbox.identifier());
    }

    /// Begins a part of the story.
    pub(super) fn part(&mut self, title: &'static str, about: &'static str) {
        self.part = title;
        self.narrator.part(title, about);
    }

    /// Plays a step and tells it. An error of its own stops the part; a mere surprise does not.
    pub(super) fn step<T>(
        &mut self,
        title: &'static str,
        why: &'static str,
        play: impl FnOnce(&mut Stage, &mut Step) -> Result<T, Trouble>,
    ) -> Result<T, Stopped> {
        let mut step = Step::new(self.steps.len() + 1, self.part, title, why);
        let played = play(self, &mut step);
        if let Err(trouble) = &played {
            step.surprises.push(format!("the step could not be finished: {trouble}"));
        }
        step.exchanges = self.new_exchanges();
        self.narrator.step(&step);
        self.steps.push(step);
        played.map_err(|_| Stopped)
    }

    /// Tells how it went. Returns whether all went as expected.
    pub(super) fn end(&self, took: Duration) -> bool {
        self.narrator.end(&self.steps, took);
        // A part that stops has a failed step, so the steps alone decide.
        !self.steps.is_empty() && self.steps.iter().all(Step::is_as_expected)
    }

    /// A client of another Izly, one that does not answer, to ask for this refund. What it sends is shown as its
    /// observer sees it, and with the query that the observer leaves out: a refund's is not secret.
    pub(super) fn client_at(&self, url: &str, refund: &RefundTarget) -> Result<Client, Trouble> {
        let partner = Partner::new(Environment::url(url)?, ApiKey::new(self.sandbox.api_key())?)?;
        let request = RefundPayment::new(refund).request(&partner)?;
        let query = request.url().reveal().split_once('?').map(|(_, query)| query.to_owned());
        let exchanges = Arc::clone(&self.elsewhere);
        let observe = move |record: &CallRecord| {
            let exchange = Exchange::from_record(record, query.as_deref());
            exchanges.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
        };
        Ok(builder(url, &self.sandbox)?.observer(observe).build()?)
    }

    /// A test account of the sandbox's.
    pub(super) fn account(&self, name: &str) -> Result<Account, Trouble> {
        let found = self.sandbox.accounts().into_iter().find(|account| account.name == name);
        Ok(found.ok_or_else(|| format!("the sandbox has no account `{name}`"))?)
    }

    /// Fills in a form as this account would.
    pub(super) fn sign(&self, page: &Page, form: &str, account: &str) -> Result<Page, Trouble> {
        let account = self.account(account)?;
        let typed = [("identifiant", account.email.as_str()), ("mot_de_passe", account.password.as_str())];
        self.student.submit(page, form, &typed)
    }

    /// Stores an order and creates its payment, as a shop must: in this order.
    pub(super) fn create(&self, id: &str, cents: i64, message: &str) -> Result<(Order, PendingPayment), Trouble> {
        let order = Order::new(id, Cents::new(cents)?)?;
        self.site.store(&order);
        let payment = NewPayment::new(order.clone())
            .message(message)
            .callback_parameter("order", id)
            .redirect_url(format!("{}?order={id}", self.site.address(PAID)));
        let pending = self.client.create_payment(&payment)?;
        self.site.attach(&pending);
        Ok((order, pending))
    }

    /// Forgets what has travelled so far: it was set-up that an earlier step has shown.
    pub(super) fn set_up_is_done(&mut self, step: &mut Step, what: String) {
        drop(self.new_exchanges());
        step.set_up = Some(what);
    }

    /// All that travelled since the last call, in order.
    fn new_exchanges(&mut self) -> Vec<Exchange> {
        let shown = self.shown;
        let (entries, deliveries) = (self.sandbox.journal(), self.sandbox.deliveries());
        self.shown = entries.last().map_or(shown, |entry| entry.sequence).max(shown);
        let visits = self.site.take_visits();
        let elsewhere = std::mem::take(&mut *self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner));
        let mut all: Vec<Exchange> =
            entries.iter().filter(|entry| entry.sequence > shown).map(Exchange::from_journal).collect();
        all.extend(deliveries.iter().filter(|delivery| delivery.sequence > shown).map(Exchange::from_delivery));
        all.extend(visits.iter().filter(|visit| !visit.is_from_izly).map(Exchange::from_visit));
        all.extend(elsewhere);
        // Stable, so that visits after the same entry stay in order.
        all.sort_by_key(|exchange| exchange.place);
        self.shown = deliveries.last().map_or(self.shown, |delivery| delivery.sequence.max(self.shown));
        all
    }
}

fn builder(url: &str, sandbox: &Sandbox) -> Result<izly::ClientBuilder, Trouble> {
    let key = ApiKey::new(sandbox.api_key())?;
    Ok(Client::builder(Environment::url(url)?, key).application("izly-demo"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Output;

    #[test]
    fn one_failed_step_fails_the_demo() {
        let mut stage = Stage::set(0, Narrator::new(Output::new(true))).unwrap();
        stage.part("part", "about");
        let good = stage.step("a good step", "why", |_, step| {
            step.expect("nothing", true);
            Ok(())
        });
        assert!(good.is_ok() && stage.end(Duration::ZERO));
        let stopped = stage.step("a step that stops", "why", |_, _| Err::<(), _>("no network today".into()));
        assert!(stopped.is_err());
        assert_eq!(stage.steps[1].surprises, ["the step could not be finished: no network today"]);
        assert!(!stage.end(Duration::ZERO));
    }
}

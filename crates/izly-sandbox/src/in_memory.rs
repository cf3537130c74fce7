//! An Izly without sockets, threads or waiting, for simulations that decide each step themselves.

use std::fmt;
use std::time::Duration;

use crate::account::Account;
use crate::app::App;
use crate::callback::Due;
use crate::exchange;
use crate::http::{Incoming, Reply};
use crate::payment::PaymentRecord;

/// The sandbox as a function from a request to its answer. Made by [`Builder::in_memory`](crate::Builder::in_memory).
///
/// It is the same Izly as [`Sandbox`](crate::Sandbox): the same routes, pages, switches and faults, by rule or by the
/// header `Izly-Sandbox-Fault`. What takes time is left to the caller: a delay is not waited for, and a callback is handed
/// out in [`Exchange::callback`] in place of being sent.
///
/// ```
/// use izly_sandbox::Sandbox;
///
/// let izly = Sandbox::builder().in_memory()?;
/// let authorization = format!("Basic {}", izly.api_key());
/// let headers = [
///     ("authorization", authorization.as_str()),
///     ("appidentifier", "Sandbox Crous-1-1-1-1"),
///     ("content-type", "application/json"),
///     ("content-length", "38"),
/// ];
/// let body = br#"{"Amount":150,"ClientOrderId":"order"}"#;
/// let exchange = izly.request("POST", "/api/Izly/WebPayments", &headers, body);
/// let payment = izly.payment(exchange.created.unwrap()).unwrap();
/// assert_eq!((payment.order_id.as_str(), payment.amount_cents), ("order", 150));
/// # Ok::<(), izly_sandbox::Error>(())
/// ```
pub struct InMemory {
    app: App,
    api_key: String,
}

/// What became of a request.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Exchange {
    /// `None`: the connection ended without one.
    pub answer: Option<Answer>,
    /// The operation that it created, known here even where the answer got lost on its way.
    pub created: Option<u64>,
    /// What Izly now wants to tell the partner.
    pub callback: Option<OutgoingCallback>,
}

/// An answer, with all that was to be sent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A callback that Izly wants to make. The caller posts it once, often, late or never.
#[derive(Clone)]
#[non_exhaustive]
pub struct OutgoingCallback {
    /// The operation it is about. Under [`Commit::AfterCallback`](crate::Commit::AfterCallback) its readers learn that it
    /// is paid with [`InMemory::callback_ended`], and not before.
    pub operation_id: u64,
    /// The callback URL with `CallbackParameters` appended.
    pub url: String,
    /// The JSON to post.
    pub body: String,
    /// Why a real sandbox would not send it.
    pub obstacle: Option<String>,
}

impl InMemory {
    /// Where requests would go, if there were a network.
    pub const BASE_URL: &'static str = "http://127.0.0.1:1";

    pub(crate) fn new(app: App) -> Self {
        let api_key = app.worlds().first().partner.api_key();
        Self { app, api_key }
    }

    /// The partner's API key: what follows `Basic`.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// Answers a request. `target` is path and query; header names are in lower case; a body needs its
    /// `content-length`, as on the wire.
    pub fn request(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Exchange {
        let incoming = Incoming {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            body: body.to_owned(),
        };
        let (reply, announcement) = exchange::at_once(&self.app, &incoming);
        let callback = announcement.map(|announcement| {
            // Only the address and the text are taken: it never joins those that wait.
            let waiting = announcement.waiting(0, Due::Manual);
            OutgoingCallback {
                operation_id: waiting.operation_id,
                url: waiting.url,
                body: waiting.body,
                obstacle: waiting.obstacle,
            }
        });
        Exchange { created: reply.operation_id, answer: answer_of(reply), callback }
    }

    /// Says that the callback of an operation was delivered, or never will be.
    pub fn callback_ended(&self, operation_id: u64) {
        if let Some(payment) = self.app.worlds().first_mut().payments.get_mut(&operation_id) {
            payment.settling = false;
        }
    }

    /// The truth about a payment.
    pub fn payment(&self, operation_id: u64) -> Option<PaymentRecord> {
        self.app.worlds().first().payments.get(&operation_id).cloned()
    }

    /// The students' accounts, as they are now.
    pub fn accounts(&self) -> Vec<Account> {
        self.app.worlds().first().accounts.clone()
    }

    /// Lets time pass, in whole seconds. Nothing happens by itself.
    pub fn advance_clock(&self, by: Duration) {
        self.app.worlds().first_mut().clock.advance(by);
    }
}

fn answer_of(reply: Reply) -> Option<Answer> {
    let Reply { status, headers, body, is_dropped, .. } = reply;
    (!is_dropped).then_some(Answer { status, headers, body })
}

impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemory").finish_non_exhaustive()
    }
}

impl fmt::Debug for OutgoingCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingCallback")
            .field("operation_id", &self.operation_id)
            // Callback parameters may hold a partner's own signature; the body holds personal data.
            .field("url", &self.url.split('?').next())
            .field("obstacle", &self.obstacle)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Builder, Commit, PASSWORD, PaymentStatus};

    fn settings(commit: Commit) -> Builder {
        let callbacks = crate::CallbackSettings { commit, ..crate::CallbackSettings::default() };
        Builder::default().callbacks(callbacks)
    }

    fn call(izly: &InMemory, method: &str, target: &str, fault: Option<&str>, body: &str) -> Exchange {
        let (key, length) = (format!("Basic {}", izly.api_key()), body.len().to_string());
        let mut headers = vec![
            ("authorization", key.as_str()),
            ("appidentifier", "Sandbox Crous-1-1-1-1"),
            ("content-length", length.as_str()),
        ];
        headers.push(("content-type", "application/json"));
        headers.extend(fault.map(|fault| ("izly-sandbox-fault", fault)));
        izly.request(method, target, &headers, body.as_bytes())
    }

    fn create(izly: &InMemory, fault: Option<&str>) -> Exchange {
        call(izly, "POST", "/api/Izly/WebPayments", fault, r#"{"Amount":150,"ClientOrderId":"order-42"}"#)
    }

    fn pay(izly: &InMemory, operation_id: u64) -> Exchange {
        let target = izly.payment(operation_id).unwrap().authorization_target();
        let form = format!("action=valider&identifiant=riche%40example.fr&mot_de_passe={PASSWORD}");
        call(izly, "POST", &target, None, &form)
    }

    fn told(izly: &InMemory, operation_id: u64) -> serde_json::Value {
        let read = call(izly, "GET", &format!("/api/Izly/WebPayments/{operation_id}"), None, "");
        let reading: serde_json::Value = serde_json::from_slice(&read.answer.unwrap().body).unwrap();
        reading["OperationStatus"].clone()
    }

    #[test]
    fn a_payment_is_made_and_paid_and_its_callback_is_handed_out() {
        let izly = settings(Commit::BeforeCallback).in_memory().unwrap();
        let made = create(&izly, None);
        let id = made.created.unwrap();
        assert_eq!((made.answer.unwrap().status, told(&izly, id)), (200, "Waiting".into()));
        let callback = pay(&izly, id).callback.unwrap();
        assert_eq!((callback.operation_id, callback.url.as_str()), (id, "http://127.0.0.1:8000/izly/callback"));
        assert!(callback.body.contains("order-42") && callback.obstacle.is_none());
        assert_eq!(told(&izly, id), "Completed");
        assert!(pay(&izly, id).callback.is_none(), "paid once, told once");
        assert_eq!(izly.accounts()[0].balance_cents, 10_000 - 150);
    }

    #[test]
    fn readers_wait_for_the_end_of_the_callback_where_that_is_the_reading() {
        let izly = settings(Commit::AfterCallback).in_memory().unwrap();
        let id = create(&izly, None).created.unwrap();
        pay(&izly, id);
        assert_eq!(izly.payment(id).unwrap().status, PaymentStatus::Completed);
        assert_eq!(told(&izly, id), "Waiting");
        izly.callback_ended(id);
        assert_eq!(told(&izly, id), "Completed");
    }

    #[test]
    fn what_a_fault_hides_from_the_partner_is_known_here() {
        let izly = settings(Commit::BeforeCallback).in_memory().unwrap();
        let lost = create(&izly, Some("commit_then_drop"));
        assert!(lost.answer.is_none());
        assert_eq!(izly.payment(lost.created.unwrap()).unwrap().order_id, "order-42");
        let never = create(&izly, Some("drop_before_commit"));
        assert!(never.answer.is_none() && never.created.is_none());
        assert!(create(&izly, Some("server_error")).created.is_none());
        assert!(create(&izly, Some("server_error; commit")).created.is_some());
    }

    #[test]
    fn there_is_nothing_to_keep_in_a_file() {
        let error = Builder::default().state_file("state.json").in_memory().unwrap_err();
        assert!(error.to_string().contains("state_file"), "{error}");
    }
}

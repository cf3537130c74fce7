//! The transport: hands each request of the real client to Izly, and spoils it as the weather is.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use izly::Outcome;
use izly::protocol::{Request, Response};
use izly::transport::{Fault, Limits, Sent, Transport, TransportError};
use izly_sandbox::Answer;

use super::weather::Weather;
use super::{Call, Raw, Server, Set};

/// What the last call of the client's came to, for the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LastCall {
    /// The order of a write.
    pub(crate) order_id: String,
    pub(crate) is_write: bool,
    /// How often it was sent.
    pub(crate) sent: u32,
    /// How many writes Izly carried out for it.
    pub(crate) writes: u64,
}

impl LastCall {
    /// What is wrong with the outcome that the client tells of it, if anything is: `None` stands for success.
    pub(crate) fn lie(&self, told: Option<Outcome>) -> Option<&'static str> {
        match (told, self.writes) {
            _ if !self.is_write => None,
            (None, 0) => Some("it succeeded, and nothing was done"),
            (Some(Outcome::NotSent), 1..) => Some("it was not sent, and it was carried out"),
            (Some(Outcome::Rejected), 1..) => Some("it was rejected, and it was carried out"),
            _ => None,
        }
    }
}

/// A partner's way to Izly.
#[derive(Debug, Clone)]
pub(crate) struct Line(Arc<Mutex<Server>>);

impl Line {
    pub(crate) fn new(server: Server) -> Self {
        Self(Arc::new(Mutex::new(server)))
    }

    pub(crate) fn server(&self) -> MutexGuard<'_, Server> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Line {
    fn send(&self, request: &Request, _: &Limits) -> Result<Response, TransportError> {
        let mut server = self.server();
        let raw = Raw::of(request);
        let before = server.ledger.writes();
        let weather = server.draw(raw.call(), raw.operation());
        server.note_call(&raw, weather);
        let result = server.fare(&raw, weather);
        let last = server.last_call.take().unwrap_or_default();
        let is_write = raw.call() != Call::Read;
        server.last_call = Some(LastCall {
            order_id: if is_write { server.order_of(&raw) } else { String::new() },
            is_write,
            sent: last.sent + 1,
            writes: last.writes + server.ledger.writes() - before,
        });
        result
    }
}

impl Server {
    fn note_call(&self, raw: &Raw, weather: Weather) {
        let name = weather.name();
        self.chronicle.count(name);
        if !self.chronicle.keeps_stories() {
            return;
        }
        self.chronicle.tell(&self.order_of(raw), "network", || match raw.operation() {
            Some(id) => format!("{} of operation {id}: {name}", raw.call().name()),
            None => format!("{}: {name}", raw.call().name()),
        });
    }

    /// The order that a request is about.
    fn order_of(&self, raw: &Raw) -> String {
        match raw.operation() {
            Some(id) => self.ledger.get(id).map(|truth| truth.order_id.clone()).unwrap_or_default(),
            None => order_in(&raw.body),
        }
    }

    /// One call, from the client's side.
    fn fare(&mut self, raw: &Raw, weather: Weather) -> Result<Response, TransportError> {
        let lost = |fault| Err(TransportError::new(fault, Sent::Maybe));
        match weather {
            Weather::Fine => self.answered(raw, None, Fault::Disconnected),
            Weather::Fault(fault, missed) => self.answered(raw, Some(fault), missed),
            Weather::Unsent(fault) => Err(TransportError::new(fault, Sent::No)),
            Weather::TooMany => Ok(Response::new(429, "")),
            Weather::Stale => self.read_again(raw),
            Weather::Late => {
                self.set_off.push(Set::Late(raw.clone()));
                lost(Fault::Timeout(izly::Phase::Receive))
            }
            Weather::Page => {
                self.carry_out(raw, None);
                Ok(Response::new(200, "<!DOCTYPE html><title>Maintenance</title>"))
            }
            Weather::TooLarge => {
                self.carry_out(raw, None);
                Err(TransportError::new(Fault::TooLarge, Sent::Maybe).with_status(200))
            }
            Weather::ErrorBeside => {
                let exchange = self.carry_out(raw, None);
                exchange.answer.map_or_else(|| lost(Fault::Disconnected), |answer| Ok(with_error(&answer)))
            }
        }
    }

    fn answered(&mut self, raw: &Raw, fault: Option<&str>, missed: Fault) -> Result<Response, TransportError> {
        let Some(answer) = self.carry_out(raw, fault).answer else {
            return Err(TransportError::new(missed, Sent::Maybe));
        };
        if let (Call::Read, None, Some(id)) = (raw.call(), fault, raw.operation()) {
            self.readings.insert(id, (self.chronicle.now(), answer.clone()));
        }
        Ok(response(&answer))
    }

    fn read_again(&mut self, raw: &Raw) -> Result<Response, TransportError> {
        match raw.operation().and_then(|id| self.readings.get(&id)) {
            Some((_, answer)) => Ok(response(answer)),
            None => self.answered(raw, None, Fault::Disconnected),
        }
    }
}

fn response(answer: &Answer) -> Response {
    let response = Response::new(answer.status, answer.body.clone());
    answer.headers.iter().fold(response, |response, (name, value)| response.with_header(name, value))
}

/// The same answer with an error object's fields in it.
fn with_error(answer: &Answer) -> Response {
    let text = String::from_utf8_lossy(&answer.body);
    let body = text.replacen('{', r#"{"Code":99,"ErrorMessage":"Une erreur s'est produite.","#, 1);
    Response::new(answer.status, body)
}

/// The order that a creation names.
fn order_in(body: &[u8]) -> String {
    let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    body["ClientOrderId"].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lies_are_known() {
        let write = |writes| LastCall { order_id: String::new(), is_write: true, sent: 1, writes };
        assert!(write(0).lie(None).is_some());
        assert!(write(1).lie(Some(Outcome::NotSent)).is_some());
        assert!(write(1).lie(Some(Outcome::Rejected)).is_some());
        for honest in [(1, None), (0, Some(Outcome::NotSent)), (0, Some(Outcome::Rejected))] {
            assert_eq!(write(honest.0).lie(honest.1), None);
        }
        for writes in [0, 1] {
            assert_eq!(write(writes).lie(Some(Outcome::Unknown)), None);
        }
    }
}

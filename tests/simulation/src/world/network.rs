//! Callbacks on their way: lost, late, doubled, out of order, made up; and requests that arrive when nobody waits for them.

use izly::Reply;
use izly_sandbox::OutgoingCallback;

use crate::chance::Chance;
use crate::events::{Event, Posting};
use crate::outsider;
use crate::server::Set;
use crate::time::{DAY, MINUTE, Millis, SECOND};
use crate::world::World;
use crate::world::workers::Purpose;

/// The longest a request is under way after its sender has given up.
const LATEST: Millis = 10 * MINUTE;

/// The schedules that the sandbox knows: none, and the two of the vendor's main product.
pub(super) fn retries(chance: &mut Chance) -> Vec<Millis> {
    let seconds: &[u64] = match chance.below(3) {
        0 => &[],
        1 => &izly_sandbox::CallbackSettings::THREE_RETRIES,
        _ => &izly_sandbox::CallbackSettings::PATIENT_RETRIES,
    };
    seconds.iter().map(|seconds| seconds * SECOND).collect()
}

impl World {
    pub(super) fn bring_about_what_izly_set_off(&mut self) {
        let set_off = std::mem::take(&mut self.line.server().set_off);
        for set in set_off {
            match set {
                Set::Callback(callback) => self.send_callback(callback),
                Set::Late(raw) => {
                    let after = self.chance.between(SECOND, LATEST);
                    self.plan_after(after, Event::Late(raw));
                }
            }
        }
    }

    fn send_callback(&mut self, callback: OutgoingCallback) {
        let OutgoingCallback { operation_id, body, .. } = callback;
        let order_id = self.line.server().ledger.get(operation_id).map(|truth| truth.order_id.clone());
        let order_id = order_id.unwrap_or_default();
        if self.chance.percent(10) {
            self.chronicle.count("callback lost");
            self.chronicle.tell(&order_id, "network", || "loses the callback".to_owned());
            let after = self.chance.between(SECOND, MINUTE);
            return self.plan_after(after, Event::CallbackLost(operation_id));
        }
        let copies = if self.chance.percent(15) { self.chance.between(2, 4) } else { 1 };
        if copies > 1 {
            self.chronicle.count("callback doubled");
        }
        let posting = Posting { order_id, genuine: Some(operation_id), body, retries: self.retries.clone() };
        for _ in 0..copies {
            let after = delay(&mut self.chance);
            if after > MINUTE {
                self.chronicle.count("callback late");
            }
            self.plan_after(after, Event::Post(posting.clone()));
        }
    }

    /// A callback arrives.
    pub(super) fn post(&mut self, posting: Posting) {
        self.chronicle.tell(&posting.order_id, if posting.genuine.is_some() { "Izly" } else { "outsider" }, || {
            format!("posts a callback: {}", short(&posting.body))
        });
        self.begin(Purpose::Callback(posting));
    }

    pub(super) fn forge(&mut self) {
        let posting = self.shop.look(|tables| {
            let server = self.line.server();
            outsider::forge(&mut self.outsider, &server.ledger, tables)
        });
        self.chronicle.count("callback forged");
        self.post(posting);
    }

    /// How a callback was answered, if at all; the answer may be lost on its way back.
    pub(super) fn answered(&mut self, posting: Posting, reply: Option<&Reply>) {
        let is_accepted = reply.is_some_and(|reply| reply.status() == 200);
        self.chronicle.tell_of_worker(&posting.order_id, || match reply {
            Some(reply) => format!("answers the callback: {} {}", reply.status(), reply.body()),
            None => "does not answer the callback".to_owned(),
        });
        if is_accepted {
            self.chronicle.count("callback accepted");
            self.check_accepted(&posting.body);
        }
        let Some(operation) = posting.genuine else { return };
        self.line.server().callback_ended(operation);
        let is_heard = is_accepted && !self.chance.percent(3);
        let mut retries = posting.retries;
        if is_heard || retries.is_empty() {
            return;
        }
        self.chronicle.count("callback tried again");
        let after = retries.remove(0);
        self.plan_after(after, Event::Post(Posting { retries, ..posting }));
    }
}

/// How long a callback is under way.
fn delay(chance: &mut Chance) -> Millis {
    match chance.below(100) {
        0..65 => chance.between(1, 200),
        65..88 => chance.between(200, 10 * SECOND),
        88..97 => chance.between(10 * SECOND, 10 * MINUTE),
        _ => chance.between(10 * MINUTE, DAY),
    }
}

/// The claim in a callback, without the student's data.
fn short(body: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let operation = &body["OperationSMoney"];
    format!("operation {}, {} of {}", operation["Id"], operation["Status"], operation["Amount"])
}

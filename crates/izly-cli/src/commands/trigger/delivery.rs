//! A callback, and how the site answered it.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::admin::{Admin, Answer};
use crate::exit::Failure;

/// How much of a site's answer is worth a look: `{"Code":…}` fits, an error page does not.
const LONGEST_REPLY: usize = 160;

/// Longer than the sandbox ever waits for a site.
const PATIENCE: Duration = Duration::from_secs(130);
const PAUSE: Duration = Duration::from_millis(50);

/// A callback that has ended.
pub(super) struct Delivery {
    /// Without its query, which may hold a partner's own signature.
    url: String,
    pub(super) sent: bool,
    pub(super) status: Option<u64>,
    accepted: bool,
    reply: String,
    pub(super) error: Option<String>,
}

/// The callbacks of a reply, once they have ended. Those that the sandbox holds back are sent now.
pub(super) fn all_of(admin: &Admin, deliveries: Value) -> Result<Vec<Delivery>, Failure> {
    let Value::Array(deliveries) = deliveries else { return Ok(Vec::new()) };
    deliveries.into_iter().map(|delivery| ended(admin, delivery).map(|ended| Delivery::read(&ended))).collect()
}

fn ended(admin: &Admin, mut delivery: Value) -> Result<Value, Failure> {
    let path = format!("/deliveries/{}", delivery["id"]);
    let begins = Instant::now();
    while delivery["state"] == "waiting" && begins.elapsed() < PATIENCE {
        delivery = match admin.try_post(&format!("{path}/deliver"))? {
            Answer::Done(delivery) => delivery,
            // It has gone by itself meanwhile, and may not have ended yet.
            Answer::Conflict => {
                thread::sleep(PAUSE);
                admin.get(&path)?
            }
        };
    }
    let error = delivery["error"].as_str().unwrap_or_default();
    if delivery["state"] == "ended" && (error.contains("lose callbacks") || error.contains("firewall")) {
        // Lost on purpose, or kept back by the host's firewall: whoever triggers it wants it to go.
        delivery = admin.post(&format!("{path}/replay"), &json!({}))?;
    }
    Ok(delivery)
}

impl Delivery {
    fn read(delivery: &Value) -> Self {
        let text = |name: &str| delivery[name].as_str().unwrap_or_default();
        Delivery {
            url: text("url").split('?').next().unwrap_or_default().to_owned(),
            sent: delivery["sent"] == true,
            status: delivery["status"].as_u64(),
            accepted: delivery["accepted"] == true,
            reply: in_one_line(text("reply_body")),
            error: delivery["error"].as_str().map(in_one_line),
        }
    }

    pub(super) fn json(&self) -> Value {
        let Delivery { url, sent, status, accepted, reply, error } = self;
        json!({"url": url, "sent": sent, "status": status, "accepted": accepted, "reply": reply, "error": error})
    }

    /// For a person.
    pub(super) fn line(&self) -> String {
        let ending = match (self.status, &self.error) {
            (Some(status), _) if self.accepted => format!("{status} accepted"),
            (Some(status), _) => format!("{status} refused {}", self.reply).trim_end().to_owned(),
            (None, Some(error)) => error.clone(),
            (None, None) => "no answer".to_owned(),
        };
        format!("callback → {}: {ending}", self.url)
    }
}

/// The beginning of a text from elsewhere: one line, and nothing that a terminal would obey.
fn in_one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_REPLY) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(status: Option<u64>, accepted: bool, reply: &str, error: Option<&str>) -> Delivery {
        Delivery::read(&json!({
            "id": 1, "state": "ended", "url": "http://127.0.0.1:8000/cb?hmac=s3cret", "sent": status.is_some(),
            "status": status, "accepted": accepted, "reply_body": reply, "error": error,
        }))
    }

    #[test]
    fn every_ending_is_one_line() {
        let line = |delivery: Delivery| delivery.line();
        assert_eq!(line(delivery(Some(200), true, "", None)), "callback → http://127.0.0.1:8000/cb: 200 accepted");
        let refused = delivery(Some(500), false, "{\"Code\":\r\n1}\u{1b}[2J", None);
        assert_eq!(line(refused), "callback → http://127.0.0.1:8000/cb: 500 refused {\"Code\": 1} [2J");
        let error = delivery(None, false, "", Some("connection refused"));
        assert_eq!(line(error), "callback → http://127.0.0.1:8000/cb: connection refused");
    }

    #[test]
    fn the_query_and_a_long_answer_stay_out() {
        let shown = delivery(Some(200), false, &"é".repeat(500), None).json();
        assert!(!shown.to_string().contains("s3cret"), "{shown}");
        assert_eq!(shown["reply"], format!("{}…", "é".repeat(LONGEST_REPLY)));
    }
}

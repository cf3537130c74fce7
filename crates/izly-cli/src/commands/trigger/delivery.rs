//! A callback, and how the site answered it.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::admin::{Admin, Answer};
use crate::exit::Failure;
use crate::output::{EndedCallback, in_one_line};

/// Longer than the sandbox ever waits for a site.
const PATIENCE: Duration = Duration::from_secs(130);
const PAUSE: Duration = Duration::from_millis(50);

/// A callback that has ended.
pub(super) struct Delivery {
    /// Without its query, which may hold a partner's own signature.
    url: String,
    pub(super) sent: bool,
    pub(super) status: Option<u16>,
    accepted: bool,
    reply: String,
    pub(super) error: Option<String>,
}

/// The callbacks of a reply, once they have ended. Those that the sandbox holds back, or loses on purpose, are sent now:
/// whoever triggers them wants them to go.
pub(super) fn all_of(admin: &Admin, deliveries: Value, are_lost: bool) -> Result<Vec<Delivery>, Failure> {
    let Value::Array(deliveries) = deliveries else { return Ok(Vec::new()) };
    let one = |delivery| ended(admin, delivery, are_lost).map(|ended| Delivery::read(&ended));
    deliveries.into_iter().map(one).collect()
}

fn ended(admin: &Admin, mut delivery: Value, is_lost: bool) -> Result<Value, Failure> {
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
    if is_lost && delivery["state"] == "ended" && delivery["sent"] == false {
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
            status: delivery["status"].as_u64().and_then(|status| status.try_into().ok()),
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
        let Delivery { url, status, accepted, reply, error, .. } = self;
        EndedCallback { url, status: *status, accepted: *accepted, reply, error: error.as_deref() }.line()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_and_a_long_answer_stay_out() {
        let shown = Delivery::read(&json!({
            "id": 1, "state": "ended", "url": "http://127.0.0.1:8000/cb?hmac=s3cret", "sent": true, "status": 200,
            "accepted": false, "reply_body": "é".repeat(500), "error": null,
        }));
        assert_eq!(shown.line(), format!("callback → http://127.0.0.1:8000/cb: 200 refused {}…", "é".repeat(160)));
        let shown = shown.json();
        assert!(!shown.to_string().contains("s3cret"), "{shown}");
        assert_eq!(shown["reply"], format!("{}…", "é".repeat(160)));
    }
}

//! The admin API of a running sandbox, as far as a trigger needs it.

use std::time::Duration;

use izly::{ApiKey, Environment};
use serde_json::Value;
use ureq::http::{Method, Request};
use ureq::{Agent, Error};

use crate::exit::Failure;

/// A site may take as long as the sandbox lets it, copy by copy.
const PATIENCE: Duration = Duration::from_mins(5);

/// One partner's half of the API.
pub(super) struct Admin {
    agent: Agent,
    base_url: String,
    /// `?partner=…`, encoded.
    query: String,
}

/// What the API answered.
pub(super) enum Answer {
    Done(Value),
    /// It cannot be done as things stand.
    Conflict,
}

impl Admin {
    /// The API of this sandbox, for the partner whose key this is.
    pub(super) fn new(environment: &Environment, key: &ApiKey) -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .proxy(None)
            .http_status_as_error(false)
            .build()
            .new_agent();
        let partner = [("partner", key.identifier())];
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(partner).finish();
        Admin { agent, base_url: format!("{}/_sandbox/api", environment.base_url()), query }
    }

    pub(super) fn get(&self, path: &str) -> Result<Value, Failure> {
        self.done(Method::GET, path, "")
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.done(Method::POST, path, &body.to_string())
    }

    /// A POST that may come too late.
    pub(super) fn try_post(&self, path: &str) -> Result<Answer, Failure> {
        self.ask(Method::POST, path, "")
    }

    fn done(&self, method: Method, path: &str, body: &str) -> Result<Value, Failure> {
        match self.ask(method, path, body)? {
            Answer::Done(value) => Ok(value),
            Answer::Conflict => Err(Failure::usage("sandbox", "says that this cannot be done as things stand")),
        }
    }

    fn ask(&self, method: Method, path: &str, body: &str) -> Result<Answer, Failure> {
        let (status, text) = self.exchange(method, path, body).map_err(|error| unreachable_sandbox(&error))?;
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        match status {
            200 => Ok(Answer::Done(value)),
            409 => Ok(Answer::Conflict),
            _ => Err(refusal(status, &value)),
        }
    }

    fn exchange(&self, method: Method, path: &str, body: &str) -> Result<(u16, String), Error> {
        let url = format!("{}{path}?{}", self.base_url, self.query);
        let request = Request::builder().method(method).uri(url).header("content-type", "application/json");
        let mut reply = match body {
            "" => self.agent.run(request.body(())?)?,
            _ => self.agent.run(request.body(body)?)?,
        };
        Ok((reply.status().as_u16(), reply.body_mut().read_to_string()?))
    }
}

fn unreachable_sandbox(error: &Error) -> Failure {
    Failure::usage("environment", format!("leads to no sandbox that answers: {error}"))
}

/// What the API refuses, in the words of this command's own flags.
fn refusal(status: u16, reply: &Value) -> Failure {
    let Some(message) = reply["error"]["message"].as_str() else {
        return Failure::usage("environment", format!("leads to no sandbox of this version: it answers {status}"));
    };
    let field = match reply["error"]["field"].as_str().unwrap_or_default() {
        "callback_url" => "to",
        "account" => "account",
        "operation_id" => "operation",
        "partner" => "api_key",
        // An operation in the path is the only thing that could be unknown without being named.
        _ if status == 404 => "operation",
        _ => "sandbox",
    };
    Failure::usage(field, format!("is refused by the sandbox: {message}"))
}

//! `tests/scenarios/faults.json`, read and checked.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::certificates::Certificate;
use crate::expect::{Expectation, Group};
use crate::reply::CALLS;
use crate::step::Step;

/// The faults, in the order of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Every fault.
    pub faults: Vec<Fault>,
}

/// One way in which a server can go wrong.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Its name, in lower case with underscores.
    pub name: String,
    /// The chapter of the published table that it belongs to.
    pub chapter: String,
    /// What the server does, for people: reads on from "the server".
    pub says: String,
    /// Where it happens.
    #[serde(default)]
    pub place: Place,
    /// With TLS, the server's certificate; without one, an `https` client meets the steps in clear.
    pub certificate: Option<Certificate>,
    /// What the server does with each connection.
    #[serde(default)]
    pub serve: Vec<Step>,
    /// What a client must make of it: for all calls, then for a group of calls, then for one call.
    expect: BTreeMap<String, Expectation>,
    /// The calls it is for; all by default.
    #[serde(default = "all_calls")]
    pub calls: Vec<String>,
}

/// Where a fault happens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At an `http` address.
    #[default]
    Http,
    /// At an `https` address.
    Https,
    /// At a port where nobody listens.
    Closed,
    /// At a port whose queue of connections is full, so that opening one hangs.
    Full,
    /// At a host name that does not exist.
    Nowhere,
}

fn all_calls() -> Vec<String> {
    CALLS.map(str::to_owned).to_vec()
}

/// Why a table cannot be used.
#[derive(Debug)]
pub struct TableError(String);

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the table of faults: {}", self.0)
    }
}

impl std::error::Error for TableError {}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// When it is no JSON of this shape, names a fault twice, or leaves open what to expect.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let table: Table = serde_json::from_str(text).map_err(|error| TableError(error.to_string()))?;
        let mut names = HashSet::new();
        for fault in &table.faults {
            if !names.insert(&fault.name) {
                return Err(TableError(format!("{} is there twice", fault.name)));
            }
            fault.check().map_err(|rule| TableError(format!("{}: {rule}", fault.name)))?;
        }
        Ok(table)
    }
}

impl Fault {
    /// What is expected of a call that meets it.
    pub fn expected(&self, call: &str) -> Expectation {
        let line = |name: &str| self.expect.get(name);
        let general = line("all").cloned().unwrap_or_default();
        general.overlaid(line(Group::of(call).as_str())).overlaid(line(call))
    }

    /// The scheme of its address.
    pub fn scheme(&self) -> &'static str {
        match self.place {
            Place::Https | Place::Nowhere => "https",
            Place::Http | Place::Closed | Place::Full => "http",
        }
    }

    /// How long a client may be given, in milliseconds: short where it is time that ends the call, but long enough for a busy
    /// machine to agree on TLS first where the call is to end after that.
    pub fn deadline_ms(&self) -> u64 {
        let ends_after_tls = |call: &String| self.expected(call).phase.as_deref() == Some("receive");
        match self.place {
            _ if !self.ends_by_time() => 5000,
            Place::Https if self.calls.iter().any(ends_after_tls) => 2000,
            _ => 600,
        }
    }

    fn ends_by_time(&self) -> bool {
        self.calls.iter().any(|call| self.expected(call).kind == ["timeout"])
    }

    /// Whether this call ends at once: not by time, not with many megabytes, and not after a pause, which the library makes before
    /// it repeats a read that met a passing fault or a refresh that never left.
    pub fn ends_at_once(&self, call: &str) -> bool {
        const PASSING: [&str; 5] = ["resolve", "connect", "timeout", "disconnected", "server"];
        const LARGE: usize = 16 << 20;
        let expected = self.expected(call);
        let may_repeat = match call {
            "refresh" => expected.outcome.iter().any(|outcome| outcome == "not_sent"),
            _ => Group::of(call) == Group::Reads,
        };
        let pauses = may_repeat && expected.kind.iter().any(|kind| PASSING.contains(&kind.as_str()));
        let is_large = self.serve.iter().any(|step| match step {
            Step::Repeat { text, times } => text.len() * times > LARGE,
            _ => false,
        });
        !(self.ends_by_time() || is_large || pauses)
    }

    fn check(&self) -> Result<(), String> {
        for name in self.expect.keys() {
            let is_known =
                ["all", "reads", "writes", "tokens"].contains(&name.as_str()) || CALLS.contains(&name.as_str());
            if !is_known {
                return Err(format!("there is no call {name}"));
            }
        }
        for call in &self.calls {
            let expected = self.expected(call);
            let is_whole = !expected.kind.is_empty()
                && expected.requests.is_some()
                && (expected.is_success() || !expected.outcome.is_empty());
            if !is_whole || !CALLS.contains(&call.as_str()) {
                return Err(format!("{call}: what to expect is not said"));
            }
        }
        self.serve.iter().try_for_each(check_base64)
    }
}

fn check_base64(step: &Step) -> Result<(), String> {
    let texts = match step {
        Step::SendBase64(text) => vec![text],
        Step::Answer(answer) => [&answer.body_base64, &answer.mark_base64].into_iter().flatten().collect(),
        _ => vec![],
    };
    for text in texts {
        STANDARD.decode(text).map_err(|error| format!("bad Base64: {error}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(expect: &str) -> Result<Table, TableError> {
        Table::parse(&format!(r#"{{"faults":[{{"name":"f","chapter":"c","says":"s","expect":{expect}}}]}}"#))
    }

    #[test]
    fn what_is_said_of_one_call_wins_over_its_group_and_over_all() {
        let table = table(
            r#"{"all":{"kind":["server"],"outcome":["unknown"],"requests":1},"reads":{"requests":3},"user":{"requests":2}}"#,
        )
        .unwrap();
        let requests = |call| table.faults[0].expected(call).requests;
        assert_eq!((requests("refund"), requests("payment"), requests("user")), (Some(1), Some(3), Some(2)));
        assert_eq!(table.faults[0].expected("user").kind, ["server"]);
    }

    #[test]
    fn what_ends_by_time_has_little_of_it_and_more_after_tls() {
        let of = |place: &str, expect: &str| {
            let fault =
                format!(r#"{{"name":"f","chapter":"c","says":"s","place":"{place}","expect":{{"all":{expect}}}}}"#);
            Table::parse(&format!(r#"{{"faults":[{fault}]}}"#)).unwrap().faults[0].deadline_ms()
        };
        let unreadable = r#"{"kind": ["unreadable"], "outcome": ["unknown"], "requests": 1}"#;
        let timeout =
            |phase| format!(r#"{{"kind": ["timeout"], "outcome": ["unknown"], "requests": 1, "phase": "{phase}"}}"#);
        assert_eq!((of("http", unreadable), of("https", unreadable)), (5000, 5000));
        assert_eq!((of("http", &timeout("receive")), of("https", &timeout("tls"))), (600, 600));
        assert_eq!(of("https", &timeout("receive")), 2000);
    }

    #[test]
    fn many_megabytes_do_not_end_at_once() {
        let of = |times: usize| {
            let serve = format!(r#"["request", {{"repeat": {{"text": "0123456789", "times": {times}}}}}]"#);
            let expect = r#"{"all": {"kind": ["protocol"], "outcome": ["unknown"], "requests": 1}}"#;
            let fault = format!(r#"{{"name":"f","chapter":"c","says":"s","serve":{serve},"expect":{expect}}}"#);
            Table::parse(&format!(r#"{{"faults":[{fault}]}}"#)).unwrap().faults[0].ends_at_once("payment")
        };
        assert!(of(1_600_000) && !of(1_700_000));
    }

    #[test]
    fn what_is_repeated_after_a_pause_or_ends_by_time_does_not_end_at_once() {
        let of = |kind: &str, outcome: &str| {
            let line = format!(r#"{{"all": {{"kind": ["{kind}"], "outcome": ["{outcome}"], "requests": 1}}}}"#);
            let table = table(&line).unwrap();
            CALLS.into_iter().filter(|call| table.faults[0].ends_at_once(call)).collect::<Vec<_>>()
        };
        assert_eq!(of("unreadable", "unknown"), CALLS);
        assert_eq!(of("server", "unknown"), ["create_payment", "refund", "exchange_code", "refresh"]);
        assert_eq!(of("connect", "not_sent"), ["create_payment", "refund", "exchange_code"]);
        assert_eq!(of("timeout", "unknown"), [""; 0]);
    }

    #[test]
    fn a_table_that_leaves_something_open_is_refused() {
        for expect in [
            "{}",
            r#"{"all":{"kind":["server"],"requests":1}}"#,
            r#"{"all":{"kind":["server"],"outcome":["unknown"]}}"#,
            r#"{"all":{"kind":["ok"],"requests":1},"users":{"requests":2}}"#,
        ] {
            assert!(table(expect).is_err(), "{expect}");
        }
        assert!(table(r#"{"all":{"kind":["ok"],"requests":1}}"#).is_ok());
    }
}

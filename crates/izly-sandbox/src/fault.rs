//! Faults on demand: which request misbehaves, and how.

use serde::de::value::Error as DeError;
use serde::de::{Error as _, IntoDeserializer as _};
use serde::{Deserialize, Deserializer, Serialize};

use crate::chance::Chance;

/// A call of the protocol, as faults and the timeline name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CallName {
    /// The login page; for a fault, the moment its form is sent.
    LoginPage,
    /// A code for tokens.
    Token,
    /// A refresh token for tokens.
    Refresh,
    /// The student's details.
    Users,
    /// The creation of a payment.
    CreatePayment,
    /// The reading of a payment.
    ReadPayment,
    /// The page where the student pays; for a fault, the moment its form is sent.
    PaymentPage,
    /// A refund.
    Refund,
    /// The page about a forgotten password. No fault applies to it.
    ForgottenPage,
}

/// How a request misbehaves. All of it is *our invention*: the guide documents no failure but code 356.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// The answer waits for `delay_ms`.
    Delay,
    /// The connection ends without an answer, and nothing was done.
    DropBeforeCommit,
    /// Everything was done, and the connection ends without an answer.
    CommitThenDrop,
    /// Status 500.
    ServerError,
    /// Status 502 with the HTML page of a gateway.
    BadGateway,
    /// Status 200 with nothing in it.
    EmptyReply,
    /// Done, but the JSON of the answer ends in the middle.
    TruncatedJson,
    /// Status 302 to another host.
    Redirect,
    /// A payment whose authorization URL is another host's.
    ForeignAuthorizationUrl,
    /// A status that nobody knows.
    UnknownStatus,
    /// Properties that no documentation names.
    ExtraFields,
    /// A payment whose ids are beyond 2^53.
    BigIds,
    /// Amounts with a comma, as people write them in France.
    CommaDecimals,
    /// A reading that says `Waiting`, whatever the truth.
    StuckWaiting,
    /// An access token that has just expired.
    TokenExpired,
    /// A refresh token that is no longer good.
    RefreshRefused,
    /// A login that comes back without its `state`.
    StateDropped,
}

impl FaultKind {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 17] = [
        Self::Delay,
        Self::DropBeforeCommit,
        Self::CommitThenDrop,
        Self::ServerError,
        Self::BadGateway,
        Self::EmptyReply,
        Self::TruncatedJson,
        Self::Redirect,
        Self::ForeignAuthorizationUrl,
        Self::UnknownStatus,
        Self::ExtraFields,
        Self::BigIds,
        Self::CommaDecimals,
        Self::StuckWaiting,
        Self::TokenExpired,
        Self::RefreshRefused,
        Self::StateDropped,
    ];

    /// Whether a call can misbehave like this.
    pub fn applies_to(self, call: CallName) -> bool {
        use CallName as C;
        match self {
            _ if call == C::ForgottenPage => false,
            Self::Delay
            | Self::DropBeforeCommit
            | Self::CommitThenDrop
            | Self::ServerError
            | Self::BadGateway
            | Self::EmptyReply
            | Self::Redirect => true,
            Self::TruncatedJson | Self::ExtraFields => !matches!(call, C::LoginPage | C::PaymentPage),
            Self::UnknownStatus | Self::CommaDecimals => matches!(call, C::CreatePayment | C::ReadPayment | C::Refund),
            Self::ForeignAuthorizationUrl | Self::BigIds => call == C::CreatePayment,
            Self::StuckWaiting => call == C::ReadPayment,
            Self::TokenExpired => call == C::Users,
            Self::RefreshRefused => call == C::Refresh,
            Self::StateDropped => call == C::LoginPage,
        }
    }
}

/// Which calls a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultTarget {
    /// Every call that can misbehave like this.
    #[default]
    Any,
    /// One call.
    #[serde(untagged)]
    Call(CallName),
}

impl<'de> Deserialize<'de> for FaultTarget {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if name == "any" {
            return Ok(Self::Any);
        }
        // Read apart, so that a slip is answered with the names there are.
        let call: Result<CallName, DeError> = CallName::deserialize(name.as_str().into_deserializer());
        call.map(Self::Call).map_err(|error| D::Error::custom(format!("{error}, or `any`")))
    }
}

/// A rule: which requests misbehave, and how. As JSON: `{"call": "refund", "fault": "commit_then_drop", "nth": 1}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Fault {
    /// Its number, given when it is added.
    #[serde(default)]
    pub id: u64,
    /// Which calls.
    #[serde(default)]
    pub call: FaultTarget,
    /// How.
    pub fault: FaultKind,
    /// Only the nth matching request since the rule was made, from 1.
    #[serde(default)]
    pub nth: Option<u64>,
    /// At most so often. `None`: each time.
    #[serde(default)]
    pub times: Option<u64>,
    /// How probable it is that a matching request misbehaves, 0 to 1; the seed decides which.
    #[serde(default)]
    pub probability: Option<f64>,
    /// Only requests about this operation.
    #[serde(default)]
    pub operation_id: Option<u64>,
    /// For `server_error`, `bad_gateway`, `empty_reply` and `redirect`: whether the work is done all the same.
    /// Says nothing to the others.
    #[serde(default)]
    pub commit: bool,
    /// How long to wait first, in milliseconds, up to 60,000. What `delay` is about; any other fault may wait too.
    #[serde(default)]
    pub delay_ms: u64,
    /// Matching requests so far.
    #[serde(default)]
    pub seen: u64,
    /// How many of them misbehaved.
    #[serde(default)]
    pub fired: u64,
}

/// The longest wait of a fault, in milliseconds.
pub(crate) const LONGEST_DELAY: u64 = 60_000;

impl Fault {
    /// A rule that makes every matching request misbehave.
    pub fn new(call: FaultTarget, fault: FaultKind) -> Self {
        Self {
            id: 0,
            call,
            fault,
            nth: None,
            times: None,
            probability: None,
            operation_id: None,
            commit: false,
            delay_ms: 0,
            seen: 0,
            fired: 0,
        }
    }

    /// The field that cannot be so, and why.
    pub(crate) fn check(&self) -> Result<(), (&'static str, String)> {
        let wrong = |field, text: &str| Err((field, text.to_owned()));
        if !self.can_happen() {
            return wrong("fault", "this call cannot misbehave like that");
        }
        if self.nth == Some(0) {
            return wrong("nth", "must be 1 or more");
        }
        if self.times == Some(0) {
            return wrong("times", "must be 1 or more");
        }
        if self.probability.is_some_and(|probability| !(0.0..=1.0).contains(&probability)) {
            return wrong("probability", "must be from 0 to 1");
        }
        if self.delay_ms > LONGEST_DELAY {
            return wrong("delay_ms", "must be 60000 or less");
        }
        if self.fault == FaultKind::Delay && self.delay_ms == 0 {
            return wrong("delay_ms", "a delay needs at least 1 millisecond");
        }
        Ok(())
    }

    /// Whether the call it names can misbehave like this.
    pub(crate) fn can_happen(&self) -> bool {
        match self.call {
            FaultTarget::Any => true,
            FaultTarget::Call(call) => self.fault.applies_to(call),
        }
    }

    fn matches(&self, call: CallName, operation_id: Option<u64>) -> bool {
        let is_target = match self.call {
            FaultTarget::Any => self.fault.applies_to(call),
            FaultTarget::Call(target) => target == call,
        };
        is_target && self.operation_id.is_none_or(|wanted| operation_id == Some(wanted))
    }

    /// Counts a matching request, and says whether it would misbehave.
    fn would_fire(&mut self, chance: &mut Chance) -> bool {
        self.seen += 1;
        let is_its_turn = self.nth.is_none_or(|nth| nth == self.seen);
        let is_left = self.times.is_none_or(|times| self.fired < times);
        // Lots are drawn for each matching request, so that the other conditions do not shift them.
        let is_drawn = self.probability.is_none_or(|probability| chance.happens(probability));
        is_its_turn && is_left && is_drawn
    }
}

/// The rules in force, in the order they were made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Faults {
    rules: Vec<Fault>,
    last: u64,
    chance: Chance,
}

impl Faults {
    pub(crate) const MOST: usize = 100;

    pub(crate) fn new(seed: u64) -> Self {
        Self { rules: Vec::new(), last: 0, chance: Chance::new(seed, 1) }
    }

    /// The number of the last rule that was made.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    pub(crate) fn rules(&self) -> &[Fault] {
        &self.rules
    }

    /// Adds a rule that has been checked. The error is that there are too many.
    pub(crate) fn add(&mut self, mut rule: Fault) -> Result<&Fault, (&'static str, String)> {
        if self.rules.len() >= Self::MOST {
            return Err(("faults", format!("there are {} faults already", Self::MOST)));
        }
        self.last += 1;
        (rule.id, rule.seen, rule.fired) = (self.last, 0, 0);
        self.rules.push(rule);
        Ok(&self.rules[self.rules.len() - 1])
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.rules.len();
        self.rules.retain(|rule| rule.id != id);
        self.rules.len() < before
    }

    /// How this request misbehaves: as the first rule says that fires. Each rule that matches counts it.
    pub(crate) fn pick(&mut self, call: CallName, operation_id: Option<u64>) -> Option<Fault> {
        let Self { rules, chance, .. } = self;
        let mut picked = None;
        for rule in rules.iter_mut().filter(|rule| rule.matches(call, operation_id)) {
            if rule.would_fire(chance) && picked.is_none() {
                rule.fired += 1;
                picked = Some(rule.clone());
            }
        }
        picked
    }
}

/// Reads `refund_kind; commit; delay_ms=200`, the header by which a request asks to misbehave itself.
pub(crate) fn from_header(text: &str) -> Result<Fault, String> {
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let kind = serde_json::from_value(serde_json::Value::String(kind.to_owned()))
        .map_err(|_| format!("there is no fault named {kind:?}"))?;
    let mut fault = Fault::new(FaultTarget::Any, kind);
    for part in parts {
        match part.split_once('=').map(|(name, value)| (name.trim(), value.trim().parse())) {
            None if part == "commit" => fault.commit = true,
            Some(("delay_ms", Ok(delay))) => fault.delay_ms = delay,
            _ => return Err(format!("{part:?} is neither commit nor delay_ms=NUMBER")),
        }
    }
    fault.check().map_err(|(field, text)| format!("{field} {text}"))?;
    Ok(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(rule: Fault) -> Faults {
        rule.check().unwrap();
        let mut faults = Faults::new(7);
        faults.add(rule).unwrap();
        faults
    }

    fn refund(kind: FaultKind) -> Fault {
        Fault::new(FaultTarget::Call(CallName::Refund), kind)
    }

    fn fired(faults: &mut Faults, times: usize) -> Vec<bool> {
        (0..times).map(|_| faults.pick(CallName::Refund, Some(5)).is_some()).collect()
    }

    #[test]
    fn a_rule_fires_on_its_call_its_turn_and_its_operation_only() {
        let mut always = faults(refund(FaultKind::ServerError));
        assert!(always.pick(CallName::ReadPayment, Some(5)).is_none());
        assert_eq!(fired(&mut always, 2), [true, true]);
        let mut second = faults(Fault { nth: Some(2), ..refund(FaultKind::ServerError) });
        assert_eq!(fired(&mut second, 3), [false, true, false]);
        let mut twice = faults(Fault { times: Some(2), ..refund(FaultKind::ServerError) });
        assert_eq!(fired(&mut twice, 3), [true, true, false]);
        let mut other = faults(Fault { operation_id: Some(6), ..refund(FaultKind::ServerError) });
        assert_eq!(fired(&mut other, 2), [false, false]);
        assert_eq!(other.rules()[0].seen, 0);
    }

    #[test]
    fn the_seed_decides_whom_a_probability_hits() {
        let rule = Fault { probability: Some(0.5), ..refund(FaultKind::ServerError) };
        let drawn = fired(&mut faults(rule.clone()), 40);
        assert_eq!(drawn, fired(&mut faults(rule), 40));
        assert!(drawn.iter().any(|fired| *fired) && drawn.iter().any(|fired| !fired));
    }

    #[test]
    fn a_rule_for_any_call_spares_those_that_cannot_misbehave_so() {
        let mut faults = faults(Fault::new(FaultTarget::Any, FaultKind::StuckWaiting));
        assert!(faults.pick(CallName::Refund, None).is_none());
        assert!(faults.pick(CallName::ReadPayment, None).is_some());
    }

    #[test]
    fn what_cannot_be_is_refused_by_its_field() {
        let field = |rule: Fault| rule.check().unwrap_err().0;
        assert_eq!(field(refund(FaultKind::StateDropped)), "fault");
        assert_eq!(field(refund(FaultKind::Delay)), "delay_ms");
        assert_eq!(field(Fault { nth: Some(0), ..refund(FaultKind::Redirect) }), "nth");
        assert_eq!(field(Fault { probability: Some(1.1), ..refund(FaultKind::Redirect) }), "probability");
        assert_eq!(field(Fault { probability: Some(f64::NAN), ..refund(FaultKind::Redirect) }), "probability");
    }

    #[test]
    fn rules_and_headers_read_as_documented() {
        let rule: Fault = serde_json::from_str(r#"{"call":"refund","fault":"commit_then_drop","nth":1}"#).unwrap();
        assert_eq!(rule, Fault { nth: Some(1), ..refund(FaultKind::CommitThenDrop) });
        let any: Fault = serde_json::from_str(r#"{"call":"any","fault":"big_ids"}"#).unwrap();
        assert_eq!(any.call, FaultTarget::Any);
        assert!(serde_json::from_str::<Fault>(r#"{"call":"refunds","fault":"big_ids"}"#).is_err());
        let header = from_header("bad_gateway; commit; delay_ms=20").unwrap();
        assert_eq!((header.fault, header.commit, header.delay_ms), (FaultKind::BadGateway, true, 20));
        for wrong in ["", "nothing", "delay", "bad_gateway; comit", "redirect; delay_ms=x"] {
            assert!(from_header(wrong).is_err(), "{wrong}");
        }
    }
}

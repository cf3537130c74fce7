//! The only place that prints. Results go to standard output, everything said to a person beside them to standard error.

use std::io::{self, IsTerminal as _, Write as _};

use anstyle::{AnsiColor, Style};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::exit::Failure;
use crate::redact::MASK;

/// Where a command's words go, and in which form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
}

#[expect(clippy::unused_self, reason = "whatever prints takes an `Output`, and so says it in its signature")]
impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Output { json }
    }

    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// A command's result, in the form that was asked for.
    pub(crate) fn record(self, record: &Record) {
        if self.json {
            self.json_line(record);
        } else {
            record.lines().iter().for_each(|line| self.line(line));
        }
    }

    /// One line of result.
    pub(crate) fn line(self, text: &str) {
        write_line(io::stdout().lock(), text);
    }

    /// One JSON object on one line.
    pub(crate) fn json_line(self, value: &impl Serialize) {
        // Texts, numbers and lists of them: there is nothing in it that JSON could not hold.
        self.line(&serde_json::to_string(value).unwrap_or_default());
    }

    /// Raw bytes of result, such as a completion script.
    pub(crate) fn raw(self, bytes: &[u8]) {
        let mut stdout = io::stdout().lock();
        let _ = stdout.write_all(bytes).and_then(|()| stdout.flush());
    }

    /// A word to a person: never part of the result, so programs may ignore it.
    pub(crate) fn note(self, text: &str) {
        write_line(io::stderr().lock(), text);
    }

    /// What went wrong, what happened to the request, and what to do next.
    pub(crate) fn failure(self, failure: &Failure) {
        if self.json {
            self.json_line(&Record::default().with("error", failure_record(failure).json()));
            return;
        }
        let paint = Paint::for_stderr();
        match failure {
            // A no is an answer, not an error.
            Failure::Declined => self.note(&failure.line()),
            _ => self.note(&format!("{} {}", paint.bad("error:"), failure.line())),
        }
        if let Some((outcome, next)) = failure.consequences() {
            self.note(&format!("{} {outcome}", paint.dim("outcome:")));
            self.note(&format!("{} {next}", paint.dim("next:")));
        }
    }

    /// Asks a person, on standard error so that a redirected result stays clean. `None` when nobody is there to ask.
    pub(crate) fn ask(self, question: &str) -> Option<String> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return None;
        }
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "{question} ").and_then(|()| stderr.flush());
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).ok()?;
        Some(answer.trim().to_owned())
    }
}

/// A reader that has gone (`izly demo | head`) is no reason to fail: what was asked for has been done.
fn write_line(mut stream: impl io::Write, text: &str) {
    let _ = writeln!(stream, "{text}").and_then(|()| stream.flush());
}

/// How much of a text from elsewhere is worth a look: `{"Code":…}` fits, an error page does not.
const LONGEST_EXCERPT: usize = 160;

/// The beginning of a text from elsewhere: one line, and nothing that a terminal would obey.
pub(crate) fn in_one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_EXCERPT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// A callback that the sandbox has done with.
pub(crate) struct EndedCallback<'a> {
    pub(crate) url: &'a str,
    pub(crate) status: Option<u16>,
    pub(crate) accepted: bool,
    pub(crate) reply: &'a str,
    pub(crate) error: Option<&'a str>,
}

impl EndedCallback<'_> {
    /// In one line. Its parameters may be a partner's own signature, so the query stays out.
    pub(crate) fn line(&self) -> String {
        let url = self.url.split('?').next().unwrap_or_default();
        let ending = match (self.status, self.error) {
            (Some(status), _) if self.accepted => format!("{status} accepted"),
            (Some(status), _) => format!("{status} refused {}", in_one_line(self.reply)).trim_end().to_owned(),
            (None, Some(error)) => in_one_line(error),
            (None, None) => "no answer".to_owned(),
        };
        format!("callback → {url}: {ending}")
    }
}

/// A failure as `--json` gives it.
fn failure_record(failure: &Failure) -> Record {
    match failure {
        Failure::Izly(error) => error_record(error),
        Failure::Usage { field, .. } | Failure::Advice { field, .. } => input_record(failure, field),
        Failure::Declined => input_record(failure, "yes"),
    }
}

fn input_record(failure: &Failure, field: &'static str) -> Record {
    Record::default()
        .with("kind", "invalid_input")
        .with("outcome", "not_sent")
        .with("retry", "fix")
        .with("message", failure.to_string())
        .with("field", field)
}

/// An error of the SDK's as `--json` gives it.
pub(crate) fn error_record(error: &izly::Error) -> Record {
    Record::default()
        .with("kind", error.kind().as_str())
        .with("outcome", error.outcome().as_str())
        .with("retry", error.retry().as_str())
        .with("message", error.to_string())
        .with("call", error.call().map(izly::CallName::as_str))
        .with("field", error.field())
        .with("phase", error.phase().map(izly::Phase::as_str))
        .with("http_status", error.http_status())
        .with("api_code", error.api_code())
        .with("api_title", error.title())
        .with("api_message", error.api_message())
        .with("oauth_error", error.oauth_error())
        .with("retry_after_seconds", error.retry_after().map(|wait| wait.as_secs()))
}

/// A command's result: names and values, in order. A JSON object for programs, aligned lines for people.
#[derive(Debug, Default)]
pub(crate) struct Record(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    name: &'static str,
    value: Value,
    /// What a person reads in place of the value.
    words: Option<String>,
}

impl Record {
    /// One more value. An absent one is `null` in JSON, and left out for people.
    pub(crate) fn with(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.push(name, value.into(), None)
    }

    /// An amount: integer centimes in JSON, euros for people.
    pub(crate) fn with_amount(self, amount: Option<izly::Cents>) -> Self {
        let words = amount.map(|amount| format!("{amount} euros"));
        self.push("amount_cents", amount.map(izly::Cents::get).into(), words)
    }

    /// Something secret or personal: masked unless it is to be revealed.
    pub(crate) fn with_secret(self, name: &'static str, secret: Option<&str>, reveal: bool) -> Self {
        let shown = secret.map(|secret| if reveal { secret } else { MASK });
        self.push(name, shown.into(), None)
    }

    /// The fields of a reply that the SDK does not know. They may be personal.
    pub(crate) fn with_extra(self, extra: &izly::Extra, reveal: bool) -> Self {
        if extra.is_empty() {
            return self;
        }
        let shown = extra.iter().map(|(name, text)| {
            let value = if reveal {
                serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
            } else {
                Value::from(MASK)
            };
            (name.to_owned(), value)
        });
        self.push("extra", Value::Object(shown.collect()), None)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    fn push(mut self, name: &'static str, value: Value, words: Option<String>) -> Self {
        self.0.push(Entry { name, value, words });
        self
    }

    fn lines(&self) -> Vec<String> {
        let shown = || self.0.iter().filter(|entry| !entry.value.is_null());
        let label = |entry: &Entry| entry.name.trim_end_matches("_cents").replace('_', " ");
        let width = shown().map(|entry| label(entry).len()).max().unwrap_or_default();
        shown().map(|entry| format!("{:width$}  {}", label(entry), entry.text())).collect()
    }
}

impl Entry {
    fn text(&self) -> String {
        match (&self.words, &self.value) {
            (Some(words), _) => words.clone(),
            (None, Value::String(text)) => text.clone(),
            (None, Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
            (None, value) => value.to_string(),
        }
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for entry in &self.0 {
            map.serialize_entry(entry.name, &entry.value)?;
        }
        map.end()
    }
}

/// Colours, where there is a terminal to show them and nobody asked for none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint(bool);

impl Paint {
    pub(crate) fn for_stdout() -> Self {
        Paint(io::stdout().is_terminal() && wants_colour())
    }

    pub(crate) fn for_stderr() -> Self {
        Paint(io::stderr().is_terminal() && wants_colour())
    }

    pub(crate) fn title(self, text: &str) -> String {
        self.apply(Style::new().bold(), text)
    }

    pub(crate) fn part(self, text: &str) -> String {
        self.apply(AnsiColor::Cyan.on_default().bold(), text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.apply(Style::new().dimmed(), text)
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.apply(AnsiColor::Green.on_default(), text)
    }

    pub(crate) fn warning(self, text: &str) -> String {
        self.apply(AnsiColor::Yellow.on_default(), text)
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.apply(AnsiColor::Red.on_default().bold(), text)
    }

    fn apply(self, style: Style, text: &str) -> String {
        if self.0 { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The convention of no-color.org: set and not empty means none.
fn wants_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_partner_answers_fits_a_line_and_commands_no_terminal() {
        assert_eq!(
            in_one_line("{\"Code\": 1,\r\n \"ErrorMessage\": \"non\"}\n"),
            r#"{"Code": 1, "ErrorMessage": "non"}"#
        );
        assert_eq!(in_one_line("\u{1b}[2Jgone\u{9b}1m"), "[2Jgone 1m");
        assert_eq!(in_one_line(&"é".repeat(500)), format!("{}…", "é".repeat(LONGEST_EXCERPT)));
    }

    #[test]
    fn every_ending_is_one_line() {
        let line = |status, accepted, reply, error| {
            EndedCallback { url: "http://127.0.0.1:8000/cb?hmac=s3cret", status, accepted, reply, error }.line()
        };
        assert_eq!(line(Some(200), true, "", None), "callback → http://127.0.0.1:8000/cb: 200 accepted");
        let refused = line(Some(500), false, "{\"Code\":\r\n1}\u{1b}[2J", None);
        assert_eq!(refused, "callback → http://127.0.0.1:8000/cb: 500 refused {\"Code\": 1} [2J");
        let error = line(None, false, "", Some("connection refused"));
        assert_eq!(error, "callback → http://127.0.0.1:8000/cb: connection refused");
    }
}

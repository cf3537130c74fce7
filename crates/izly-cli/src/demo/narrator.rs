//! Tells the story: for people in 100 columns, or as JSON lines.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::exchange::Exchange;
use super::step::Step;
use crate::demo::wrap::wrapped;
use crate::output::{Output, Paint};

const WIDTH: usize = 100;
/// Where a step's text begins.
const MARGIN: &str = "    ";
/// How wide the column is that says who speaks: `stranger → site` and a gap.
const SPEAKER: usize = 17;

pub(super) struct Narrator {
    output: Output,
    paint: Paint,
    /// Long texts that were shown, and the step that showed them: nobody wants to read them again.
    told: RefCell<BTreeMap<String, usize>>,
}

impl Narrator {
    pub(super) fn new(output: Output) -> Self {
        Narrator { output, paint: Paint::for_stdout(), told: RefCell::default() }
    }

    pub(super) fn begin(&self, izly: &str, site: &str, identifier: &str) {
        if self.output.is_json() {
            return self.output.json_line(&json!({
                "type": "begin", "sandbox_url": izly, "site_url": site, "identifier": identifier
            }));
        }
        self.line(&self.paint.title("The Izly Partner protocol, step by step"));
        self.line("");
        self.prose(
            "",
            "Izly is the wallet of every student in France. This demo starts a local Izly (the sandbox) and a small shop \
             on this machine, then plays a student who logs in and pays, and the people who try to cheat. Requests \
             and answers really travel; the pages are the sandbox's own, modelled on Izly's. Its clock stands in \
             January 2026, so that the story is the same on each run. Secrets and personal data are shown as ***. \
             Nothing leaves the machine.",
        );
        self.line("");
        self.prose(
            "",
            "How to read it: `a → b` sends a request, `a ← b` is its answer. `site` is the shop's server, `browser` the \
             student's, `stranger` anyone at all. `concluded` is what the SDK, and the shop with its help, makes of it. An \
             error has a kind (what went wrong), an outcome (not_sent, rejected or unknown: what became of the \
             request) and a retry (what may be done next). `The guide` is the vendor's PDF, Izly's only documentation.",
        );
        self.line("");
        for (name, value) in [("Izly", izly), ("the shop's site", site), ("its identifier", identifier)] {
            self.line(&format!("{MARGIN}{} {value}", self.paint.dim(&format!("{name:<15}"))));
        }
    }

    pub(super) fn part(&self, title: &str, about: &str) {
        if self.output.is_json() {
            return;
        }
        let rule = "─".repeat(WIDTH.saturating_sub(title.chars().count() + 4));
        self.line("");
        self.line(&format!("{} {} {}", self.paint.part("──"), self.paint.part(title), self.paint.part(&rule)));
        self.prose("", about);
    }

    pub(super) fn step(&self, step: &Step) {
        if self.output.is_json() {
            return self.output.json_line(&json!({
                "type": "step",
                "number": step.number,
                "part": step.part,
                "title": step.title,
                "why": step.why,
                "set_up": step.set_up,
                "exchanges": step.exchanges,
                "concluded": step.concluded,
                "errors": step.errors,
                "as_expected": step.is_as_expected(),
                "surprises": step.surprises,
            }));
        }
        self.line("");
        self.line(&self.paint.title(&format!("{:>2}. {}", step.number, step.title)));
        self.prose(MARGIN, step.why);
        if let Some(set_up) = &step.set_up {
            self.spoken("before", set_up);
        }
        self.exchanges(step.number, &step.exchanges);
        for (at, text) in step.concluded.iter().enumerate() {
            self.spoken(if at == 0 { "concluded" } else { "" }, text);
        }
        self.verdict(step);
    }

    pub(super) fn end(&self, steps: &[Step], took: Duration) {
        let failed: Vec<usize> = steps.iter().filter(|step| !step.is_as_expected()).map(|step| step.number).collect();
        if self.output.is_json() {
            return self.output.json_line(&json!({
                "type": "summary", "steps": steps.len(), "failed": failed, "milliseconds": took.as_millis()
            }));
        }
        self.part("Summary", "");
        for step in steps {
            let title = format!("{:>2}. {:<64}", step.number, step.title);
            self.line(&format!("{title} {}", self.short_verdict(step)));
        }
        self.line("");
        let took = format!("{} steps in {} ms", steps.len(), took.as_millis());
        match failed.as_slice() {
            [] => self.line(&self.paint.good(&format!("{took}, all as expected."))),
            _ => self.line(&self.paint.bad(&format!("{took}, not as expected: {failed:?}"))),
        }
        self.pointers();
    }

    fn pointers(&self) {
        self.line("");
        self.line(&self.paint.title("Where to go from here"));
        for (what, does) in [
            ("izly sandbox", "keeps the local Izly running, for your own site and your browser"),
            ("izly doctor", "checks your key, the network and the clock before the first real call"),
            ("izly --help", "every call by hand, its settings and exit codes"),
            ("README.md", "how to do the same in your own program"),
            ("cargo doc -p izly --open", "the SDK's reference; `Client` shows the paved path"),
        ] {
            self.line(&format!("{MARGIN}{what:<26}{}", self.paint.dim(does)));
        }
        self.line("");
        self.prose(
            "",
            "After `cargo run`, there is no `izly` on your PATH yet: `cargo install --path crates/izly-cli` puts it \
             there. Until then, say `cargo run --release -- sandbox`, and so on.",
        );
    }

    /// Tells each answer where it came: after what its server had to ask first.
    fn exchanges(&self, step: usize, exchanges: &[Exchange]) {
        let mut open: Vec<&Exchange> = Vec::new();
        for exchange in exchanges {
            while let Some(answered) = open.pop_if(|waiting| waiting.to != exchange.from) {
                self.answer(step, answered);
            }
            self.request(step, exchange);
            open.push(exchange);
        }
        open.iter().rev().for_each(|answered| self.answer(step, answered));
    }

    fn request(&self, step: usize, exchange: &Exchange) {
        let Exchange { from, to, method, target, headers, body, .. } = exchange;
        self.spoken(&format!("{from} → {to}"), &format!("{method} {target}"));
        let lines: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        match self.told_before(step, &lines.join("\n")) {
            // One or two lines are as quickly read as a reference to them.
            Some(before) if lines.len() > 2 => {
                let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
                self.spoken("", &format!("({names}: as in step {before})"));
            }
            _ => lines.iter().for_each(|line| self.spoken("", line)),
        }
        if let Some(body) = body {
            self.spoken("", body);
        }
    }

    fn answer(&self, step: usize, exchange: &Exchange) {
        let Exchange { from, to, status, location, reply, .. } = exchange;
        let reply = reply.as_ref().map(|reply| match self.told_before(step, reply) {
            Some(before) if reply.len() > 200 => format!("(the same answer as in step {before})"),
            _ => reply.clone(),
        });
        let status = status.map(|status| status.to_string());
        let location = location.as_ref().map(|url| format!("Location: {url}"));
        let said: Vec<String> = [status, location, reply].into_iter().flatten().collect();
        self.spoken(&format!("{from} ← {to}"), &said.join(" "));
    }

    /// The step that told this text first, if there was one.
    fn told_before(&self, step: usize, text: &str) -> Option<usize> {
        let mut told = self.told.borrow_mut();
        let before = told.get(text).copied();
        told.entry(text.to_owned()).or_insert(step);
        before
    }

    /// A text with, in front of it, who says it.
    fn spoken(&self, speaker: &str, text: &str) {
        self.painted(speaker, text, str::to_owned);
    }

    /// Lines are broken and padded before they are painted: colours have no width.
    fn painted(&self, speaker: &str, text: &str, paint: impl Fn(&str) -> String) {
        let speaker = format!("{speaker:<SPEAKER$}");
        for (at, line) in wrapped(text, WIDTH - MARGIN.len() - SPEAKER).iter().enumerate() {
            let front = if at == 0 { self.paint.dim(&speaker) } else { " ".repeat(SPEAKER) };
            self.line(format!("{MARGIN}{front}{}", paint(line)).trim_end());
        }
    }

    fn verdict(&self, step: &Step) {
        if step.is_as_expected() {
            return self.painted("", "ok, as expected", |line| self.paint.good(line));
        }
        let surprises =
            if step.surprises.is_empty() { "nothing was checked".to_owned() } else { step.surprises.join("; ") };
        self.painted("", &format!("FAILED: {surprises}"), |line| self.paint.bad(line));
    }

    fn short_verdict(&self, step: &Step) -> String {
        if !step.is_as_expected() {
            return self.paint.bad("FAILED");
        }
        let errors = step.errors.iter().filter_map(|error| error["kind"].as_str()).collect::<Vec<_>>().join(", ");
        if errors.is_empty() { self.paint.good("ok") } else { format!("{} ({errors})", self.paint.good("ok")) }
    }

    fn prose(&self, margin: &str, text: &str) {
        for line in wrapped(text, WIDTH - margin.len()) {
            self.line(&format!("{margin}{line}"));
        }
    }

    fn line(&self, text: &str) {
        self.output.line(text);
    }
}

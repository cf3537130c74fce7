//! The table for people: what the library promises, fault by fault.

use std::fmt::Write as _;

use crate::expect::Expectation;
use crate::table::{Fault, Table};

const HEAD: &str = "\
# What each fault becomes

<!-- Written by `cargo xtask faults` from tests/scenarios/faults.json. Change that file, not this page. -->

Every error of this library says what happened to the request: **not sent** (Izly never saw it), **rejected** (Izly said no),
**unknown** (it may have been carried out). This page is that promise, fault by fault. Every line is tried in Rust, C, Python
and PHP, against a server that misbehaves on order ([`tests/fault-server`](../tests/fault-server)): the kind, the outcome, the
HTTP status, the time (never more than the deadline and 100 ms), and how many requests the server saw. The server also keeps
a record of what it carried out, and no call may say *not sent* or *rejected* of something that is in it.

*Not sent* is what the connection saw. *Rejected* believes Izly's word: an error object with nothing of a result, or 401, 403, 429
([protocol §5](protocol.md)). A server that says no and does the work all the same is outside this table.

**Reads** are `payment` and `user`; they change nothing, and the library asks up to three times. **Writes** are
`create_payment` and `refund`; **tokens** are the exchange of a code and the refresh. The library never sends these twice (a
refresh that certainly did not leave is tried again: no server has seen the first).
\"requests\" is how many the server saw; where reads and the others differ, the two numbers stand as *reads* / *the others*.
";

/// The page.
pub fn document(table: &Table) -> String {
    let mut page = HEAD.to_owned();
    let mut chapter = "";
    for fault in &table.faults {
        if fault.chapter != chapter {
            chapter = &fault.chapter;
            // Writing into a text cannot fail.
            let _ = write!(page, "\n## {chapter}\n\n| The server… | kind | outcome | requests |\n|---|---|---|---|\n");
        }
        let _ = writeln!(page, "{}", line(fault));
    }
    page
}

fn line(fault: &Fault) -> String {
    let expected: Vec<(&str, Expectation)> =
        fault.calls.iter().map(|call| (call.as_str(), fault.expected(call))).collect();
    let kinds =
        told_apart(&expected, |one| if one.is_success() { "read as usual".into() } else { alternatives(&one.kind) });
    let outcomes =
        told_apart(&expected, |one| if one.is_success() { "–".to_owned() } else { alternatives(&one.outcome) });
    let requests = told_apart(&expected, |one| one.requests.unwrap_or_default().to_string());
    format!("| {} | {kinds} | {outcomes} | {requests} |", fault.says)
}

/// One text when all calls agree, otherwise each text with the calls it is for.
fn told_apart(expected: &[(&str, Expectation)], text: impl Fn(&Expectation) -> String) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (call, one) in expected {
        let text = text(one);
        match groups.iter_mut().find(|(known, _)| *known == text) {
            Some((_, calls)) => calls.push(call),
            None => groups.push((text, vec![call])),
        }
    }
    match &groups[..] {
        [(text, _)] => text.clone(),
        [(reads, calls), (others, _)] if calls[..] == ["payment", "user"] => format!("{reads} / {others}"),
        _ => groups.iter().map(|(text, calls)| format!("{text} ({})", calls.join(", "))).collect::<Vec<_>>().join("; "),
    }
}

fn alternatives(names: &[String]) -> String {
    names.join(" or ").replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_page_is_what_the_table_says() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let table = std::fs::read_to_string(format!("{root}/tests/scenarios/faults.json")).unwrap();
        let page = std::fs::read_to_string(format!("{root}/docs/faults.md")).unwrap();
        assert!(page == document(&Table::parse(&table).unwrap()), "write it again: cargo xtask faults");
    }

    #[test]
    fn the_readmes_count_right() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let table = std::fs::read_to_string(format!("{root}/tests/scenarios/faults.json")).unwrap();
        let count = Table::parse(&table).unwrap().faults.len();
        for (file, words) in
            [("README.md", "ways in which"), ("README.fr.md", "façons dont"), ("CHANGELOG.md", "faults becomes")]
        {
            let text = std::fs::read_to_string(format!("{root}/{file}")).unwrap();
            assert!(text.contains(&format!("{count} {words}")), "{file}: {count} {words}");
        }
    }
}

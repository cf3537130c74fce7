//! What comes into the shipped files from others: that each crate has been looked at, in this version.

use std::collections::BTreeSet;
use std::fs;

use crate::chore::{Result, output_of, program, root, step, succeeds};
use crate::dist::target;
use crate::reproducible;

/// Where somebody has written what was looked at.
const NOTES: &str = "docs/supply-chain.md";
/// What is loaded into other people's programs.
const SHIPPED: [&str; 2] = ["izly-capi", "izly-python"];

/// Everything: the notes, the rules of deny.toml, the lists of contents, and that two builds give the same bytes.
pub(crate) fn run() -> Result {
    check()?;
    ensure("cargo-deny")?;
    ensure("cargo-cyclonedx")?;
    // Advisories are asked for by who has their database: `cargo deny check advisories`.
    step("licences, duplicates, sources", &mut program("cargo deny --all-features check bans licenses sources"))?;
    bills()?;
    reproducible::check()
}

/// That the notes name every crate that is shipped, in the version that is shipped, and no other.
pub(crate) fn check() -> Result {
    println!("\n== the notes on what comes from others");
    let mut shipped = BTreeSet::new();
    for package in SHIPPED {
        shipped.extend(crates_of(package)?);
    }
    let notes = fs::read_to_string(root().join(NOTES)).map_err(|error| format!("{NOTES}: {error}"))?;
    let known = noted(&notes);
    let missing: Vec<_> = shipped.difference(&known).map(|(name, version)| format!("{name} {version}")).collect();
    let left: Vec<_> = known.difference(&shipped).map(|(name, version)| format!("{name} {version}")).collect();
    if shipped.is_empty() || !missing.is_empty() || !left.is_empty() {
        return Err(format!("{NOTES}: look at {missing:?}, which it does not name; {left:?} are not shipped"));
    }
    println!("{} crates", shipped.len());
    Ok(())
}

/// A name and a version.
type Crate = (String, String);

/// The crates of others in what a package becomes, and those that write a part of its code.
fn crates_of(package: &str) -> std::result::Result<BTreeSet<Crate>, String> {
    let line = format!(
        "cargo tree --locked --package {package} --features silent --edges normal --prefix none --no-dedupe --target x86_64-unknown-linux-gnu"
    );
    let tree = output_of(&mut program(&line))?;
    let pairs = tree.lines().filter_map(|line| {
        let (name, rest) = line.split_once(" v")?;
        Some((name.to_owned(), rest.split(' ').next()?.to_owned()))
    });
    Ok(pairs.filter(|(name, _)| !name.starts_with("izly")).collect())
}

/// The crates of the notes' table: its rows begin with a name in backticks and a version.
fn noted(notes: &str) -> BTreeSet<Crate> {
    let rows = notes.lines().filter_map(|line| {
        let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
        let (version, _) = rest.split_once(" |")?;
        version.starts_with(|first: char| first.is_ascii_digit()).then(|| (name.to_owned(), version.to_owned()))
    });
    rows.collect()
}

/// Bills of materials, as `CycloneDX` has them, for what is linked by C and PHP, and for the command. Wheels carry their own.
fn bills() -> Result {
    let folder = target().join("sbom");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for (package, name) in [("izly-capi", "libizly"), ("izly-cli", "izly")] {
        let manifest = format!("crates/{package}/Cargo.toml");
        let line = format!(
            "cargo cyclonedx --format json --spec-version 1.5 --describe crate --override-filename {name}.cdx --manifest-path {manifest}"
        );
        step(&format!("bill of materials of {name}"), &mut program(&line))?;
        let made = root().join("crates").join(package).join(format!("{name}.cdx.json"));
        fs::copy(&made, folder.join(format!("{name}.cdx.json")))
            .map_err(|error| format!("{}: {error}", made.display()))?;
        fs::remove_file(&made).map_err(|error| error.to_string())?;
    }
    println!("the bills are in {}", folder.display());
    Ok(())
}

/// A subcommand of cargo's, installed where it is missing.
fn ensure(name: &str) -> Result {
    if succeeds(&format!("{} --version", name.replacen('-', " ", 1))) {
        return Ok(());
    }
    step(&format!("installing {name}"), &mut program(&format!("cargo install --locked {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_notes_is_read() {
        let notes = "| crate | version |\n|---|---|\n| `itoa` | 1.0.18 | numbers |\n| `cargo xtask` | this table |\ntext `itoa` | 2";
        assert_eq!(noted(notes), BTreeSet::from([("itoa".to_owned(), "1.0.18".to_owned())]));
    }
}

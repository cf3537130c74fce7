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

/// The crates of others in what a package becomes, those that write a part of its code, and those that run while it is
/// built.
fn crates_of(package: &str) -> std::result::Result<BTreeSet<Crate>, String> {
    let line = format!(
        "cargo tree --locked --package {package} --features silent --edges normal,build --prefix none --no-dedupe --target x86_64-unknown-linux-gnu"
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

/// Bills of materials, as `CycloneDX` has them, for what is linked by C and PHP, and for the command. Wheels carry their
/// own.
fn bills() -> Result {
    const MADE: &str = "made-by-xtask.cdx";
    let folder = target().join("sbom");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let line = format!("cargo cyclonedx --quiet --format json --spec-version 1.5 --override-filename {MADE}");
    step("bills of materials", &mut program(&line))?;
    // The tool writes one beside every manifest of the workspace; two are of something that is shipped.
    for file in output_of(&mut program(&format!("git ls-files --others *{MADE}.json")))?.lines() {
        let made = root().join(file);
        let text = fs::read_to_string(&made).map_err(|error| format!("{file}: {error}"))?;
        fs::remove_file(&made).map_err(|error| format!("{file}: {error}"))?;
        let name = match file.split('/').nth(1) {
            Some("izly-capi") => "libizly",
            Some("izly-cli") => "izly",
            _ => continue,
        };
        // Where the sources lie on this machine is nobody's business.
        let text = text.replace(&root().display().to_string(), "/izly");
        fs::write(folder.join(format!("{name}.cdx.json")), text).map_err(|error| format!("{name}: {error}"))?;
        println!("{}", folder.join(format!("{name}.cdx.json")).display());
    }
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

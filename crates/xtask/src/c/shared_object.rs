//! The shared library itself: what it exports, its name, its size.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::chore::{Result, output, read, root};
use crate::dist;

/// The budget, in bytes, stripped (see the design).
const MAX_BYTES: u64 = 2_200_000;

pub(super) fn check(prefix: &Path) -> Result {
    println!("\n== the shared library");
    let library = prefix.join("lib/libizly.so");
    check_symbols(&library)?;
    check_dynamic(&library)?;
    check_size(&library)
}

/// What the library exports, what the header declares, and the list with the version each appeared in: one set.
fn check_symbols(library: &Path) -> Result {
    let exported = exported(library)?;
    let header = read(&root().join("include/izly.h"))?;
    let list = read(&super::sources().join("symbols.txt"))?;
    let listed: BTreeSet<String> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once(' ')?.0.to_owned()))
        .collect();
    for (what, names) in [("include/izly.h declares", declared(&header)), ("bindings/c/symbols.txt lists", listed)] {
        let difference: Vec<&String> = exported.symmetric_difference(&names).collect();
        if !difference.is_empty() {
            return Err(format!("what libizly.so exports is not what {what}: {difference:?}"));
        }
    }
    println!("{} symbols, all of them ours", exported.len());
    Ok(())
}

fn exported(library: &Path) -> std::result::Result<BTreeSet<String>, String> {
    let text = output("nm -D --defined-only --format=posix", library)?;
    Ok(text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

/// The functions a header declares: a name that begins with `izly_`, followed by a parenthesis, outside comments.
fn declared(header: &str) -> BTreeSet<String> {
    let mut rest = header;
    let mut code = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        code.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let name_at_end = |before: &str| {
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
        name.starts_with("izly_").then(|| name.to_owned())
    };
    code.split('(').filter_map(name_at_end).collect()
}

fn check_dynamic(library: &Path) -> Result {
    let text = output("readelf --dynamic --wide", library)?;
    for needed in [format!("[libizly.so.{}]", dist::abi_version()), "NODELETE".to_owned()] {
        if !text.contains(&needed) {
            return Err(format!("libizly.so has no {needed} in its dynamic section"));
        }
    }
    Ok(())
}

fn check_size(library: &Path) -> Result {
    let bytes = fs::metadata(library).map_err(|error| error.to_string())?.len();
    println!("libizly.so is {bytes} bytes, of {MAX_BYTES}");
    if bytes > MAX_BYTES { Err(format!("libizly.so is {bytes} bytes, over its budget of {MAX_BYTES}")) } else { Ok(()) }
}

//! The house rules that no compiler checks.

use std::fs;
use std::path::{Path, PathBuf};

use crate::chore::{Result, program, root};

/// The longest a source file may be, in lines: beyond it, it holds more than one idea.
const MAX_LINES: usize = 500;

/// Checks every rule and names every breach.
pub(crate) fn run() -> Result {
    println!("\n== house rules");
    let files = tracked()?;
    let mut breaches = Vec::new();
    for file in &files {
        let Ok(text) = fs::read_to_string(root().join(file)) else { continue };
        breaches.extend(long_file(file, &text));
    }
    breaches.extend(crates_without_house_lints(&files));
    breaches.extend(readmes_apart());
    if breaches.is_empty() { Ok(()) } else { Err(format!("house rules are broken:\n  {}", breaches.join("\n  "))) }
}

fn tracked() -> std::result::Result<Vec<PathBuf>, String> {
    let output = program("git ls-files --cached --others --exclude-standard").output().map_err(|e| e.to_string())?;
    let names = String::from_utf8(output.stdout).map_err(|e| e.to_string())?;
    let files: Vec<PathBuf> = names.lines().map(PathBuf::from).collect();
    if files.is_empty() { Err("git lists no files".to_owned()) } else { Ok(files) }
}

fn is_source(file: &Path) -> bool {
    // The header is made from many files, and is as long as they are; PHP's declarations are as long as PHP makes them.
    let is_generated = file == Path::new("include/izly.h") || file.to_string_lossy().ends_with("_arginfo.h");
    !is_generated
        && file
            .extension()
            .is_some_and(|extension| ["rs", "c", "h", "py", "php"].iter().any(|known| extension == *known))
}

fn long_file(file: &Path, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (is_source(file) && lines > MAX_LINES).then(|| format!("{}: {lines} lines, at most {MAX_LINES}", file.display()))
}

/// Every crate takes the lints, the version and the licence from the one place there is. The FFI crates are about what
/// the shared lints forbid, so they have a table of their own, in which every unsafe block must be explained.
fn crates_without_house_lints(files: &[PathBuf]) -> Vec<String> {
    const FFI: [&str; 4] = [
        "crates/izly-capi/Cargo.toml",
        "crates/izly-properties/Cargo.toml",
        "crates/izly-properties/libizly/Cargo.toml",
        "crates/izly-python/Cargo.toml",
    ];
    let manifests = files.iter().filter(|file| file.starts_with("crates") && file.ends_with("Cargo.toml"));
    let mut breaches = Vec::new();
    for manifest in manifests {
        let text = fs::read_to_string(root().join(manifest)).unwrap_or_default();
        let is_ffi = FFI.iter().any(|ffi| manifest == Path::new(ffi));
        let lints = if is_ffi { "undocumented_unsafe_blocks = \"deny\"" } else { "[lints]\nworkspace = true" };
        for rule in [lints, "version.workspace = true", "license.workspace = true"] {
            if !text.contains(rule) {
                breaches.push(format!("{}: must say `{}`", manifest.display(), rule.replace('\n', " ")));
            }
        }
    }
    breaches
}

/// The French README follows the English one: the same number of sections, and the same code, block by block.
fn readmes_apart() -> Vec<String> {
    let read = |name: &str| fs::read_to_string(root().join(name)).unwrap_or_default();
    let (english, french) = (read("README.md"), read("README.fr.md"));
    let sections = |text: &str| text.lines().filter(|line| line.starts_with("## ")).count();
    let mut breaches = Vec::new();
    if sections(&english) == 0 || sections(&english) != sections(&french) {
        breaches.push("README.md and README.fr.md do not have the same number of sections".to_owned());
    }
    let checkout = read("bindings/c/examples/checkout.c");
    for (name, text) in [("README.md", &english), ("README.fr.md", &french)] {
        if !text.contains(&format!("```c\n{}\n```", checkout.trim_end())) {
            breaches.push(format!("{name} does not show bindings/c/examples/checkout.c as it is"));
        }
    }
    if code_blocks(&english) != code_blocks(&french) {
        breaches.push("README.md and README.fr.md do not show the same code".to_owned());
    }
    breaches
}

/// The code between fences, without comments, which are translated.
fn code_blocks(text: &str) -> Vec<String> {
    let uncommented = |block: &str| {
        let lines = block.lines().skip(1).map(|line| line.split(" //").next().unwrap_or_default());
        let lines = lines.map(|line| line.split("  #").next().unwrap_or_default().trim_end());
        lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    text.split("```").skip(1).step_by(2).filter(|block| !block.starts_with("text")).map(uncommented).collect()
}

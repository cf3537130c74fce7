//! That the same sources give the same bytes, wherever they lie.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::chore::{Result, output_of, program, root, step};

/// Builds libizly and the wheel twice, from two clones in two places, into two places, and compares them.
pub(crate) fn check() -> Result {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let commit = output_of(&mut program("git rev-parse HEAD"))?;
    let first = Built::from_a_clone(&folder.path().join("one"), commit.trim())?;
    let second = Built::from_a_clone(&folder.path().join("another-place/of-another-length"), commit.trim())?;
    first.compare(&second)
}

/// What one clone gave.
struct Built(PathBuf);

impl Built {
    /// Clones this commit and builds with the clone's own chores.
    fn from_a_clone(place: &Path, commit: &str) -> std::result::Result<Self, String> {
        let clone = place.join("izly");
        fs::create_dir_all(place).map_err(|error| error.to_string())?;
        let mut git = Command::new("git");
        step("a clone", git.args(["clone", "--quiet", "--no-hardlinks"]).arg(root()).arg(&clone))?;
        let mut git = Command::new("git");
        step("its commit", git.args(["checkout", "--quiet", "--detach", commit]).current_dir(&clone))?;
        let out = place.join("out");
        for chore in [["c", "--prefix"], ["python", "--out"]] {
            let mut command = Command::new("cargo");
            command.args(["xtask", "dist"]).args(chore).arg(out.join(chore[0]));
            command.current_dir(&clone).env("CARGO_TARGET_DIR", place.join("target"));
            step(&format!("dist {}", chore[0]), &mut command)?;
        }
        Ok(Built(out))
    }

    fn compare(&self, other: &Self) -> Result {
        let (ours, theirs) = (self.sums()?, other.sums()?);
        if ours.is_empty() || ours != theirs {
            return Err(format!("two builds differ:\n{ours}\n{theirs}"));
        }
        println!("\n== two builds, the same bytes:\n{ours}");
        Ok(())
    }

    /// The checksums of all files, by their names.
    fn sums(&self) -> std::result::Result<String, String> {
        let mut find = Command::new("sh");
        find.args(["-c", "find . -type f | LC_ALL=C sort | xargs -d '\\n' sha256sum"]).current_dir(&self.0);
        output_of(&mut find)
    }
}

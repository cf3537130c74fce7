//! Building the extension as its users do: from its package, with phpize, through pkg-config alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::package;
use crate::chore::step;

/// Builds the extension below `folder`, and gives the place of the module.
pub(super) fn extension(folder: &Path, prefix: &Path) -> Result<PathBuf, String> {
    // Never from a tree in which it was configured before: its makefile would build over there.
    package::write(folder)?;
    let source = folder.join(package::extension_name());
    step("PHP: phpize", Command::new("phpize").current_dir(&source))?;
    let mut configure = Command::new("./configure");
    configure.args(["--quiet", "--enable-izly-dev"]).env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
    step("PHP: configure", configure.current_dir(&source))?;
    step("PHP: make", Command::new("make").args(["--quiet", "--jobs=2"]).current_dir(&source))?;
    Ok(source.join("modules/izly.so"))
}

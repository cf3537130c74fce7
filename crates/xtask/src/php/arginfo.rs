//! The C declarations that PHP's own generator makes of the stubs: never edited.

use std::fs;
use std::path::{Path, PathBuf};

use crate::chore::{Result, read, step};

const STUBS: [&str; 3] = ["izly", "izly_values", "izly_exceptions"];

/// Where Debian's package php-parser is: the generator would download its own copy, and fails where it cannot.
const PARSER: &str = "/usr/share/php/PhpParser";

/// Writes the declarations.
pub(crate) fn write() -> Result {
    generate(&super::sources())
}

/// Whether the declarations in the tree are those that the stubs give.
pub(super) fn check() -> Result {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for stub in STUBS {
        let name = format!("{stub}.stub.php");
        fs::copy(super::sources().join(&name), folder.path().join(&name))
            .map_err(|error| format!("{name}: {error}"))?;
    }
    generate(folder.path())?;
    for stub in STUBS {
        let name = format!("{stub}_arginfo.h");
        if read(&folder.path().join(&name))? != read(&super::sources().join(&name))? {
            return Err(format!("bindings/php/{name} has drifted from its stub: run `cargo xtask arginfo`"));
        }
    }
    Ok(())
}

fn generate(folder: &Path) -> Result {
    let tool = tempfile::tempdir().map_err(|error| error.to_string())?;
    let generator = set_up(tool.path())?;
    for stub in STUBS {
        let mut command = crate::chore::program("php -n -d extension=tokenizer -f");
        if crate::chore::succeeds("php -n -r exit((int)!extension_loaded('tokenizer'));") {
            command = crate::chore::program("php -n -f");
        }
        command.arg(&generator).args(["--", "-f"]).arg(folder.join(format!("{stub}.stub.php")));
        step(&format!("PHP: declarations of {stub}.stub.php"), &mut command)?;
    }
    Ok(())
}

/// The generator with the parser beside it, under the name that it looks for.
fn set_up(folder: &Path) -> std::result::Result<PathBuf, String> {
    let original = Path::new(&super::config("--extension-dir")?).join("build/gen_stub.php");
    let text = read(&original)?;
    let version = text.split("$version = \"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.ok_or_else(|| format!("{} names no version of PHP-Parser", original.display()))?;
    let library = folder.join(format!("PHP-Parser-{version}/lib"));
    let generator = folder.join("gen_stub.php");
    fs::create_dir_all(&library)
        .and_then(|()| std::os::unix::fs::symlink(PARSER, library.join("PhpParser")))
        .and_then(|()| fs::write(&generator, text))
        .map_err(|error| error.to_string())?;
    Ok(generator)
}

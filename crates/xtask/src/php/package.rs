//! What is shipped: the extension's sources as PIE and phpize build them, and the stubs for editors and `PHPStan`.

use std::fs;
use std::path::Path;

use crate::chore::{Result, read, root, step};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the extension is built from, and what its users read.
const EXTENSION: [&str; 10] = [
    "config.m4",
    "composer.json",
    "README.md",
    "README.fr.md",
    "izly.stub.php",
    "izly_values.stub.php",
    "izly_exceptions.stub.php",
    "izly_arginfo.h",
    "izly_values_arginfo.h",
    "izly_exceptions_arginfo.h",
];

/// The name of the folder that the extension is in.
pub(super) fn extension_name() -> String {
    format!("izly-php-{VERSION}")
}

/// Writes both packages below `folder`, as folders and as archives.
pub(crate) fn write(folder: &Path) -> Result {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    versions_agree()?;
    let extension = folder.join(extension_name());
    let sources = super::sources();
    super::copy(&sources.join("src"), &extension.join("src"))?;
    super::copy(&sources.join("examples"), &extension.join("examples"))?;
    for name in EXTENSION {
        copy_file(&sources.join(name), &extension.join(name))?;
    }
    let stubs = folder.join(format!("izly-stubs-{VERSION}"));
    super::copy(&sources.join("stubs"), &stubs)?;
    for name in EXTENSION.iter().filter(|name| name.ends_with(".stub.php")) {
        let text = with_values(&read(&sources.join(name))?).map_err(|error| format!("{name}: {error}"))?;
        fs::write(stubs.join(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    for package in [&extension, &stubs] {
        for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
            copy_file(&root().join(name), &package.join(name))?;
        }
        archive(folder, package)?;
    }
    println!("the extension and its stubs, {VERSION}, are in {}", folder.display());
    Ok(())
}

/// A stub in which each constant has its value, which the extension's own leaves to C: `UNKNOWN` is an error to those who
/// read it as PHP.
fn with_values(stub: &str) -> std::result::Result<String, String> {
    let header = read(&root().join("include/izly.h"))?;
    let mut named = None;
    let mut lines = Vec::new();
    for line in stub.lines() {
        if let Some((_, name)) = line.split_once("@cvalue ") {
            named = Some(name.trim());
        } else if let Some(declaration) = line.strip_suffix("= UNKNOWN;") {
            let name = named.take().ok_or_else(|| format!("`{line}` has no @cvalue"))?;
            lines.push(format!("{declaration}= {};", value(name, &header)?));
            continue;
        }
        lines.push(line.to_owned());
    }
    Ok(lines.join("\n") + "\n")
}

/// What C calls by this name, as PHP writes it.
fn value(name: &str, header: &str) -> std::result::Result<String, String> {
    if name == "PHP_IZLY_VERSION" {
        return Ok(format!("'{VERSION}'"));
    }
    let define = format!("#define {name} ");
    let number = header.lines().find_map(|line| line.strip_prefix(&define)).map(str::trim);
    match number.map(str::parse::<u64>) {
        Some(Ok(number)) => Ok(number.to_string()),
        _ => Err(format!("include/izly.h has no number for {name}")),
    }
}

/// The stubs are PHP that runs by itself, and says the values that the extension has.
pub(super) fn check_stubs(folder: &Path, module: &Path) -> Result {
    let question = "echo Izly\\VERSION, ' ', Izly\\Scope::USER_DETAILS, ' ', Izly\\Scope::IZLY_PAY;";
    let stub = folder.join(format!("izly-stubs-{VERSION}/izly.stub.php"));
    let mut alone = crate::chore::program("php -n -r");
    alone.arg(format!("require '{}'; {question}", stub.display()));
    let said = crate::chore::output_of(&mut alone)?;
    let meant = crate::chore::output_of(super::interpreter(module).args(["-r", question]))?;
    if said == meant { Ok(()) } else { Err(format!("the stubs say {said}, the extension {meant}")) }
}

fn copy_file(from: &Path, to: &Path) -> Result {
    fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}

fn archive(folder: &Path, package: &Path) -> Result {
    let name = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut command = crate::chore::program("tar --create --gzip --owner=0 --group=0 --sort=name --file");
    command.arg(folder.join(format!("{name}.tar.gz"))).arg("--directory").arg(folder).arg(&name);
    step(&format!("PHP: packing {name}"), &mut command)
}

/// The extension says its version in C, where the workspace's cannot be read.
fn versions_agree() -> Result {
    let header = super::sources().join("src/php_izly.h");
    if read(&header)?.contains(&format!("#define PHP_IZLY_VERSION \"{VERSION}\"")) {
        Ok(())
    } else {
        Err(format!("{}: PHP_IZLY_VERSION is not {VERSION}", header.display()))
    }
}

//! The tests of the extension, by PHP's own runner: as they are, and under valgrind.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::chore::{Result, free_port, root, step};
use crate::faults::FaultServer;
use crate::php;
use crate::sandbox::Sandbox;

/// Only what is lost for good: what threads still hold at the end is "possibly" lost.
const VALGRIND: &str = "--leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite";

pub(super) fn run(folder: &Path, module: &Path) -> Result {
    let tests = folder.join("tests");
    php::copy(&php::sources().join("tests"), &tests)?;
    let shim = shim(folder)?;
    let faults = FaultServer::start()?;
    for valgrind in [false, true] {
        let port = free_port()?;
        let sandbox = Sandbox::start(&["--callback-url", &format!("http://127.0.0.1:{port}/callback")])?;
        let mut command = runner(module, &tests)?;
        faults
            .tell(&mut command)
            .env("IZLY_BASE_URL", &sandbox.base_url)
            .env("IZLY_API_KEY", &sandbox.api_key)
            .env("IZLY_CALLBACK_PORT", port.to_string())
            .env("IZLY_VECTORS", root().join("tests/vectors"))
            .env("IZLY_MODULE", module)
            .env("IZLY_VERSION_SHIM", &shim);
        if valgrind {
            // What a JIT compiler makes, valgrind cannot follow.
            command.args(["-m", "-d", "pcre.jit=0"]).env("IZLY_TEST_SLOW", "1").env("VALGRIND_OPTS", VALGRIND);
            // Without PHP's own allocator, which valgrind does without, there is no limit to run into.
            fs::remove_file(tests.join("memory_limit.phpt")).map_err(|error| error.to_string())?;
        }
        judge(if valgrind { "PHP, valgrind" } else { "PHP" }, command.arg(&tests))?;
    }
    Ok(())
}

/// The script that looks for growth, which a test runs too, with as many calls as it is told to make.
pub(super) fn soak(module: &Path, calls: u32) -> Result {
    let faults = FaultServer::start()?;
    let mut command = php::interpreter(module);
    command.arg(php::sources().join("tests/support/soak.php")).arg(calls.to_string());
    // As in soak.phpt: what is freed goes back to the system.
    let frugal = ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"].map(|name| (name, "65536"));
    command.envs(frugal).env("MALLOC_ARENA_MAX", "1");
    step(&format!("PHP: {calls} calls that go wrong"), faults.tell(&mut command))
}

fn runner(module: &Path, tests: &Path) -> std::result::Result<Command, String> {
    let built = module.ancestors().nth(2).unwrap_or(tests);
    let mut command = Command::new("php");
    // Two at a time, each with what it says about its failures; the machine's settings are left out.
    command.arg(built.join("run-tests.php")).args(["-n", "-q", "-j2", "--show-diff", "--set-timeout", "600"]);
    command.arg("-d").arg(format!("extension={}", module.display()));
    let php = php::config("--php-binary")?;
    command.env("TEST_PHP_EXECUTABLE", php).env("NO_INTERACTION", "1").current_dir(tests);
    Ok(command)
}

/// The runner calls a skipped test no failure; here it is one, and so is a leak, or no test at all.
fn judge(what: &str, command: &mut Command) -> Result {
    println!("\n== {what}: tests");
    let output = command.output().map_err(|error| format!("{what}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let count = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("Tests {name}")));
        line.and_then(|rest| rest.trim_start_matches([' ', ':']).split(' ').next()?.parse::<usize>().ok())
    };
    let written = count_tests(command.get_current_dir().unwrap_or(Path::new(".")))?;
    let (passed, skipped) = (count("passed").unwrap_or(0), count("skipped").unwrap_or(1));
    if !output.status.success() || skipped != 0 || passed != written {
        return Err(format!("{what}: {passed} of {written} tests passed, {skipped} were skipped\n{text}"));
    }
    println!("{passed} tests passed");
    Ok(())
}

fn count_tests(folder: &Path) -> std::result::Result<usize, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let names = entries.filter_map(|entry| Some(entry.ok()?.path()));
    match names.filter(|path| path.extension().is_some_and(|extension| extension == "phpt")).count() {
        0 => Err(format!("{} holds no tests", folder.display())),
        count => Ok(count),
    }
}

/// A libizly that says it is of another version.
fn shim(folder: &Path) -> std::result::Result<std::path::PathBuf, String> {
    let place = folder.join("shim");
    fs::create_dir_all(&place).map_err(|error| error.to_string())?;
    let name = format!("libizly.so.{}", crate::dist::abi_version());
    let mut command = Command::new("cc");
    command.args(["-shared", "-fPIC", "-Wall", "-Werror"]).arg(format!("-Wl,-soname,{name}"));
    command.arg(php::sources().join("tests/support/version_shim.c")).arg("-o").arg(place.join(name));
    step("PHP: a library of another version", &mut command)?;
    Ok(place)
}

//! The C programs: compiled through pkg-config, run against a sandbox, plain, under sanitizers, under valgrind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::chore::{Result, free_port, output_of, program, root, step};
use crate::dist;
use crate::faults::FaultServer;
use crate::sandbox::Sandbox;

const WARNINGS: &str = "-Wall -Wextra -Wpedantic -Werror -g -O1 -pthread";

/// What the tests link.
const TEST_PACKAGES: &str = "izly jansson";

/// A way to build and run the same programs.
struct Mode {
    name: &'static str,
    flags: &'static str,
    runner: &'static str,
}

const MODES: [Mode; 3] = [
    Mode { name: "plain", flags: "", runner: "" },
    Mode { name: "ASan and UBSan", flags: "-fsanitize=address,undefined -fno-sanitize-recover=all", runner: "" },
    Mode {
        name: "valgrind",
        flags: "",
        runner: "valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite --error-exitcode=9",
    },
];

pub(super) fn test(prefix: &Path) -> Result {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    cmake(prefix, folder.path())?;
    archive(prefix, folder.path())?;
    let faults = FaultServer::start()?;
    for mode in &MODES {
        examples(prefix, folder.path(), mode)?;
        tests(prefix, folder.path(), mode, &faults)?;
    }
    Ok(())
}

fn tests(prefix: &Path, folder: &Path, mode: &Mode, faults: &FaultServer) -> Result {
    let helpers = helpers(prefix, folder, mode)?;
    for source in c_files(&super::sources().join("tests"))?.iter().filter(|file| is_test(file)) {
        test_program(prefix, folder, mode, source, &helpers)?;
        run(prefix, folder, &stem(source), mode, faults)?;
    }
    Ok(())
}

fn is_test(source: &Path) -> bool {
    stem(source).starts_with("test_")
}

/// What the tests share, compiled once for all of them.
fn helpers(prefix: &Path, folder: &Path, mode: &Mode) -> std::result::Result<Vec<PathBuf>, String> {
    let mut objects = Vec::new();
    for source in c_files(&super::sources().join("tests"))?.iter().filter(|file| !is_test(file)) {
        let object = folder.join(stem(source)).with_extension("o");
        compile(prefix, &format!("-c {}", test_flags(mode)), &[source], TEST_PACKAGES, &object)?;
        objects.push(object);
    }
    Ok(objects)
}

fn test_program(prefix: &Path, folder: &Path, mode: &Mode, source: &Path, helpers: &[PathBuf]) -> Result {
    let files: Vec<&Path> = std::iter::once(source).chain(helpers.iter().map(PathBuf::as_path)).collect();
    compile(prefix, &test_flags(mode), &files, TEST_PACKAGES, &folder.join(stem(source)))
}

fn test_flags(mode: &Mode) -> String {
    format!("-std=gnu11 {WARNINGS} {}", mode.flags)
}

/// The program that looks for growth, which the tests run too, with as many calls as it is told to make.
pub(super) fn soak(prefix: &Path, calls: u32) -> Result {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let plain = &MODES[0];
    let helpers = helpers(prefix, folder.path(), plain)?;
    let source = super::sources().join("tests/test_soak.c");
    test_program(prefix, folder.path(), plain, &source, &helpers)?;
    let faults = FaultServer::start()?;
    let mut command = Command::new(folder.path().join(stem(&source)));
    command.env("LD_LIBRARY_PATH", prefix.join("lib")).env("IZLY_SOAK_CALLS", calls.to_string());
    step(&format!("C: {calls} calls that go wrong"), faults.tell(&mut command))
}

/// Each program gets a sandbox of its own, so that none depends on what another left behind.
fn run(prefix: &Path, folder: &Path, name: &str, mode: &Mode, faults: &FaultServer) -> Result {
    let binary = folder.join(name);
    let port = free_port()?;
    let sandbox = Sandbox::start(&["--callback-url", &format!("http://127.0.0.1:{port}/callback")])?;
    let mut command = match mode.runner.split_once(' ') {
        Some(_) => {
            let mut command = program(mode.runner);
            command.arg(&binary).env("IZLY_TEST_SLOW", "1");
            command
        }
        None => Command::new(&binary),
    };
    command
        .env("LD_LIBRARY_PATH", prefix.join("lib"))
        .env("IZLY_BASE_URL", &sandbox.base_url)
        .env("IZLY_API_KEY", &sandbox.api_key)
        .env("IZLY_CALLBACK_PORT", port.to_string())
        .env("IZLY_EXAMPLES", folder)
        .env("IZLY_VECTORS", root().join("tests/vectors"))
        .env("IZLY_HEADER", root().join("include/izly.h"));
    step(&format!("C, {}: {name}", mode.name), faults.tell(&mut command))
}

fn examples(prefix: &Path, folder: &Path, mode: &Mode) -> Result {
    for source in c_files(&super::sources().join("examples"))? {
        let flags = format!("-std=c99 -D_POSIX_C_SOURCE=200809L {WARNINGS} {}", mode.flags);
        compile(prefix, &flags, &[&source], "izly libmicrohttpd", &folder.join(stem(&source)))?;
    }
    Ok(())
}

/// The CMake package, found and linked by a project of three lines.
fn cmake(prefix: &Path, folder: &Path) -> Result {
    let project = folder.join("cmake-project");
    fs::create_dir(&project).map_err(|error| error.to_string())?;
    let checkout = super::sources().join("examples/checkout.c");
    let lists = format!(
        "cmake_minimum_required(VERSION 3.16)\nproject(shop C)\nfind_package(izly 0.1 REQUIRED)\n\
         add_executable(shop {})\ntarget_link_libraries(shop PRIVATE izly::izly)\n",
        checkout.display()
    );
    fs::write(project.join("CMakeLists.txt"), lists).map_err(|error| error.to_string())?;
    let build = project.join("build");
    let mut configure = Command::new("cmake");
    configure.arg("-S").arg(&project).arg("-B").arg(&build).arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display()));
    step("CMake finds libizly", &mut configure)?;
    step("CMake links libizly", Command::new("cmake").arg("--build").arg(&build))
}

/// The archive, into a program that needs no libizly.so, and into one that needs no shared library at all.
fn archive(prefix: &Path, folder: &Path) -> Result {
    for (how, flags) in [("libizly.a", ""), ("libizly.a, -static", "-static")] {
        let binary = folder.join("checkout-static");
        let mut command = Command::new("cc");
        command.args(["-std=c99", "-I"]).arg(prefix.join("include")).args(flags.split_whitespace());
        command.arg(super::sources().join("examples/checkout.c")).arg(prefix.join("lib/libizly.a"));
        command.args(dist::STATIC_LIBRARIES.split(' ')).arg("-o").arg(&binary);
        step(&format!("linking {how}"), &mut command)?;
        // Without settings it says which one is missing.
        let output = Command::new(&binary).env_remove("IZLY_API_KEY").output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !said.contains("IZLY_ERR_NULL") {
            return Err(format!("a program linked with {how} does not work: {said}"));
        }
    }
    Ok(())
}

/// Compiles through pkg-config alone: no other path to the header or the library is given.
fn compile(prefix: &Path, flags: &str, sources: &[&Path], packages: &str, binary: &Path) -> Result {
    let mut query = program(&format!("pkg-config --cflags --libs {packages}"));
    query.env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
    let linking = output_of(&mut query)?;
    let mut command = Command::new("cc");
    command.args(flags.split_whitespace()).args(sources).arg("-o").arg(binary).args(linking.split_whitespace());
    step(&format!("compiling {}", binary.file_name().unwrap_or_default().to_string_lossy()), &mut command)
}

fn c_files(folder: &Path) -> std::result::Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "c"));
    files.sort();
    if files.is_empty() { Err(format!("{} holds no C files", folder.display())) } else { Ok(files) }
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

//! What is shipped: libraries laid out as their users expect them.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::built::cargo;
use crate::chore::{Result, root, step};

/// The version of everything in this repository.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a program that links libizly.a needs beside it: as `rustc --print native-static-libs` says, but for what every
/// compiler adds by itself, and what a fully static program cannot have.
pub(crate) const STATIC_LIBRARIES: &str = "-lutil -lrt -lpthread -lm -ldl";

/// Builds libizly as it is shipped.
pub(crate) fn build() -> Result {
    let mut build = cargo("build --profile dist --package izly-capi --features silent");
    step("building libizly", as_everywhere(&mut build))
}

/// Builds libizly as it is shipped, and installs it below `prefix`.
pub(crate) fn c(prefix: &Path) -> Result {
    build()?;
    install(prefix).map_err(|error| format!("{}: {error}", prefix.display()))?;
    println!("libizly {VERSION} is in {}", prefix.display());
    Ok(())
}

/// The version as it stands in the SONAME: as in the build script of `izly-capi`, by cargo-c's rule.
pub(crate) fn abi_version() -> String {
    let mut parts = VERSION.split('.');
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (Some(major), _) => major.to_owned(),
        (None, _) => String::new(),
    }
}

fn install(prefix: &Path) -> std::io::Result<()> {
    let (include, lib) = (prefix.join("include"), prefix.join("lib"));
    let (pkgconfig, cmake) = (lib.join("pkgconfig"), lib.join("cmake/izly"));
    for folder in [&include, &pkgconfig, &cmake] {
        fs::create_dir_all(folder)?;
    }
    let built = target().join("dist");
    let real = format!("libizly.so.{VERSION}");
    replace(&include.join("izly.h"), |new| fs::copy(root().join("include/izly.h"), new).map(drop))?;
    replace(&lib.join(&real), |new| fs::copy(built.join("libizly.so"), new).map(drop))?;
    replace(&lib.join("libizly.a"), |new| fs::copy(built.join("libizly.a"), new).map(drop))?;
    for name in [format!("libizly.so.{}", abi_version()), "libizly.so".to_owned()] {
        replace(&lib.join(name), |new| symlink(&real, new))?;
    }
    fs::write(pkgconfig.join("izly.pc"), pkg_config())?;
    fs::write(cmake.join("izlyConfig.cmake"), CMAKE_CONFIG)?;
    fs::write(cmake.join("izlyConfigVersion.cmake"), cmake_version())
}

/// Puts a file in its place at one stroke: programs that run on the old library keep it, whole.
fn replace(place: &Path, make: impl FnOnce(&Path) -> std::io::Result<()>) -> std::io::Result<()> {
    let mut name = place.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = place.with_file_name(name);
    if new.symlink_metadata().is_ok() {
        fs::remove_file(&new)?;
    }
    make(&new)?;
    fs::rename(&new, place)
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into)
}

/// The first moment that a ZIP archive knows, which is the date of everything in a wheel.
const ZIP_EPOCH: &str = "315532800";

/// Has what is built be the same everywhere and always: places and dates are those of no machine. Those of the one that builds
/// are nobody's business, and would make other bytes of the same sources elsewhere. All that is shipped is built in this way,
/// and what is compiled for one thing serves the others.
pub(crate) fn as_everywhere(command: &mut Command) -> &mut Command {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map_or_else(|| Path::new(&std::env::var_os("HOME").unwrap_or_default()).join(".cargo"), Into::into);
    let places = [(cargo_home.join("registry/src"), "crates"), (root(), "izly")];
    let given = std::env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = given.split('\x1f').filter(|flag| !flag.is_empty()).map(str::to_owned).collect();
    flags.extend(places.map(|(place, name)| format!("--remap-path-prefix={}={name}", place.display())));
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f")).env("SOURCE_DATE_EPOCH", ZIP_EPOCH)
}

/// The prefix is found from the file itself, so that an installation can be moved.
fn pkg_config() -> String {
    format!(
        "prefix=${{pcfiledir}}/../..\n\
         libdir=${{prefix}}/lib\n\
         includedir=${{prefix}}/include\n\n\
         Name: izly\n\
         Description: Izly Partner SDK: student login, payments, refunds\n\
         Version: {VERSION}\n\
         Cflags: -I${{includedir}}\n\
         Libs: -L${{libdir}} -lizly\n\
         Libs.private: {STATIC_LIBRARIES}\n"
    )
}

const CMAKE_CONFIG: &str = r#"# find_package(izly), then target_link_libraries(program PRIVATE izly::izly).
get_filename_component(_izly_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET izly::izly)
  add_library(izly::izly SHARED IMPORTED)
  set_target_properties(izly::izly PROPERTIES
    IMPORTED_LOCATION "${_izly_prefix}/lib/libizly.so"
    INTERFACE_INCLUDE_DIRECTORIES "${_izly_prefix}/include")
endif()
unset(_izly_prefix)
"#;

/// Before 1.0 a minor version may break, so only the same one is compatible.
fn cmake_version() -> String {
    format!(
        "set(PACKAGE_VERSION \"{VERSION}\")\n\
         if(PACKAGE_FIND_VERSION VERSION_GREATER PACKAGE_VERSION)\n\
         \x20 set(PACKAGE_VERSION_COMPATIBLE FALSE)\n\
         elseif(\"{VERSION}.\" MATCHES \"^${{PACKAGE_FIND_VERSION_MAJOR}}\\\\.${{PACKAGE_FIND_VERSION_MINOR}}\\\\.\")\n\
         \x20 set(PACKAGE_VERSION_COMPATIBLE TRUE)\n\
         else()\n\
         \x20 set(PACKAGE_VERSION_COMPATIBLE FALSE)\n\
         endif()\n\
         if(PACKAGE_FIND_VERSION STREQUAL PACKAGE_VERSION)\n\
         \x20 set(PACKAGE_VERSION_EXACT TRUE)\n\
         endif()\n"
    )
}

//! Linker settings that plain cargo does not make.

// A build script reports to cargo by printing.
#![allow(clippy::print_stdout, clippy::disallowed_macros)]

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return;
    }
    let major = env::var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
    let minor = env::var("CARGO_PKG_VERSION_MINOR").unwrap_or_default();
    // Before 1.0 a minor version may break the ABI, and gets a name of its own: cargo-c's rule.
    let version = if major == "0" { format!("0.{minor}") } else { major };
    println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libizly.so.{version}");
    // A look-up thread may outlive the call that started it: the library must never be unmapped below it. PHP unloads
    // its extensions, and what they are linked with, at shutdown.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
}

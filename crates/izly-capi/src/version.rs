//! The library's version.

use std::ffi::{CStr, c_char};

/// The header's major version.
pub const IZLY_VERSION_MAJOR: i32 = 0;
/// The header's minor version. Before 1.0 a new one may break the ABI, and has its own SONAME.
pub const IZLY_VERSION_MINOR: i32 = 1;
/// The header's patch version.
pub const IZLY_VERSION_PATCH: i32 = 0;
/// The header's version as one number: major * 1000000 + minor * 1000 + patch.
pub const IZLY_VERSION_NUMBER: i32 = 1_000;

/// The version of the library that is running, as a text: `0.1.0`.
///
/// Ownership: the text is the library's, and lives for ever. Any thread. Never NULL.
///
/// Example: `printf("libizly %s\n", izly_version());`
#[unsafe(no_mangle)]
pub extern "C" fn izly_version() -> *const c_char {
    const TEXT: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    const C_TEXT: &CStr = match CStr::from_bytes_with_nul(TEXT.as_bytes()) {
        Ok(text) => text,
        Err(_) => c"",
    };
    C_TEXT.as_ptr()
}

/// The version of the library that is running, as a number to compare with `IZLY_VERSION_NUMBER`.
///
/// Any thread.
///
/// Example: `if (izly_version_number() < IZLY_VERSION_NUMBER) { puts("libizly is older than its header"); }`
#[unsafe(no_mangle)]
pub extern "C" fn izly_version_number() -> i32 {
    IZLY_VERSION_NUMBER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_versions_are_the_crates() {
        let parts = [IZLY_VERSION_MAJOR, IZLY_VERSION_MINOR, IZLY_VERSION_PATCH];
        assert_eq!(parts.map(|part| part.to_string()).join("."), env!("CARGO_PKG_VERSION"));
        assert_eq!(IZLY_VERSION_NUMBER, parts[0] * 1_000_000 + parts[1] * 1_000 + parts[2]);
        // SAFETY: the text lives for ever.
        assert_eq!(unsafe { CStr::from_ptr(izly_version()) }.to_str(), Ok(env!("CARGO_PKG_VERSION")));
    }
}

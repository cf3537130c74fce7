//! The header by itself, in every dialect that it promises.

use std::fs;

use crate::chore::{Result, program, root, step};

/// Compilers and the dialects each must take without a warning.
const DIALECTS: [(&str, &[&str]); 2] =
    [("gcc -x c", &["c99", "c11", "c17", "c2x"]), ("g++ -x c++", &["c++11", "c++14", "c++17", "c++20"])];

/// Twice included, and every macro used once.
const PROGRAM: &str = "\
#include <izly.h>
#include <izly.h>
int main(void) {
    izly_config config = IZLY_CONFIG_INIT;
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    const izly_payment *record = 0;
    if (record) return IZLY_HAS(record, extra_json);
    return (config.struct_size && payment.struct_size) ? IZLY_OK : IZLY_VERSION_NUMBER;
}
";

pub(super) fn check() -> Result {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let source = folder.path().join("header.c");
    fs::write(&source, PROGRAM).map_err(|error| error.to_string())?;
    for (compiler, dialects) in DIALECTS {
        for dialect in dialects {
            let line = format!("{compiler} -std={dialect} -Wall -Wextra -Wpedantic -Werror -fsyntax-only");
            let mut command = program(&line);
            step(&format!("header in {dialect}"), command.arg("-I").arg(root().join("include")).arg(&source))?;
        }
    }
    Ok(())
}

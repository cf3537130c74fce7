//! The example of the README, run as it is printed.

use std::path::Path;
use std::process::Stdio;

use crate::chore::{Result, read};
use crate::php;
use crate::sandbox::Sandbox;

/// The example is a file, both READMEs show it as it is, and it does what it says.
pub(super) fn check(folder: &Path, module: &Path) -> Result {
    println!("\n== PHP: the README's example");
    let example = read(&php::sources().join("examples/checkout.php"))?;
    for name in ["README.md", "README.fr.md"] {
        if !read(&php::sources().join(name))?.contains(&format!("```php\n{}\n```", example.trim_end())) {
            return Err(format!("bindings/php/{name} does not show examples/checkout.php as it is"));
        }
    }
    run(folder, module)
}

/// Buys, approves as the student, and gives the callback to the example, which waits for it on standard input.
fn run(folder: &Path, module: &Path) -> Result {
    let sandbox = Sandbox::start(&[])?;
    let mut command = php::interpreter(module);
    command
        .arg(folder.join("tests/support/checkout_driver.php"))
        .arg(php::sources().join("examples/checkout.php"))
        .env("IZLY_MODULE", module)
        .env("IZLY_ENVIRONMENT", &sandbox.base_url)
        .env("IZLY_BASE_URL", &sandbox.base_url)
        .env("IZLY_API_KEY", &sandbox.api_key)
        .stdin(Stdio::null());
    crate::chore::step("PHP: examples/checkout.php", &mut command)
}

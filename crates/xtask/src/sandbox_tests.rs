//! The tests that drive a running sandbox from outside, over HTTP, without any SDK.

use crate::chore::{Result, root, step};
use crate::python::Environment;
use crate::sandbox;

const FOLDER: &str = "tests/sandbox";

/// Runs them against the command as the workspace has built it.
pub(crate) fn test() -> Result {
    let environment = Environment::with("sandbox", &["tests/sandbox/requirements.txt"])?;
    let tests = root().join(FOLDER);
    let settings = tests.join("pyproject.toml");
    step("types of the sandbox's tests", environment.program("mypy").arg("--config-file").arg(&settings).arg(&tests))?;
    let mut pytest = environment.pytest(&settings);
    step("the sandbox from outside", pytest.arg(&tests).env("IZLY_TEST_COMMAND", sandbox::command()))
}

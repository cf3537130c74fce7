//! The tests that drive a running sandbox from outside, over HTTP, without any SDK.

use crate::chore::{Result, root, step};
use crate::dist::target;
use crate::python::Environment;

const FOLDER: &str = "tests/sandbox";

/// Runs them against the command as the workspace has built it.
pub(crate) fn test() -> Result {
    let environment = Environment::with("sandbox", &["tests/sandbox/requirements.txt"])?;
    let tests = root().join(FOLDER);
    let settings = tests.join("pyproject.toml");
    step("types of the sandbox's tests", environment.program("mypy").arg("--config-file").arg(&settings).arg(&tests))?;
    let mut pytest = environment.program("python");
    pytest.args(["-m", "pytest", "--config-file"]).arg(&settings).arg("--rootdir").arg(&tests).arg(&tests);
    step("the sandbox from outside", pytest.env("IZLY_TEST_COMMAND", target().join("debug/izly")))
}

//! Runs the binary, and plays the student where a test needs one.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;

use serde_json::Value;

/// The password of every test account, and the second half of the sandbox's key.
pub(crate) const PASSWORD: &str = "izly-sandbox";
pub(crate) const SECRET_HALF: &str = "sandbox_not_a_secret";
/// How every code and token of the sandbox begins: Base64 of `1;5`.
pub(crate) const TOKEN_PREFIX: &str = "MTs1";

/// A run of `izly`, being prepared.
pub(crate) struct Izly {
    command: Command,
    stdin: Vec<u8>,
    may_reveal: bool,
}

/// What a run left.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// `izly` with these arguments, and no setting of the machine it runs on.
pub(crate) fn izly(arguments: &[&str]) -> Izly {
    let mut command = Command::new(env!("CARGO_BIN_EXE_izly"));
    command.args(arguments);
    for name in ["API_KEY", "ENVIRONMENT", "PROXY", "STATE", "ACCESS_TOKEN"] {
        command.env_remove(format!("IZLY_{name}"));
    }
    Izly { command, stdin: Vec::new(), may_reveal: false }
}

impl Izly {
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn stdin(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.stdin = bytes.as_ref().to_vec();
        self
    }

    /// Secrets may be in the output: it was asked for.
    pub(crate) fn reveals(mut self) -> Self {
        self.may_reveal = true;
        self
    }

    pub(crate) fn run(mut self) -> Run {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        // A command that fails early closes its end: that is no failure of the test.
        let _ = child.stdin.take().unwrap().write_all(&self.stdin);
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let run = Run { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) };
        if !self.may_reveal {
            run.assert_no_secret();
        }
        run
    }

    /// Runs, and expects this exit code.
    pub(crate) fn exits(self, code: i32) -> Run {
        let run = self.run();
        assert_eq!(run.code, code, "{}{}", run.stdout, run.stderr);
        run
    }

    /// Runs with `--json`, expects this exit code, and reads the object.
    pub(crate) fn json(mut self, code: i32) -> Value {
        self.command.arg("--json");
        let run = self.exits(code);
        assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
        serde_json::from_str(&run.stdout).unwrap()
    }

    /// Runs with `--json`, expects this exit code, and reads the error inside.
    pub(crate) fn error(self, code: i32) -> Value {
        let mut reply = self.json(code);
        let error = reply["error"].take();
        for name in ["kind", "outcome", "retry", "message"] {
            assert!(error[name].is_string(), "{name} in {error}");
        }
        error
    }
}

impl Run {
    /// Nothing that opens an account, and nobody's name.
    pub(crate) fn assert_no_secret(&self) {
        let key = base64_of(&format!("Sandbox Crous-1-1-1-1:{SECRET_HALF}"));
        for secret in [key.as_str(), SECRET_HALF, PASSWORD, TOKEN_PREFIX, "@example.fr", "@example", "06399800"] {
            for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
                assert!(!text.contains(secret), "{secret} in {name}:\n{text}");
            }
        }
    }
}

/// `izly sandbox` as a process of its own.
pub(crate) struct SandboxProcess {
    child: Child,
    stderr: BufReader<ChildStderr>,
    pub(crate) ready: Value,
}

impl SandboxProcess {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_izly"));
        command.arg("sandbox").args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        SandboxProcess { child, stderr, ready: serde_json::from_str(&line).unwrap() }
    }

    /// What it says next on standard error, up to the line that holds `last`.
    pub(crate) fn says(&mut self, last: &str) -> String {
        let mut said = String::new();
        loop {
            let before = said.len();
            assert_ne!(self.stderr.read_line(&mut said).unwrap(), 0, "`{last}` was never said:\n{said}");
            if said[before..].contains(last) {
                return said;
            }
        }
    }

    pub(crate) fn url(&self) -> &str {
        self.ready["base_url"].as_str().unwrap()
    }

    pub(crate) fn api_key(&self) -> &str {
        self.ready["api_key"].as_str().unwrap()
    }

    /// `izly`, set up for this sandbox by environment variables alone.
    pub(crate) fn izly(&self, arguments: &[&str]) -> Izly {
        izly(arguments).env("IZLY_ENVIRONMENT", self.url()).env("IZLY_API_KEY", self.api_key())
    }

    /// A login up to the way back: its state, and the query the browser brings.
    pub(crate) fn log_in(&self, scope: &str) -> (String, String) {
        let login = self.izly(&["login-url", "--scope", scope]).json(0);
        let (url, state) = (login["url"].as_str().unwrap(), login["state"].as_str().unwrap());
        let form = [("action", "connecter"), ("identifiant", "riche@example.fr"), ("mot_de_passe", PASSWORD)];
        let location = post(url, &form).1.unwrap();
        (state.to_owned(), location.split_once('?').unwrap().1.to_owned())
    }

    /// Access and refresh token of a fresh login.
    pub(crate) fn tokens(&self) -> (String, String) {
        let (state, query) = self.log_in("16385");
        let tokens = self.izly(&["token", "--reveal"]).env("IZLY_STATE", &state).stdin(query).reveals().json(0);
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        (text("access_token"), text("refresh_token"))
    }

    /// A payment that waits: its operation, as an argument, and its page.
    pub(crate) fn create(&self, order: &str, cents: &str) -> (String, String) {
        let pending = self.izly(&["payment", "create", "--order", order, "--amount-cents", cents]).json(0);
        (pending["operation_id"].to_string(), pending["authorization_url"].as_str().unwrap().to_owned())
    }
}

impl Drop for SandboxProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The student approves a payment.
pub(crate) fn approve(page: &str, account: &str) {
    let login = format!("{account}@example.fr");
    let form = [("action", "valider"), ("identifiant", login.as_str()), ("mot_de_passe", PASSWORD)];
    assert_eq!(post(page, &form).0, 200);
}

pub(crate) fn cancel(page: &str) {
    assert_eq!(post(page, &[("action", "annuler")]).0, 200);
}

/// Posts a form; returns the status and where the server sends the browser.
fn post(url: &str, form: &[(&str, &str)]) -> (u16, Option<String>) {
    let agent = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().new_agent();
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = agent.post(url).header("content-type", "application/x-www-form-urlencoded");
    let reply = request.send(body.as_bytes()).unwrap();
    let location = reply.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    (reply.status().as_u16(), location)
}

/// An address where nobody listens, and nobody else can begin to while this lives: the near end of a connection.
pub(crate) struct Nobody(TcpStream);

impl Nobody {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Nobody(TcpStream::connect(listener.local_addr().unwrap()).unwrap())
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }
}

/// A server that reads each request and hangs up.
pub(crate) fn hangs_up() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 8192]);
        }
    });
    url
}

pub(crate) fn base64_of(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

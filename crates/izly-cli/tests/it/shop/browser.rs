//! The demo shop as a process, and a browser without scripts that remembers its cookies.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::support::{PASSWORD, SECRET_HALF, TOKEN_PREFIX};

/// `izly demo --serve --json` as a process of its own.
pub(super) struct ShopProcess {
    child: Child,
    pub(super) ready: Value,
    /// The shop's address, without a slash at the end.
    pub(super) url: String,
}

impl ShopProcess {
    pub(super) fn open() -> Self {
        Self::with(&["--port", "0"])
    }

    pub(super) fn with(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_izly"));
        command.args(["demo", "--serve", "--json"]).args(arguments);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let url = ready["shop_url"].as_str().unwrap().to_owned();
        ShopProcess { child, ready, url }
    }

    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Ends it, and gives what it said on standard error.
    pub(super) fn end(mut self) -> String {
        self.child.kill().unwrap();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for ShopProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser. A clone is another tab of it: the cookies are the same.
#[derive(Clone)]
pub(super) struct Browser {
    agent: ureq::Agent,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

/// What the browser shows.
pub(super) struct Page {
    pub(super) url: String,
    pub(super) status: u16,
    pub(super) headers: ureq::http::HeaderMap,
    pub(super) text: String,
}

impl Browser {
    pub(super) fn new() -> Self {
        let agent = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().new_agent();
        Browser { agent, cookies: Arc::default() }
    }

    /// Opens an address and goes where it leads.
    pub(super) fn open(&self, url: &str) -> Page {
        self.follow(self.get(url))
    }

    /// Opens an address, and stays.
    pub(super) fn get(&self, url: &str) -> Page {
        self.read(url, self.agent.get(url).header("cookie", self.cookies()).call().unwrap())
    }

    /// Sends a form, and goes where it leads.
    pub(super) fn submit(&self, page: &Page, form: &str, typed: &[(&str, &str)]) -> Page {
        self.follow(self.send(page, form, typed))
    }

    /// Sends a form, and stays.
    pub(super) fn send(&self, page: &Page, form: &str, typed: &[(&str, &str)]) -> Page {
        let (action, hidden) = page.form(form);
        let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&page.absolute(&action), &[&fields, typed].concat())
    }

    /// Posts fields that no page asked for.
    pub(super) fn post(&self, url: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.agent.post(url).header("cookie", self.cookies());
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.read(url, request.send(body.as_bytes()).unwrap())
    }

    /// Posts a body as Izly, or anyone, would: without cookies.
    pub(super) fn post_json(&self, url: &str, body: impl AsRef<[u8]>) -> Page {
        let reply = self.agent.post(url).header("content-type", "application/json").send(body.as_ref()).unwrap();
        self.read(url, reply)
    }

    /// Opens an address under another host's name.
    pub(super) fn get_as(&self, url: &str, host: &str) -> Page {
        self.read(url, self.agent.get(url).header("host", host).call().unwrap())
    }

    fn cookies(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn follow(&self, mut page: Page) -> Page {
        while (300..400).contains(&page.status) {
            page = self.get(&page.absolute(&page.location()));
        }
        page
    }

    fn read(&self, url: &str, mut reply: ureq::http::Response<ureq::Body>) -> Page {
        for cookie in reply.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let (status, headers) = (reply.status().as_u16(), reply.headers().clone());
        let page = Page { url: url.to_owned(), status, headers, text: reply.body_mut().read_to_string().unwrap() };
        if page.text.contains("La Boutique du BDE</a>") {
            assert_holds_no_secret(&page.text);
        }
        page
    }
}

/// Nothing that opens an account, and no more of a student than the end of the client code.
pub(super) fn assert_holds_no_secret(text: &str) {
    for secret in [SECRET_HALF, PASSWORD, TOKEN_PREFIX, "@example.fr", "06399800", "etu000", "token=", "state="] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

impl Page {
    /// Where the server sends the browser.
    pub(super) fn location(&self) -> String {
        self.header("location").to_owned()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        assert!(self.headers.contains_key(name), "no {name} from {}", self.url);
        self.headers[name].to_str().unwrap()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The words of each element that matches.
    pub(super) fn words(&self, selector: &str) -> Vec<String> {
        self.select(selector, |element| element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" "))
    }

    /// This attribute of each element that matches.
    pub(super) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.select(selector, |element| element.attr(name).unwrap_or_default().to_owned())
    }

    pub(super) fn title(&self) -> String {
        self.words("h1").concat()
    }

    /// Where the order of this page stands.
    pub(super) fn state(&self) -> String {
        self.attributes("#etat", "data-etat").concat()
    }

    /// The names of what happened to the order of this page.
    pub(super) fn events(&self) -> Vec<String> {
        self.attributes("#chronologie li", "data-evenement")
    }

    pub(super) fn count(&self, event: &str) -> usize {
        self.events().iter().filter(|name| *name == event).count()
    }

    pub(super) fn form(&self, id: &str) -> (String, Vec<(String, String)>) {
        let action = self.attributes(&format!("form#{id}"), "action");
        assert_eq!(action.len(), 1, "form {id} on {}:\n{}", self.url, self.text);
        let inputs = format!("form#{id} input[type=hidden]");
        let fields = self.attributes(&inputs, "name").into_iter().zip(self.attributes(&inputs, "value"));
        (action.concat(), fields.collect())
    }

    pub(super) fn absolute(&self, target: &str) -> String {
        let origin: Vec<&str> = self.url.splitn(4, '/').take(3).collect();
        if target.starts_with('/') { format!("{}{target}", origin.join("/")) } else { target.to_owned() }
    }

    fn select<T>(&self, selector: &str, read: impl Fn(ElementRef<'_>) -> T) -> Vec<T> {
        let selector = Selector::parse(selector).unwrap();
        Html::parse_document(&self.text).select(&selector).map(read).collect()
    }
}

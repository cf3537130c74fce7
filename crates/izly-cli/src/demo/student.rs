//! The student's browser: opens the real pages, fills in their real forms, follows where it is sent.

use std::error::Error;
use std::time::Duration;

use scraper::{ElementRef, Html, Selector};
use ureq::Agent;
use ureq::http::Response;

/// Anything that stops a step: the story cannot go on without what it was about to get.
pub(super) type Trouble = Box<dyn Error + Send + Sync>;

/// A browser without a person: no redirect is followed by itself, so that each one can be shown.
pub(super) struct Student {
    agent: Agent,
}

/// What the browser shows.
pub(super) struct Page {
    url: String,
    pub(super) status: u16,
    /// Where the server sends the browser, if it does.
    pub(super) location: Option<String>,
    html: String,
}

impl Student {
    pub(super) fn new() -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(10)))
            .max_redirects(0)
            .proxy(None)
            .http_status_as_error(false)
            .accept("text/html")
            .user_agent("a student's browser")
            .build()
            .new_agent();
        Student { agent }
    }

    /// Opens an address.
    pub(super) fn open(&self, url: &str) -> Result<Page, Trouble> {
        read(url, self.agent.get(url).call()?)
    }

    /// Goes where the server sent the browser.
    pub(super) fn follow(&self, page: &Page) -> Result<Page, Trouble> {
        self.open(page.location.as_deref().ok_or("the page sends the browser nowhere")?)
    }

    /// Presses the button of a form: its hidden fields, and what was typed.
    pub(super) fn submit(&self, page: &Page, form: &str, typed: &[(&str, &str)]) -> Result<Page, Trouble> {
        let (action, hidden) = page.form(form)?;
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(hidden).extend_pairs(typed).finish();
        let url = page.absolute(&action);
        let request = self.agent.post(&url).header("content-type", "application/x-www-form-urlencoded");
        read(&url, request.send(body.as_bytes())?)
    }

    /// Posts a JSON text, which no browser would do, and anybody can.
    pub(super) fn forge(&self, url: &str, json: &str) -> Result<u16, Trouble> {
        let reply = self.agent.post(url).header("content-type", "application/json").send(json.as_bytes())?;
        Ok(reply.status().as_u16())
    }
}

fn read(url: &str, mut response: Response<ureq::Body>) -> Result<Page, Trouble> {
    let location = response.headers().get("location").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let status = response.status().as_u16();
    Ok(Page { url: url.to_owned(), status, location, html: response.body_mut().read_to_string()? })
}

impl Page {
    /// The headline.
    pub(super) fn title(&self) -> Option<String> {
        headline(&self.html)
    }

    /// The message of a page that keeps the student.
    pub(super) fn error(&self) -> Option<String> {
        error_message(&self.html)
    }

    /// Where the link with this text leads.
    pub(super) fn link(&self, text: &str) -> Option<String> {
        let html = Html::parse_document(&self.html);
        let links = selector("a")?;
        let link = html.select(&links).find(|link| words(*link).contains(text))?;
        link.attr("href").map(str::to_owned)
    }

    /// A form's address and hidden fields.
    fn form(&self, id: &str) -> Result<(String, Vec<(String, String)>), Trouble> {
        let html = Html::parse_document(&self.html);
        let forms = selector(&format!("form#{id}")).ok_or("not a form's name")?;
        let hidden = selector("input[type=hidden]").ok_or("not a selector")?;
        let form = html.select(&forms).next().ok_or_else(|| format!("the page holds no form `{id}`"))?;
        let value = |element: ElementRef<'_>, name| element.attr(name).unwrap_or_default().to_owned();
        let fields = form.select(&hidden).map(|input| (value(input, "name"), value(input, "value"))).collect();
        Ok((value(form, "action"), fields))
    }

    /// An address on the page's own host.
    fn absolute(&self, target: &str) -> String {
        let host_begins = self.url.find("://").map_or(0, |at| at + 3);
        let origin = self.url[host_begins..].find('/').map_or(self.url.len(), |at| host_begins + at);
        if target.starts_with('/') { format!("{}{target}", &self.url[..origin]) } else { target.to_owned() }
    }
}

/// The headline of a page.
pub(super) fn headline(html: &str) -> Option<String> {
    first(html, "h1")
}

/// The message of a page that keeps the student.
pub(super) fn error_message(html: &str) -> Option<String> {
    first(html, "#erreur")
}

fn first(html: &str, what: &str) -> Option<String> {
    Html::parse_document(html).select(&selector(what)?).next().map(words)
}

fn selector(text: &str) -> Option<Selector> {
    Selector::parse(text).ok()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

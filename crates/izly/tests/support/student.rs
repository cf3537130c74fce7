//! A student's browser: follows links and fills in the forms of real pages.

use std::time::Duration;

use scraper::{Html, Selector};
use ureq::Agent;
use ureq::http::Response;

/// The account with money, and its password.
pub(crate) const RICH: &str = "riche@example.fr";
pub(crate) const PASSWORD: &str = izly_sandbox::PASSWORD;

pub(crate) struct Browser(Agent);

/// A page as the student sees it, or where it sends the browser.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) cookie: Option<String>,
    pub(crate) html: String,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(10)))
            .build();
        Browser(config.into())
    }

    pub(crate) fn get(&self, url: &str) -> Page {
        page(self.0.get(url).call().unwrap())
    }

    pub(crate) fn get_with_cookie(&self, url: &str, cookie: &str) -> Page {
        page(self.0.get(url).header("Cookie", cookie).call().unwrap())
    }

    pub(crate) fn post(&self, url: &str, fields: &[(String, String)]) -> Page {
        page(self.0.post(url).send_form(fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))).unwrap())
    }

    /// Sends a form of a page with its hidden fields, and these.
    pub(crate) fn submit(&self, base: &str, page: &Page, form: &str, fields: &[(&str, &str)]) -> Page {
        let document = Html::parse_document(&page.html);
        let select = |selector: &str| Selector::parse(selector).unwrap();
        let form_selector = select(form);
        let form = document.select(&form_selector).next().unwrap_or_else(|| panic!("no {form} in {}", page.html));
        let mut values: Vec<(String, String)> = form
            .select(&select("input[type=hidden]"))
            .map(|input| (input.attr("name").unwrap().to_owned(), input.attr("value").unwrap().to_owned()))
            .collect();
        values.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let action = form.attr("action").unwrap();
        let url = if action.starts_with('/') { format!("{base}{action}") } else { action.to_owned() };
        self.post(&url, &values)
    }

    /// Logs in on Izly's page and gives the address the browser is sent back to.
    pub(crate) fn log_in(&self, base: &str, url: &str, account: &str) -> Page {
        let credentials = [("identifiant", account), ("mot_de_passe", PASSWORD)];
        self.submit(base, &self.get(url), "#connexion", &credentials)
    }

    /// Approves a payment on Izly's page.
    pub(crate) fn approve(&self, base: &str, url: &str, account: &str) -> Page {
        let credentials = [("identifiant", account), ("mot_de_passe", PASSWORD)];
        self.submit(base, &self.get(url), "#paiement", &credentials)
    }

    /// Cancels on either page.
    pub(crate) fn cancel(&self, base: &str, url: &str) -> Page {
        self.submit(base, &self.get(url), "#annulation", &[])
    }
}

impl Page {
    /// The text of the first element that matches.
    pub(crate) fn text(&self, selector: &str) -> String {
        let document = Html::parse_document(&self.html);
        let selector = Selector::parse(selector).unwrap();
        let element = document.select(&selector).next().unwrap_or_else(|| panic!("no {selector:?} in {}", self.html));
        element.text().collect::<String>().trim().to_owned()
    }

    /// The query of the address the browser is sent to.
    pub(crate) fn return_query(&self) -> &str {
        self.location.as_deref().unwrap().split_once('?').unwrap().1
    }
}

fn page(mut response: Response<ureq::Body>) -> Page {
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (location, cookie) = (header("location"), header("set-cookie"));
    Page { status: response.status().as_u16(), location, cookie, html: response.body_mut().read_to_string().unwrap() }
}

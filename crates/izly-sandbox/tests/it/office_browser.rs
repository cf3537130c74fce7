//! The back office as a browser without scripts sees it: pages, links, and forms sent as they stand.

use std::collections::BTreeSet;

use izly_sandbox::Sandbox;
use scraper::{ElementRef, Html, Selector};

use crate::client::{Answer, get, post};

/// A page that was opened.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) html: Html,
    base_url: String,
    pub(crate) path: String,
    pub(crate) answer: Answer,
}

pub(crate) fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// Opens a page of the back office.
pub(crate) fn open(sandbox: &Sandbox, path: &str) -> Page {
    visit(sandbox.base_url(), path)
}

fn visit(base_url: &str, path: &str) -> Page {
    let answer = get(&format!("{base_url}{path}"), &[("Accept", "text/html")]);
    Page::new(base_url, path, answer)
}

impl Page {
    fn new(base_url: &str, path: &str, answer: Answer) -> Self {
        let html = Html::parse_document(answer.page());
        Self { status: answer.status, html, base_url: base_url.to_owned(), path: path.to_owned(), answer }
    }

    pub(crate) fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&selector(css)).collect()
    }

    /// The text of the only element that matches.
    pub(crate) fn text(&self, css: &str) -> String {
        let found = self.all(css);
        assert_eq!(found.len(), 1, "{css} on {}", self.path);
        words(found[0])
    }

    /// All text of the page.
    pub(crate) fn content(&self) -> String {
        self.text("main")
    }

    /// What the page says was done.
    pub(crate) fn done(&self) -> String {
        self.text(".done")
    }

    /// The text of what is wrong with the field of that id.
    pub(crate) fn problem(&self, id: &str) -> String {
        self.text(&format!("#{id}-erreur"))
    }

    /// Sends the form, filled in as the page has it and then as `typed` says, and follows where that leads. A name
    /// that the form does not have is an error; the value `None` unticks a box.
    pub(crate) fn send(&self, form: &str, typed: &[(&str, Option<&str>)]) -> Page {
        self.press(form, None, typed)
    }

    /// The same by one of the form's several buttons.
    pub(crate) fn press(&self, form: &str, button: Option<(&str, &str)>, typed: &[(&str, Option<&str>)]) -> Page {
        let forms = self.all(form);
        assert_eq!(forms.len(), 1, "{form} on {}", self.path);
        let mut pairs = successful(forms[0]);
        for (name, value) in typed {
            let control = format!("input[name={name}], select[name={name}]");
            assert!(forms[0].select(&selector(&control)).next().is_some(), "{form} has no {name}");
            pairs.retain(|(known, _)| known != name);
            pairs.extend(value.map(|value| ((*name).to_owned(), value.to_owned())));
        }
        if let Some((name, value)) = button {
            let control = format!("button[name={name}][value={value:?}]");
            assert!(forms[0].select(&selector(&control)).next().is_some(), "{form} has no button {value}");
            pairs.push((name.to_owned(), value.to_owned()));
        }
        let action = forms[0].attr("action").unwrap();
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", self.base_url.as_str())];
        let answer = post(&format!("{}{action}", self.base_url), &headers, &body);
        if answer.status == 303 {
            return visit(&self.base_url, answer.header("location"));
        }
        Page::new(&self.base_url, action, answer)
    }

    /// What every page owes its readers.
    pub(crate) fn check(&self) {
        let path = &self.path;
        assert_eq!(self.all("html[lang=fr]").len(), 1, "{path}");
        assert_eq!(self.all("h1").len(), 1, "{path}");
        assert!(self.all("[style], [onclick], [onload], style, script:not([src])").is_empty(), "{path}");
        assert_eq!(self.all("nav a[aria-current=page]").len(), 1, "{path}");
        assert_eq!(self.all("a.skip[href='#contenu']").len(), 1, "{path}");
        let ids: Vec<&str> = self.all("[id]").iter().filter_map(|element| element.attr("id")).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: ids twice");
        for control in self.all("input:not([type=hidden]), select") {
            let id = control.attr("id").unwrap_or_else(|| panic!("{path}: {} has no id", control.html()));
            assert_eq!(self.all(&format!("label[for={id:?}]")).len(), 1, "{path}: {id} has no label");
        }
        for (attribute, css) in [("aria-describedby", "[aria-describedby]"), ("aria-labelledby", "[aria-labelledby]")] {
            for element in self.all(css) {
                for id in element.attr(attribute).unwrap().split(' ') {
                    assert!(unique.contains(id), "{path}: {attribute} names {id:?}, which is not there");
                }
            }
        }
        for link in self.all("a[href^='#']") {
            let id = link.attr("href").unwrap().trim_start_matches('#');
            assert!(unique.contains(id), "{path}: a link leads to #{id}, which is not there");
        }
    }
}

/// The text of an element, with single spaces.
pub(crate) fn words(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// What a browser sends of a form that nobody has touched.
fn successful(form: ElementRef<'_>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for control in form.select(&selector("input, select")) {
        let name = control.attr("name").unwrap().to_owned();
        let value = |element: ElementRef<'_>| element.attr("value").unwrap_or_default().to_owned();
        match (control.value().name(), control.attr("type").unwrap_or_default()) {
            ("select", _) => {
                let options: Vec<_> = control.select(&selector("option")).collect();
                let chosen = options.iter().find(|option| option.attr("selected").is_some());
                pairs.push((name, value(*chosen.unwrap_or(&options[0]))));
            }
            ("input", "radio" | "checkbox") if control.attr("checked").is_none() => {}
            _ => pairs.push((name, value(control))),
        }
    }
    pairs
}

//! A partner's server and a student's browser, as plainly as possible.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use izly_sandbox::{PASSWORD, Partner, Sandbox};
use serde_json::Value;
use ureq::{Agent, Body};

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json; charset=utf-8", "{self:?}");
        serde_json::from_str(&self.body).unwrap()
    }

    /// Checks that this is a page, and returns its text.
    pub(crate) fn page(&self) -> &str {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8", "{self:?}");
        assert_eq!(self.header("cache-control"), "no-store");
        &self.body
    }
}

/// The headers of one request.
pub(crate) type Headers<'a> = &'a [(&'a str, &'a str)];

fn agent() -> Agent {
    Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None).build().new_agent()
}

fn answer(response: ureq::http::Response<Body>) -> Answer {
    let (parts, mut body) = response.into_parts();
    let headers =
        parts.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    Answer { status: parts.status.as_u16(), headers, body: body.read_to_string().unwrap() }
}

/// GETs any URL.
pub(crate) fn get(url: &str, headers: Headers<'_>) -> Answer {
    let mut request = agent().get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    answer(request.call().unwrap())
}

/// POSTs to any URL, with `Content-Length` even when the body is empty.
pub(crate) fn post(url: &str, headers: Headers<'_>, body: &str) -> Answer {
    let mut request = agent().post(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    answer(request.send(body.as_bytes()).unwrap())
}

/// Writes bytes to the sandbox and reads the answer to the end of the connection.
pub(crate) fn raw(sandbox: &Sandbox, request: &str) -> String {
    let mut stream = TcpStream::connect(sandbox.base_url().trim_start_matches("http://")).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A partner's server.
pub(crate) struct Server {
    base_url: String,
    basic: String,
    identifier: String,
}

impl Server {
    pub(crate) fn of(sandbox: &Sandbox) -> Self {
        Self::with(sandbox, &sandbox.partner())
    }

    pub(crate) fn with(sandbox: &Sandbox, partner: &Partner) -> Self {
        Self {
            base_url: sandbox.base_url().to_owned(),
            basic: format!("Basic {}", partner.api_key()),
            identifier: partner.identifier.clone(),
        }
    }

    pub(crate) fn payment_headers(&self) -> [(&str, &str); 3] {
        [
            ("Authorization", &self.basic),
            ("AppIdentifier", &self.identifier),
            ("Content-Type", "application/vnd.Xpollens.v1+json"),
        ]
    }

    pub(crate) fn token(&self, query: &str) -> Answer {
        let url = format!("{}/oauth/Home/Token?{query}", self.base_url);
        post(&url, &[("Authorization", &self.basic)], "")
    }

    pub(crate) fn exchange(&self, encoded_code: &str) -> Answer {
        self.token(&format!("grant_type=authorization_code&code={encoded_code}"))
    }

    pub(crate) fn user(&self, access_token: &str) -> Answer {
        let bearer = format!("Bearer {access_token}");
        get(&format!("{}/api/izly/users", self.base_url), &[("Authorization", &bearer)])
    }

    pub(crate) fn create(&self, body: &str) -> Answer {
        let url = format!("{}/api/Izly/WebPayments", self.base_url);
        post(&url, &self.payment_headers(), body)
    }

    /// Creates a payment that must succeed.
    pub(crate) fn created(&self, body: &str) -> Created {
        let answer = self.create(body);
        assert_eq!(answer.status, 200, "{answer:?}");
        let json = answer.json();
        Created {
            id: json["OperationSMoney"]["Id"].as_u64().unwrap(),
            url: json["PaymentAuthorizationUrl"].as_str().unwrap().to_owned(),
        }
    }

    pub(crate) fn read(&self, id: impl std::fmt::Display) -> Answer {
        get(&format!("{}/api/Izly/WebPayments/{id}", self.base_url), &self.payment_headers())
    }

    /// The status word of an operation that must exist.
    pub(crate) fn status(&self, id: u64) -> String {
        self.read(id).json()["OperationStatus"].as_str().unwrap().to_owned()
    }

    pub(crate) fn refund(&self, id: u64, encoded_order: &str) -> Answer {
        let url = format!("{}/api/Izly/WebPayments/{id}/Refund?clientOrderId={encoded_order}", self.base_url);
        post(&url, &self.payment_headers(), "")
    }
}

/// A payment that waits for its student.
#[derive(Debug, Clone)]
pub(crate) struct Created {
    pub(crate) id: u64,
    pub(crate) url: String,
}

/// The code, still encoded, out of a redirect to the partner.
pub(crate) fn code_in(answer: &Answer) -> String {
    assert_eq!(answer.status, 302, "{answer:?}");
    let (_, rest) = answer.header("location").split_once("code=").unwrap();
    rest.split('&').next().unwrap().to_owned()
}

/// The login URL of the sandbox's own partner.
pub(crate) fn login_url(sandbox: &Sandbox, more: &str) -> String {
    let identifier = sandbox.identifier().replace(' ', "%20");
    format!("{}/oauth/Home/Authorize?response_type=code&client_id={identifier}{more}", sandbox.base_url())
}

/// Logs in through the page, and returns the answer to *Se connecter*.
pub(crate) fn log_in(sandbox: &Sandbox, more: &str, who: &str, password: &str) -> Answer {
    let page = get(&login_url(sandbox, more), &[]);
    submit(sandbox, page.page(), "connexion", &[("identifiant", who), ("mot_de_passe", password)])
}

/// A student's payment page: opens it, fills it in, presses *Valider*.
pub(crate) fn pay(sandbox: &Sandbox, url: &str, who: &str, password: &str) -> Answer {
    let page = get(url, &[]);
    submit(sandbox, page.page(), "paiement", &[("identifiant", who), ("mot_de_passe", password)])
}

/// Pays as the rich student.
pub(crate) fn pay_rich(sandbox: &Sandbox, url: &str) -> Answer {
    pay(sandbox, url, "riche@example.fr", PASSWORD)
}

/// Presses *Annuler* on a payment page.
pub(crate) fn cancel(sandbox: &Sandbox, url: &str) -> Answer {
    let page = get(url, &[]);
    submit(sandbox, page.page(), "annulation", &[])
}

/// Submits the form of that id, with its hidden fields and the given ones.
pub(crate) fn submit(sandbox: &Sandbox, html: &str, form_id: &str, typed: &[(&str, &str)]) -> Answer {
    let (_, form) = html.split_once(&format!("<form id=\"{form_id}\"")).expect("the page has this form");
    let (form, _) = form.split_once("</form>").unwrap();
    let mut encoded = form_urlencoded::Serializer::new(String::new());
    for input in form.split("<input ").skip(1).filter(|input| input.contains("type=\"hidden\"")) {
        encoded.append_pair(&attribute(input, "name"), &attribute(input, "value"));
    }
    let url = format!("{}{}", sandbox.base_url(), attribute(form, "action"));
    let body = encoded.extend_pairs(typed).finish();
    post(&url, &[("Content-Type", "application/x-www-form-urlencoded")], &body)
}

/// The value of the first attribute of that name, unescaped.
pub(crate) fn attribute(html: &str, name: &str) -> String {
    let (_, rest) = html.split_once(&format!("{name}=\"")).expect("the attribute is there");
    let (value, _) = rest.split_once('"').unwrap();
    value.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"").replace("&#60;", "<")
}

/// The address behind *Revenir sur le site marchand*.
pub(crate) fn way_back(html: &str) -> String {
    let before = html.split_once("Revenir sur le site marchand").expect("the link is there").0;
    attribute(before.rsplit_once("<a ").unwrap().1, "href")
}

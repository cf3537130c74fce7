//! Runs the example `partner_site` for real, against the sandbox, with a student at its pages.

#![allow(clippy::unwrap_used)]

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;

use izly_sandbox::{CallName, Fault, FaultKind, FaultTarget, Sandbox};
use support::student::{Browser, RICH};

struct Site {
    process: Child,
    url: String,
}

impl Site {
    fn start(sandbox: &Sandbox) -> Self {
        // Cargo builds the examples along with the tests, two folders up from them, unless one test alone is asked for.
        let tests = std::env::current_exe().unwrap();
        let program = tests.ancestors().nth(2).unwrap().join("examples/partner_site");
        assert!(program.exists(), "build the example first: cargo build --package izly --examples");
        let mut process = Command::new(program)
            .env("IZLY_API_KEY", sandbox.api_key())
            .env("IZLY_ENVIRONMENT", sandbox.base_url())
            .env("PORT", "0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        sandbox.update_partner(|partner| {
            partner.callback_url = format!("{url}/callback");
            partner.login_redirect_url = format!("{url}/login/return");
            partner.payment_redirect_url = format!("{url}/");
        });
        Site { process, url }
    }

    fn state(&self, order: &str) -> String {
        Browser::new().get(&format!("{}/orders/{order}", self.url)).text("#state")
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_student_buys_and_gets_the_money_back() {
    let sandbox = Sandbox::start().unwrap();
    let site = Site::start(&sandbox);
    let browser = Browser::new();
    let balance =
        |sandbox: &Sandbox| sandbox.accounts().iter().find(|account| account.email == RICH).unwrap().balance_cents;
    let before = balance(&sandbox);

    let payment_page = browser.submit(&site.url, &browser.get(&site.url), "#buy", &[]).location.unwrap();
    assert_eq!(site.state("cafe-1"), "en attente");
    let success = browser.approve(sandbox.base_url(), &payment_page, RICH);
    assert_eq!(success.status, 200);
    assert_eq!(site.state("cafe-1"), "payée", "the callback is answered after the order is settled");
    assert_eq!(balance(&sandbox), before - 150);

    let refund = |site: &Site| browser.post(&format!("{}/orders/cafe-1/refund", site.url), &[]);
    assert_eq!(refund(&site).status, 303);
    assert_eq!((site.state("cafe-1").as_str(), balance(&sandbox)), ("remboursée", before));
    // Whoever comes second has nothing to do, and Izly is not asked again.
    assert_eq!((refund(&site).status, balance(&sandbox), refunds_sent(&sandbox)), (303, before, 1));
}

fn refunds_sent(sandbox: &Sandbox) -> usize {
    sandbox.journal().iter().filter(|entry| entry.call == Some(CallName::Refund)).count()
}

#[test]
fn a_refund_of_which_nobody_knows_the_end_is_not_sent_again() {
    for (kind, state) in [
        (FaultKind::CommitThenDrop, "remboursée"),
        (FaultKind::DropBeforeCommit, "remboursement en cours de vérification"),
    ] {
        let sandbox = Sandbox::start().unwrap();
        let site = Site::start(&sandbox);
        let browser = Browser::new();
        let payment_page = browser.submit(&site.url, &browser.get(&site.url), "#buy", &[]).location.unwrap();
        browser.approve(sandbox.base_url(), &payment_page, RICH);
        sandbox.add_fault(Fault::new(FaultTarget::Call(CallName::Refund), kind)).unwrap();
        let click = || browser.post(&format!("{}/orders/cafe-1/refund", site.url), &[]).status;
        assert_eq!([click(), click()], [303, 303], "{kind:?}");
        assert_eq!((site.state("cafe-1").as_str(), refunds_sent(&sandbox)), (state, 1), "{kind:?}");
    }
}

#[test]
fn duplicate_and_forged_callbacks_change_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let site = Site::start(&sandbox);
    let browser = Browser::new();
    let page = |browser: &Browser| browser.submit(&site.url, &browser.get(&site.url), "#buy", &[]).location.unwrap();
    let first = page(&browser);
    page(&browser);
    let post = |body: &str| {
        let response = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let url = format!("{}/callback?order=cafe-1", site.url);
        response.post(url).content_type("application/json").send(body).unwrap().status().as_u16()
    };
    // Before anyone paid, someone says that cafe-1 is.
    let id = sandbox.payments()[0].operation_id;
    let forged =
        format!(r#"{{"OperationSMoney":{{"Id":{id},"ClientOrderId":"cafe-1","Amount":"1.50","Status":"Completed"}}}}"#);
    assert_eq!(post(&forged), 500);
    assert_eq!(site.state("cafe-1"), "en attente");

    browser.approve(sandbox.base_url(), &first, RICH);
    let genuine = sandbox.deliveries()[0].body.clone();
    thread::scope(|scope| {
        let answers: Vec<_> = (0..10).map(|_| scope.spawn(|| post(&genuine))).collect();
        for answer in answers {
            assert_eq!(answer.join().unwrap(), 200);
        }
    });
    assert_eq!(site.state("cafe-1"), "payée");
    // A true operation, for another order: it credits nothing, and there is nothing to try again.
    let borrowed = genuine.replace("cafe-1", "cafe-2");
    assert_eq!(post(&borrowed), 200);
    assert_eq!(site.state("cafe-2"), "en attente");
}

#[test]
fn a_student_logs_in_from_the_browser_that_asked() {
    let sandbox = Sandbox::start().unwrap();
    let site = Site::start(&sandbox);
    let browser = Browser::new();
    let login = browser.get(&format!("{}/login", site.url));
    let back = browser.log_in(sandbox.base_url(), login.location.as_deref().unwrap(), RICH).location.unwrap();
    // Another browser has no such cookie.
    assert_eq!(browser.get(&back).status, 403);
    let cookie = login.cookie.unwrap();
    let page = browser.get_with_cookie(&back, cookie.split(';').next().unwrap());
    assert!(page.text("#state").starts_with("connecté, tarif"), "{}", page.html);
}

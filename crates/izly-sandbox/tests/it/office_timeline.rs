//! The timeline of the back office: in order, byte for byte, without secrets, and alive.

use std::thread;
use std::time::{Duration, Instant};

use izly_sandbox::{PASSWORD, Sandbox};
use scraper::Html;

use crate::client::{Server, code_in, get, log_in, pay_rich};
use crate::office_browser::{Page, open, selector, words};
use crate::partner_site::PartnerSite;

/// Generous: a slow machine must not fail the test, a page that waits for its time to be over must.
const SOON: Duration = Duration::from_secs(10);

fn created(sandbox: &Sandbox) -> crate::client::Created {
    Server::of(sandbox).created(r#"{"Amount":150,"ClientOrderId":"a", "Message":"<b>&amp;</b>"}"#)
}

fn titles(page: &Page) -> Vec<String> {
    page.all("#etapes .title").into_iter().map(words).collect()
}

/// What the script would ask for next, and get.
struct Fragment {
    text: String,
}

impl Fragment {
    fn get(sandbox: &Sandbox, path: &str) -> Self {
        let answer = get(&format!("{}{path}", sandbox.base_url()), &[]);
        assert_eq!(answer.status, 200, "{answer:?}");
        Self { text: answer.page().to_owned() }
    }

    /// The values of an attribute, wherever there is one.
    fn values(&self, attribute: &str) -> Vec<String> {
        let html = Html::parse_fragment(&self.text);
        let having = selector(&format!("[{attribute}]"));
        html.select(&having).map(|element| element.attr(attribute).unwrap().to_owned()).collect()
    }

    fn next(&self) -> String {
        self.values("data-suite").remove(0)
    }

    fn sequences(&self) -> Vec<u64> {
        self.values("data-etape").iter().map(|sequence| sequence.parse().unwrap()).collect()
    }
}

fn next_of(page: &Page) -> String {
    page.all("#suite")[0].attr("data-suite").unwrap().to_owned()
}

#[test]
fn a_purchase_reads_like_a_conversation() {
    let site = PartnerSite::agreeing();
    let sandbox = Sandbox::start().unwrap();
    let url = site.base_url.clone();
    sandbox.update_partner(|partner| partner.callback_url = url);
    let created = created(&sandbox);
    pay_rich(&sandbox, &created.url);
    let server = Server::of(&sandbox);
    server.read(created.id);
    server.refund(created.id, "a");
    let page = open(&sandbox, "/_sandbox");
    assert_eq!(
        titles(&page),
        [
            "Création du paiement",
            "Page de paiement",
            "Page de paiement : formulaire envoyé",
            "E-mail : Votre paiement Izly de 1,50 €",
            "Callback n° 1",
            "Lecture du paiement",
            "Remboursement",
        ]
    );
    let who: Vec<String> = page.all("#etapes .who").into_iter().map(words).collect();
    assert_eq!(who[..5], ["Site → Izly", "Étudiant → Izly", "Étudiant → Izly", "Izly → Étudiant", "Izly → Site"]);
    assert_eq!(words(page.all("#etape-5 .badges")[0]), "200, accepté");
    // Byte for byte: no space is lost, none is added, and nothing becomes markup.
    let sent = page.all("#etape-1 pre")[0].text().collect::<String>();
    assert!(sent.ends_with("\n\n{\"Amount\":150,\"ClientOrderId\":\"a\", \"Message\":\"<b>&amp;</b>\"}"), "{sent}");
    assert!(sent.starts_with("POST /api/Izly/WebPayments HTTP/1.1\n"), "{sent}");
    let remarks = page.text("#etape-1 .remarks");
    assert!(remarks.contains("documenté") && remarks.contains("docs/protocol.md, § 4.1"), "{remarks}");
    assert!(words(page.all("#etape-5 .remarks")[0]).contains("Il n’est pas signé"));
}

#[test]
fn filters_show_some_of_it() {
    let sandbox = Sandbox::start().unwrap();
    let (one, two) = (created(&sandbox), created(&sandbox));
    Server::of(&sandbox).read(one.id);
    open(&sandbox, &format!("/_sandbox/paiements/{}", two.id)).send("#annuler", &[]);
    let shown = |query: &str| titles(&open(&sandbox, &format!("/_sandbox?{query}")));
    assert_eq!(shown("").len(), 4);
    assert_eq!(shown("appel=read_payment"), ["Lecture du paiement"]);
    assert_eq!(shown("genre=evenements"), [format!("Opération {} annulée.", two.id)]);
    assert_eq!(shown(&format!("operation={}", one.id)), ["Création du paiement", "Lecture du paiement"]);
    assert_eq!(shown(&format!("operation={}&genre=requetes", two.id)), ["Création du paiement"]);
    assert!(shown("appel=refund").is_empty());
    let filtered = open(&sandbox, "/_sandbox?genre=requetes&appel=read_payment");
    filtered.check();
    assert!(next_of(&filtered).ends_with("&genre=requetes&appel=read_payment"), "{}", next_of(&filtered));
}

#[test]
fn the_last_steps_come_first_and_lead_to_the_older_ones() {
    let sandbox = Sandbox::start().unwrap();
    let server = Server::of(&sandbox);
    for id in 1..=60 {
        server.read(id);
    }
    let page = open(&sandbox, "/_sandbox");
    assert_eq!(page.all("#etapes > li").len(), 50);
    assert_eq!(page.all("#etape-60").len(), 1);
    let older = page.all("a[href*='avant=11']");
    let older = open(&sandbox, older[0].attr("href").unwrap().split('#').next().unwrap());
    older.check();
    assert_eq!((older.all("#etapes > li").len(), older.all("#etape-1, #etape-10").len()), (10, 2));
    assert!(older.all("#suite").is_empty(), "the past is not live");
}

#[test]
fn no_secret_is_on_the_timeline() {
    let sandbox = Sandbox::start().unwrap();
    let server = Server::of(&sandbox);
    let login = log_in(&sandbox, "&scope=1&state=secret%2Dstate", "riche@example.fr", PASSWORD);
    let code = code_in(&login);
    let tokens = server.exchange(&code).json();
    let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    server.user(access);
    server.token(&format!("grant_type=refresh_token&refresh_token={}", refresh.replace('=', "%3d")));
    let created = created(&sandbox);
    pay_rich(&sandbox, &created.url);
    log_in(&sandbox, "&scope=1", "riche@example.fr", "wrong-password");

    let token = sandbox.payments()[0].token.clone();
    let fragment = Fragment::get(&sandbox, "/_sandbox/chronologie?apres=0").text;
    let payment = open(&sandbox, &format!("/_sandbox/paiements/{}", created.id));
    // Its link to the student's page holds the token, or it would be no link.
    let timeline = payment.all("#etapes")[0].html();
    assert!(fragment.contains("mot_de_passe=…") && fragment.contains("code=…") && timeline.contains("token=…"));
    let decoded = code.replace("%3d", "=");
    for secret in [
        sandbox.api_key(),
        &code,
        &decoded,
        access,
        refresh,
        refresh.trim_end_matches('='),
        PASSWORD,
        "wrong-password",
        &token,
        "secret%2Dstate",
        "secret-state",
    ] {
        assert!(!fragment.contains(secret), "{secret} is shown");
        assert!(!timeline.contains(secret), "{secret} is shown with the payment");
    }
}

#[test]
fn news_arrive_while_somebody_waits() {
    let sandbox = Sandbox::start().unwrap();
    let next = next_of(&open(&sandbox, "/_sandbox"));
    let started = Instant::now();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| Fragment::get(&sandbox, &next));
        thread::sleep(Duration::from_millis(100));
        Server::of(&sandbox).read(1);
        let news = waiting.join().unwrap();
        assert_eq!(news.sequences(), [1]);
        assert_ne!(news.next(), next);
        assert!(news.text.contains("id=\"vif\""), "the figures beside it come along");
    });
    assert!(started.elapsed() < SOON);
}

#[test]
fn what_a_filter_hides_is_no_news() {
    let sandbox = Sandbox::start().unwrap();
    let next = next_of(&open(&sandbox, "/_sandbox?appel=refund"));
    let server = Server::of(&sandbox);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| Fragment::get(&sandbox, &next));
        thread::sleep(Duration::from_millis(100));
        server.read(1);
        server.refund(1, "a");
        assert_eq!(waiting.join().unwrap().sequences(), [2]);
    });
}

/// The partner reads the operation from within its callback: that reading ends before the callback does, whose place
/// on the timeline is before it.
#[test]
fn a_callback_that_ends_after_what_it_caused_is_not_lost() {
    let sandbox = Sandbox::start().unwrap();
    let created = created(&sandbox);
    let (base, id, partner) = (sandbox.base_url().to_owned(), created.id, sandbox.partner());
    let site = PartnerSite::start(move |_| {
        let key = format!("Basic {}", partner.api_key());
        let headers = [("Authorization", key.as_str()), ("AppIdentifier", partner.identifier.as_str())];
        get(&format!("{base}/api/Izly/WebPayments/{id}"), &headers);
        thread::sleep(Duration::from_millis(300));
        ("200 OK", String::new())
    });
    let url = site.base_url.clone();
    sandbox.update_partner(|partner| partner.callback_url = url);
    let mut next = next_of(&open(&sandbox, "/_sandbox"));
    let mut seen = Vec::new();
    thread::scope(|scope| {
        let paying = scope.spawn(|| pay_rich(&sandbox, &created.url));
        let started = Instant::now();
        // Creation (known), page, form, e-mail, callback, reading: 2 to 6; the form again once it is answered.
        while !(seen.contains(&5) && seen.iter().filter(|number| **number == 3).count() > 1) {
            assert!(started.elapsed() < SOON, "{seen:?}");
            let news = Fragment::get(&sandbox, &next);
            seen.extend(news.sequences());
            next = news.next();
        }
        paying.join().unwrap();
    });
    assert!((2..=6).all(|number| seen.contains(&number)), "{seen:?}");
    let (callback, reading) = (seen.iter().position(|it| *it == 5), seen.iter().position(|it| *it == 6));
    assert!(reading < callback, "the reading was told first: {seen:?}");
    assert!(!next.contains("manquants"), "{next}");
}

#[test]
fn an_emptied_timeline_begins_anew() {
    let sandbox = Sandbox::start().unwrap();
    let server = Server::of(&sandbox);
    server.read(1);
    server.read(2);
    let next = next_of(&open(&sandbox, "/_sandbox"));
    open(&sandbox, "/_sandbox/partenaires").send("#remettre-a-zero", &[]);
    let news = Fragment::get(&sandbox, &next);
    assert_eq!(news.values("data-recommence").len(), 1);
    assert_eq!(news.sequences(), [1]);
}

#[test]
fn no_link_can_put_words_on_a_page() {
    let sandbox = Sandbox::start().unwrap();
    Server::of(&sandbox).read(1);
    for query in ["fait=1", "fait=0", "fait=99", "fait=Bravo", "fait=18446744073709551616"] {
        assert!(open(&sandbox, &format!("/_sandbox/comptes?{query}")).all(".done").is_empty(), "{query}");
    }
    assert_eq!(open(&sandbox, "/_sandbox?operation=%3Cb%3E&genre=%3Cb%3E&avant=%3Cb%3E").status, 200);
}

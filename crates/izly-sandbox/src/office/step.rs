//! One step of the timeline, as the page shows it: who spoke to whom, byte for byte but for the secrets.

use crate::callback::Delivery;
use crate::fault::CallName;
use crate::guide;
use crate::journal::{Email, Event, Happening, JournalEntry};
use crate::mask;
use crate::office::frame::Place;
use crate::office::visit::Visit;
use crate::office::words::{self, Badge, Tone};
use crate::remark::Remark;
use crate::wire::Wire;

/// A body longer than this is folded: a page of the student's is mostly style.
const SHORT: usize = 1_500;

/// No more of a body than this is shown.
const LONGEST: usize = 64 * 1024;

/// One step.
pub(super) struct Step {
    pub(super) sequence: u64,
    pub(super) iso: String,
    pub(super) time: String,
    pub(super) day: String,
    /// `request`, `callback`, `email` or `event`.
    pub(super) kind: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    /// The class of the little drawing of who speaks to whom.
    pub(super) lane: &'static str,
    pub(super) title: String,
    pub(super) method: String,
    pub(super) target: String,
    pub(super) badges: Vec<Badge>,
    pub(super) operation: Option<Operation>,
    pub(super) parts: Vec<Part>,
    pub(super) remarks: Vec<Told>,
    /// Not answered yet.
    pub(super) is_open: bool,
}

/// The operation that a step is about, and its page.
pub(super) struct Operation {
    pub(super) id: u64,
    pub(super) href: String,
}

/// A text as it was on the wire.
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) head: String,
    pub(super) body: String,
    /// What is to be known of the body: its length, that it was cut, that it is no text.
    pub(super) note: String,
    pub(super) is_folded: bool,
}

/// A remark, ready to be shown.
pub(super) struct Told {
    pub(super) class: &'static str,
    pub(super) provenance: &'static str,
    pub(super) section: Option<&'static str>,
    pub(super) text: String,
}

impl Told {
    pub(super) fn new(remark: &Remark) -> Self {
        Self {
            class: words::provenance_class(remark.provenance),
            provenance: remark.provenance.in_french(),
            section: remark.section,
            text: remark.text.clone().into_owned(),
        }
    }
}

/// Whether a request is still being answered. One whose connection was cut on purpose has status 0 too, but remarks.
pub(super) fn is_open(entry: &JournalEntry) -> bool {
    entry.status == 0 && entry.remarks.is_empty()
}

impl Step {
    pub(super) fn new(happening: Happening<'_>, wire: &Wire, visit: &Visit<'_>) -> Self {
        let (step, operation) = match happening {
            Happening::Request(entry) => (Self::request(entry), entry.operation_id),
            Happening::Callback(delivery) => (Self::callback(delivery, wire), Some(delivery.operation_id)),
            Happening::Email(email) => (Self::email(email), None),
            Happening::Event(event) => (Self::event(event), None),
        };
        let operation =
            operation.map(|id| Operation { id, href: visit.link(&format!("{}/{id}", Place::Payments.name()), "") });
        Self { operation, ..step }
    }

    /// A step that nobody has said anything in.
    fn silent(sequence: u64, iso: String, kind: &'static str) -> Self {
        let (day, time) = iso.split_once('T').map_or(("", iso.as_str()), |(day, time)| (day, time));
        let (day, time) = (day.to_owned(), time.to_owned());
        Self {
            sequence,
            iso,
            time,
            day,
            kind,
            from: "",
            to: "",
            lane: "",
            title: String::new(),
            method: String::new(),
            target: String::new(),
            badges: Vec::new(),
            operation: None,
            parts: Vec::new(),
            remarks: Vec::new(),
            is_open: false,
        }
    }

    fn request(entry: &JournalEntry) -> Self {
        let (from, lane) = match entry.call {
            Some(CallName::LoginPage | CallName::PaymentPage | CallName::ForgottenPage) => {
                ("Étudiant", "student-to-izly")
            }
            Some(_) => ("Site", "site-to-izly"),
            None => ("Inconnu", "site-to-izly"),
        };
        let mut badges = vec![answered(entry)];
        if entry.fault.is_some() {
            badges.push(Badge { text: "panne demandée".to_owned(), class: "fault" });
        }
        let target = mask::text(&entry.target);
        let asked = format!("{} {target} HTTP/1.1", entry.method);
        let mut parts = vec![Part::new("Requête", &head(&asked, &entry.headers), &entry.body, is_page(&entry.headers))];
        if entry.status != 0 {
            let told = format!("HTTP/1.1 {}", entry.status);
            let head = head(&told, &entry.response_headers);
            parts.push(Part::new("Réponse", &head, &entry.response_body, is_page(&entry.response_headers)));
        }
        Self {
            from,
            to: "Izly",
            lane,
            title: title(entry),
            method: entry.method.clone(),
            target,
            badges,
            parts,
            remarks: entry.remarks.iter().map(Told::new).collect(),
            is_open: is_open(entry),
            ..Self::silent(entry.sequence, entry.date.iso(), "request")
        }
    }

    fn callback(delivery: &Delivery, wire: &Wire) -> Self {
        let target = mask::text(&delivery.url);
        let headers = [("content-type".to_owned(), "application/json".to_owned())];
        let line = format!("POST {target} HTTP/1.1");
        let title = if delivery.sent { "Requête" } else { "Requête qui n’est pas partie" };
        let mut parts = vec![Part::new(title, &head(&line, &headers), delivery.body.as_bytes(), false)];
        if let Some(status) = delivery.status {
            parts.push(Part::new("Réponse", &format!("HTTP/1.1 {status}\n"), delivery.reply_body.as_bytes(), false));
        }
        let remarks = guide::callback_remarks(delivery.sent, delivery.attempt, wire);
        let mut told: Vec<Told> = remarks.iter().map(Told::new).collect();
        if let Some(error) = &delivery.error {
            told.insert(0, Told { text: words::delivery_error(error), ..Told::new(&Remark::invented("")) });
        }
        let attempt = if delivery.attempt > 1 { format!(", tentative {}", delivery.attempt) } else { String::new() };
        Self {
            from: "Izly",
            to: "Site",
            lane: "izly-to-site",
            title: format!("Callback n° {}{attempt}", delivery.id),
            method: "POST".to_owned(),
            target,
            badges: vec![words::outcome(delivery)],
            parts,
            remarks: told,
            ..Self::silent(delivery.sequence, delivery.date.iso(), "callback")
        }
    }

    fn email(email: &Email) -> Self {
        let head = format!("À : {}\nObjet : {}\n", email.to, email.subject);
        Self {
            from: "Izly",
            to: "Étudiant",
            lane: "izly-to-student",
            title: format!("E-mail : {}", email.subject),
            target: email.to.clone(),
            parts: vec![Part::new("Message", &head, email.text.as_bytes(), false)],
            remarks: vec![
                Told::new(&Remark::documented("4.2", "Izly envoie un e-mail à l’utilisateur après le débit.")),
                Told::new(&Remark::invented("Le texte de l’e-mail : le guide ne le montre pas.")),
            ],
            ..Self::silent(email.sequence, email.date.iso(), "email")
        }
    }

    fn event(event: &Event) -> Self {
        Self {
            from: "Administration",
            to: "Izly",
            lane: "event",
            title: event.text.clone(),
            ..Self::silent(event.sequence, event.date.iso(), "event")
        }
    }
}

/// The call; of a page, whether it was opened or its form was sent.
fn title(entry: &JournalEntry) -> String {
    let call = entry.call.map_or("Adresse inconnue", words::call);
    let is_page = matches!(entry.call, Some(CallName::LoginPage | CallName::PaymentPage));
    if is_page && entry.method == "POST" { format!("{call} : formulaire envoyé") } else { call.to_owned() }
}

fn answered(entry: &JournalEntry) -> Badge {
    match entry.status {
        0 if is_open(entry) => Badge::new("en cours", Tone::Waiting),
        0 => Badge::new("sans réponse", Tone::Bad),
        status @ 200..300 => Badge::new(status.to_string(), Tone::Good),
        status @ 300..400 => Badge::new(status.to_string(), Tone::Plain),
        status => Badge::new(status.to_string(), Tone::Bad),
    }
}

/// The first line and the headers.
fn head(first: &str, headers: &[(String, String)]) -> String {
    let mut head = format!("{first}\n");
    for (name, value) in headers {
        head.extend([name, ": ", mask::header(name, value).as_str(), "\n"]);
    }
    head
}

fn is_page(headers: &[(String, String)]) -> bool {
    headers.iter().any(|(name, value)| name == "content-type" && value.starts_with("text/html"))
}

impl Part {
    fn new(title: &'static str, head: &str, body: &[u8], is_page: bool) -> Self {
        let text = String::from_utf8_lossy(body);
        let masked = mask::text(&text);
        let shown = beginning(&masked);
        let mut note = match body.len() {
            0 => "sans corps".to_owned(),
            1 => "1 octet".to_owned(),
            length => format!("{length} octets"),
        };
        if shown.len() < masked.len() {
            note.push_str(", dont le début");
        }
        if matches!(text, std::borrow::Cow::Owned(_)) {
            note.push_str(", pas tous en UTF-8");
        }
        let is_folded = is_page || shown.len() > SHORT;
        Self { title, head: head.to_owned(), body: shown.to_owned(), note, is_folded }
    }
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_shown_as_they_are() {
        let part = Part::new("Requête", "", b"{ \"a\":1.00 }", false);
        assert_eq!((part.body.as_str(), part.note.as_str(), part.is_folded), ("{ \"a\":1.00 }", "12 octets", false));
        let part = Part::new("Requête", "", b"\xff", false);
        assert_eq!(part.note, "1 octet, pas tous en UTF-8");
        let part = Part::new("Requête", "", "é".repeat(LONGEST).as_bytes(), false);
        assert!(part.body.len() <= LONGEST && part.is_folded && part.note.ends_with("dont le début"));
    }
}

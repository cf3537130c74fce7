//! *E-mails*: what Izly would have sent to the students.

use askama::Template;

use crate::http::Reply;
use crate::journal::Email;
use crate::office::frame::{Frame, Place};
use crate::office::visit::{self, Visit};

#[derive(Template)]
#[template(path = "office/emails.html")]
struct Emails {
    frame: Frame,
    emails: Vec<Letter>,
}

struct Letter {
    sequence: u64,
    date: String,
    to: String,
    subject: String,
    text: String,
}

impl Letter {
    fn new(email: &Email) -> Self {
        Self {
            sequence: email.sequence,
            date: email.date.french(),
            to: email.to.clone(),
            subject: email.subject.clone(),
            text: email.text.trim_end().to_owned(),
        }
    }
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    let frame = visit.frame(Place::Emails)?;
    let emails = visit.look(|world| world.journal.emails().iter().rev().take(200).map(Letter::new).collect())?;
    Some(visit::page(200, &Emails { frame, emails }))
}

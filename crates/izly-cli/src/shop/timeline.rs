//! What happened to an order, line by line, in words that teach.

use izly::{OperationId, Outcome};
use jiff::Zoned;

/// The most lines kept of one order: anyone who knows an order's id can post callbacks about it.
const MOST_LINES: usize = 60;

/// Something that happened to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    Stored,
    Created(OperationId),
    NotCreated(Outcome),
    CallbackReceived,
    CameBack,
    AskedByHand,
    Credited,
    AlreadyCredited,
    StillWaiting,
    NotThisOrder,
    NotRead,
    Ended(Ending),
    RefundClaimed,
    Refunded,
    RefundRefused,
    RefundNotSent,
    RefundUnknown,
    RefundNotFound,
    RefundUndecided,
}

/// How Izly says that a payment ended which is not, or no longer, paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Cancelled,
    Refused,
    Refunded,
}

/// How sure one may be after a line: decides its colour, and is said in its text as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Neutral,
    /// A claim, or an open question.
    Doubt,
    Good,
    Bad,
}

/// A line of the timeline.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) event: Event,
    pub(super) at: Zoned,
}

/// The lines of an order, oldest first.
#[derive(Debug, Default, Clone)]
pub(super) struct Timeline {
    lines: Vec<Line>,
    /// How many lines there were before the ones kept.
    forgotten: u64,
}

impl Timeline {
    pub(super) fn add(&mut self, event: Event) {
        if self.lines.len() == MOST_LINES {
            self.lines.remove(0);
            self.forgotten += 1;
        }
        self.lines.push(Line { event, at: Zoned::now() });
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(super) fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// Grows with every line: tells a page whether it is out of date.
    pub(super) fn version(&self) -> u64 {
        self.forgotten + self.lines.len() as u64
    }
}

impl Line {
    /// `14:03:22`, in the machine's own time zone.
    pub(super) fn time(&self) -> String {
        self.at.strftime("%H:%M:%S").to_string()
    }

    /// The same for programs.
    pub(super) fn machine_time(&self) -> String {
        self.at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

impl Mood {
    pub(super) fn name(self) -> &'static str {
        match self {
            Mood::Neutral => "neutre",
            Mood::Doubt => "doute",
            Mood::Good => "bon",
            Mood::Bad => "mauvais",
        }
    }
}

impl Event {
    /// A name for tests and style sheets.
    pub(super) fn name(self) -> &'static str {
        match self {
            Event::Stored => "enregistree",
            Event::Created(_) => "creee",
            Event::NotCreated(_) => "non-creee",
            Event::CallbackReceived => "callback",
            Event::CameBack => "retour",
            Event::AskedByHand => "verification",
            Event::Credited => "creditee",
            Event::AlreadyCredited => "deja-creditee",
            Event::StillWaiting => "pas-encore",
            Event::NotThisOrder => "autre-commande",
            Event::NotRead => "sans-reponse",
            Event::Ended(Ending::Cancelled) => "annulee",
            Event::Ended(Ending::Refused) => "refusee",
            Event::Ended(Ending::Refunded) => "relue-remboursee",
            Event::RefundClaimed => "remboursement-reserve",
            Event::Refunded => "remboursee",
            Event::RefundRefused => "remboursement-refuse",
            Event::RefundNotSent => "remboursement-non-envoye",
            Event::RefundUnknown => "remboursement-inconnu",
            Event::RefundNotFound => "remboursement-absent",
            Event::RefundUndecided => "remboursement-incertain",
        }
    }

    pub(super) fn mood(self) -> Mood {
        match self {
            Event::Stored
            | Event::Created(_)
            | Event::AskedByHand
            | Event::AlreadyCredited
            | Event::RefundClaimed
            | Event::RefundNotSent
            | Event::RefundNotFound => Mood::Neutral,
            Event::CallbackReceived
            | Event::CameBack
            | Event::StillWaiting
            | Event::NotRead
            | Event::RefundUnknown
            | Event::RefundUndecided => Mood::Doubt,
            Event::Credited | Event::Refunded | Event::Ended(Ending::Refunded) => Mood::Good,
            Event::NotCreated(_) | Event::NotThisOrder | Event::RefundRefused | Event::Ended(_) => Mood::Bad,
        }
    }

    /// What the SDK was asked, where it was.
    pub(super) fn call(self) -> Option<&'static str> {
        match self {
            Event::Stored => Some("Order::new(id, montant)"),
            Event::Created(_) => Some("client.create_payment(&paiement)"),
            Event::NotCreated(Outcome::NotSent) | Event::RefundNotSent => Some("error.outcome() == NotSent"),
            Event::NotCreated(Outcome::Rejected) | Event::RefundRefused => Some("error.outcome() == Rejected"),
            Event::NotCreated(Outcome::Unknown) | Event::RefundUnknown => Some("error.outcome() == Unknown"),
            Event::CallbackReceived => Some("Callback::parse(corps)"),
            Event::Credited | Event::AlreadyCredited => Some("client.confirm(…) : PaidPayment"),
            Event::StillWaiting => Some("client.confirm(…) : NotFinal"),
            Event::NotThisOrder => Some("client.confirm(…) : Mismatch"),
            Event::NotRead => Some("error.outcome()"),
            Event::Ended(_) | Event::RefundNotFound | Event::RefundUndecided => Some("client.payment(operation)"),
            Event::Refunded => Some("client.refund(&paiement)"),
            Event::CameBack | Event::AskedByHand | Event::RefundClaimed => None,
        }
    }

    pub(super) fn text(self) -> String {
        match self {
            Event::Created(operation) => format!(
                "Paiement créé chez Izly\u{a0}: opération {operation}. Son numéro est noté à côté de la commande."
            ),
            other => other.fixed_text().to_owned(),
        }
    }

    fn fixed_text(self) -> &'static str {
        match self {
            Event::Stored => "Commande notée dans nos livres, avant tout appel à Izly.",
            Event::Created(_) => "Paiement créé chez Izly.",
            Event::NotCreated(Outcome::NotSent) => "La demande de paiement n’a jamais atteint Izly. Rien n’existe.",
            Event::NotCreated(Outcome::Rejected) => "Izly a refusé de créer le paiement. Rien n’existe.",
            Event::NotCreated(Outcome::Unknown) => {
                "Pas de réponse exploitable d’Izly. Si le paiement existe, personne n’a l’adresse de sa page\u{a0}: \
                 il ne peut pas être réglé."
            }
            Event::CallbackReceived => {
                "Izly a appelé notre serveur, ou quelqu’un qui l’imite\u{a0}: cela ne prouve rien."
            }
            Event::CameBack => "Le navigateur est revenu sur la boutique\u{a0}: cela ne prouve rien non plus.",
            Event::AskedByHand => "Vérification demandée depuis cette page.",
            Event::Credited => {
                "Nous avons relu l’opération chez Izly\u{a0}: payée, pour cette commande et ce montant. \
                 La commande est créditée."
            }
            Event::AlreadyCredited => "Relue chez Izly\u{a0}: payée, mais déjà créditée. Il n’y a rien à refaire.",
            Event::StillWaiting => "Nous avons relu l’opération chez Izly\u{a0}: pas payée. Rien n’est crédité.",
            Event::NotThisOrder => {
                "Nous avons relu l’opération chez Izly\u{a0}: elle ne paie pas cette commande. Rien n’est crédité."
            }
            Event::NotRead => "Izly n’a pas pu répondre. Rien n’est crédité\u{a0}; la question sera reposée.",
            Event::Ended(Ending::Cancelled) => "Nous avons relu l’opération chez Izly\u{a0}: annulée.",
            Event::Ended(Ending::Refused) => "Nous avons relu l’opération chez Izly\u{a0}: refusée.",
            Event::Ended(Ending::Refunded) => "Nous avons relu l’opération chez Izly\u{a0}: remboursée.",
            Event::RefundClaimed => {
                "Remboursement réservé dans nos livres, avant l’appel\u{a0}: un second clic n’enverra rien."
            }
            Event::Refunded => "Izly a remboursé la totalité.",
            Event::RefundRefused => "Izly a refusé le remboursement. Rien n’a été rendu.",
            Event::RefundNotSent => "La demande de remboursement n’a jamais atteint Izly. On peut la refaire.",
            Event::RefundUnknown => {
                "Pas de réponse exploitable d’Izly\u{a0}: l’argent a peut-être été rendu. \
                 On vérifie avant de redemander."
            }
            Event::RefundNotFound => {
                "Nous avons relu l’opération chez Izly\u{a0}: toujours payée. Le remboursement peut être redemandé."
            }
            Event::RefundUndecided => "Nous avons relu l’opération chez Izly\u{a0}: rien de certain encore.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_keeps_the_last_lines_and_the_count() {
        let mut timeline = Timeline::default();
        timeline.add(Event::Stored);
        for _ in 0..MOST_LINES + 4 {
            timeline.add(Event::CallbackReceived);
        }
        timeline.add(Event::Credited);
        assert_eq!((timeline.lines().len(), timeline.forgotten()), (MOST_LINES, 6));
        assert_eq!(timeline.version(), MOST_LINES as u64 + 6);
        assert_eq!(timeline.lines().last().unwrap().event, Event::Credited);
    }

    #[test]
    fn times_are_for_people_and_for_programs() {
        let at = "2026-01-05T14:03:22+01:00[+01:00]".parse().unwrap();
        let line = Line { event: Event::Stored, at };
        assert_eq!((line.time().as_str(), line.machine_time().as_str()), ("14:03:22", "2026-01-05T14:03:22+01:00"));
    }
}

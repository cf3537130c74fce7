//! What every page shows around its own content.

use crate::journal::Happening;
use crate::office::field::Field;
use crate::office::visit::link;
use crate::world::World;
use crate::worlds::Worlds;

/// A page of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Dashboard,
    Registration,
    Accounts,
    Payments,
    Callbacks,
    Faults,
    Readings,
    Clock,
    Emails,
    Partners,
}

impl Place {
    pub(super) const ALL: [Self; 10] = [
        Self::Dashboard,
        Self::Payments,
        Self::Accounts,
        Self::Registration,
        Self::Callbacks,
        Self::Faults,
        Self::Readings,
        Self::Clock,
        Self::Emails,
        Self::Partners,
    ];

    /// The last part of its address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Dashboard => "",
            Self::Registration => "inscription",
            Self::Accounts => "comptes",
            Self::Payments => "paiements",
            Self::Callbacks => "callbacks",
            Self::Faults => "pannes",
            Self::Readings => "lectures",
            Self::Clock => "horloge",
            Self::Emails => "e-mails",
            Self::Partners => "partenaires",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Dashboard => "Tableau de bord",
            Self::Registration => "Inscription",
            Self::Accounts => "Comptes",
            Self::Payments => "Paiements",
            Self::Callbacks => "Callbacks",
            Self::Faults => "Pannes",
            Self::Readings => "Lectures",
            Self::Clock => "Horloge",
            Self::Emails => "E-mails",
            Self::Partners => "Partenaires",
        }
    }
}

/// A link of the navigation.
pub(super) struct Entry {
    pub(super) href: String,
    pub(super) title: &'static str,
    pub(super) is_current: bool,
    /// How many things wait there, if any do.
    pub(super) count: usize,
}

/// A partner to choose.
pub(super) struct PartnerChoice {
    pub(super) identifier: String,
    pub(super) site_name: String,
    pub(super) is_chosen: bool,
}

/// A line of the summary of what is wrong with a form.
pub(super) struct Problem {
    pub(super) id: String,
    pub(super) text: String,
}

/// What every page shows around its own content.
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) site_name: String,
    pub(super) entries: Vec<Entry>,
    pub(super) partners: Vec<PartnerChoice>,
    /// Where choosing another partner leads.
    pub(super) here: String,
    /// What has just been done.
    pub(super) done: Option<String>,
    pub(super) problems: Vec<Problem>,
    partner: Option<String>,
}

impl Frame {
    pub(super) fn new(
        worlds: &Worlds,
        world: &World,
        partner: Option<String>,
        place: Place,
        done: Option<u64>,
    ) -> Self {
        let entries = Place::ALL
            .into_iter()
            .map(|entry| Entry {
                href: link(partner.as_deref(), entry.name(), ""),
                title: entry.title(),
                is_current: entry == place,
                count: waiting_at(world, entry),
            })
            .collect();
        let chosen = &world.partner.identifier;
        let partners = worlds
            .all()
            .map(|(_, world)| PartnerChoice {
                identifier: world.partner.identifier.clone(),
                site_name: world.partner.site_name.clone(),
                is_chosen: world.partner.identifier == *chosen,
            })
            .collect();
        Self {
            title: place.title().to_owned(),
            site_name: world.partner.site_name.clone(),
            entries,
            partners,
            here: link(None, place.name(), ""),
            done: done.and_then(|sequence| event(world, sequence)),
            problems: Vec::new(),
            partner,
        }
    }

    /// The page under another title.
    pub(super) fn titled(mut self, title: String) -> Self {
        self.title = title;
        self
    }

    /// The page with what is wrong with its form.
    pub(super) fn with_problems(mut self, fields: &[Field]) -> Self {
        let problem = |field: &Field| {
            let text = format!("{} : {}", field.label, field.problem.as_ref()?);
            Some(Problem { id: field.first_id(), text })
        };
        self.problems = fields.iter().filter_map(problem).collect();
        self
    }

    /// The address of another page about the same partner.
    pub(super) fn link(&self, path: &str) -> String {
        link(self.partner.as_deref(), path, "")
    }
}

/// What deserves a look: callbacks that wait, and faults that are set.
fn waiting_at(world: &World, place: Place) -> usize {
    match place {
        Place::Callbacks => world.waiting.len(),
        Place::Faults => world.faults.rules().len(),
        _ => 0,
    }
}

/// The text of an event. The address names it by its number, so that no link can put words of its own on the page.
fn event(world: &World, sequence: u64) -> Option<String> {
    world.journal.after(sequence.checked_sub(1)?).into_iter().find_map(|happening| match happening {
        Happening::Event(event) if event.sequence == sequence => Some(event.text.clone()),
        _ => None,
    })
}

//! A form's fields: what one template needs to show any of them, with its label, its help and what is wrong with it.

use crate::office::form::{Form, Problems};
use crate::office::words::{Badge, provenance_class};
use crate::remark::Provenance;

/// One field.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) id: String,
    pub(super) label: String,
    pub(super) help: String,
    pub(super) value: String,
    pub(super) control: Control,
    pub(super) problem: Option<String>,
}

/// How it is filled in.
#[derive(Debug, Clone)]
pub(super) enum Control {
    /// One line of text; the value of `inputmode`.
    Text(&'static str),
    Choice(Vec<Choice>),
    /// All choices in full, each with its explanation.
    Radio(Vec<Choice>),
    Tick,
}

/// One of the values to choose from.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) help: String,
    /// Where it comes from.
    pub(super) badge: Option<Badge>,
}

impl Choice {
    pub(super) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), help: String::new(), badge: None }
    }

    pub(super) fn explained(mut self, help: impl Into<String>, provenance: Provenance) -> Self {
        self.help = help.into();
        self.badge = Some(Badge { text: provenance.in_french().to_owned(), class: provenance_class(provenance) });
        self
    }
}

/// The value of a box that is ticked.
pub(super) const TICKED: &str = "oui";

impl Field {
    pub(super) fn text(name: &'static str, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name, label, value, Control::Text("text"))
    }

    pub(super) fn tick(name: &'static str, label: impl Into<String>, is_on: bool) -> Self {
        Self::new(name, label, if is_on { TICKED } else { "" }, Control::Tick)
    }

    pub(super) fn new(
        name: &'static str,
        label: impl Into<String>,
        value: impl Into<String>,
        control: Control,
    ) -> Self {
        let (label, value) = (label.into(), value.into());
        Self { name, id: name.to_owned(), label, help: String::new(), value, control, problem: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The keyboard that a phone shows.
    pub(super) fn keyboard(mut self, mode: &'static str) -> Self {
        self.control = Control::Text(mode);
        self
    }

    /// Which part of the template shows it.
    pub(super) fn kind(&self) -> &'static str {
        match self.control {
            Control::Text(_) => "text",
            Control::Choice(_) => "choice",
            Control::Radio(_) => "radio",
            Control::Tick => "tick",
        }
    }

    pub(super) fn choices(&self) -> &[Choice] {
        match &self.control {
            Control::Choice(choices) | Control::Radio(choices) => choices,
            Control::Text(_) | Control::Tick => &[],
        }
    }

    pub(super) fn keyboard_mode(&self) -> &'static str {
        if let Control::Text(mode) = self.control { mode } else { "none" }
    }

    pub(super) fn is_on(&self) -> bool {
        self.value == TICKED
    }

    pub(super) fn chosen(&self, choice: &Choice) -> bool {
        self.value == choice.value
    }

    /// The id of what can be filled in, where a link to the field has to lead.
    pub(super) fn first_id(&self) -> String {
        if matches!(self.control, Control::Radio(_)) { format!("{}-1", self.id) } else { self.id.clone() }
    }

    /// The ids of the texts that belong to it.
    pub(super) fn described_by(&self) -> String {
        let problem = self.problem.as_ref().map(|_| format!("{}-erreur", self.id));
        let help = (!self.help.is_empty()).then(|| format!("{}-aide", self.id));
        problem.into_iter().chain(help).collect::<Vec<_>>().join(" ")
    }
}

/// The fields with what somebody typed into them, and what is wrong with it. Nothing is lost.
pub(super) fn typed(fields: Vec<Field>, form: Form<'_>, problems: &Problems) -> Vec<Field> {
    let typed = |mut field: Field| {
        field.value = match field.control {
            Control::Tick if form.is_ticked(field.name) => TICKED.to_owned(),
            _ => form.raw(field.name).into_owned(),
        };
        field.problem = problems.of(field.name).map(str::to_owned);
        field
    };
    fields.into_iter().map(typed).collect()
}

/// The fields of one of several forms on a page, with ids of their own.
pub(super) fn within(prefix: &str, fields: Vec<Field>) -> Vec<Field> {
    fields.into_iter().map(|field| Field { id: format!("{prefix}-{}", field.name), ..field }).collect()
}

//! What somebody typed into a form, and what is wrong with it.

use std::borrow::Cow;

/// A form as it was sent.
#[derive(Clone, Copy)]
pub(super) struct Form<'a>(&'a [u8]);

impl<'a> Form<'a> {
    pub(super) fn new(body: &'a [u8]) -> Self {
        Self(body)
    }

    /// A value as it was typed; the empty text when the form has no such field.
    pub(super) fn raw(self, name: &str) -> Cow<'a, str> {
        form_urlencoded::parse(self.0).find(|(known, _)| known == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// A value without the spaces around it, which nobody means.
    pub(super) fn text(self, name: &str) -> String {
        self.raw(name).trim().to_owned()
    }

    /// Whether a box was ticked.
    pub(super) fn is_ticked(self, name: &str) -> bool {
        form_urlencoded::parse(self.0).any(|(known, _)| known == name)
    }

    /// Which of a page's forms it is.
    pub(super) fn action(self) -> String {
        self.text("action")
    }
}

/// What is wrong with a form, field by field.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<(&'static str, String)>);

impl Problems {
    pub(super) fn add(&mut self, field: &'static str, text: impl Into<String>) {
        self.0.push((field, text.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first thing that is wrong with a field.
    pub(super) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, text)| text.as_str())
    }

    /// The value, or a note of what is wrong with it.
    pub(super) fn check<T: Default>(&mut self, field: &'static str, value: Result<T, String>) -> T {
        value.unwrap_or_else(|text| {
            self.add(field, text);
            T::default()
        })
    }
}

/// A whole number within bounds.
pub(super) fn number(text: &str, least: u64, most: u64) -> Result<u64, String> {
    let typed: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let is_number = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit());
    let number = if is_number { typed.parse().ok() } else { None };
    number
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("Saisissez un nombre entier de {least} à {most}."))
}

/// A whole number within bounds, or nothing.
pub(super) fn optional_number(text: &str, least: u64, most: u64) -> Result<Option<u64>, String> {
    if text.is_empty() { Ok(None) } else { number(text, least, most).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_typed_and_trimmed() {
        let form = Form::new(b"action=a&nom=+deux+mots+&case=on");
        assert_eq!((form.raw("nom").as_ref(), form.text("nom").as_str()), (" deux mots ", "deux mots"));
        assert!(form.is_ticked("case") && !form.is_ticked("autre"));
        assert_eq!(form.text("autre"), "");
    }

    #[test]
    fn numbers() {
        assert_eq!(number("60 000", 0, 60_000), Ok(60_000));
        for wrong in ["", "-1", "+1", "1.0", "1,5", "x", "60001", "99999999999999999999"] {
            assert!(number(wrong, 0, 60_000).is_err(), "{wrong}");
        }
        assert_eq!(optional_number("", 1, 5), Ok(None));
        assert!(optional_number("0", 1, 5).is_err());
    }
}

//! What a reader of the timeline should know, and where each behaviour comes from.

use std::borrow::Cow;

use serde::Serialize;

/// Where a behaviour of the sandbox comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// The vendor's guide says so.
    Documented,
    /// Seen in production clients of this API, or in the vendor's older one.
    Observed,
    /// The guide is silent: the sandbox had to choose.
    Invented,
}

impl Provenance {
    /// The word for it on the pages.
    pub fn in_french(self) -> &'static str {
        match self {
            Self::Documented => "documenté",
            Self::Observed => "observé",
            Self::Invented => "notre invention",
        }
    }
}

/// One thing to know about a step of the timeline, in French.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Remark {
    /// Where the behaviour comes from.
    pub provenance: Provenance,
    /// The section of `docs/protocol.md` that tells more.
    pub section: Option<&'static str>,
    /// The remark itself.
    pub text: Cow<'static, str>,
}

impl Remark {
    pub(crate) fn documented(section: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        Self { provenance: Provenance::Documented, section: Some(section), text: text.into() }
    }

    pub(crate) fn observed(section: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        Self { provenance: Provenance::Observed, section: Some(section), text: text.into() }
    }

    pub(crate) fn invented(text: impl Into<Cow<'static, str>>) -> Self {
        Self { provenance: Provenance::Invented, section: None, text: text.into() }
    }
}

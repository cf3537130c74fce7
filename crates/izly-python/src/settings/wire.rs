//! Other readings of what the guide leaves open.

use izly::{AmountUnit, ContentType, ErrorKind, StatePolicy};
use pyo3::prelude::*;

use crate::errors::refused;
use crate::support::model::model;

/// Other readings of the points that the vendor's guide leaves open; the defaults are the protocol page's.
///
/// - `content_type`: `"xpollens"`, as in the guide, or `"s-money"`, as older clients in production send;
/// - `reply_amounts`: `"euros"` or `"centimes"`, the unit of amounts in replies;
/// - `refund_slash`: whether a refund's `clientOrderId` begins with the slash that the guide prints;
/// - `state`: `"required"`, or `"allow_missing"` for a server that does not echo it. Weaker: know why you choose it.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Wire {
    /// The content type of payment calls: `"xpollens"` or `"s-money"`.
    #[pyo3(get)]
    content_type: String,
    /// The unit of amounts in replies: `"euros"` or `"centimes"`.
    #[pyo3(get)]
    reply_amounts: String,
    /// Whether a refund's order id is sent with a slash before it.
    #[pyo3(get)]
    refund_slash: bool,
    /// Whether a login's return must bear its state: `"required"` or `"allow_missing"`.
    #[pyo3(get)]
    state: String,
}

fn chosen<T: Copy>(py: Python<'_>, name: &str, given: &str, choices: [(&str, T); 2]) -> PyResult<T> {
    let found = choices.iter().find(|(choice, _)| *choice == given).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let [(first, _), (second, _)] = choices;
        refused(py, ErrorKind::Configuration, name, &format!("must be {first:?} or {second:?}"))
    })
}

impl Wire {
    pub(crate) fn to_core(&self, py: Python<'_>) -> PyResult<izly::Wire> {
        let mut wire = izly::Wire::default();
        let types = [("xpollens", ContentType::Xpollens), ("s-money", ContentType::SMoney)];
        wire.content_type = chosen(py, "content_type", &self.content_type, types)?;
        let units = [("euros", AmountUnit::Euros), ("centimes", AmountUnit::Centimes)];
        wire.reply_amounts = chosen(py, "reply_amounts", &self.reply_amounts, units)?;
        wire.refund_slash = self.refund_slash;
        let policies = [("required", StatePolicy::Require), ("allow_missing", StatePolicy::AllowMissing)];
        wire.state = chosen(py, "state", &self.state, policies)?;
        Ok(wire)
    }
}

model!(Wire,
    shown: [content_type, reply_amounts, refund_slash, state], covered: [],
    match: ["content_type", "reply_amounts", "refund_slash", "state"],
{
    #[new]
    #[pyo3(signature = (
        *, content_type = "xpollens".to_owned(), reply_amounts = "euros".to_owned(), refund_slash = false,
        state = "required".to_owned()
    ))]
    fn new(
        py: Python<'_>, content_type: String, reply_amounts: String, refund_slash: bool, state: String) -> PyResult<Self> {
        let wire = Wire { content_type, reply_amounts, refund_slash, state };
        wire.to_core(py).map(|_| wire)
    }
});

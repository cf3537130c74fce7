//! The files that the pages load, which are all there is to load.

use crate::http::Reply;

/// What the pages may load: these files, and nothing from anywhere else.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
    img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) fn find(name: &str) -> Option<Reply> {
    match name {
        "office.css" => Some(Reply::asset("text/css; charset=utf-8", include_str!("../../assets/office.css"))),
        "office.js" => Some(Reply::asset("text/javascript; charset=utf-8", include_str!("../../assets/office.js"))),
        "office.svg" => Some(Reply::asset("image/svg+xml", include_str!("../../assets/office.svg"))),
        _ => None,
    }
}

//! The back office: `/_sandbox`, for people.

use std::sync::Arc;

use crate::app::App;
use crate::http::{Incoming, Reply};
use crate::pages::ErrorPage;

/// Answers a request to the back office.
pub(crate) async fn answer(_app: &Arc<App>, _request: &Incoming) -> Reply {
    Reply::empty(404)
}

/// A request from somewhere it must not come from.
pub(crate) fn refused(reason: &str) -> Reply {
    Reply::page(403, &ErrorPage { title: "Accès refusé", text: reason })
}

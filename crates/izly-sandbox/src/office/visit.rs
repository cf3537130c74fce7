//! One request to the back office: whose world it is about, and the ways to look at it and to change it.

use std::sync::Arc;

use askama::Template;

use crate::app::App;
use crate::http::{Incoming, Reply, encode_lower};
use crate::office::assets::POLICY;
use crate::office::form::Form;
use crate::office::frame::{Frame, Place};
use crate::world::World;
use crate::worlds::WorldId;

/// A request, and the partner that it chose.
pub(super) struct Visit<'a> {
    pub(super) app: &'a Arc<App>,
    pub(super) request: &'a Incoming,
    pub(super) id: WorldId,
    /// What `?partenaire=` has to say in links; the first partner goes without saying.
    partner: Option<String>,
}

impl<'a> Visit<'a> {
    /// `None`: there is no such partner.
    pub(super) fn new(app: &'a Arc<App>, request: &'a Incoming) -> Option<Self> {
        let named = request.query_value("partenaire").filter(|name| !name.is_empty());
        let id = match &named {
            Some(name) => app.worlds().named(name)?,
            None => app.worlds().first_id(),
        };
        let partner = named.filter(|_| !id.is_first());
        Some(Self { app, request, id, partner })
    }

    pub(super) fn form(&self) -> Form<'a> {
        Form::new(&self.request.body)
    }

    /// A value of the query that is not empty.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        self.request.query_value(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// Looks at the partner's world, under the lock.
    pub(super) fn look<T>(&self, look: impl FnOnce(&World) -> T) -> Option<T> {
        self.app.worlds().get(self.id).map(look)
    }

    /// Changes the partner's world, under the lock, and tells everybody afterwards.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> Option<T> {
        let changed = self.app.worlds().get_mut(self.id).map(change)?;
        self.app.changed();
        Some(changed)
    }

    /// The address of a page about the same partner. `query` may be empty.
    pub(super) fn link(&self, path: &str, query: &str) -> String {
        link(self.partner.as_deref(), path, query)
    }

    /// What every page shows around its own content.
    pub(super) fn frame(&self, place: Place) -> Option<Frame> {
        let worlds = self.app.worlds();
        let world = worlds.get(self.id)?;
        let done = self.query("fait").and_then(|sequence| sequence.parse().ok());
        Some(Frame::new(&worlds, world, self.partner.clone(), place, done))
    }

    /// To the page that shows what has been done, with the event that tells of it.
    pub(super) fn done(&self, path: &str, event: u64) -> Reply {
        see_other(self.link(path, &format!("fait={event}")))
    }
}

/// To a page about another partner than the one that was visited.
pub(super) fn done_about(identifier: &str, path: &str, event: u64) -> Reply {
    see_other(link(Some(identifier), path, &format!("fait={event}")))
}

fn see_other(location: String) -> Reply {
    Reply { status: 303, ..Reply::redirect(location) }
}

/// A page of the back office. Its forms say where they come from, which is how others' forms are told apart.
pub(super) fn page(status: u16, page: &impl Template) -> Reply {
    Reply::page_with(status, page, POLICY, "same-origin")
}

pub(super) fn link(partner: Option<&str>, path: &str, query: &str) -> String {
    let partner = partner.map(|identifier| format!("partenaire={}", encode_lower(identifier)));
    let query: Vec<&str> = partner.as_deref().into_iter().chain([query]).filter(|part| !part.is_empty()).collect();
    let separator = if query.is_empty() { "" } else { "?" };
    let slash = if path.is_empty() { "" } else { "/" };
    format!("/_sandbox{slash}{path}{separator}{}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links() {
        assert_eq!(link(None, "", ""), "/_sandbox");
        assert_eq!(link(None, "comptes", "fait=3"), "/_sandbox/comptes?fait=3");
        assert_eq!(link(Some("A B&c"), "comptes", "fait=3"), "/_sandbox/comptes?partenaire=A%20B%26c&fait=3");
    }
}

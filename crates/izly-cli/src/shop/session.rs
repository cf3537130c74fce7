//! What the shop knows of each browser, in memory, within bounds.

use std::collections::HashMap;

use super::customer::Customer;
use super::secret::Secret;

/// The most sessions kept; the one unused for longest goes first.
const MOST_SESSIONS: usize = 500;

/// The name of the cookie.
pub(super) const COOKIE: &str = "bde_session";

/// Whose order is whose. It outlives a new session id, and is no secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Owner(u64);

impl Owner {
    pub(super) fn next(self) -> Self {
        Owner(self.0 + 1)
    }
}

/// All sessions by their id, which only the browser's cookie holds beside.
#[derive(Default)]
pub(super) struct Sessions {
    by_id: HashMap<String, Session>,
    uses: u64,
    last_owner: Owner,
}

struct Session {
    /// What a form must bring: proves that it came from a page of this shop.
    token: Secret,
    owner: Owner,
    /// The login that was begun, to be compared with its return, once.
    login: Option<izly::State>,
    customer: Option<Customer>,
    last_use: u64,
}

/// A session, as one request sees it.
#[derive(Clone)]
pub(super) struct Visit {
    pub(super) id: Secret,
    pub(super) token: Secret,
    pub(super) owner: Owner,
    pub(super) customer: Option<Customer>,
    /// The browser does not know it yet.
    pub(super) is_new: bool,
}

impl Sessions {
    /// The session of this cookie, or a new one.
    pub(super) fn open(&mut self, cookie: Option<&Secret>) -> Result<Visit, getrandom::Error> {
        self.uses += 1;
        if let Some(id) = cookie
            && let Some(session) = self.by_id.get_mut(id.reveal())
        {
            session.last_use = self.uses;
            return Ok(session.visit(id.clone(), false));
        }
        let id = Secret::random()?;
        self.last_owner = self.last_owner.next();
        let session = Session {
            token: Secret::random()?,
            owner: self.last_owner,
            login: None,
            customer: None,
            last_use: self.uses,
        };
        let visit = session.visit(id.clone(), true);
        self.insert(&id, session);
        Ok(visit)
    }

    /// Remembers a login that was begun. Another one that was not finished is forgotten.
    pub(super) fn begin_login(&mut self, id: &Secret, state: izly::State) {
        if let Some(session) = self.by_id.get_mut(id.reveal()) {
            session.login = Some(state);
        }
    }

    /// The state of the login that was begun, which is spent by this.
    pub(super) fn take_login(&mut self, id: &Secret) -> Option<izly::State> {
        self.by_id.get_mut(id.reveal())?.login.take()
    }

    /// Somebody logged in. The session gets a new id, so that one planted before is worth nothing after.
    pub(super) fn log_in(&mut self, id: &Secret, customer: Customer) -> Result<Option<Secret>, getrandom::Error> {
        let (new_id, token) = (Secret::random()?, Secret::random()?);
        let Some(session) = self.by_id.remove(id.reveal()) else { return Ok(None) };
        self.insert(&new_id, Session { token, customer: Some(customer), ..session });
        Ok(Some(new_id))
    }

    /// Ends the session, its orders' pages included: the next person at this browser is somebody else.
    pub(super) fn log_out(&mut self, id: &Secret) {
        self.by_id.remove(id.reveal());
    }

    fn insert(&mut self, id: &Secret, session: Session) {
        if self.by_id.len() >= MOST_SESSIONS {
            let unused = self.by_id.iter().min_by_key(|(_, session)| session.last_use);
            if let Some(id) = unused.map(|(id, _)| id.clone()) {
                self.by_id.remove(&id);
            }
        }
        self.by_id.insert(id.reveal().to_owned(), session);
    }
}

impl Session {
    fn visit(&self, id: Secret, is_new: bool) -> Visit {
        Visit { id, token: self.token.clone(), owner: self.owner, customer: self.customer.clone(), is_new }
    }
}

#[cfg(test)]
mod tests {
    use izly::UserDetails;

    use super::*;

    #[test]
    fn a_cookie_nobody_gave_out_opens_a_new_session() {
        let mut sessions = Sessions::default();
        let first = sessions.open(None).unwrap();
        assert!(first.is_new);
        let again = sessions.open(Some(&first.id)).unwrap();
        assert!(!again.is_new && again.owner == first.owner && again.token.is(first.token.reveal()));
        let planted = Secret::random().unwrap();
        let other = sessions.open(Some(&planted)).unwrap();
        assert!(other.is_new && other.owner != first.owner && !other.id.is(planted.reveal()));
    }

    #[test]
    fn a_login_is_taken_once_and_only_by_its_own_session() {
        let mut sessions = Sessions::default();
        let (visit, other) = (sessions.open(None).unwrap(), sessions.open(None).unwrap());
        sessions.begin_login(&visit.id, izly::State::new("first"));
        sessions.begin_login(&visit.id, izly::State::new("second"));
        assert!(sessions.take_login(&other.id).is_none());
        assert_eq!(sessions.take_login(&visit.id), Some(izly::State::new("second")));
        assert!(sessions.take_login(&visit.id).is_none());
    }

    #[test]
    fn a_login_changes_id_and_token_and_keeps_the_orders() {
        let mut sessions = Sessions::default();
        let before = sessions.open(None).unwrap();
        let id = sessions.log_in(&before.id, Customer::new(&UserDetails::default())).unwrap().unwrap();
        let after = sessions.open(Some(&id)).unwrap();
        assert!(after.owner == before.owner && after.customer.is_some() && !after.token.is(before.token.reveal()));
        assert!(sessions.open(Some(&before.id)).unwrap().is_new, "the old id is worth nothing");
        sessions.log_out(&id);
        assert!(sessions.open(Some(&id)).unwrap().customer.is_none());
    }

    #[test]
    fn the_session_unused_for_longest_makes_room() {
        let mut sessions = Sessions::default();
        let (kept, gone) = (sessions.open(None).unwrap(), sessions.open(None).unwrap());
        for _ in 2..MOST_SESSIONS {
            sessions.open(None).unwrap();
        }
        sessions.open(Some(&kept.id)).unwrap();
        sessions.open(None).unwrap();
        assert_eq!(sessions.by_id.len(), MOST_SESSIONS);
        assert!(!sessions.open(Some(&kept.id)).unwrap().is_new);
        assert!(sessions.open(Some(&gone.id)).unwrap().is_new);
    }
}

//! All partners' worlds, and which one a request belongs to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::partner::{Partner, validate_all};
use crate::world::{Beginning, World};

/// The most partners a sandbox holds.
pub(crate) const MOST_PARTNERS: usize = 1_000;

/// A world, by the order in which its partner came. Never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WorldId(u64);

/// The worlds of all partners. There is always a first one.
#[derive(Debug)]
pub(crate) struct Worlds {
    beginning: Beginning,
    first: World,
    others: BTreeMap<WorldId, World>,
    /// The API keys of the others, which every request is looked up by.
    keys: BTreeMap<String, WorldId>,
    first_key: String,
    last: u64,
}

/// What is kept of all worlds when they are saved.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Saved {
    version: u32,
    worlds: Vec<World>,
}

/// The version of [`Saved`].
const VERSION: u32 = 1;

impl Worlds {
    pub(crate) const FIRST: WorldId = WorldId(0);

    pub(crate) fn new(partners: Vec<Partner>, beginning: Beginning) -> Result<Self, Error> {
        validate_all(&partners)?;
        let mut partners = partners.into_iter();
        let first = World::new(partners.next().unwrap_or_default(), &beginning, true);
        let mut worlds = Self {
            first_key: first.partner.api_key(),
            first,
            beginning,
            others: BTreeMap::new(),
            keys: BTreeMap::new(),
            last: 0,
        };
        for partner in partners {
            worlds.add(partner);
        }
        Ok(worlds)
    }

    /// Adds a partner that has been checked, and whose identifier is nobody else's.
    pub(crate) fn add(&mut self, partner: Partner) -> WorldId {
        let world = World::new(partner, &self.beginning, false);
        self.insert(world)
    }

    fn insert(&mut self, world: World) -> WorldId {
        self.last += 1;
        let id = WorldId(self.last);
        self.keys.insert(world.partner.api_key(), id);
        self.others.insert(id, world);
        id
    }

    /// Forgets a partner and all that is its own; not the first one. Returns whether it is gone.
    pub(crate) fn remove(&mut self, id: WorldId) -> bool {
        let removed = self.others.remove(&id);
        if let Some(world) = &removed {
            self.keys.remove(&world.partner.api_key());
        }
        removed.is_some()
    }

    /// Puts a partner's world back to how it began. Its registration stays.
    pub(crate) fn reset(&mut self, id: WorldId) {
        let Self { beginning, first, others, .. } = self;
        let is_first = id == Self::FIRST;
        let world = if is_first { Some(first) } else { others.get_mut(&id) };
        if let Some(world) = world {
            *world = World::new(world.partner.clone(), beginning, is_first);
        }
    }

    pub(crate) fn first(&self) -> &World {
        &self.first
    }

    pub(crate) fn first_mut(&mut self) -> &mut World {
        &mut self.first
    }

    pub(crate) fn get(&self, id: WorldId) -> Option<&World> {
        if id == Self::FIRST { Some(&self.first) } else { self.others.get(&id) }
    }

    pub(crate) fn get_mut(&mut self, id: WorldId) -> Option<&mut World> {
        if id == Self::FIRST { Some(&mut self.first) } else { self.others.get_mut(&id) }
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (WorldId, &World)> {
        std::iter::once((Self::FIRST, &self.first)).chain(self.others.iter().map(|(id, world)| (*id, world)))
    }

    pub(crate) fn len(&self) -> usize {
        1 + self.others.len()
    }

    pub(crate) fn named(&self, identifier: &str) -> Option<WorldId> {
        self.find(|world| world.partner.identifier == identifier)
    }

    pub(crate) fn with_key(&self, api_key: &str) -> Option<WorldId> {
        if api_key == self.first_key { Some(Self::FIRST) } else { self.keys.get(api_key).copied() }
    }

    pub(crate) fn with_access_token(&self, token: &str) -> Option<WorldId> {
        self.find(|world| world.grants.knows_access(token))
    }

    /// Two partners' operations may share an id, but not the token of the page.
    pub(crate) fn with_payment(&self, operation_id: u64, token: &str) -> Option<WorldId> {
        self.find(|world| world.payments.get(&operation_id).is_some_and(|payment| payment.token == token))
    }

    fn find(&self, is_it: impl Fn(&World) -> bool) -> Option<WorldId> {
        self.all().find(|(_, world)| is_it(world)).map(|(id, _)| id)
    }

    /// All of it but the timelines, as JSON.
    pub(crate) fn save(&self) -> String {
        #[derive(Serialize)]
        struct Borrowed<'a> {
            version: u32,
            worlds: Vec<&'a World>,
        }
        let saved = Borrowed { version: VERSION, worlds: self.all().map(|(_, world)| world).collect() };
        // Texts and numbers under texts: nothing in it can fail to serialise.
        serde_json::to_string(&saved).unwrap_or_default()
    }

    /// Puts everything back to how it was saved. Nothing changes if that is not possible.
    pub(crate) fn restore(&mut self, saved: Saved) -> Result<(), String> {
        let Saved { version, worlds } = saved;
        if version != VERSION {
            return Err(format!("it has version {version}, and this sandbox reads version {VERSION}"));
        }
        if worlds.is_empty() || worlds.len() > MOST_PARTNERS {
            return Err(format!("it must hold 1 to {MOST_PARTNERS} partners"));
        }
        let partners: Vec<Partner> = worlds.iter().map(|world| world.partner.clone()).collect();
        validate_all(&partners).map_err(|error| error.to_string())?;
        if let Some(world) = worlds.iter().find(|world| !world.is_whole()) {
            return Err(format!(
                "a payment of {:?} was made by an account that is not in it",
                world.partner.identifier
            ));
        }
        self.others.clear();
        self.keys.clear();
        for (place, world) in worlds.into_iter().enumerate() {
            if place == 0 {
                self.first_key = world.partner.api_key();
                self.first = world;
            } else {
                self.insert(world);
            }
        }
        Ok(())
    }
}

impl World {
    /// Whether everything that names an account names one that exists.
    fn is_whole(&self) -> bool {
        let known = |id: usize| id < self.accounts.len();
        self.payments.values().all(|payment| payment.account.is_none_or(|account| known(account.0)))
            && self.grants.accounts().all(|account| known(account.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::PASSWORD;
    use crate::login::ScopeMask;
    use crate::world::tests::beginning;

    fn two() -> Worlds {
        let second = Partner { identifier: "Laverie-2-2-2-2".into(), ..Partner::default() };
        Worlds::new(vec![Partner::default(), second], beginning()).unwrap()
    }

    #[test]
    fn a_partner_is_found_by_its_key_its_name_and_its_students_token() {
        let mut worlds = two();
        let second = worlds.named("Laverie-2-2-2-2").unwrap();
        let key = worlds.get(second).unwrap().partner.api_key();
        assert_eq!(worlds.with_key(&key), Some(second));
        assert_eq!(worlds.with_key(&Partner::default().api_key()), Some(Worlds::FIRST));
        assert_eq!(worlds.with_key("nobody's"), None);
        let world = worlds.get_mut(second).unwrap();
        let code = world.log_in(ScopeMask::new(1).unwrap(), "riche@example.fr", PASSWORD).unwrap();
        let access = world.exchange_code(&code).unwrap().access;
        assert_eq!(worlds.with_access_token(&access), Some(second));
    }

    #[test]
    fn accounts_and_codes_are_each_partners_own() {
        let mut worlds = two();
        let second = worlds.named("Laverie-2-2-2-2").unwrap();
        worlds.get_mut(second).unwrap().accounts[0].balance_cents = 1;
        assert_eq!(worlds.first().accounts[0].balance_cents, 10_000);
        let scope = ScopeMask::new(1).unwrap();
        let code = worlds.first_mut().log_in(scope, "riche@example.fr", PASSWORD).unwrap();
        assert!(worlds.get_mut(second).unwrap().exchange_code(&code).is_none());
        assert!(worlds.first_mut().exchange_code(&code).is_some());
    }

    #[test]
    fn what_is_saved_can_be_restored_and_goes_on_alike() {
        let mut worlds = two();
        let scope = ScopeMask::new(1).unwrap();
        worlds.first_mut().log_in(scope, "riche@example.fr", PASSWORD).unwrap();
        let saved = worlds.save();
        let mut others = two();
        others.restore(serde_json::from_str(&saved).unwrap()).unwrap();
        assert_eq!(others.save(), saved);
        let next = |worlds: &mut Worlds| worlds.first_mut().log_in(scope, "riche@example.fr", PASSWORD).unwrap();
        assert_eq!(next(&mut worlds), next(&mut others));
        assert_eq!(others.len(), 2);
    }

    #[test]
    fn a_reset_keeps_the_registration_only() {
        let mut worlds = two();
        worlds.first_mut().partner.site_name = "Autre".into();
        worlds.first_mut().accounts[0].balance_cents = 0;
        worlds.reset(Worlds::FIRST);
        assert_eq!(worlds.first().partner.site_name, "Autre");
        assert_eq!(worlds.first().accounts[0].balance_cents, 10_000);
    }

    #[test]
    fn what_is_no_snapshot_changes_nothing() {
        let mut worlds = two();
        let before = worlds.save();
        for (from, to) in [
            ("\"version\":1", "\"version\":2"),
            ("sandbox_not_a_secret", "live_key"),
            ("Laverie-2-2-2-2", "Sandbox Crous-1-1-1-1"),
        ] {
            let changed = before.replacen(from, to, 1);
            assert_ne!(changed, before);
            assert!(worlds.restore(serde_json::from_str(&changed).unwrap()).is_err(), "{from}");
        }
        assert!(worlds.restore(serde_json::from_str(r#"{"version":1,"worlds":[]}"#).unwrap()).is_err());
        assert_eq!(worlds.save(), before);
    }
}

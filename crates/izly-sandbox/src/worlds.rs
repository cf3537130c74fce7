//! All partners' worlds, and which one a request belongs to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::partner::{Partner, validate_all};
use crate::world::{Beginning, World};

/// The most partners a sandbox holds.
pub(crate) const MOST_PARTNERS: usize = 1_000;

/// A world, by the order in which its partner came, and by its life: a reset or a restore begins a new one, and whatever
/// was on its way in the old one finds nobody any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WorldId {
    place: u64,
    life: u64,
}

impl WorldId {
    pub(crate) fn is_first(self) -> bool {
        self.place == 0
    }
}

/// Why there cannot be one more partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAdded {
    /// Another one has its identifier.
    Taken,
    /// There are [`MOST_PARTNERS`].
    Full,
}

/// The worlds of all partners. There is always a first one.
#[derive(Debug)]
pub(crate) struct Worlds {
    beginning: Beginning,
    first: World,
    others: BTreeMap<u64, World>,
    /// The API keys of the others, which every request is looked up by.
    keys: BTreeMap<String, u64>,
    first_key: String,
    last: u64,
    /// Lives that were given.
    lives: u64,
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
            lives: 0,
        };
        for partner in partners {
            // Their identifiers have been compared already.
            worlds.add(partner).map_err(|_| Error::Partner(format!("there are more than {MOST_PARTNERS}")))?;
        }
        Ok(worlds)
    }

    /// Adds a partner that has been checked.
    pub(crate) fn add(&mut self, partner: Partner) -> Result<WorldId, NotAdded> {
        if self.named(&partner.identifier).is_some() {
            return Err(NotAdded::Taken);
        }
        if self.len() >= MOST_PARTNERS {
            return Err(NotAdded::Full);
        }
        let world = World::new(partner, &self.beginning, false);
        Ok(self.insert(world))
    }

    fn insert(&mut self, mut world: World) -> WorldId {
        self.last += 1;
        world.life = self.next_life();
        let id = WorldId { place: self.last, life: world.life };
        self.keys.insert(world.partner.api_key(), id.place);
        self.others.insert(id.place, world);
        id
    }

    fn next_life(&mut self) -> u64 {
        self.lives += 1;
        self.lives
    }

    /// Forgets a partner and all that is its own; not the first one. Returns whether it is gone.
    pub(crate) fn remove(&mut self, id: WorldId) -> bool {
        if id.is_first() || self.get(id).is_none() {
            return false;
        }
        let removed = self.others.remove(&id.place);
        if let Some(world) = &removed {
            self.keys.remove(&world.partner.api_key());
        }
        removed.is_some()
    }

    /// Puts a partner's world back to how it began. Its registration stays. Returns its new life.
    pub(crate) fn reset(&mut self, id: WorldId) -> Option<WorldId> {
        let life = self.next_life();
        let Self { beginning, first, others, .. } = self;
        let world = if id.is_first() { first } else { others.get_mut(&id.place)? };
        if world.life != id.life {
            return None;
        }
        *world = World::new(world.partner.clone(), beginning, id.is_first());
        world.life = life;
        Some(WorldId { life, ..id })
    }

    /// The first partner's world, in its present life.
    pub(crate) fn first_id(&self) -> WorldId {
        WorldId { place: 0, life: self.first.life }
    }

    fn id_at(&self, place: u64) -> Option<WorldId> {
        let world = if place == 0 { &self.first } else { self.others.get(&place)? };
        Some(WorldId { place, life: world.life })
    }

    pub(crate) fn first(&self) -> &World {
        &self.first
    }

    pub(crate) fn first_mut(&mut self) -> &mut World {
        &mut self.first
    }

    pub(crate) fn get(&self, id: WorldId) -> Option<&World> {
        let world = if id.is_first() { Some(&self.first) } else { self.others.get(&id.place) };
        world.filter(|world| world.life == id.life)
    }

    pub(crate) fn get_mut(&mut self, id: WorldId) -> Option<&mut World> {
        let world = if id.is_first() { Some(&mut self.first) } else { self.others.get_mut(&id.place) };
        world.filter(|world| world.life == id.life)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (WorldId, &World)> {
        let others = self.others.iter().map(|(place, world)| (*place, world));
        std::iter::once((0, &self.first))
            .chain(others)
            .map(|(place, world)| (WorldId { place, life: world.life }, world))
    }

    pub(crate) fn len(&self) -> usize {
        1 + self.others.len()
    }

    pub(crate) fn named(&self, identifier: &str) -> Option<WorldId> {
        self.find(|world| world.partner.identifier == identifier)
    }

    pub(crate) fn with_key(&self, api_key: &str) -> Option<WorldId> {
        let place = if api_key == self.first_key { Some(0) } else { self.keys.get(api_key).copied() };
        place.and_then(|place| self.id_at(place))
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
        for world in &worlds {
            world.check().map_err(|rule| format!("{:?}: {rule}", world.partner.identifier))?;
        }
        self.others.clear();
        self.keys.clear();
        for (place, mut world) in worlds.into_iter().enumerate() {
            world.heal();
            if place == 0 {
                self.first_key = world.partner.api_key();
                world.life = self.next_life();
                self.first = world;
            } else {
                self.insert(world);
            }
        }
        Ok(())
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
        assert_eq!(worlds.with_key(&Partner::default().api_key()), Some(worlds.first_id()));
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
        worlds.reset(worlds.first_id());
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

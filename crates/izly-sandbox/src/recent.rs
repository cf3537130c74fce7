//! A map that forgets: a sandbox that is left running must not grow for ever.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The last `capacity` entries, by key. The oldest go first.
#[derive(Debug, Clone)]
pub(crate) struct Recent<V, const CAPACITY: usize> {
    values: BTreeMap<String, V>,
    /// Keys by age. May hold some that were removed since; they are skipped when their turn comes.
    order: VecDeque<String>,
}

impl<V, const CAPACITY: usize> Default for Recent<V, CAPACITY> {
    fn default() -> Self {
        Self { values: BTreeMap::new(), order: VecDeque::new() }
    }
}

impl<V, const CAPACITY: usize> Recent<V, CAPACITY> {
    pub(crate) fn insert(&mut self, key: String, value: V) {
        self.values.insert(key.clone(), value);
        self.order.push_back(key);
        while self.order.len() > CAPACITY {
            if let Some(oldest) = self.order.pop_front() {
                self.values.remove(&oldest);
            }
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        self.values.get(key)
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<V> {
        self.values.remove(key)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.values.values()
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }
}

impl<V: Serialize, const CAPACITY: usize> Serialize for Recent<V, CAPACITY> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.order.iter().filter_map(|key| self.values.get(key).map(|value| (key, value))))
    }
}

impl<'de, V: Deserialize<'de>, const CAPACITY: usize> Deserialize<'de> for Recent<V, CAPACITY> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries: Vec<(String, V)> = Vec::deserialize(deserializer)?;
        let mut recent = Self::default();
        for (key, value) in entries {
            recent.insert(key, value);
        }
        Ok(recent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_the_oldest_and_keeps_its_order_when_saved() {
        let mut recent = Recent::<u8, 3>::default();
        for (key, value) in [("a", 1), ("b", 2), ("c", 3), ("d", 4)] {
            recent.insert(key.to_owned(), value);
        }
        assert_eq!((recent.get("a"), recent.get("d"), recent.len()), (None, Some(&4), 3));
        recent.remove("c");
        let saved = serde_json::to_string(&recent).unwrap();
        assert_eq!(saved, r#"[["b",2],["d",4]]"#);
        let mut restored: Recent<u8, 3> = serde_json::from_str(&saved).unwrap();
        restored.insert("e".to_owned(), 5);
        restored.insert("f".to_owned(), 6);
        assert_eq!((restored.get("b"), restored.get("d")), (None, Some(&4)));
    }

    #[test]
    fn a_key_that_goes_and_comes_does_not_make_it_grow() {
        let mut recent = Recent::<u8, 3>::default();
        for _ in 0..100 {
            recent.insert("a".to_owned(), 1);
            recent.remove("a");
        }
        assert!(recent.order.len() <= 3 && recent.len() == 0);
    }
}

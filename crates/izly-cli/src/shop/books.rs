//! All orders, in memory, within bounds.

use std::collections::BTreeMap;

use super::sale::Sale;
use super::session::Owner;

/// The most orders kept.
const MOST_SALES: usize = 500;

/// All orders by their id.
#[derive(Default)]
pub(super) struct Books {
    sales: BTreeMap<String, (u64, Sale)>,
    stored: u64,
}

/// There is no room, and nothing that may be forgotten.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Full;

impl Books {
    /// Writes an order down. When the books are full, the oldest one that is over makes room.
    pub(super) fn store(&mut self, sale: Sale) -> Result<(), Full> {
        if self.sales.len() >= MOST_SALES {
            let over = self.sales.iter().filter(|(_, (_, sale))| sale.is_over());
            let oldest = over.min_by_key(|(_, (place, _))| *place).map(|(id, _)| id.clone());
            self.sales.remove(&oldest.ok_or(Full)?);
        }
        self.stored += 1;
        self.sales.insert(sale.order.id().to_owned(), (self.stored, sale));
        Ok(())
    }

    pub(super) fn find(&mut self, id: &str) -> Option<&mut Sale> {
        self.sales.get_mut(id).map(|(_, sale)| sale)
    }

    /// Somebody's own order: another one's is as good as none.
    pub(super) fn find_own(&mut self, id: &str, owner: Owner) -> Option<&mut Sale> {
        self.find(id).filter(|sale| sale.owner == owner)
    }

    /// Somebody's orders, newest first.
    pub(super) fn of(&self, owner: Owner) -> Vec<&Sale> {
        let mut own: Vec<_> = self.sales.values().filter(|(_, sale)| sale.owner == owner).collect();
        own.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
        own.into_iter().map(|(_, sale)| sale).collect()
    }
}

#[cfg(test)]
mod tests {
    use izly::{Cents, Order, Outcome};

    use super::super::catalogue::PRODUCTS;
    use super::*;

    fn sale(number: usize, owner: Owner) -> Sale {
        Sale::new(Order::new(format!("bde-{number}"), Cents::new(200).unwrap()).unwrap(), &PRODUCTS[0], owner)
    }

    #[test]
    fn full_books_forget_only_what_is_over() {
        let mut books = Books::default();
        let owner = Owner::default();
        for number in 0..MOST_SALES {
            books.store(sale(number, owner)).unwrap();
        }
        assert_eq!(books.store(sale(1000, owner)), Err(Full));
        for number in [7, 3] {
            books.find(&format!("bde-{number}")).unwrap().creation_failed(Outcome::NotSent);
        }
        books.store(sale(1000, owner)).unwrap();
        assert!(books.find("bde-3").is_none() && books.find("bde-7").is_some() && books.find("bde-1000").is_some());
        assert_eq!(books.of(owner)[0].order.id(), "bde-1000");
    }

    #[test]
    fn an_order_is_its_owners_alone() {
        let mut books = Books::default();
        let (owner, other) = (Owner::default(), Owner::default().next());
        books.store(sale(1, owner)).unwrap();
        assert!(books.find_own("bde-1", owner).is_some());
        assert!(books.find_own("bde-1", other).is_none());
        assert!(books.of(other).is_empty());
    }
}

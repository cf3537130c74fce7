//! What the shop sells.

use izly::Cents;

/// Something with a price.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Product {
    /// Its name in addresses and forms.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// In centimes, as every amount here: no float is ever near money.
    price_cents: u32,
}

/// Every product. The prices suit the sandbox's accounts: one of them can pay all three, one the first two, one none.
pub(super) const PRODUCTS: [Product; 3] = [
    Product {
        key: "ecocup",
        name: "Écocup du BDE",
        about: "Le gobelet réutilisable des soirées, 33\u{a0}cl.",
        price_cents: 200,
    },
    Product {
        key: "gala",
        name: "Place pour le gala",
        about: "Une entrée, un vestiaire, une boisson sans alcool.",
        price_cents: 1_800,
    },
    Product {
        key: "sweat",
        name: "Sweat de la promo",
        about: "Coton biologique, brodé à quelques rues du campus.",
        price_cents: 3_250,
    },
];

impl Product {
    pub(super) fn find(key: &str) -> Option<&'static Product> {
        PRODUCTS.iter().find(|product| product.key == key)
    }

    /// The price as the SDK takes it.
    pub(super) fn price(&self) -> Result<Cents, izly::Error> {
        Cents::new(i64::from(self.price_cents))
    }

    /// `18,00 €`.
    pub(super) fn price_text(&self) -> String {
        euros(self.price_cents)
    }
}

/// `18,00 €`, with the space that no line is broken at.
pub(super) fn euros(cents: u32) -> String {
    format!("{},{:02}\u{a0}€", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_in_france() {
        assert_eq!(euros(5), "0,05\u{a0}€");
        assert_eq!(euros(3_250), "32,50\u{a0}€");
    }

    #[test]
    fn a_product_is_found_by_its_key_and_can_be_ordered() {
        for product in &PRODUCTS {
            assert_eq!(Product::find(product.key), Some(product));
            assert!(product.price().unwrap().get() > 0);
        }
        assert_eq!(Product::find("Écocup du BDE"), None);
    }
}

//! A million checkouts: partner sites that crash between any two steps, and an Izly that misbehaves in every way.
//!
//! A *world* is one partner (four workers, one database), its students, an outsider who forges callbacks, and an Izly: the
//! real [`izly::Client`] over a transport that hands each request to the sandbox's own logic, in memory, and spoils it as
//! a seed says. Time is virtual. The partner's code is a *recipe* of small functions (`shop/recipe`), the one that
//! `docs/settle-once.md` shows; each `await` in it is a place where a worker may be slow, or die.
//!
//! While a world runs, and when everything has settled, the [rules](Rule) are checked against what Izly really did. A
//! breach is told step by step, and the same seed tells it again. To see that the rules catch mistakes, a
//! [mistake](Plant) can be planted in the partner.
//!
//! ```
//! use izly_simulation::{Plan, Plant, Rule, simulate};
//!
//! let plan = Plan { checkouts: 300, ..Plan::default() };
//! assert!(simulate(&plan).breach.is_none());
//!
//! let mistaken = Plan { plant: Some(Plant::CreditBeforeConfirm), ..plan };
//! let breach = simulate(&mistaken).breach.expect("the rules see it");
//! assert_eq!(breach.rule, Rule::NoCreditWithoutDebit);
//! ```

mod chance;
mod chronicle;
mod events;
mod outsider;
mod plan;
mod plant;
mod rules;
mod run;
mod server;
mod shop;
mod student;
mod time;
mod world;

pub use plan::Plan;
pub use plant::Plant;
pub use rules::{Breach, Rule};
pub use run::{Report, simulate};

//! Students: they pay, cancel, click twice, come back, go away.

use crate::chance::Chance;
use crate::events::{Deed, Event, Visit};
use crate::time::{DAY, HOUR, MINUTE, Millis, SECOND};

/// The longest a student thinks before paying. Beyond the shop's patience nothing can be promised.
const LONGEST_THOUGHT: Millis = DAY;

/// What a student does from the moment on when Izly's page is there: events, each so long after.
pub(crate) fn at_the_page(chance: &mut Chance, target: &str, order_id: &str) -> Vec<(Millis, Event)> {
    let mut events = Vec::new();
    let after = thought(chance);
    let mut visit = |after, deed| {
        let visit = Visit { target: target.to_owned(), order_id: order_id.to_owned(), deed };
        events.push((after, Event::Visit(visit)));
    };
    let soon = after + chance.between(0, 300);
    let later = after + chance.between(SECOND, MINUTE);
    match chance.below(100) {
        0..74 => visit(after, Deed::Approve),
        74..80 => {
            visit(after, Deed::Approve);
            visit(soon, Deed::Approve);
        }
        80..83 => {
            visit(after, Deed::MistypePassword);
            visit(later, Deed::Approve);
        }
        83..88 => {
            visit(after, Deed::ApproveWithoutMoney);
            if chance.percent(50) {
                visit(later, Deed::Approve);
            }
        }
        88..92 => visit(after, Deed::Cancel),
        // Two tabs.
        92..95 => {
            visit(after, Deed::Approve);
            visit(soon, Deed::Cancel);
        }
        _ => {}
    }
    if chance.percent(6) {
        events.push((chance.between(SECOND, 10 * MINUTE), Event::Click { before: Some(order_id.to_owned()) }));
    }
    if chance.percent(60) {
        events.push((later + chance.below(10 * SECOND), Event::ComeBack { order_id: order_id.to_owned() }));
    }
    events.extend(wish_for_refund(chance, after, order_id));
    events
}

/// One in five wants the money back, and many click twice.
fn wish_for_refund(chance: &mut Chance, paid: Millis, order_id: &str) -> Vec<(Millis, Event)> {
    if !chance.percent(20) {
        return Vec::new();
    }
    let after =
        paid + if chance.percent(50) { chance.between(SECOND, MINUTE) } else { chance.between(MINUTE, 2 * DAY) };
    let click = |after, left| (after, Event::WantRefund { order_id: order_id.to_owned(), left });
    let mut clicks = vec![click(after, 4)];
    if chance.percent(40) {
        // Some so quickly that both clicks find the order paid.
        let apart = if chance.percent(50) { 30 } else { 500 };
        clicks.push(click(after + chance.below(apart), 0));
    }
    clicks
}

fn thought(chance: &mut Chance) -> Millis {
    match chance.below(100) {
        0..70 => chance.between(2 * SECOND, 2 * MINUTE),
        70..95 => chance.between(MINUTE, 20 * MINUTE),
        95..99 => chance.between(20 * MINUTE, 2 * HOUR),
        _ => chance.between(HOUR, LONGEST_THOUGHT),
    }
}

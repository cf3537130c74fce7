//! The rules hold, and each planted mistake breaks the one that it should.

use izly_simulation::{Plan, Plant, Rule, simulate};

/// Mistakes, the rule that each breaks, and the world of seed 1 in which it does.
const MISTAKES: [(Plant, Rule, u64); 15] = [
    (Plant::CreditBeforeConfirm, Rule::NoCreditWithoutDebit, 0),
    (Plant::NoUniqueness, Rule::NoSecondCredit, 0),
    (Plant::RetryRefund, Rule::NoSecondRefund, 1),
    (Plant::TrustCallbackAmount, Rule::NoCreditWithoutDebit, 0),
    (Plant::TrustCallbackOrder, Rule::NoCreditWithoutDebit, 0),
    (Plant::ReplyBeforeCommit, Rule::AcceptedIsSettled, 0),
    (Plant::RedirectBeforeStore, Rule::NoLostDebit, 0),
    (Plant::SameOrderAgain, Rule::NoLostDebit, 0),
    (Plant::RefundWithoutClaim, Rule::NoSecondRefund, 1),
    (Plant::UnknownIsFailure, Rule::NoSecondRefund, 1),
    (Plant::OtherStatusIsNo, Rule::NoSecondRefund, 1),
    (Plant::ImpatientRefund, Rule::NoSecondRefund, 1),
    (Plant::NoReconciliation, Rule::NoLostDebit, 0),
    (Plant::SkipsOrdersWithoutOperation, Rule::EverythingEnds, 0),
    (Plant::GivesUpEarly, Rule::NoLostDebit, 0),
];

/// What ten thousand checkouts must have met, or the rules would hold for want of trouble.
const MET: [&str; 41] = [
    "a page in place of JSON",
    "a result and an error",
    "an old reading",
    "arrives late",
    "bad_gateway",
    "bad_gateway; commit",
    "big_ids",
    "callback doubled",
    "callback forged",
    "callback late",
    "callback lost",
    "callback tried again",
    "comma_decimals",
    "commit_then_drop",
    "database gone after a transaction",
    "database gone before a transaction",
    "drop_before_commit",
    "empty_reply",
    "empty_reply; commit",
    "extra_fields",
    "foreign_authorization_url",
    "never sent",
    "order abandoned in the end",
    "order paid in the end",
    "order refunded in the end",
    "redirect",
    "redirect; commit",
    "request arrives late",
    "server_error",
    "server_error; commit",
    "student approves without the money",
    "student cancels",
    "student goes back and pays again",
    "student mistypes the password",
    "stuck_waiting",
    "too large",
    "too many requests",
    "truncated_json",
    "unknown_status",
    "worker dies",
    "worker is down",
];

#[test]
fn ten_thousand_checkouts_keep_every_rule_and_meet_every_trouble() {
    let report = simulate(&Plan::default());
    assert!(report.breach.is_none() && report.obstacle.is_none(), "{report}");
    let count = |what: &str| report.numbers.get(what).copied().unwrap_or_default();
    for what in MET {
        assert!(count(what) > 0, "never met: {what}\n{report}");
    }
    let (debited, credited, refunded) = (count("student debited"), count("order credited"), count("student refunded"));
    assert!(credited == debited && refunded < debited && debited > 5_000, "{report}");
}

#[test]
fn every_planted_mistake_breaks_its_rule() {
    for (plant, rule, world) in MISTAKES {
        let plan = Plan { world: Some(world), plant: Some(plant), ..Plan::default() };
        let report = simulate(&plan);
        let breach = report.breach.as_ref().unwrap_or_else(|| panic!("{plant} is not caught: {report}"));
        assert_eq!((breach.rule, breach.world), (rule, world), "{plant}: {report}");
    }
    assert_eq!(MISTAKES.map(|(plant, ..)| plant), Plant::ALL, "a mistake is left out");
}

#[test]
fn a_breach_tells_its_story_and_how_to_see_it_again() {
    let plan = Plan { plant: Some(Plant::NoUniqueness), ..Plan::default() };
    let breach = simulate(&plan).breach.expect("the mistake is caught");
    let again = "cargo xtask simulate --checkouts 10000 --seed 1 --world 0 --plant no-uniqueness";
    assert_eq!(breach.command, again);
    let alone = simulate(&Plan { world: Some(breach.world), ..plan }).breach.expect("it is caught again");
    assert_eq!(alone, breach);
    let credits = breach.story.iter().filter(|line| line.contains("credits the order")).count();
    assert_eq!(credits, 2, "{breach}");
    assert!(breach.story[0].contains("clicks on Payer"), "{breach}");
}

#[test]
fn a_seed_decides_everything_and_the_number_of_threads_nothing() {
    let plan = Plan { checkouts: 1_100, threads: 1, ..Plan::default() };
    let one = simulate(&plan);
    assert_eq!(one, simulate(&Plan { threads: 3, ..plan.clone() }));
    assert_ne!(one.digest, simulate(&Plan { seed: 2, ..plan }).digest);
}

#[test]
fn the_documentation_shows_the_recipe_as_it_is() {
    const PAGE: &str = include_str!("../../../docs/settle-once.md");
    let recipe = [
        include_str!("../src/shop/recipe/checkout.rs"),
        include_str!("../src/shop/recipe/settlement.rs"),
        include_str!("../src/shop/recipe/reconciliation.rs"),
        include_str!("../src/shop/recipe/refund.rs"),
    ]
    .concat();
    let shown: Vec<&str> = PAGE.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    for block in &shown {
        assert!(recipe.contains(block), "not in the recipe:\n{block}");
    }
    for function in recipe.split("async fn ").skip(1).filter_map(|rest| rest.split('(').next()) {
        assert!(shown.iter().any(|block| block.contains(&format!("fn {function}("))), "{function} is not shown");
    }
    for plant in Plant::ALL {
        assert!(PAGE.contains(&format!("`{plant}`")), "{plant} is not on the page");
    }
}

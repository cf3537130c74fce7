//! What is compared with what: every series of runs, as a table.

use crate::setup::Language;

/// One thing, done by several contenders.
#[derive(Debug, Clone, Copy)]
pub struct Comparison {
    /// Its name in the results.
    pub name: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// What is done.
    pub action: Action,
    /// Where the calls go.
    pub scene: Scene,
    /// Who does it; the first is izly, or what the others are measured by.
    pub contenders: &'static [Contender],
    /// What is compared.
    pub measure: Measure,
    /// Whether it is about many threads, which need more than one processor.
    pub is_parallel: bool,
    /// How many operations one run measures.
    pub count: u64,
    /// How many runs each contender has.
    pub rounds: usize,
}

/// What a contender is told to do.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// An operation of a language's worker, which looks at the clock itself.
    Operation(Language, &'static str),
    /// A whole program, named by the contender, from its start to its end.
    Program(Language),
    /// A whole worker, from its start to its end, with one operation.
    Whole(Language, &'static str),
    /// Requests for a page of a web server, as many as it can answer.
    Page,
    /// Callbacks for a site, as many as it can settle.
    Callback,
}

/// The server of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scene {
    /// None is needed.
    Offline,
    /// Over plain HTTP.
    Plain,
    /// Over TLS.
    Tls,
    /// Over plain HTTP, after 50 ms each time.
    Slow,
}

/// What the figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Time of the processor for one operation.
    Cpu,
    /// Time on the clock for one operation.
    Wall,
}

/// Who does it, and how to know that it was done.
#[derive(Debug, Clone, Copy)]
pub struct Contender {
    /// Its name for the worker and in the results.
    pub name: &'static str,
    /// What one operation adds to the sum that a worker proves its work by.
    pub proof: Proof,
}

/// The parts of a worker's sum, for one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// What a decoded text holds, the amount as 150 centimes.
    Typed,
    /// The same, the amount as the four letters it is written with.
    AmountAsText,
    /// The amount of a payment that was read.
    Amount,
    /// The number of the operation that a new payment is, which only the answer names.
    Operation,
    /// The bytes of the answer's body.
    Body,
    /// A program that does nothing but end has no sum.
    Success,
    /// Nor has a site: it says that the callback is settled.
    Settled,
}

/// The length of the order id, the last digit of the operation id, the minute of the date.
const BESIDE_THE_AMOUNT: u64 = 8 + 9 + 37;

impl Proof {
    /// What one operation adds, when the answer's body is so long.
    pub fn sum(self, body: usize) -> u64 {
        match self {
            Proof::Typed => 150 + BESIDE_THE_AMOUNT,
            Proof::AmountAsText => 4 + BESIDE_THE_AMOUNT,
            Proof::Amount => 150,
            Proof::Operation => 586_589,
            Proof::Body => u64::try_from(body).unwrap_or(u64::MAX),
            Proof::Success | Proof::Settled => 0,
        }
    }
}

const fn who(name: &'static str, proof: Proof) -> Contender {
    Contender { name, proof }
}

const fn izly() -> Contender {
    who("izly", Proof::Amount)
}

const fn payer() -> Contender {
    who("izly", Proof::Operation)
}

const fn peer(name: &'static str) -> Contender {
    who(name, Proof::Body)
}

const fn program(name: &'static str) -> Contender {
    who(name, Proof::Success)
}

const RUST_DECODERS: [Contender; 5] = [
    who("izly", Proof::AmountAsText),
    who("serde_json", Proof::AmountAsText),
    who("simd_json", Proof::AmountAsText),
    who("sonic_rs", Proof::AmountAsText),
    who("serde_json_value", Proof::AmountAsText),
];
const RUST_PAYMENT_DECODERS: [Contender; 5] = [
    who("izly", Proof::Typed),
    who("serde_json", Proof::AmountAsText),
    who("simd_json", Proof::Typed),
    who("sonic_rs", Proof::AmountAsText),
    who("serde_json_value", Proof::Typed),
];
const RUST_READERS: [Contender; 4] = [izly(), peer("ureq"), peer("curl"), peer("reqwest")];
const RUST_PAYERS: [Contender; 6] =
    [payer(), peer("ureq_fresh"), peer("curl_fresh"), peer("ureq"), peer("curl"), peer("reqwest")];
/// Without libcurl's new connections, for which the crate has the system's certificates read each time; C's comparison has
/// them as they should be.
const RUST_PAYERS_TLS: [Contender; 5] = [payer(), peer("ureq_fresh"), peer("ureq"), peer("curl"), peer("reqwest")];
const C_READERS: [Contender; 4] = [izly(), peer("curl"), peer("curl_fresh"), peer("socket")];
const C_READERS_TLS: [Contender; 3] = [izly(), peer("curl"), peer("curl_fresh")];
const C_PAYERS: [Contender; 3] = [payer(), peer("curl_fresh"), peer("curl")];
const PYTHON_DECODERS: [Contender; 7] = [
    who("izly", Proof::AmountAsText),
    who("izly_all", Proof::AmountAsText),
    who("msgspec", Proof::Typed),
    who("msgspec_same", Proof::AmountAsText),
    who("pydantic", Proof::Typed),
    who("orjson", Proof::Typed),
    who("json", Proof::Typed),
];
const PYTHON_READERS: [Contender; 6] =
    [izly(), peer("pycurl"), peer("urllib3"), peer("requests"), peer("httpx"), peer("socket")];
const PYTHON_PAYERS: [Contender; 4] = [payer(), peer("pycurl_fresh"), peer("pycurl"), peer("requests")];
const PHP_DECODERS: [Contender; 3] =
    [who("izly", Proof::AmountAsText), who("json_decode", Proof::Typed), who("json_decode_same", Proof::AmountAsText)];
const PHP_READERS: [Contender; 3] = [izly(), peer("curl"), peer("socket")];

const DECODES: u64 = 40_000;
const CALLS: u64 = 1_500;
const ROUNDS: usize = 15;

const fn decode(
    name: &'static str,
    title: &'static str,
    operation: &'static str,
    language: Language,
    contenders: &'static [Contender],
) -> Comparison {
    call(name, title, operation, language, Scene::Offline, contenders).of(DECODES, ROUNDS)
}

const fn call(
    name: &'static str,
    title: &'static str,
    operation: &'static str,
    language: Language,
    scene: Scene,
    contenders: &'static [Contender],
) -> Comparison {
    Comparison {
        name,
        title,
        action: Action::Operation(language, operation),
        scene,
        contenders,
        measure: Measure::Cpu,
        is_parallel: false,
        count: CALLS,
        rounds: ROUNDS,
    }
}

impl Comparison {
    const fn of(self, count: u64, rounds: usize) -> Self {
        Comparison { count, rounds, ..self }
    }

    const fn in_parallel(self, measure: Measure) -> Self {
        Comparison { measure, is_parallel: true, ..self }
    }

    const fn in_scene(self, scene: Scene) -> Self {
        Comparison { scene, ..self }
    }

    const fn whole(name: &'static str, title: &'static str, action: Action, contenders: &'static [Contender]) -> Self {
        let scene = match action {
            Action::Whole(..) => Scene::Tls,
            _ => Scene::Offline,
        };
        Comparison {
            name,
            title,
            action,
            scene,
            contenders,
            measure: Measure::Wall,
            is_parallel: false,
            count: 1,
            rounds: 21,
        }
    }
}

/// All of them, in the order of the report.
pub const COMPARISONS: &[Comparison] = &[
    decode("rust_callback", "Rust: a callback decoded", "decode_callback", Language::Rust, &RUST_DECODERS),
    // The partner, as whom izly reads a payment, has an environment; nothing is sent to it.
    decode("rust_payment", "Rust: a payment decoded", "decode_payment", Language::Rust, &RUST_PAYMENT_DECODERS)
        .in_scene(Scene::Plain),
    decode("python_callback", "Python: a callback decoded", "decode_callback", Language::Python, &PYTHON_DECODERS)
        .of(10_000, ROUNDS),
    decode("php_callback", "PHP: a callback decoded", "decode_callback", Language::Php, &PHP_DECODERS)
        .of(10_000, ROUNDS),
    call("rust_read", "Rust: a read over a kept connection", "read", Language::Rust, Scene::Plain, &RUST_READERS),
    call(
        "rust_read_tls",
        "Rust: a read over a kept connection, TLS",
        "read",
        Language::Rust,
        Scene::Tls,
        &RUST_READERS,
    ),
    call("rust_pay", "Rust: a payment created", "create_payment", Language::Rust, Scene::Plain, &RUST_PAYERS),
    call(
        "rust_pay_tls",
        "Rust: a payment created, TLS",
        "create_payment",
        Language::Rust,
        Scene::Tls,
        &RUST_PAYERS_TLS,
    )
    .of(100, 9),
    call("c_read", "C: a read over a kept connection", "read", Language::C, Scene::Plain, &C_READERS),
    call("c_read_tls", "C: a read over a kept connection, TLS", "read", Language::C, Scene::Tls, &C_READERS_TLS)
        .of(300, ROUNDS),
    call("c_pay", "C: a payment created", "create_payment", Language::C, Scene::Plain, &C_PAYERS),
    call("c_pay_tls", "C: a payment created, TLS", "create_payment", Language::C, Scene::Tls, &C_PAYERS).of(100, 9),
    call(
        "python_read",
        "Python: a read over a kept connection",
        "read",
        Language::Python,
        Scene::Plain,
        &PYTHON_READERS,
    ),
    call("python_pay", "Python: a payment created", "create_payment", Language::Python, Scene::Plain, &PYTHON_PAYERS)
        .of(500, 9),
    call(
        "python_async",
        "Python: 64 reads at a time, asyncio",
        "read_async",
        Language::Python,
        Scene::Plain,
        &[izly(), peer("httpx")],
    )
    .of(1_500, 9)
    .in_parallel(Measure::Cpu),
    call(
        "python_threads",
        "Python: a read by 64 threads, all together, from a server that takes 50 ms",
        "threads",
        Language::Python,
        Scene::Slow,
        &[izly(), peer("requests")],
    )
    .of(1_280, 5)
    .in_parallel(Measure::Wall),
    call("php_read", "PHP: a read over a kept connection", "read", Language::Php, Scene::Plain, &PHP_READERS),
    Comparison::whole(
        "c_first",
        "C: from the start of the process to the first reply over TLS",
        Action::Whole(Language::C, "first"),
        &[izly(), peer("curl")],
    ),
    Comparison::whole(
        "python_first",
        "Python: from the start of the process to the first reply over TLS",
        Action::Program(Language::Python),
        &[who("first_izly", Proof::Amount), peer("first_pycurl"), peer("first_requests"), peer("first_httpx")],
    )
    .in_scene(Scene::Tls),
    Comparison::whole(
        "php_first",
        "PHP: from the start of the process to the first reply over TLS",
        Action::Whole(Language::Php, "first"),
        &[izly(), peer("curl")],
    ),
    Comparison::whole(
        "python_import",
        "Python: an interpreter that imports the package, and ends",
        Action::Program(Language::Python),
        &[
            program("import_izly"),
            program("none"),
            program("import_msgspec"),
            program("import_orjson"),
            program("import_pydantic"),
            program("import_pycurl"),
            program("import_urllib3"),
            program("import_requests"),
            program("import_httpx"),
        ],
    ),
    Comparison {
        name: "php_pages",
        title: "PHP under FPM: a page that reads a payment over TLS, one over requests per second",
        action: Action::Page,
        scene: Scene::Offline,
        contenders: &[izly(), who("izly_not_persistent", Proof::Amount), peer("curl"), who("empty", Proof::Amount)],
        measure: Measure::Wall,
        is_parallel: true,
        count: 1,
        rounds: 5,
    },
    Comparison {
        name: "php_site",
        title: "PHP under FPM: the example site settles a callback that comes again, one over requests per second",
        action: Action::Callback,
        scene: Scene::Offline,
        contenders: &[who("site", Proof::Settled), who("site_not_persistent", Proof::Settled)],
        measure: Measure::Wall,
        is_parallel: true,
        count: 1,
        rounds: 5,
    },
];

/// A contender's name for people.
pub fn label(name: &str) -> &str {
    const LABELS: [(&str, &str); 19] = [
        ("izly_all", "izly, every field read"),
        ("izly_not_persistent", "izly, nothing kept"),
        ("serde_json", "serde_json, borrowed"),
        ("serde_json_value", "serde_json, a tree"),
        ("simd_json", "simd-json, borrowed"),
        ("sonic_rs", "sonic-rs, borrowed"),
        ("msgspec_same", "msgspec, as izly"),
        ("orjson", "orjson, dataclasses"),
        ("json", "json, dataclasses"),
        ("json_decode", "json_decode, objects"),
        ("json_decode_same", "json_decode, as izly"),
        ("ureq_fresh", "ureq, new connections"),
        ("curl", "libcurl"),
        ("curl_fresh", "libcurl, new connections"),
        ("pycurl_fresh", "pycurl, new connections"),
        ("none", "a bare interpreter"),
        ("empty", "a page that does nothing"),
        ("site", "izly"),
        ("site_not_persistent", "izly, nothing kept"),
    ];
    let found = LABELS.iter().find(|(known, _)| *known == name).map(|(_, label)| *label);
    let bare = || name.strip_prefix("import_").or_else(|| name.strip_prefix("first_")).unwrap_or(name);
    found.unwrap_or_else(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_comparison_has_a_name_of_its_own_and_somebody_to_compare_with() {
        let names: BTreeSet<&str> = COMPARISONS.iter().map(|comparison| comparison.name).collect();
        assert_eq!(names.len(), COMPARISONS.len());
        for comparison in COMPARISONS {
            assert!(comparison.contenders.len() > 1 && comparison.rounds > 2, "{}", comparison.name);
        }
    }

    #[test]
    fn a_contender_that_reads_nothing_has_another_sum() {
        for proof in [Proof::Typed, Proof::AmountAsText, Proof::Amount, Proof::Operation, Proof::Body] {
            assert_ne!(proof.sum(388), Proof::Success.sum(388), "{proof:?}");
        }
    }

    #[test]
    fn people_read_names_for_people() {
        let names =
            COMPARISONS.iter().flat_map(|comparison| comparison.contenders).map(|contender| label(contender.name));
        for name in names {
            let is_a_name_of_its_own = ["serde_json", "json_decode"].iter().any(|own| name.starts_with(own));
            assert!(is_a_name_of_its_own || !name.contains('_'), "{name}");
        }
    }
}

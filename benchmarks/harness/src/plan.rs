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
    /// The amount of a payment that was read or created.
    Amount,
    /// The bytes of the answer's body.
    Body,
    /// A whole program has no sum: it fails or succeeds.
    Success,
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
            Proof::Body => u64::try_from(body).unwrap_or(u64::MAX),
            Proof::Success => 0,
        }
    }
}

const fn who(name: &'static str, proof: Proof) -> Contender {
    Contender { name, proof }
}

const fn izly() -> Contender {
    who("izly", Proof::Amount)
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
    [izly(), peer("ureq_fresh"), peer("curl_fresh"), peer("ureq"), peer("curl"), peer("reqwest")];
const C_READERS: [Contender; 4] = [izly(), peer("curl"), peer("curl_fresh"), peer("socket")];
const C_READERS_TLS: [Contender; 3] = [izly(), peer("curl"), peer("curl_fresh")];
const C_PAYERS: [Contender; 3] = [izly(), peer("curl_fresh"), peer("curl")];
const PYTHON_DECODERS: [Contender; 6] = [
    who("izly", Proof::AmountAsText),
    who("msgspec", Proof::Typed),
    who("msgspec_same", Proof::AmountAsText),
    who("pydantic", Proof::Typed),
    who("orjson", Proof::Typed),
    who("json", Proof::Typed),
];
const PYTHON_READERS: [Contender; 6] =
    [izly(), peer("pycurl"), peer("urllib3"), peer("requests"), peer("httpx"), peer("socket")];
const PYTHON_PAYERS: [Contender; 4] = [izly(), peer("pycurl_fresh"), peer("pycurl"), peer("requests")];
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
    Comparison {
        name,
        title,
        action: Action::Operation(language, operation),
        scene: Scene::Offline,
        contenders,
        measure: Measure::Cpu,
        is_parallel: false,
        count: DECODES,
        rounds: ROUNDS,
    }
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
    call("rust_read_tls", "Rust: the same over TLS", "read", Language::Rust, Scene::Tls, &RUST_READERS),
    call("rust_pay", "Rust: a payment created", "create_payment", Language::Rust, Scene::Plain, &RUST_PAYERS),
    call("rust_pay_tls", "Rust: the same over TLS", "create_payment", Language::Rust, Scene::Tls, &RUST_PAYERS)
        .of(100, 9),
    call("c_read", "C: a read over a kept connection", "read", Language::C, Scene::Plain, &C_READERS),
    call("c_read_tls", "C: the same over TLS", "read", Language::C, Scene::Tls, &C_READERS_TLS).of(300, ROUNDS),
    call("c_pay", "C: a payment created", "create_payment", Language::C, Scene::Plain, &C_PAYERS),
    call("c_pay_tls", "C: the same over TLS", "create_payment", Language::C, Scene::Tls, &C_PAYERS).of(100, 9),
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
        "Python: 64 threads, a server that takes 50 ms",
        "threads",
        Language::Python,
        Scene::Slow,
        &[izly(), peer("requests")],
    )
    .of(1_280, 5)
    .in_parallel(Measure::Wall),
    call("php_read", "PHP: a read over a kept connection", "read", Language::Php, Scene::Plain, &PHP_READERS),
    Comparison::whole(
        "rust_first",
        "Rust: from the start of the process to the first reply",
        Action::Whole(Language::Rust, "first"),
        &[program("izly"), program("ureq"), program("curl"), program("reqwest")],
    ),
    Comparison::whole(
        "c_first",
        "C: the same",
        Action::Whole(Language::C, "first"),
        &[program("izly"), program("curl")],
    ),
    Comparison::whole(
        "python_first",
        "Python: the same",
        Action::Program(Language::Python),
        &[program("first_izly"), program("first_pycurl"), program("first_requests"), program("first_httpx")],
    )
    .in_scene(Scene::Tls),
    Comparison::whole(
        "php_first",
        "PHP: the same",
        Action::Whole(Language::Php, "first"),
        &[program("izly"), program("curl")],
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
        title: "PHP under FPM: a page that reads a payment over TLS",
        action: Action::Page,
        scene: Scene::Offline,
        contenders: &[program("izly"), program("izly_not_persistent"), program("curl"), program("empty")],
        measure: Measure::Wall,
        is_parallel: true,
        count: 1,
        rounds: 5,
    },
];

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
    fn a_contender_that_decodes_nothing_has_another_sum() {
        assert_ne!(Proof::Typed.sum(0), Proof::AmountAsText.sum(0));
        assert_eq!(Proof::Body.sum(388), 388);
    }
}

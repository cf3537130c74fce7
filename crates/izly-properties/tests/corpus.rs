//! The committed corpus of the fuzz targets, through the same properties, on a stable compiler.

// A test says what it found by panicking.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use izly_properties::{ALL, Property, c_callback, fault, payment, token, user};
use serde_json::Value;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The inputs of a property that it does not hold of.
fn failures(name: &str, property: Property) -> Vec<String> {
    let folder = corpus().join(name);
    let inputs = names(&folder);
    assert!(inputs.len() >= 10, "only {} inputs for {name}", inputs.len());
    let fails = |input: &String| {
        let bytes = fs::read(folder.join(input)).unwrap();
        std::panic::catch_unwind(|| property(&bytes)).is_err()
    };
    inputs.into_iter().filter(fails).map(|input| format!("fuzz/corpus/{name}/{input}")).collect()
}

#[test]
fn every_property_holds_of_its_corpus() {
    let failures: Vec<String> = ALL.iter().flat_map(|(name, property)| failures(name, *property)).collect();
    assert!(failures.is_empty(), "the property does not hold of:\n{}", failures.join("\n"));
}

/// The vectors are where the corpus comes from; new ones are inputs from the day they are written.
#[test]
fn every_property_of_a_body_holds_of_every_vector() {
    let folder = corpus().join("../../tests/vectors");
    let mut count = 0;
    for file in names(&folder).into_iter().filter(|name| name != "README.md") {
        let vectors: Value = serde_json::from_slice(&fs::read(folder.join(file)).unwrap()).unwrap();
        for vector in vectors["vectors"].as_array().unwrap() {
            let Some(body) = vector["body"].as_str() else { continue };
            let status = vector["status"].as_u64().unwrap_or(200);
            let named = format!("{status}\n{body}");
            let result = std::panic::catch_unwind(|| {
                for property in [izly_properties::callback, c_callback, payment, token, user] {
                    property(body.as_bytes());
                }
                fault(named.as_bytes());
            });
            assert!(result.is_ok(), "a property does not hold of the vector {}", vector["name"]);
            count += 1;
        }
    }
    assert!(count >= 300, "only {count} vectors have a body");
}

#[test]
fn every_folder_is_a_property_and_every_property_a_target() {
    let properties: BTreeSet<String> = ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&corpus()), properties);
    let targets: BTreeSet<String> = properties.iter().map(|name| format!("{name}.rs")).collect();
    assert_eq!(names(&corpus().join("../fuzz_targets")), targets);
}

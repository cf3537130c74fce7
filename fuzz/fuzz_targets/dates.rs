#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| izly_properties::dates(input));

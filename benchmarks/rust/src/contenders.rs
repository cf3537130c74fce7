//! Who competes in what.

use crate::Failure;
use crate::call::{curl, izly as izly_call, reqwest, ureq};
use crate::decode::{izly as izly_decode, serde_json, simd_json, sonic_rs};
use crate::measure::Cost;
use crate::settings::Settings;

/// A contender in one operation.
pub(crate) struct Contender {
    pub(crate) operation: &'static str,
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Settings) -> Result<Cost, Failure>,
}

const fn pair(operation: &'static str, name: &'static str, run: fn(&Settings) -> Result<Cost, Failure>) -> Contender {
    Contender { operation, name, run }
}

/// Every pair there is.
pub(crate) const CONTENDERS: &[Contender] = &[
    pair("decode_callback", "izly", izly_decode::callback),
    pair("decode_callback", "serde_json", serde_json::callback),
    pair("decode_callback", "simd_json", simd_json::callback),
    pair("decode_callback", "sonic_rs", sonic_rs::callback),
    pair("decode_callback", "serde_json_value", serde_json::callback_value),
    pair("decode_payment", "izly", izly_decode::payment),
    pair("decode_payment", "serde_json", serde_json::payment),
    pair("decode_payment", "simd_json", simd_json::payment),
    pair("decode_payment", "sonic_rs", sonic_rs::payment),
    pair("decode_payment", "serde_json_value", serde_json::payment_value),
    pair("read", "izly", izly_call::read),
    pair("read", "ureq", ureq::read),
    pair("read", "curl", curl::read),
    pair("read", "reqwest", reqwest::read),
    pair("create_payment", "izly", izly_call::create_payment),
    pair("create_payment", "ureq", ureq::create_payment),
    pair("create_payment", "ureq_fresh", ureq::create_payment_fresh),
    pair("create_payment", "curl", curl::create_payment),
    pair("create_payment", "curl_fresh", curl::create_payment_fresh),
    pair("create_payment", "reqwest", reqwest::create_payment),
    // A read too: the harness sees to it that it is the only one, and takes the time of the whole process.
    pair("first", "izly", izly_call::read),
    pair("first", "ureq", ureq::read),
    pair("first", "curl", curl::read),
    pair("first", "reqwest", reqwest::read),
    pair("threads", "izly", izly_call::read_in_threads),
];

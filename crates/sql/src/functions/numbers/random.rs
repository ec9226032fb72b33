//! `RAND`

use crate::Error;
use crate::functions::call::Call;
use crate::functions::definition::Parameter::Integer;
use crate::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Float64Type;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

pub const FUNCTIONS: &[Function] = &[Function::new("rand", &[Integer], Returns::Double, rand)
    .required(0)
    .volatile()];

/// A number from 0 up to 1: a different one in each row, or always the same one for a seed.
fn rand(call: &Call) -> Result<ArrayRef, Error> {
    if call.count() > 0 {
        let seeds = call.integer(0);
        return call
            .primitive::<Float64Type>(|row| Ok(fraction(mixed(seeds.value(row).cast_unsigned()))));
    }
    // Randomly keyed hashes of the row's number.
    let keys = RandomState::new();
    call.primitive::<Float64Type>(|row| Ok(fraction(keys.hash_one(row))))
}

/// The finalizer of SplitMix64.
fn mixed(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The highest 53 bits, which a double holds exactly.
fn fraction(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

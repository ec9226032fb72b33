//! The decimal digits of a number, exactly.

/// Digits of a floating number after the point: all of them if rounding could depend on a half.
const FLOAT_DIGITS: usize = 60;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    pub negative: bool,
    /// Before the point, without leading zeros; empty for a number below 1.
    pub whole: String,
    /// After the point.
    pub fraction: String,
}

impl Digits {
    pub fn of_decimal(unscaled: i128, scale: i8) -> Self {
        let mut digits = unscaled.unsigned_abs().to_string();
        let places = usize::from(scale.unsigned_abs());
        if scale < 0 {
            digits.push_str(&"0".repeat(places));
        }
        let places = if scale < 0 { 0 } else { places };
        if digits.len() <= places {
            digits = format!("{}{digits}", "0".repeat(places + 1 - digits.len()));
        }
        let (whole, fraction) = digits.split_at(digits.len() - places);
        Self::new(unscaled < 0, whole, fraction)
    }

    pub fn of_float(number: f64) -> Self {
        let text = format!("{:.FLOAT_DIGITS$}", number.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        Self::new(number < 0.0, whole, fraction)
    }

    fn new(negative: bool, whole: &str, fraction: &str) -> Self {
        Self {
            negative,
            whole: whole.trim_start_matches('0').to_owned(),
            fraction: fraction.to_owned(),
        }
    }

    /// With `places` digits after the point, halves away from zero. Zero has no sign.
    pub fn rounded(&self, places: usize) -> Self {
        let mut fraction = self.fraction.clone();
        while fraction.len() < places {
            fraction.push('0');
        }
        let goes_up = fraction
            .as_bytes()
            .get(places)
            .is_some_and(|digit| *digit >= b'5');
        fraction.truncate(places);
        let mut digits: Vec<u8> = [self.whole.as_bytes(), fraction.as_bytes()].concat();
        if goes_up && !increment(&mut digits) {
            digits.insert(0, b'1');
        }
        let all: String = digits.iter().map(|digit| char::from(*digit)).collect();
        let (whole, fraction) = all.split_at(all.len() - places);
        let is_zero = all.bytes().all(|digit| digit == b'0');
        Self::new(self.negative && !is_zero, whole, fraction)
    }
}

/// Adds 1; returns whether the digits were enough for it.
fn increment(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return true;
        }
        *digit = b'0';
    }
    false
}

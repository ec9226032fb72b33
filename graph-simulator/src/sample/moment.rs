//! Times, as the sample writes them.

use chrono::{DateTime, Utc};

pub fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment of the sample")
}

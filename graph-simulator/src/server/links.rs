//! Links to files. Whoever has one may read its file for a while (docs/graph.md#reports).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Where the files are.
pub const PLACE: &str = "/reports-download/";

/// The files, each by the secret of its link.
#[derive(Default)]
pub struct Links(Mutex<HashMap<String, (Vec<u8>, Instant)>>);

impl Links {
    /// The path of a new link.
    pub fn add(&self, file: Vec<u8>, lifetime: Duration) -> String {
        let secret = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        files.retain(|_, (_, until)| *until > now);
        files.insert(secret.clone(), (file, now + lifetime));
        format!("{PLACE}{secret}")
    }

    /// The file of a link that is still good.
    pub fn file(&self, secret: &str) -> Option<Vec<u8>> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, until) = files.get(secret)?;
        (*until > Instant::now()).then(|| file.clone())
    }
}

//! From the form of a data source to the data source.

use super::values::Form;
use crate::setup::{self, Refusal, Request, Store};

impl Form {
    /// Makes the data source, or changes the one of the name `old`, which may get another name.
    pub fn save(
        &self,
        store: &mut impl Store,
        driver: &str,
        old: Option<&str>,
    ) -> Result<(), Refusal> {
        // The registry's names have no case.
        let is_same = old.is_some_and(|old| old.eq_ignore_ascii_case(self.name()));
        let request = match is_same {
            true => Request::Configure,
            false => Request::Add,
        };
        let changes = self.changes(!is_same);
        setup::change(store, request, driver, &changes, Some(self.saving()))?;
        match old {
            Some(old) if !is_same => setup::remove(store, old),
            _ => Ok(()),
        }
    }
}

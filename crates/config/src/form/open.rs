//! From a connection string to its form.

use super::values::Form;
use crate::resolve::{merge, with_data_source};
use crate::{Attributes, DataSources, Error};

impl Form {
    /// The form of a connection string, with the values of its data source.
    pub fn of_connection_string(
        text: &str,
        required_only: bool,
        sources: &DataSources,
    ) -> Result<Self, Error> {
        let given = Attributes::parse(text)?;
        let mut all = Attributes::default();
        // Connecting repeats the warnings.
        let mut warnings = Vec::new();
        merge(&mut all, &given, &mut warnings)?;
        let all = with_data_source(&all, sources, &mut warnings)?;
        Ok(Self::of_connection(&given, &all, required_only))
    }
}

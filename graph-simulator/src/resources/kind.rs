//! The types of objects.

use crate::model::Entity;

/// The derived type of an object, without its namespace.
pub fn odata_type(entity: &Entity) -> Option<&str> {
    let name = entity.get("@odata.type")?.as_str()?;
    Some(
        name.trim_start_matches('#')
            .trim_start_matches("microsoft.graph."),
    )
}

//! A step of a plan in words.

/// A description of a step.
pub struct Step {
    /// `None` for a step that does nothing to the rows.
    pub words: Option<String>,
    /// The names of its columns in the steps above.
    pub names: Vec<String>,
}

/// The remaining columns, in their new order.
pub fn projected(names: Vec<String>, projection: Option<&[usize]>) -> Vec<String> {
    match projection {
        Some(columns) => columns.iter().map(|index| names[*index].clone()).collect(),
        None => names,
    }
}

//! Text that was planned.

use exchange_sql as sql;
use std::sync::Arc;

/// Planned text.
#[derive(Clone)]
pub struct Prepared {
    pub text: Arc<str>,
    /// One plan for each statement of the text.
    pub plans: Arc<[Arc<dyn sql::Statement>]>,
}

impl Prepared {
    /// Columns of the first result.
    pub fn columns(&self) -> &[sql::Column] {
        self.plans.first().map_or(&[], |plan| plan.columns())
    }

    pub fn parameters(&self) -> impl Iterator<Item = &sql::Parameter> {
        self.plans.iter().flat_map(|plan| plan.parameters())
    }
}

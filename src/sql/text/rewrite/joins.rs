//! Joins that say too little, or too much.

use crate::sql::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{JoinConstraint, JoinOperator, TableFactor, TableWithJoins};

/// Refuses joins that say nothing of how rows belong together, and those whose right side depends on the left.
pub fn check(from: &[TableWithJoins]) -> Result<(), Error> {
    use JoinOperator::{FullOuter, Inner, Join, Left, LeftOuter, Right, RightOuter};
    for tables in from {
        check_factor(&tables.relation)?;
        for join in &tables.joins {
            check_factor(&join.relation)?;
            if let Join(JoinConstraint::None)
            | Inner(JoinConstraint::None)
            | Left(JoinConstraint::None)
            | LeftOuter(JoinConstraint::None)
            | Right(JoinConstraint::None)
            | RightOuter(JoinConstraint::None)
            | FullOuter(JoinConstraint::None) = join.join_operator
            {
                return Err(Error::new(
                    ErrorKind::Syntax,
                    "a JOIN has neither ON nor USING; each row with each is CROSS JOIN",
                ));
            }
        }
    }
    Ok(())
}

fn check_factor(factor: &TableFactor) -> Result<(), Error> {
    match factor {
        TableFactor::NestedJoin {
            table_with_joins, ..
        } => check(std::slice::from_ref(table_with_joins)),
        TableFactor::Derived { lateral: true, .. } => Err(Error::new(
            ErrorKind::NotSupported,
            "LATERAL is not supported; select the values one by one as (SELECT ...), or join a derived table with ON",
        )),
        _ => Ok(()),
    }
}

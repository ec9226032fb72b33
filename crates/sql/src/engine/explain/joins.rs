//! Descriptions of joins.

use super::step::{Step, projected};
use crate::interrupts::WatchedCondition;
use datafusion::common::{JoinSide, JoinType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::joins::utils::JoinFilter;
use datafusion::physical_plan::joins::{
    CrossJoinExec, HashJoinExec, NestedLoopJoinExec, SortMergeJoinExec,
};
use exchange_tables::expression;

/// A join of two inputs; `None` if the plan is something else.
pub fn step(plan: &dyn ExecutionPlan, left: &[String], right: &[String]) -> Option<Step> {
    if let Some(join) = plan.downcast_ref::<HashJoinExec>() {
        let conditions = equal(join.on(), left, right);
        let join = Join {
            kind: *join.join_type(),
            conditions,
            filter: join.filter(),
            projection: join.projection.as_deref(),
        };
        return Some(join.step(left, right));
    }
    if let Some(join) = plan.downcast_ref::<NestedLoopJoinExec>() {
        let join = Join {
            kind: *join.join_type(),
            conditions: Vec::new(),
            filter: join.filter(),
            projection: join.projection().as_deref(),
        };
        return Some(join.step(left, right));
    }
    if let Some(join) = plan.downcast_ref::<SortMergeJoinExec>() {
        let conditions = equal(join.on(), left, right);
        let join = Join {
            kind: join.join_type(),
            conditions,
            filter: join.filter().as_ref(),
            projection: None,
        };
        return Some(join.step(left, right));
    }
    plan.downcast_ref::<CrossJoinExec>().map(|_| Step {
        words: Some("Join each row with each".to_owned()),
        names: both(left, right),
    })
}

type Pairs<'a> = &'a [(
    datafusion::physical_expr::PhysicalExprRef,
    datafusion::physical_expr::PhysicalExprRef,
)];

fn equal(on: Pairs<'_>, left: &[String], right: &[String]) -> Vec<String> {
    let pairs = on.iter().map(|(of_left, of_right)| {
        let (of_left, of_right) = (
            expression::sql(of_left, left),
            expression::sql(of_right, right),
        );
        format!("{of_left} = {of_right}")
    });
    pairs.collect()
}

struct Join<'a> {
    kind: JoinType,
    conditions: Vec<String>,
    filter: Option<&'a JoinFilter>,
    projection: Option<&'a [usize]>,
}

impl Join<'_> {
    fn step(mut self, left: &[String], right: &[String]) -> Step {
        if let Some(filter) = self.filter {
            let columns = filter.column_indices().iter().map(|column| {
                let names = match column.side {
                    JoinSide::Left => left,
                    _ => right,
                };
                names.get(column.index).cloned().unwrap_or_default()
            });
            let names: Vec<String> = columns.collect();
            let condition = expression::sql(WatchedCondition::inner(filter.expression()), &names);
            self.conditions.push(condition);
        }
        let on = match self.conditions.is_empty() {
            true => String::new(),
            false => format!(" on {}", self.conditions.join(" AND ")),
        };
        Step {
            words: Some(format!("{}{on}", words(self.kind))),
            names: projected(names(self.kind, left, right), self.projection),
        }
    }
}

/// The result of joining the two lines below.
fn words(kind: JoinType) -> &'static str {
    match kind {
        JoinType::Inner => "Join",
        JoinType::Left => "Join, keeping all rows of the first,",
        JoinType::Right => "Join, keeping all rows of the second,",
        JoinType::Full => "Join, keeping all rows of both,",
        JoinType::LeftSemi => "Rows of the first that have a match",
        JoinType::RightSemi => "Rows of the second that have a match",
        JoinType::LeftAnti => "Rows of the first that have no match",
        JoinType::RightAnti => "Rows of the second that have no match",
        JoinType::LeftMark => "Rows of the first, marked if they have a match",
        JoinType::RightMark => "Rows of the second, marked if they have a match",
    }
}

fn names(kind: JoinType, left: &[String], right: &[String]) -> Vec<String> {
    let mark = || vec!["has a match".to_owned()];
    match kind {
        JoinType::Inner | JoinType::Left | JoinType::Right | JoinType::Full => both(left, right),
        JoinType::LeftSemi | JoinType::LeftAnti => left.to_vec(),
        JoinType::RightSemi | JoinType::RightAnti => right.to_vec(),
        JoinType::LeftMark => both(left, &mark()),
        JoinType::RightMark => both(right, &mark()),
    }
}

fn both(left: &[String], right: &[String]) -> Vec<String> {
    left.iter().chain(right).cloned().collect()
}

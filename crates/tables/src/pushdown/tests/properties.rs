//! Random conditions over random rows: the request to Graph never excludes a row that SQL keeps.
//! `PROPTEST_CASES` sets the number of cases.

use super::random::{columns, condition, row};
use super::*;
use crate::decode::{DecodeOptions, Decoder, RowContext};
use datafusion::arrow::array::RecordBatch;
use datafusion::common::DFSchema;
use datafusion::execution::context::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::physical_expr::create_physical_expr;
use graph_simulator::filter::Filter as Served;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The rows as the driver decodes them.
fn decoded(table: &'static Table, rows: &[Map<String, Value>]) -> RecordBatch {
    let wanted = columns(table);
    let indices = wanted.iter().map(|column| {
        table
            .column_index(column.name)
            .expect("a column of the table")
    });
    let decoder = Decoder::new(
        table,
        &indices.collect::<Vec<_>>(),
        DecodeOptions::default(),
    );
    let reply = json!({ "value": rows }).to_string();
    let page = decoder.page(reply.as_bytes(), &RowContext::default());
    page.expect("a reply that Graph could send").batch
}

/// The rows for which the condition is true.
fn kept(condition: &Expr, batch: &RecordBatch) -> Vec<bool> {
    let schema = DFSchema::try_from(batch.schema()).expect("a schema");
    let physical = create_physical_expr(
        condition,
        &schema,
        &ExecutionProps::new(),
        &PhysicalPlanningContext::default(),
    )
    .expect("a typed condition");
    let values = physical.evaluate(batch).expect("a value");
    let values = values.into_array(batch.num_rows()).expect("an array");
    let truths = values.as_boolean().iter();
    truths.map(|truth| truth == Some(true)).collect()
}

/// The rows that Graph returns for the request.
fn served(
    table: &'static Table,
    pushed: &Pushed,
    rows: &[Map<String, Value>],
    sorted: Option<&'static Column>,
) -> Result<Vec<bool>, String> {
    let collection = table.name.to_lowercase();
    let mut all = vec![false; rows.len()];
    for part in pushed.each_part() {
        let Some(text) = part.filter(sorted) else {
            return Ok(vec![true; rows.len()]);
        };
        let filter = Served::new(&collection, &text, part.is_advanced(sorted))
            .map_err(|refusal| format!("{text}: {refusal}"))?;
        for (found, row) in all.iter_mut().zip(rows) {
            *found |= filter.accepts(row);
        }
    }
    Ok(all)
}

fn loses_nothing(
    table: &'static Table,
    rows: &[Map<String, Value>],
    conjuncts: &[Expr],
    late: &Expr,
) -> Result<(), TestCaseError> {
    let batch = decoded(table, rows);
    let wanted = |conditions: &[Expr]| {
        let each: Vec<Vec<bool>> = conditions
            .iter()
            .map(|condition| kept(condition, &batch))
            .collect();
        (0..rows.len())
            .map(|row| each.iter().all(|kept| kept[row]))
            .collect::<Vec<bool>>()
    };
    let pushed = push(table, conjuncts, Pushdown::Full, Zone::UTC);
    let sorted = table
        .columns
        .iter()
        .filter(|column| pushed.allows_order(column));
    let orders: Vec<Option<&'static Column>> = sorted.map(Some).chain([None]).collect();
    for order in orders {
        let mut confined = pushed.clone();
        confine(table, late, &mut confined, order);
        let late = [conjuncts, std::slice::from_ref(late)].concat();
        for (asked, wanted) in [(&pushed, wanted(conjuncts)), (&confined, wanted(&late))] {
            let found = served(table, asked, rows, order).map_err(TestCaseError::fail)?;
            for (row, (found, wanted)) in found.into_iter().zip(wanted).enumerate() {
                let sent = asked
                    .each_part()
                    .iter()
                    .map(|part| part.filter(order))
                    .collect::<Vec<_>>();
                prop_assert!(found || !wanted, "{:?} loses {:?}", sent, rows[row]);
                // With an order, Graph leaves out rows without a value to sort by.
                let is_exact = asked.exact && order.is_none();
                prop_assert!(
                    wanted || !found || !is_exact,
                    "{:?} is not exact: {:?}",
                    sent,
                    rows[row]
                );
            }
        }
    }
    Ok(())
}

macro_rules! properties {
    ($($name:ident: $table:ident;)*) => {
        proptest! {
            $(
                #[test]
                fn $name(
                    rows in prop::collection::vec(row(&$table), 1..12),
                    conjuncts in prop::collection::vec(condition(&$table), 1..4),
                    late in condition(&$table),
                ) {
                    loses_nothing(&$table, &rows, &conjuncts, &late)?;
                }
            )*
        }
    };
}

properties! {
    no_message_is_lost: MESSAGES;
    no_event_is_lost: EVENTS;
    no_contact_is_lost: CONTACTS;
    no_user_is_lost: USERS;
}

//! Windows over values without a distance: `MIN(x) OVER (ORDER BY a_time)`.
//!
//! The implicit frame is a RANGE up to the current row, and DataFusion requires values for it that
//! can be subtracted. Without distances it is the same as GROUPS, which only compares.

use crate::plans;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::{
    Expr, ExprSchemable, LogicalPlan, WindowFrame, WindowFrameBound, WindowFrameUnits,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

#[derive(Debug)]
pub struct ComparedFrames;

impl AnalyzerRule for ComparedFrames {
    fn name(&self) -> &str {
        "compared_frames"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        if !plans::has(
            &plan,
            |node| matches!(node, LogicalPlan::Window(_)),
            |_| false,
        )? {
            return Ok(plan);
        }
        plan.transform_up_with_subqueries(|node| {
            let LogicalPlan::Window(window) = &node else {
                return Ok(Transformed::no(node));
            };
            let schema = Arc::clone(window.input.schema());
            let names = NamePreserver::new(&node);
            node.map_expressions(|expr| {
                let name = names.save(&expr);
                let expr = expr.transform_up(|part| compared(part, &schema))?;
                Ok(match expr.transformed {
                    true => expr.update_data(|expr| name.restore(expr)),
                    false => expr,
                })
            })
        })
        .data()
    }
}

fn compared(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    let Expr::WindowFunction(mut window) = expr else {
        return Ok(Transformed::no(expr));
    };
    let changes = lacks_distance(&window, schema)?;
    if changes {
        let frame = &window.params.window_frame;
        window.params.window_frame = WindowFrame::new_bounds(
            WindowFrameUnits::Groups,
            without_distance(&frame.start_bound),
            without_distance(&frame.end_bound),
        );
    }
    Ok(Transformed::new_transformed(
        Expr::WindowFunction(window),
        changes,
    ))
}

fn lacks_distance(window: &WindowFunction, schema: &DFSchema) -> Result<bool> {
    let frame = &window.params.window_frame;
    // With several keys there are no distances, but the engine still requires the first key to have
    // them.
    let Some(key) = window.params.order_by.first() else {
        return Ok(false);
    };
    if frame.units != WindowFrameUnits::Range
        || [&frame.start_bound, &frame.end_bound]
            .iter()
            .any(|bound| !is_without_distance(bound))
    {
        return Ok(false);
    }
    let data_type = key.expr.get_type(schema)?;
    Ok(matches!(
        data_type,
        DataType::Time32(_)
            | DataType::Time64(_)
            | DataType::Interval(_)
            | DataType::Duration(_)
            | DataType::Binary
            | DataType::LargeBinary
    ))
}

fn is_without_distance(bound: &WindowFrameBound) -> bool {
    match bound {
        WindowFrameBound::CurrentRow => true,
        WindowFrameBound::Preceding(distance) | WindowFrameBound::Following(distance) => {
            distance.is_null()
        }
    }
}

/// The bound in the type that GROUPS uses.
fn without_distance(bound: &WindowFrameBound) -> WindowFrameBound {
    match bound {
        WindowFrameBound::CurrentRow => WindowFrameBound::CurrentRow,
        WindowFrameBound::Preceding(_) => WindowFrameBound::Preceding(ScalarValue::UInt64(None)),
        WindowFrameBound::Following(_) => WindowFrameBound::Following(ScalarValue::UInt64(None)),
    }
}

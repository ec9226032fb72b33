//! The apply: a plan node that answers a question about a subquery for each row of its input.

use super::answer::Failures;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::{Column, DFSchema, DFSchemaRef, Result};
use datafusion::logical_expr::expr::SetQuantifier;
use datafusion::logical_expr::{Expr, LogicalPlan, Operator, UserDefinedLogicalNodeCore};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The question about the rows of a subquery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// The value of its only row; null without a row.
    Value,
    /// Whether there is a row.
    Exists,
    /// Whether the comparison of the operand holds for any or all of its values. `IN` is `= ANY`.
    Comparison { operator: Operator, all: bool },
}

impl Question {
    pub fn comparison(operator: Operator, quantifier: &SetQuantifier) -> Self {
        Self::Comparison {
            operator,
            all: matches!(quantifier, SetQuantifier::All),
        }
    }
}

/// The input's columns, then the answer, then the number of the failure if there is no answer.
#[derive(Clone, Debug)]
pub struct Apply {
    pub input: Arc<LogicalPlan>,
    /// The subquery, with placeholders for the values of the outer row.
    pub rows: Arc<LogicalPlan>,
    /// The names of the placeholders.
    pub placeholders: Vec<String>,
    /// Their values, over the input.
    pub outer: Vec<Expr>,
    /// The operand that is compared with the subquery's values, over the input.
    pub operand: Option<Expr>,
    pub question: Question,
    /// The name of the column that holds the answer.
    pub answer: String,
    /// Failures of single evaluations, for rows that need the answer.
    pub failures: Failures,
    pub schema: DFSchemaRef,
}

impl Apply {
    pub fn try_new(
        input: Arc<LogicalPlan>,
        rows: super::outer::Opened,
        operand: Option<Expr>,
        question: Question,
        answer: String,
    ) -> Result<Self> {
        let data_type = match question {
            Question::Value => rows.plan.schema().field(0).data_type().clone(),
            _ => DataType::Boolean,
        };
        let schema = schema(&input, &answer, data_type)?;
        Ok(Self {
            input,
            rows: Arc::new(rows.plan),
            placeholders: rows.names,
            outer: rows.values,
            operand,
            question,
            answer,
            failures: Failures::default(),
            schema,
        })
    }

    /// The answer as an expression over the node's columns.
    pub fn answer(&self) -> Expr {
        let answer = Expr::Column(Column::from_name(&self.answer));
        let failure = Expr::Column(Column::from_name(failure_name(&self.answer)));
        self.failures.checked(answer, failure)
    }

    fn data_type(&self) -> &DataType {
        let fields = self.schema.fields();
        fields[fields.len() - 2].data_type()
    }

    /// The parts that are equal in two equal nodes.
    #[allow(clippy::type_complexity)]
    fn parts(
        &self,
    ) -> (
        &LogicalPlan,
        &LogicalPlan,
        &[String],
        &[Expr],
        Option<&Expr>,
        Question,
        &str,
    ) {
        (
            &self.input,
            &self.rows,
            &self.placeholders,
            &self.outer,
            self.operand.as_ref(),
            self.question,
            &self.answer,
        )
    }
}

fn failure_name(answer: &str) -> String {
    format!("{answer}_failure")
}

fn schema(input: &LogicalPlan, answer: &str, data_type: DataType) -> Result<DFSchemaRef> {
    let input = input.schema();
    let mut fields: Vec<_> = input
        .iter()
        .map(|(qualifier, field)| (qualifier.cloned(), Arc::clone(field)))
        .collect();
    let added = [
        Field::new(answer, data_type, true),
        Field::new(failure_name(answer), DataType::UInt32, true),
    ];
    fields.extend(added.map(|field| (None, Arc::new(field))));
    // The functional dependencies of the input are not needed.
    Ok(Arc::new(DFSchema::new_with_metadata(
        fields,
        HashMap::clone(input.metadata()),
    )?))
}

impl PartialEq for Apply {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Apply {}

impl Hash for Apply {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl PartialOrd for Apply {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self == other).then_some(Ordering::Equal)
    }
}

impl UserDefinedLogicalNodeCore for Apply {
    fn name(&self) -> &str {
        "Apply"
    }

    /// The subquery is not an input: rules that push conditions down would push them into both.
    fn inputs(&self) -> Vec<&LogicalPlan> {
        vec![&self.input]
    }

    fn schema(&self) -> &DFSchemaRef {
        &self.schema
    }

    fn expressions(&self) -> Vec<Expr> {
        self.outer.iter().chain(&self.operand).cloned().collect()
    }

    fn prevent_predicate_push_down_columns(&self) -> HashSet<String> {
        HashSet::from([self.answer.clone(), failure_name(&self.answer)])
    }

    fn fmt_for_explain(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Apply: {:?}", self.question)
    }

    fn with_exprs_and_inputs(
        &self,
        mut exprs: Vec<Expr>,
        mut inputs: Vec<LogicalPlan>,
    ) -> Result<Self> {
        let operand = self.operand.is_some().then(|| exprs.pop()).flatten();
        let input = inputs
            .pop()
            .map_or_else(|| Arc::clone(&self.input), Arc::new);
        let schema = schema(&input, &self.answer, self.data_type().clone())?;
        // An alias has no meaning for a value of a placeholder.
        let outer = exprs.into_iter().map(Expr::unalias).collect();
        Ok(Self {
            input,
            outer,
            operand: operand.map(Expr::unalias),
            schema,
            ..self.clone()
        })
    }

    fn necessary_children_exprs(&self, output_columns: &[usize]) -> Option<Vec<Vec<usize>>> {
        let input = self.input.schema();
        let count = input.fields().len();
        let mut needed: HashSet<usize> = output_columns
            .iter()
            .copied()
            .filter(|index| *index < count)
            .collect();
        for expr in self.outer.iter().chain(&self.operand) {
            for column in expr.column_refs() {
                needed.insert(input.maybe_index_of_column(column)?);
            }
        }
        let mut needed: Vec<usize> = needed.into_iter().collect();
        needed.sort_unstable();
        Some(vec![needed])
    }

    fn supports_limit_pushdown(&self) -> bool {
        true
    }
}

//! The findings of an apply about a subquery, by the values of the outer row.

use super::answer::several_rows;
use super::apply::Question;
use crate::functions::external;
use datafusion::arrow::array::{Array, ArrayRef, RecordBatch};
use datafusion::arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::common::{Result, ScalarValue};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::Operator;
use futures::StreamExt;
use std::cmp::Ordering;
use std::collections::HashSet;

/// The result of one evaluation of a subquery.
#[derive(Debug)]
pub enum Finding {
    Value(ScalarValue),
    Exists(bool),
    Values(Values),
    /// The number of a failure
    Failed(u32),
}

impl Finding {
    /// Reads as many rows as the question needs.
    pub async fn read(question: Question, rows: SendableRecordBatchStream) -> Result<Self> {
        match question {
            Question::Value => Ok(Self::Value(value(rows).await?)),
            Question::Exists => Ok(Self::Exists(exists(rows).await?)),
            Question::Comparison { operator, all } => {
                Ok(Self::Values(Values::read(rows, operator, all).await?))
            }
        }
    }
}

async fn value(mut rows: SendableRecordBatchStream) -> Result<ScalarValue> {
    let data_type = rows.schema().field(0).data_type().clone();
    let mut value = None;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let several = batch.num_rows() > 1 || (batch.num_rows() == 1 && value.is_some());
        if several {
            return Err(external(several_rows()));
        }
        if batch.num_rows() == 1 {
            value = Some(ScalarValue::try_from_array(batch.column(0), 0)?);
        }
    }
    match value {
        Some(value) => Ok(value),
        None => ScalarValue::try_from(&data_type),
    }
}

async fn exists(mut rows: SendableRecordBatchStream) -> Result<bool> {
    while let Some(batch) = rows.next().await {
        if batch?.num_rows() > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The values of a subquery, as far as a comparison with any or all of them needs them.
#[derive(Debug)]
pub struct Values {
    operator: Operator,
    all: bool,
    has_null: bool,
    range: Option<(ScalarValue, ScalarValue)>,
    /// The non-null values, if the comparison looks for one of them.
    members: Option<Members>,
}

#[derive(Debug)]
struct Members {
    converter: RowConverter,
    rows: HashSet<OwnedRow>,
}

impl Values {
    async fn read(
        mut rows: SendableRecordBatchStream,
        operator: Operator,
        all: bool,
    ) -> Result<Self> {
        let data_type = rows.schema().field(0).data_type().clone();
        // `= ANY` and `<> ALL` look for a member; the others compare with the least and the
        // greatest.
        let is_membership = (operator == Operator::Eq) != all && is_equality(operator);
        let members = is_membership.then(|| {
            Ok::<_, datafusion::error::DataFusionError>(Members {
                converter: RowConverter::new(vec![SortField::new(data_type.clone())])?,
                rows: HashSet::new(),
            })
        });
        let mut values = Self {
            operator,
            all,
            has_null: false,
            range: None,
            members: members.transpose()?,
        };
        while let Some(batch) = rows.next().await {
            values.add(&batch?)?;
        }
        Ok(values)
    }

    fn add(&mut self, batch: &RecordBatch) -> Result<()> {
        let column = batch.column(0);
        let nulls = column.logical_nulls();
        let is_null = |row| nulls.as_ref().is_some_and(|nulls| nulls.is_null(row));
        let encoded = match &mut self.members {
            Some(members) => Some(
                members
                    .converter
                    .convert_columns(std::slice::from_ref(column))?,
            ),
            None => None,
        };
        for row in 0..batch.num_rows() {
            if is_null(row) {
                self.has_null = true;
                continue;
            }
            match (&mut self.members, &encoded) {
                (Some(members), Some(encoded)) => {
                    members.rows.insert(encoded.row(row).owned());
                }
                _ => self.extend_range(ScalarValue::try_from_array(column, row)?),
            }
        }
        Ok(())
    }

    fn extend_range(&mut self, value: ScalarValue) {
        let Some((least, greatest)) = &mut self.range else {
            self.range = Some((value.clone(), value));
            return;
        };
        if value.partial_cmp(least) == Some(Ordering::Less) {
            *least = value;
        } else if value.partial_cmp(greatest) == Some(Ordering::Greater) {
            *greatest = value;
        }
    }

    /// The operand's values in the encoding of the members.
    pub fn encoded(&self, operand: &ArrayRef) -> Result<Option<Vec<OwnedRow>>> {
        let Some(members) = &self.members else {
            return Ok(None);
        };
        let encoded = members
            .converter
            .convert_columns(std::slice::from_ref(operand))?;
        Ok(Some(encoded.iter().map(|row| row.owned()).collect()))
    }

    /// Compares a value; `encoded` is the value in the encoding of the members.
    pub fn compare(&self, value: &ScalarValue, encoded: Option<&OwnedRow>) -> Option<bool> {
        let is_empty = !self.has_null
            && self.range.is_none()
            && self
                .members
                .as_ref()
                .is_none_or(|members| members.rows.is_empty());
        if is_empty {
            return Some(self.all);
        }
        if value.is_null() {
            return None;
        }
        // Whether a non-null value decides: one that meets the comparison for ANY, one that does
        // not for ALL.
        let decides = match (&self.members, encoded) {
            (Some(members), Some(encoded)) => members.rows.contains(encoded),
            _ => self
                .range
                .as_ref()
                .is_some_and(|(least, greatest)| self.in_range(value, least, greatest)),
        };
        match (decides, self.has_null) {
            (true, _) => Some(!self.all),
            (false, true) => None,
            (false, false) => Some(self.all),
        }
    }

    fn in_range(&self, value: &ScalarValue, least: &ScalarValue, greatest: &ScalarValue) -> bool {
        let meets = |other: &ScalarValue| {
            let ordering = value.partial_cmp(other);
            match self.operator {
                Operator::Lt => ordering == Some(Ordering::Less),
                Operator::LtEq => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
                Operator::Gt => ordering == Some(Ordering::Greater),
                Operator::GtEq => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
                Operator::Eq => ordering == Some(Ordering::Equal),
                _ => ordering != Some(Ordering::Equal),
            }
        };
        match self.all {
            false => meets(least) || meets(greatest),
            true => !meets(least) || !meets(greatest),
        }
    }
}

fn is_equality(operator: Operator) -> bool {
    matches!(operator, Operator::Eq | Operator::NotEq)
}

//! The times of rows, as the zone of the connection shows them.
//!
//! Replies are in UTC, and so is everything that a scan does with their rows. Conditions, results and orders are about the
//! times that are shown.

use crate::ColumnType;
use crate::definition::{ColumnSource, Encoding, Table};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, StringArray};
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_config::Zone;
use std::sync::Arc;

/// Says whether the rows of a table are events of whole days.
const ALL_DAY: &str = "isAllDay";

/// The changes to the rows of a scan.
#[derive(Clone, Debug)]
pub struct LocalTimes {
    zone: Zone,
    columns: Vec<Local>,
    all_day: Option<usize>,
}

/// A column of the rows.
#[derive(Clone, Copy, Debug)]
enum Local {
    Time(usize),
    /// A time that events of whole days keep in every zone.
    Floating(usize),
    /// The zone of the time beside it.
    Zone(usize),
}

impl LocalTimes {
    /// For these columns; `None` if their values are shown as they come.
    pub fn of(table: &Table, columns: &[usize], zone: Zone) -> Option<Self> {
        let local = |(place, column): (usize, &usize)| Local::of(table, *column, place);
        let local: Vec<Local> = columns.iter().enumerate().filter_map(local).collect();
        let all_day = table.column_index(ALL_DAY);
        let is_needed = !zone.is_utc() && !local.is_empty();
        is_needed.then(|| Self {
            zone,
            columns: local,
            all_day: all_day.and_then(|all_day| columns.iter().position(|known| *known == all_day)),
        })
    }

    /// A column that showing these needs, too.
    pub fn needed(table: &Table, columns: &[usize], zone: Zone) -> Option<usize> {
        let is_floating =
            |column: &usize| matches!(Local::of(table, *column, 0), Some(Local::Floating(_)));
        let is_needed = !zone.is_utc() && columns.iter().any(is_floating);
        let all_day = table.column_index(ALL_DAY).filter(|_| is_needed)?;
        (!columns.contains(&all_day)).then_some(all_day)
    }

    /// The rows as they are shown.
    pub fn show(&self, rows: &RecordBatch) -> RecordBatch {
        let all_day = self.all_day.map(|place| rows.column(place).as_boolean());
        let mut arrays = rows.columns().to_vec();
        for column in &self.columns {
            let (place, shown) = match *column {
                Local::Time(place) => (place, self.times(rows.column(place), None)),
                Local::Floating(place) => (place, self.times(rows.column(place), all_day)),
                Local::Zone(place) => (place, self.zones(rows.column(place))),
            };
            arrays[place] = shown;
        }
        RecordBatch::try_new(rows.schema(), arrays).expect("the types are the same")
    }

    fn times(&self, times: &ArrayRef, all_day: Option<&BooleanArray>) -> ArrayRef {
        let times = times.as_primitive::<TimestampMicrosecondType>();
        let stays = |row: usize| all_day.is_some_and(|days| days.is_valid(row) && days.value(row));
        Arc::new(match all_day {
            None => times.unary::<_, TimestampMicrosecondType>(|moment| self.zone.shown(moment)),
            Some(_) => (times.iter().enumerate())
                .map(|(row, moment)| match stays(row) {
                    true => moment,
                    false => moment.map(|moment| self.zone.shown(moment)),
                })
                .collect(),
        })
    }

    fn zones(&self, zones: &ArrayRef) -> ArrayRef {
        let zones = zones.as_string::<i32>().iter();
        let zones = zones.map(|zone| zone.map(|_| self.zone.name()));
        Arc::new(StringArray::from_iter(zones))
    }
}

impl Local {
    fn of(table: &Table, column: usize, place: usize) -> Option<Self> {
        let column = &table.columns[column];
        if column.is_day {
            return None;
        }
        if matches!(column.column_type, ColumnType::Timestamp { .. }) {
            let is_of_days = table.column(ALL_DAY).is_some();
            let floats = is_of_days && is_zoned(column.source);
            return Some(match floats {
                true => Self::Floating(place),
                false => Self::Time(place),
            });
        }
        let beside = column.name.strip_suffix("_timeZone")?;
        let time = table.column(&format!("{beside}_dateTime"))?;
        let is_shown = is_zoned(time.source) && !time.is_day;
        is_shown.then_some(Self::Zone(place))
    }
}

fn is_zoned(source: ColumnSource) -> bool {
    matches!(
        source,
        ColumnSource::Property {
            encoding: Encoding::DateTimeTimeZone,
            ..
        }
    )
}

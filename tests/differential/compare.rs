//! Both engines side by side.

use crate::cell::{Cell, canonical, from_driver};
use crate::elements::rows;
use crate::generate::{self, Comparison, Statement, Vocabulary};
use crate::reference::Reference;
use crate::rows::{Column, Kind, Table};
use crate::sql::Sql;
use crate::zone;
use chrono_tz::Tz;
use driver_harness::client::constants::{
    BIGINT, BIT, DECIMAL, DOUBLE, INTEGER, LONGVARBINARY, NUMERIC, SMALLINT, TYPE_DATE, TYPE_TIME,
    TYPE_TIMESTAMP, VARBINARY,
};
use driver_harness::client::{self, Connection, Failure};
use driver_harness::simulator;
use driver_harness::tenant;
use graph_simulator::{Action, Chaos, Fault, Simulator};
use std::fmt::Write;

/// Maximum differences to show.
const SHOWN: usize = 5;

/// The driver and the reference over the same tenant.
pub struct Both {
    simulator: Simulator,
    connection: Connection,
    reference: Reference,
    tables: Vec<Vocabulary>,
    expires_tokens: bool,
    every_mailbox: bool,
}

impl Both {
    /// A connection that reads these mailboxes.
    pub fn start(mailboxes: &[&str], keys: &str) -> Self {
        Self::in_zone(mailboxes, keys, "UTC")
    }

    /// The same, with times in this zone.
    pub fn in_zone(mailboxes: &[&str], keys: &str, zone: &str) -> Self {
        let keys = &format!("{keys}TimeZone={zone};");
        let simulator = simulator::start(tenant::odd());
        let connection = client::connect(&simulator::alice(&simulator, keys))
            .unwrap_or_else(|failure| panic!("no connection: {failure}"));
        let tables = tables(&connection);
        let tenant = tenant::odd();
        let zone: Tz = zone.parse().expect("a zone");
        let rows = |table: &Table| {
            let mut rows = rows(&tenant, mailboxes, table);
            zone::show(zone, table, &mut rows);
            rows
        };
        let reference = Reference::load(&tables, rows);
        let tables = tables
            .iter()
            .map(|table| Vocabulary::new(table, &rows(table)));
        Self {
            tables: tables.collect(),
            simulator,
            connection,
            reference,
            expires_tokens: false,
            every_mailbox: mailboxes.len() > 1,
        }
    }

    /// From now on, one request in twenty fails in one of these ways, and tokens expire early.
    pub fn fail(&mut self, actions: Vec<Action>) {
        self.expires_tokens = true;
        let chaos = Chaos {
            seed: 7,
            probability: 0.05,
            actions,
            in_a_row: 2,
        };
        self.simulator.faults().set_chaos(Some(chaos));
    }

    /// The next matching request fails.
    pub fn fail_once(&self, fault: Fault) {
        self.simulator.faults().clear();
        self.simulator.faults().add(fault);
    }

    pub fn check_text(&self, driver: &str, reference: &str) {
        let sql = Sql::new(driver, reference);
        // An ORDER BY in parentheses orders something else.
        let outside = reference.rsplit(')').next().unwrap_or_default();
        let ordered = outside.contains("ORDER BY");
        let comparison = if ordered {
            Comparison::Ordered
        } else {
            Comparison::Bag
        };
        if let Err(difference) = self.difference(&Statement { sql, comparison }) {
            panic!("{difference}");
        }
    }

    /// Tries `count` random statements.
    pub fn check_random(&self, count: u64) {
        let first = crate::number("EXCHANGE_ODBC_SEED", 0);
        let mut differences = Vec::new();
        for seed in first..first + count {
            let statement = generate::statement(&self.tables, self.every_mailbox, seed);
            if self.expires_tokens && seed.is_multiple_of(5) {
                self.simulator.expire_tokens();
            }
            if let Err(difference) = self.difference(&statement) {
                differences.push(format!("seed {seed}: {difference}"));
                if differences.len() == SHOWN {
                    break;
                }
            }
        }
        assert!(differences.is_empty(), "{}", differences.join("\n\n"));
    }

    /// How many of the first `count` random statements have a step with each of these words.
    pub fn random_with_steps<const N: usize>(&self, count: u64, words: [&str; N]) -> [usize; N] {
        let steps = |seed: u64| {
            let sql = generate::statement(&self.tables, self.every_mailbox, seed).sql;
            let explain = Sql {
                driver: format!("EXPLAIN {}", sql.driver),
                ..sql
            };
            let lines = self.query(&explain).unwrap_or_default();
            lines.into_iter().flatten().collect::<Vec<Cell>>()
        };
        let plans: Vec<Vec<Cell>> = (0..count).map(steps).collect();
        words.map(|words| {
            let has = |line: &Cell| matches!(line, Cell::Text(line) if line.contains(words));
            plans.iter().filter(|lines| lines.iter().any(has)).count()
        })
    }

    /// Returns the difference, if there is one.
    fn difference(&self, statement: &Statement) -> Result<(), String> {
        let sql = &statement.sql;
        let expected = self.reference.query(&sql.reference);
        let expected = expected
            .unwrap_or_else(|error| panic!("the reference fails: {error}\n{}", sql.reference));
        let expected = canonical(&expected);
        let shown = || {
            format!(
                "{}\n{:?}\nreference: {}",
                sql.driver, sql.parameters, sql.reference
            )
        };
        let actual = match self.query(sql) {
            Ok(rows) => canonical(&rows),
            // A named mailbox that does not exist is an error, not an empty mailbox.
            Err(failure) if expected.is_empty() && is_no_mailbox(&failure) => return Ok(()),
            Err(failure) => return Err(format!("{failure}\n{}", shown())),
        };
        match agree(&statement.comparison, &expected, &actual) {
            true => Ok(()),
            false => Err(format!("{}\n{}", shown(), side_by_side(&expected, &actual))),
        }
    }

    fn query(&self, sql: &Sql) -> Result<Vec<Vec<Cell>>, Failure> {
        let mut statement = match sql.parameters.as_slice() {
            [] => self.connection.execute(&sql.driver)?,
            parameters => self.connection.execute_with(&sql.driver, parameters)?,
        };
        let columns = statement.columns()?;
        let decimals: Vec<bool> = columns
            .iter()
            .map(|column| matches!(column.sql_type, DECIMAL | NUMERIC))
            .collect();
        let rows = statement.values()?.into_iter().map(|row| {
            row.into_iter()
                .zip(&decimals)
                .map(|(value, decimal)| from_driver(value, *decimal))
                .collect()
        });
        Ok(rows.collect())
    }

    /// No query was refused, and no mailbox got more requests at once than allowed.
    pub fn finish(&self) {
        let counters = self.simulator.counters();
        let refused = self.simulator.log().into_iter().filter(|entry| {
            matches!(entry.status, 400 | 501)
                && entry.code.as_deref() != Some("ErrorInvalidIdMalformed")
        });
        let refused: Vec<_> = refused
            .map(|entry| (entry.path, entry.query, entry.code))
            .collect();
        assert!(
            refused.is_empty(),
            "Graph refused {} of {counters:?}: {refused:#?}",
            refused.len()
        );
        for (mailbox, most) in self.simulator.most_in_flight() {
            assert!(most <= 4, "{most} requests at once for {mailbox}");
        }
    }
}

/// The tables of the driver's catalog.
fn tables(connection: &Connection) -> Vec<Table> {
    let columns = connection
        .columns(None, None)
        .and_then(|mut statement| statement.rows());
    let columns = columns.unwrap_or_else(|failure| panic!("no catalog: {failure}"));
    let mut tables: Vec<Table> = Vec::new();
    for row in columns {
        let text = |index: usize| row[index].clone().unwrap_or_default();
        let column = Column {
            name: text(3),
            kind: kind(text(4).parse().expect("a type")),
        };
        match tables.last_mut() {
            Some(table) if table.name == text(2) => table.columns.push(column),
            _ => tables.push(Table {
                name: text(2),
                columns: vec![column],
            }),
        }
    }
    tables
}

fn kind(sql_type: i16) -> Kind {
    match sql_type {
        BIT => Kind::Bit,
        SMALLINT | INTEGER | BIGINT => Kind::Integer,
        DOUBLE => Kind::Double,
        TYPE_TIMESTAMP => Kind::Timestamp,
        TYPE_DATE => Kind::Date,
        TYPE_TIME => Kind::Time,
        VARBINARY | LONGVARBINARY => Kind::Binary,
        _ => Kind::Text,
    }
}

type Rows = [Vec<String>];

fn agree(comparison: &Comparison, expected: &Rows, actual: &Rows) -> bool {
    match comparison {
        Comparison::Ordered => expected == actual,
        Comparison::Bag => sorted(expected) == sorted(actual),
        Comparison::Some { skipped, limit } => {
            let count = expected.len().saturating_sub(*skipped).min(*limit);
            actual.len() == count && contains(expected, actual)
        }
    }
}

fn sorted(rows: &Rows) -> Vec<&Vec<String>> {
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort();
    rows
}

/// Whether `whole` contains all rows of `part`, at least as often.
fn contains(whole: &Rows, part: &Rows) -> bool {
    let mut whole = sorted(whole).into_iter();
    sorted(part)
        .into_iter()
        .all(|row| whole.any(|other| other == row))
}

/// The first rows that only one of them has, or the first that differ.
fn side_by_side(expected: &Rows, actual: &Rows) -> String {
    let mut text = format!(
        "{} rows expected, {} rows found",
        expected.len(),
        actual.len()
    );
    let mut shown = 0;
    let (expected_sorted, actual_sorted) = (sorted(expected), sorted(actual));
    let only = |these: &[&Vec<String>], others: &[&Vec<String>]| -> Vec<Vec<String>> {
        these
            .iter()
            .filter(|row| others.binary_search(row).is_err())
            .map(|row| (*row).clone())
            .collect()
    };
    for (name, rows) in [
        ("missing", only(&expected_sorted, &actual_sorted)),
        ("too many", only(&actual_sorted, &expected_sorted)),
    ] {
        for row in rows.iter().take(3) {
            shown += 1;
            let _ = write!(text, "\n{name}: {}", row.join(" | "));
        }
    }
    if shown == 0 {
        let first = expected
            .iter()
            .zip(actual)
            .position(|(left, right)| left != right);
        if let Some(at) = first {
            let _ = write!(text, "\nrow {at} should be {}", expected[at].join(" | "));
            let _ = write!(text, "\n  but it is {}", actual[at].join(" | "));
        }
    }
    text
}

fn is_no_mailbox(failure: &Failure) -> bool {
    failure.records.iter().any(|record| {
        record.message.contains("cannot be read: it does not exist")
            && record.message.contains("code ErrorInvalidUser")
    })
}

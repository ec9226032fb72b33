//! Values: columns, constants, functions of them.

use super::{Generator, Place};
use crate::rows::Kind;
use crate::sql::{Sql, sql};

impl<'a> Generator<'a> {
    /// A value to select or sort by, of any kind. It has no parameters, because its type must be
    /// known before theirs.
    pub(super) fn value(&mut self, places: &[Place<'a>]) -> Sql {
        let parameters = std::mem::replace(&mut self.parameters, false);
        let value = match self.random.usize(..12) {
            0 => self.text_value(places, 2),
            1 => self.number_value(places, 2),
            2 => self.moment_value(places, 1),
            3 => self.case(places),
            _ => self.any_column(places),
        };
        self.parameters = parameters;
        value
    }

    pub(super) fn any_column(&mut self, places: &[Place<'a>]) -> Sql {
        const KINDS: &[Kind] = &[
            Kind::Text,
            Kind::Bit,
            Kind::Integer,
            Kind::Double,
            Kind::Timestamp,
            Kind::Date,
            Kind::Binary,
        ];
        let kind = *self.pick(KINDS);
        let column = self
            .column(places, &[kind])
            .or_else(|| self.column(places, KINDS));
        let column = column.expect("every table has columns");
        self.spelled(column)
    }

    fn plain(&mut self, places: &[Place<'a>], kind: Kind) -> Option<Sql> {
        let column = self.column(places, &[kind])?;
        Some(self.spelled(column))
    }

    pub(super) fn text_value(&mut self, places: &[Place<'a>], depth: usize) -> Sql {
        let Some(column) = self.plain(places, Kind::Text).filter(|_| !self.one_in(8)) else {
            return self.text_constant();
        };
        if depth == 0 {
            return column;
        }
        let inner = self.text_value(places, depth - 1);
        let length = self.random.usize(1..6);
        match self.random.usize(..14) {
            0 => wrap("UCASE", "x_ucase", &inner),
            1 => wrap("{fn LCASE", "x_lcase", &inner),
            2 => {
                let other = self.text_value(places, depth - 1);
                sql!("({} || {})", inner, other)
            }
            3 => {
                let start = self.random.usize(1..8);
                let rest = format!(", {start}, {length})");
                inner.around(("SUBSTRING(", &rest), ("substr(", &rest))
            }
            4 => slice(&inner, "LEFT", length),
            5 => slice(&inner, "RIGHT", length),
            6 => same("TRIM", &inner),
            7 => sql!("LTRIM({})", inner),
            8 => sql!("RTRIM({})", inner),
            9 => sql!("REPLACE({}, 'o', 'ö')", inner),
            10 => {
                let other = self.text_value(places, depth - 1);
                sql!("COALESCE({}, {})", inner, other)
            }
            11 => {
                let other = self.text_value(places, 0);
                sql!("NULLIF({}, {})", inner, other)
            }
            12 => {
                let other = self.text_value(places, 0);
                sql!("{}, {}", inner, other).around(("{fn IFNULL(", ")}"), ("ifnull(", ")"))
            }
            _ => column,
        }
    }

    pub(super) fn number_value(&mut self, places: &[Place<'a>], depth: usize) -> Sql {
        let column = self.plain(places, Kind::Integer);
        if depth == 0 {
            return column.unwrap_or_else(|| Sql::same(self.random.i32(-9..99).to_string()));
        }
        match self.random.usize(..10) {
            0 => {
                let text = self.text_value(places, 1);
                wrap("CHAR_LENGTH", "length", &text)
            }
            1 => {
                let text = self.text_value(places, 0);
                text.around(("{fn LOCATE('e', ", ")}"), ("instr(", ", 'e')"))
            }
            2 | 3 => self.part_of_moment(places),
            4 => {
                let (left, right) = (
                    self.number_value(places, depth - 1),
                    self.random.i32(-99..99),
                );
                sql!("({} + {})", left, Sql::same(format!("({right})")))
            }
            5 => {
                let left = self.number_value(places, 0);
                // The product of 32 bits and this number fits 64 bits.
                sql!("({} * 3.0)", left)
            }
            6 => {
                let left = self.number_value(places, depth - 1);
                sql!("({} % 7)", left)
            }
            7 => {
                let left = self.number_value(places, depth - 1);
                sql!("COALESCE({}, -1)", left)
            }
            8 => {
                let left = self.number_value(places, 0);
                sql!("({} / 4)", left)
            }
            _ => column.unwrap_or_else(|| self.number_value(places, 0)),
        }
    }

    /// YEAR and similar functions. Moments of the reference have a fixed width.
    fn part_of_moment(&mut self, places: &[Place<'a>]) -> Sql {
        const PARTS: &[(&str, usize, usize)] = &[
            ("YEAR", 1, 4),
            ("MONTH", 6, 2),
            ("DAYOFMONTH", 9, 2),
            ("HOUR", 12, 2),
            ("MINUTE", 15, 2),
            ("SECOND", 18, 2),
        ];
        let (name, start, length) = *self.pick(PARTS);
        let moment = self.moment_value(places, 0);
        let (open, close) = match (name, self.random.usize(..3)) {
            ("DAYOFMONTH", 0) => ("EXTRACT(DAY FROM ".to_owned(), ")"),
            (name, 0) => (format!("EXTRACT({name} FROM "), ")"),
            (name, 1) => (format!("{{fn {name}("), ")}"),
            (name, _) => (format!("{name}("), ")"),
        };
        let end = format!(", {start}, {length}) AS INTEGER)");
        moment.around((&open, close), ("CAST(substr(", &end))
    }

    pub(super) fn moment_value(&mut self, places: &[Place<'a>], depth: usize) -> Sql {
        // A table without moments, or a plain constant, whose type must be clear.
        let Some(column) = self.plain(places, Kind::Timestamp) else {
            return Sql::new("{ts '2026-03-01 09:00:00'}", "'2026-03-01 09:00:00.000000'");
        };
        match (depth, self.random.usize(..4)) {
            (0, _) => column,
            (_, 0) => {
                let other = self.moment_value(places, 0);
                sql!("COALESCE({}, {})", column, other)
            }
            (_, 1) => column.around(("CAST(", " AS DATE)"), ("substr(", ", 1, 10)")),
            _ => column,
        }
    }

    fn case(&mut self, places: &[Place<'a>]) -> Sql {
        // The engine only accepts subqueries in conditions of the statement.
        let subqueries = std::mem::replace(&mut self.subqueries, false);
        let condition = self.predicate(places, 1);
        self.subqueries = subqueries;
        let (yes, no) = (self.text_value(places, 0), self.text_value(places, 0));
        match self.random.usize(..3) {
            0 => sql!("CASE WHEN {} THEN {} END", condition, yes),
            1 => sql!("IIF({}, {}, {})", condition, yes, no),
            _ => sql!("CASE WHEN {} THEN {} ELSE {} END", condition, yes, no),
        }
    }
}

/// A function with different names; an opening brace makes it an escape sequence.
fn wrap(driver: &str, reference: &str, inner: &Sql) -> Sql {
    let close = if driver.starts_with('{') { "}" } else { "" };
    let (driver, close) = (format!("{driver}("), format!("){close}"));
    inner.around((&driver, &close), (&format!("{reference}("), ")"))
}

fn same(function: &str, inner: &Sql) -> Sql {
    wrap(function, function, inner)
}

fn slice(inner: &Sql, function: &str, length: usize) -> Sql {
    let (driver, reference) = (
        format!("{{fn {function}("),
        format!("x_{}(", function.to_lowercase()),
    );
    inner.around(
        (&driver, &format!(", {length})}}")),
        (&reference, &format!(", {length})")),
    )
}

//! Constants, mostly ones that occur in the data.

use super::{ColumnAt, Generator};
use crate::cell::Cell;
use crate::rows::Kind;
use crate::sql::{Sql, quoted};
use driver_harness::client::Parameter;

const TEXTS: &[&str] = &[
    "", "x", "report", "it's", "%", "_", "\\", "😀", "NULL", "inbox", "high",
];
const NUMBERS: &[i64] = &[
    0,
    1,
    -1,
    5,
    15,
    100,
    2_147_483_647,
    -2_147_483_648,
    4_294_967_296,
];
const MOMENTS: &[&str] = &[
    "2026-03-01 09:00:00.000000",
    "2026-03-01 09:00:00.500000",
    "1969-12-31 23:59:59.999999",
    "0001-01-01 00:00:00.000000",
    "9999-12-31 23:59:59.999999",
    "2024-02-29 00:00:00.000000",
];

impl Generator<'_> {
    /// A constant of the column's type.
    pub(super) fn constant(&mut self, column: ColumnAt<'_>) -> Sql {
        let values = column.values();
        if column.name() == "mailbox" {
            // A mailbox that does not exist is an error, not an empty result.
            let Cell::Text(name) = self.pick(values).clone() else {
                unreachable!("mailboxes have names")
            };
            let name = self.in_any_case(name);
            return self.text(&name);
        }
        let known = match values.is_empty() || self.one_in(8) {
            true => None,
            false => Some(self.pick(values).clone()),
        };
        match (column.kind(), known) {
            (Kind::Bit, _) => self.truth_value(),
            (Kind::Timestamp, Some(Cell::Text(text))) => self.moment_literal(&text),
            (Kind::Timestamp, _) => self.moment_constant(),
            (Kind::Date, Some(Cell::Text(text))) => date_literal(&text),
            (Kind::Date, _) => date_literal("2026-03-01"),
            (Kind::Time, Some(Cell::Text(text))) => time_literal(&text),
            (Kind::Time, _) => time_literal("12:00:00"),
            (Kind::Integer, Some(Cell::Integer(number))) => self.number(number),
            (Kind::Integer | Kind::Double, _) => self.number_constant(),
            (_, Some(Cell::Text(text))) => {
                let text = self.changed(text);
                self.text(&text)
            }
            _ => self.text_constant(),
        }
    }

    fn in_any_case(&mut self, name: String) -> String {
        match self.random.usize(..4) {
            0 => name.to_uppercase(),
            1 => name.replacen('o', "O", 2),
            _ => name,
        }
    }

    /// The text itself most of the time, or one with a small change.
    fn changed(&mut self, text: String) -> String {
        match self.random.usize(..10) {
            0 => text.to_uppercase(),
            1 => text.to_lowercase(),
            2 => format!("{text} "),
            3 => text.chars().skip(1).collect(),
            _ => text,
        }
    }

    pub(super) fn text_constant(&mut self) -> Sql {
        let text = self.pick(TEXTS);
        self.text(text)
    }

    pub(super) fn text(&mut self, text: &str) -> Sql {
        self.literal(quoted(text), quoted(text), Parameter::from(text))
    }

    pub(super) fn number_constant(&mut self) -> Sql {
        let number = *self.pick(NUMBERS);
        self.number(number)
    }

    pub(super) fn number(&mut self, number: i64) -> Sql {
        self.literal(
            number.to_string(),
            number.to_string(),
            Parameter::from(number),
        )
    }

    pub(super) fn moment_constant(&mut self) -> Sql {
        let moment = self.pick(MOMENTS);
        self.moment_literal(moment)
    }

    /// A moment with the fixed width of the reference.
    pub(super) fn moment_literal(&mut self, moment: &str) -> Sql {
        let short = moment.strip_suffix(".000000").unwrap_or(moment);
        let driver = match self.random.usize(..4) {
            0 => format!("TIMESTAMP '{short}'"),
            1 => format!("'{short}'"),
            2 => format!("'{}'", short.replace(' ', "T")),
            _ => format!("{{ts '{short}'}}"),
        };
        let part = |range: std::ops::Range<usize>| moment[range].parse::<u16>().expect("digits");
        let parameter = Parameter::Timestamp {
            year: part(0..4).cast_signed(),
            month: part(5..7),
            day: part(8..10),
            hour: part(11..13),
            minute: part(14..16),
            second: part(17..19),
            fraction: moment[20..26].parse::<u32>().expect("digits") * 1000,
        };
        self.literal(driver, format!("'{moment}'"), parameter)
    }

    fn truth_value(&mut self) -> Sql {
        let value = self.random.bool();
        let number = i32::from(value).to_string();
        let driver = match self.random.usize(..3) {
            0 => number.clone(),
            1 => format!("'{value}'"),
            _ => value.to_string(),
        };
        self.literal(driver, number, Parameter::from(value))
    }

    fn literal(&mut self, driver: String, reference: String, parameter: Parameter) -> Sql {
        if self.parameters && self.one_in(6) {
            return Sql {
                driver: "?".to_owned(),
                reference,
                parameters: vec![parameter],
            };
        }
        Sql::new(driver, reference)
    }
}

fn time_literal(text: &str) -> Sql {
    Sql::new(format!("{{t '{text}'}}"), format!("'{text}'"))
}

fn date_literal(date: &str) -> Sql {
    Sql::new(format!("{{d '{date}'}}"), format!("'{date}'"))
}

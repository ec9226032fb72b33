//! Whole statements.

use super::{Comparison, Generator, Place, Statement};
use crate::rows::Kind;
use crate::sql::{Sql, sql};

impl<'a> Generator<'a> {
    pub(super) fn statement(&mut self) -> Statement {
        match self.random.usize(..26) {
            0..=7 => self.plain_select(),
            8..=11 => self.ordered(),
            12 | 13 => self.limited(),
            14..=16 => self.grouped(),
            17..=19 => self.joined(),
            20 => self.set_operation(),
            21 => self.nested(),
            22 => self.numbered(),
            23 | 24 => self.chained(),
            _ => self.total(),
        }
    }

    fn place(&mut self) -> Place<'a> {
        let alias = *self.pick(&["", "", "t"]);
        Place {
            vocabulary: self.any_table(),
            alias,
        }
    }

    pub(super) fn from(&mut self, place: Place<'a>) -> Sql {
        let name = place.vocabulary.table.name.as_str();
        let driver = match self.random.usize(..6) {
            0 => name.to_uppercase(),
            1 => format!("\"{name}\""),
            2 => format!("[{name}]"),
            _ => name.to_owned(),
        };
        let as_alias = if place.alias.is_empty() {
            String::new()
        } else {
            format!(" AS {}", place.alias)
        };
        Sql::new(format!("{driver}{as_alias}"), format!("{name}{as_alias}"))
    }

    pub(super) fn where_clause(&mut self, places: &[Place<'a>]) -> Sql {
        let mut conditions: Vec<Sql> = places
            .iter()
            .filter_map(|place| self.span(*place))
            .collect();
        if !self.one_in(6) {
            let depth = self.random.usize(..4);
            let condition = self.predicate(places, depth);
            conditions.push(match conditions.is_empty() {
                true => condition,
                false => sql!("({})", condition),
            });
        }
        match conditions.is_empty() {
            true => Sql::default(),
            false => sql!(" WHERE {}", Sql::join(conditions, " AND ")),
        }
    }

    /// One to five values with names.
    pub(super) fn items(&mut self, places: &[Place<'a>]) -> Sql {
        let count = self.random.usize(1..6);
        let items = (0..count).map(|index| {
            let value = self.value(places);
            sql!("{} AS {}", value, Sql::same(format!("c{index}")))
        });
        let items: Vec<Sql> = items.collect();
        Sql::join(items, ", ")
    }

    fn plain_select(&mut self) -> Statement {
        let place = self.place();
        let items = match self.one_in(12) {
            true => Sql::same("*"),
            false => self.items(&[place]),
        };
        let distinct = Sql::same(if self.one_in(8) { "DISTINCT " } else { "" });
        let (from, condition) = (self.from(place), self.where_clause(&[place]));
        bag(sql!(
            "SELECT {}{} FROM {}{}",
            distinct,
            items,
            from,
            condition
        ))
    }

    /// An order in which no two rows are equal, with a limit most of the time.
    fn ordered(&mut self) -> Statement {
        let place = self.place();
        let (items, from, condition) = (
            self.items(&[place]),
            self.from(place),
            self.where_clause(&[place]),
        );
        let order = self.total_order(&[place]);
        let limit = match self.one_in(4) {
            true => None,
            false => Some(self.random.usize(..40)),
        };
        let skipped = if limit.is_some() && self.one_in(3) {
            self.random.usize(..20)
        } else {
            0
        };
        let sql = self.with_limit(
            &sql!("{} FROM {}{} ORDER BY {}", items, from, condition, order),
            limit,
            skipped,
        );
        Statement {
            sql,
            comparison: Comparison::Ordered,
        }
    }

    pub(super) fn total_order(&mut self, places: &[Place<'a>]) -> Sql {
        const SORTABLE: &[Kind] = &[
            Kind::Text,
            Kind::Bit,
            Kind::Integer,
            Kind::Timestamp,
            Kind::Timestamp,
        ];
        let mut keys = Vec::new();
        for _ in 0..self.random.usize(..3) {
            let kind = *self.pick(SORTABLE);
            let Some(column) = self.column(places, &[kind]) else {
                continue;
            };
            let direction = Sql::same(*self.pick(&["", " ASC", " DESC", " DESC", " NULLS LAST"]));
            let key = self.spelled(column);
            keys.push(sql!("{}{}", key, direction));
        }
        for place in places {
            let id = self.named(*place, "compositeKey");
            let direction = Sql::same(*self.pick(&["", " DESC"]));
            let key = self.spelled(id);
            keys.push(sql!("{}{}", key, direction));
        }
        Sql::join(keys, ", ")
    }

    /// The rest of a SELECT with a limit, in one of its spellings.
    pub(super) fn with_limit(&mut self, rest: &Sql, limit: Option<usize>, skipped: usize) -> Sql {
        let Some(limit) = limit else {
            return sql!("SELECT {}", rest);
        };
        let driver = &rest.driver;
        let driver = match (skipped, self.random.usize(..3)) {
            (0, 0) => format!("SELECT TOP {limit} {driver}"),
            (0, 1) => format!("SELECT {driver} FETCH FIRST {limit} ROWS ONLY"),
            (0, _) => format!("SELECT {driver} LIMIT {limit}"),
            (_, 0) => format!("SELECT {driver} OFFSET {skipped} ROWS FETCH NEXT {limit} ROWS ONLY"),
            _ => format!("SELECT {driver} LIMIT {limit} OFFSET {skipped}"),
        };
        let reference = format!("SELECT {} LIMIT {limit} OFFSET {skipped}", rest.reference);
        Sql {
            driver,
            reference,
            parameters: rest.parameters.clone(),
        }
    }

    /// A limit without an order: any rows are right, but no others and not too few.
    fn limited(&mut self) -> Statement {
        let place = self.place();
        let (items, from, condition) = (
            self.items(&[place]),
            self.from(place),
            self.where_clause(&[place]),
        );
        let rest = sql!("{} FROM {}{}", items, from, condition);
        let limit = self.random.usize(..60);
        let skipped = if self.one_in(3) {
            self.random.usize(..20)
        } else {
            0
        };
        let mut sql = self.with_limit(&rest, Some(limit), skipped);
        sql.reference = format!("SELECT {}", rest.reference);
        Statement {
            sql,
            comparison: Comparison::Some { skipped, limit },
        }
    }

    fn grouped(&mut self) -> Statement {
        let place = self.place();
        let keys: Vec<Sql> = (0..self.random.usize(1..3))
            .map(|_| self.group_key(place))
            .collect();
        let keys = Sql::join(keys, ", ");
        let aggregates = self.aggregates(place);
        let (from, condition) = (self.from(place), self.where_clause(&[place]));
        let having = match self.random.usize(..4) {
            0 => Sql::same(format!(" HAVING COUNT(*) > {}", self.random.usize(..6))),
            1 => {
                let column = self.named(place, "id");
                let id = self.spelled(column);
                sql!(" HAVING MIN({}) IS NOT NULL", id)
            }
            _ => Sql::default(),
        };
        bag(sql!(
            "SELECT {}, {} FROM {}{} GROUP BY {}{}",
            keys,
            aggregates,
            from,
            condition,
            keys,
            having
        ))
    }

    fn group_key(&mut self, place: Place<'a>) -> Sql {
        const KINDS: &[Kind] = &[Kind::Text, Kind::Bit, Kind::Integer, Kind::Timestamp];
        if self.one_in(4) {
            self.parameters = false;
            let key = match self.random.bool() {
                true => self.number_value(&[place], 1),
                false => self.text_value(&[place], 1),
            };
            self.parameters = true;
            // A plain number would be the position of an item.
            return if key.driver.contains(['(', '{']) {
                key
            } else {
                sql!("({} || '')", key)
            };
        }
        let kind = *self.pick(KINDS);
        let column = self
            .column(&[place], &[kind])
            .or_else(|| self.column(&[place], KINDS));
        self.spelled(column.expect("every table has an id"))
    }

    fn aggregates(&mut self, place: Place<'a>) -> Sql {
        let aggregates: Vec<Sql> = (0..self.random.usize(1..4))
            .map(|_| self.aggregate(place))
            .collect();
        Sql::join(aggregates, ", ")
    }

    fn aggregate(&mut self, place: Place<'a>) -> Sql {
        let (text, number, moment) = (
            self.column(&[place], &[Kind::Text])
                .expect("every table has an id"),
            self.column(&[place], &[Kind::Integer, Kind::Double]),
            self.column(&[place], &[Kind::Timestamp]),
        );
        let (function, column) = match (self.random.usize(..8), number, moment) {
            (0, Some(column), _) => ("SUM", column),
            (1, Some(column), _) => ("AVG", column),
            (2, _, Some(column)) => ("MAX", column),
            (3, _, Some(column)) => ("MIN", column),
            (4, ..) => ("MIN", text),
            (5, ..) => ("COUNT", text),
            (6, ..) => ("COUNT(DISTINCT", text),
            _ => return Sql::same("COUNT(*)"),
        };
        let value = self.spelled(column);
        match function.strip_suffix("DISTINCT") {
            Some(_) => sql!("COUNT(DISTINCT {})", value),
            None => sql!("{}({})", Sql::same(function), value),
        }
    }

    /// Aggregates over a whole table.
    fn total(&mut self) -> Statement {
        let place = self.place();
        let (aggregates, from) = (self.aggregates(place), self.from(place));
        let condition = self.where_clause(&[place]);
        bag(sql!("SELECT {} FROM {}{}", aggregates, from, condition))
    }

    fn set_operation(&mut self) -> Statement {
        let (left, right) = (self.place(), self.place());
        let kind = *self.pick(&[Kind::Text, Kind::Timestamp]);
        let part = |generator: &mut Self, place: Place<'a>| {
            let column = generator.column(&[place], &[kind])?;
            let value = generator.spelled(column);
            let (from, condition) = (generator.from(place), generator.where_clause(&[place]));
            Some(sql!("SELECT {} FROM {}{}", value, from, condition))
        };
        let (Some(left), Some(right)) = (part(self, left), part(self, right)) else {
            return self.total();
        };
        let operation = Sql::same(*self.pick(&["UNION", "UNION ALL", "EXCEPT", "INTERSECT"]));
        bag(sql!("{} {} {}", left, operation, right))
    }

    /// A query over a query.
    fn nested(&mut self) -> Statement {
        let place = self.place();
        let (items, from, condition) = (
            self.items(&[place]),
            self.from(place),
            self.where_clause(&[place]),
        );
        let inner = sql!("SELECT {} FROM {}{}", items, from, condition);
        let outer = match self.random.usize(..3) {
            0 => Sql::same("c0, COUNT(*) FROM d GROUP BY c0"),
            1 => Sql::same("COUNT(c0) FROM d WHERE c0 IS NOT NULL"),
            _ => Sql::same("DISTINCT c0 FROM d"),
        };
        bag(match self.random.bool() {
            true => sql!("WITH d AS ({}) SELECT {}", inner, outer),
            false => {
                let text = |inner: &str, outer: &str| {
                    let (before, after) =
                        outer.split_once("FROM d").expect("the outer query reads d");
                    format!("SELECT {before}FROM ({inner}) AS d{after}")
                };
                Sql {
                    driver: text(&inner.driver, &outer.driver),
                    reference: text(&inner.reference, &outer.reference),
                    parameters: inner.parameters,
                }
            }
        })
    }

    /// A window function over an order in which no two rows are equal.
    fn numbered(&mut self) -> Statement {
        let place = self.place();
        let (partition, order) = (self.group_key(place), self.total_order(&[place]));
        let (from, condition) = (self.from(place), self.where_clause(&[place]));
        let id = self.named(place, "compositeKey");
        let id = self.spelled(id);
        let function = Sql::same(*self.pick(&["ROW_NUMBER()", "RANK()", "COUNT(*)"]));
        bag(sql!(
            "SELECT {}, {} OVER (PARTITION BY {} ORDER BY {}) FROM {}{}",
            id,
            function,
            partition,
            order,
            from,
            condition
        ))
    }
}

pub(super) fn bag(sql: Sql) -> Statement {
    Statement {
        sql,
        comparison: Comparison::Bag,
    }
}

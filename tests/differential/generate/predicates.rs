//! Conditions.

use super::{ColumnAt, Generator, Place};
use crate::cell::Cell;
use crate::lists;
use crate::rows::Kind;
use crate::sql::{Sql, quoted, sql};
use driver_harness::client::Parameter;

const COMPARABLE: &[Kind] = &[
    Kind::Text,
    Kind::Text,
    Kind::Text,
    Kind::Bit,
    Kind::Integer,
    Kind::Timestamp,
    Kind::Timestamp,
    Kind::Date,
    Kind::Time,
];

const LISTS: &[&str] = &[
    "categories",
    "categories",
    "categories",
    "emailAddresses",
    "emailAddresses",
    "toRecipients",
    "attendees",
    "businessPhones",
];

const OPERATORS: &[&str] = &["=", "=", "=", "<>", "<", "<=", ">", ">="];

/// Foreign keys: a column, and the table and column that it refers to.
const REFERENCES: &[(&str, &str, &str, &str)] = &[
    ("Messages", "parentFolderId", "MailFolders", "id"),
    ("MailFolders", "parentFolderId", "MailFolders", "id"),
    ("Events", "calendarId", "Calendars", "id"),
    ("MessageAttachments", "messageId", "Messages", "id"),
    ("MessageMime", "messageId", "Messages", "id"),
    ("MessageTexts", "messageId", "Messages", "id"),
    ("EventAttachments", "eventId", "Events", "id"),
    ("CalendarPermissions", "calendarId", "Calendars", "id"),
    ("ChecklistItems", "todoTaskId", "TodoTasks", "id"),
    ("Contacts", "parentFolderId", "ContactFolders", "id"),
    ("GroupMembers", "groupId", "Groups", "id"),
    ("GroupPosts", "threadId", "GroupThreads", "id"),
    ("GroupThreads", "groupId", "Groups", "id"),
    ("GroupMembers", "id", "Users", "id"),
    ("TaskAttachments", "todoListId", "TodoLists", "id"),
    ("TodoTasks", "todoListId", "TodoLists", "id"),
    ("ContactPhones", "contactId", "Contacts", "id"),
    ("EventAttendees", "eventId", "Events", "id"),
    ("MessageRecipients", "messageId", "Messages", "id"),
    (
        "MessageRecipients",
        "address",
        "UserProxyAddresses",
        "address",
    ),
    ("UserProxyAddresses", "userId", "Users", "id"),
    ("Messages", "id", "MessageAttachments", "messageId"),
    ("Messages", "id", "MessageRecipients", "messageId"),
    ("Calendars", "id", "Events", "calendarId"),
    ("Messages", "mailbox", "Users", "userPrincipalName"),
    ("Messages", "mailbox", "Users", "mail"),
];

impl<'a> Generator<'a> {
    /// AND, OR and NOT of conditions, with this maximum depth.
    pub(super) fn predicate(&mut self, places: &[Place<'a>], depth: usize) -> Sql {
        if depth == 0 || self.one_in(3) {
            return self.condition(places);
        }
        match self.random.usize(..6) {
            0 => {
                let inner = self.predicate(places, depth - 1);
                sql!("NOT ({})", inner)
            }
            1 | 2 => {
                let (left, right) = (
                    self.predicate(places, depth - 1),
                    self.predicate(places, depth - 1),
                );
                sql!("({} OR {})", left, right)
            }
            _ => {
                let (left, right) = (
                    self.predicate(places, depth - 1),
                    self.predicate(places, depth - 1),
                );
                sql!("({}) AND {}", left, right)
            }
        }
    }

    fn condition(&mut self, places: &[Place<'a>]) -> Sql {
        let kind = *self.pick(COMPARABLE);
        let column = self
            .column(places, &[kind])
            .or_else(|| self.column(places, COMPARABLE));
        let column = column.expect("every table has an id");
        match self.random.usize(..25) {
            0..=8 => self.comparison(column),
            9 | 10 => self.between(column),
            11..=13 => self.in_list(column),
            14..=17 => self.like(places),
            18 => {
                let not = if self.random.bool() { "NOT " } else { "" };
                let value = self.spelled(column);
                sql!("{} IS {}NULL", value, Sql::same(not))
            }
            19 => self.columns_compared(places),
            20 if self.subqueries => self
                .subquery(places)
                .unwrap_or_else(|| self.comparison(column)),
            21 => self
                .truth(places)
                .unwrap_or_else(|| self.comparison(column)),
            22 => self.of_functions(places),
            23 => self.list(places).unwrap_or_else(|| self.comparison(column)),
            _ => self.key(places),
        }
    }

    fn operator(&mut self, kind: Kind) -> Sql {
        match kind {
            Kind::Bit => Sql::same(*self.pick(&["=", "<>"])),
            _ => Sql::same(*self.pick(OPERATORS)),
        }
    }

    fn comparison(&mut self, column: ColumnAt<'a>) -> Sql {
        let operator = self.operator(column.kind());
        let (left, right) = (self.spelled(column), self.constant(column));
        match self.one_in(5) {
            true => sql!("{} {} {}", right, operator, left),
            false => sql!("{} {} {}", left, operator, right),
        }
    }

    fn between(&mut self, column: ColumnAt<'a>) -> Sql {
        if column.kind() == Kind::Bit {
            return self.comparison(column);
        }
        let not = Sql::same(if self.one_in(3) { "NOT " } else { "" });
        let value = self.spelled(column);
        let (low, high) = (self.constant(column), self.constant(column));
        sql!("{} {}BETWEEN {} AND {}", value, not, low, high)
    }

    fn in_list(&mut self, column: ColumnAt<'a>) -> Sql {
        let not = Sql::same(if self.one_in(3) { "NOT " } else { "" });
        let value = self.spelled(column);
        let length = if self.one_in(6) {
            self.random.usize(16..180)
        } else {
            self.random.usize(1..5)
        };
        let mut items: Vec<Sql> = (0..length).map(|_| self.constant(column)).collect();
        if self.one_in(10) {
            items.push(Sql::same("NULL"));
        }
        sql!("{} {}IN ({})", value, not, Sql::join(items, ", "))
    }

    fn columns_compared(&mut self, places: &[Place<'a>]) -> Sql {
        let kind = *self.pick(&[Kind::Text, Kind::Timestamp, Kind::Integer, Kind::Bit]);
        let (left, right) = (self.column(places, &[kind]), self.column(places, &[kind]));
        let (Some(left), Some(right)) = (left, right) else {
            return self.like(places);
        };
        let operator = self.operator(kind);
        self.compared(left, operator, right)
    }

    /// Two columns with an operator. The reference compares like the left one, unless it is told.
    pub(super) fn compared(
        &mut self,
        left: ColumnAt<'a>,
        operator: Sql,
        right: ColumnAt<'a>,
    ) -> Sql {
        let is_mailbox = |column: ColumnAt<'_>| column.name() == "mailbox";
        let is_caseless = is_mailbox(left) || is_mailbox(right);
        let (mut left, right) = (self.spelled(left), self.spelled(right));
        if is_caseless {
            left.reference.push_str(" COLLATE NOCASE");
        }
        sql!("{} {} {}", left, operator, right)
    }

    /// A truth value without a comparison.
    fn truth(&mut self, places: &[Place<'a>]) -> Option<Sql> {
        let column = self.column(places, &[Kind::Bit])?;
        let value = self.spelled(column);
        Some(match self.random.usize(..4) {
            0 => value,
            1 => sql!("NOT {}", value),
            2 => sql!("{} IS TRUE", value),
            _ => sql!("{} IS NOT TRUE", value),
        })
    }

    fn of_functions(&mut self, places: &[Place<'a>]) -> Sql {
        let operator = Sql::same(*self.pick(OPERATORS));
        let (left, right) = match self.random.bool() {
            true => (self.number_value(places, 2), self.number_constant()),
            false => (self.text_value(places, 2), self.text_constant()),
        };
        match names_mailboxes(&left) {
            // A mailbox that does not exist is an error, not an empty result.
            true => sql!("{} IS NOT NULL", left),
            false => sql!("{} {} {}", left, operator, right),
        }
    }

    /// A list of texts or people and one of its items.
    fn list(&mut self, places: &[Place<'a>]) -> Option<Sql> {
        let place = *self.pick(places);
        let columns = &place.vocabulary.table.columns;
        let is_list = |name: &&&str| columns.iter().any(|column| column.name == **name);
        let lists: Vec<&&str> = LISTS.iter().filter(is_list).collect();
        if lists.is_empty() {
            return None;
        }
        let name = **self.pick::<&&str>(&lists);
        let column = self.named(place, name);
        let lists = column.values().iter().filter_map(|cell| match cell {
            Cell::Text(list) => Some(lists::items(list)),
            _ => None,
        });
        let items: Vec<String> = lists.flatten().collect();
        if items.is_empty() {
            return None;
        }
        let alternatives = self.random.usize(1..4);
        let conditions = (0..alternatives).map(|_| {
            let (list, item) = (self.spelled(column), self.pick::<String>(&items));
            let item = quoted(item);
            sql!("{}, {}", list, Sql::same(item)).around(("INCLUDES(", ")"), ("x_includes(", ")"))
        });
        let conditions: Vec<Sql> = conditions.collect();
        let joined = match self.one_in(3) {
            true => Sql::join(conditions, " AND "),
            false => Sql::join(conditions, " OR "),
        };
        Some(sql!("({})", joined))
    }

    /// One row, or a few, by a key; sometimes by the id of another that differs only in case.
    fn key(&mut self, places: &[Place<'a>]) -> Sql {
        let place = *self.pick(places);
        let name = *self.pick(&["id", "compositeKey", "safeKey"]);
        let column = self.named(place, name);
        match self.random.bool() {
            true => self.in_list(column),
            false => {
                let (left, right) = (self.spelled(column), self.constant(column));
                sql!("{} = {}", left, right)
            }
        }
    }

    fn like(&mut self, places: &[Place<'a>]) -> Sql {
        let column = self
            .column(places, &[Kind::Text])
            .expect("every table has an id");
        let not = Sql::same(if self.one_in(4) { "NOT " } else { "" });
        let text = match column.values().is_empty() {
            true => "Report".to_owned(),
            false => match self.pick(column.values()) {
                Cell::Text(text) => text.clone(),
                other => panic!("a text column has {other:?}"),
            },
        };
        let escape = *self.pick(&[None, None, Some('\\'), Some('!')]);
        let pattern = self.pattern(&text, escape);
        let clause = match escape {
            None => Sql::default(),
            Some(escape) => {
                let written = format!(" ESCAPE '{escape}'");
                match self.random.bool() {
                    true => Sql::new(format!(" {{escape '{escape}'}}"), written),
                    false => Sql::same(written),
                }
            }
        };
        let value = self.spelled(column);
        let written = quoted(&pattern);
        let pattern = match self.parameters && self.one_in(6) {
            true => Sql {
                driver: "?".to_owned(),
                reference: written,
                parameters: vec![Parameter::Text(pattern)],
            },
            false => Sql::same(written),
        };
        sql!("{} {}LIKE {}{}", value, not, pattern, clause)
    }

    /// A part of the text with wildcards around or in it.
    fn pattern(&mut self, text: &str, escape: Option<char>) -> String {
        let characters: Vec<char> = text.chars().collect();
        let start = self.random.usize(..=characters.len());
        let end = self.random.usize(start..=characters.len().min(start + 12));
        let shape = self.random.usize(..6);
        let part = match shape {
            0 | 1 => &characters[..end],
            2 => &characters[start..],
            3 => &characters[..],
            _ => &characters[start..end],
        };
        let mut pattern = String::new();
        for character in part {
            if self.one_in(14) {
                pattern.push(*self.pick(&['_', '%']));
                continue;
            }
            if let Some(escape) =
                escape.filter(|escape| matches!(character, '%' | '_') || character == escape)
            {
                pattern.push(escape);
            }
            pattern.push(*character);
        }
        match shape {
            0 => format!("{pattern}%"),
            1 => format!("{pattern}_%"),
            2 => format!("%{pattern}"),
            3 => pattern,
            _ => format!("%{pattern}%"),
        }
    }

    /// IN and EXISTS over the table that a foreign key refers to, or a scalar subquery.
    fn subquery(&mut self, places: &[Place<'a>]) -> Option<Sql> {
        let place = *self.pick(places);
        let table = place.vocabulary.table.name.as_str();
        let fitting: Vec<_> = REFERENCES
            .iter()
            .filter(|reference| reference.0 == table)
            // A list of mailboxes may read mailboxes that the reference does not have.
            .filter(|reference| self.every_mailbox || reference.1 != "mailbox")
            .collect();
        if fitting.is_empty() || self.one_in(4) {
            return match self.random.bool() {
                true => self.scalar_subquery(place),
                false => self.membership(place),
            };
        }
        let (_, from, other, to) = **self.pick(&fitting);
        let inner = Place {
            vocabulary: self.table(other),
            alias: "inner_",
        };
        let condition = self.predicate_without_subqueries(inner);
        let (from, to) = (self.named(place, from), self.named(inner, to));
        let equal = self.compared(to, Sql::same("="), from);
        let (from, to) = (self.spelled(from), self.spelled(to));
        let other = Sql::same(other);
        let not = Sql::same(if self.one_in(3) { "NOT " } else { "" });
        // A correlation needs a name for the outer table.
        Some(match place.alias.is_empty() || self.random.bool() {
            true => sql!(
                "{} {}IN (SELECT {} FROM {} AS inner_ WHERE {})",
                from,
                not,
                to,
                other,
                condition
            ),
            false => sql!(
                "{}EXISTS (SELECT 1 FROM {} AS inner_ WHERE {} AND {})",
                not,
                other,
                equal,
                condition
            ),
        })
    }

    fn scalar_subquery(&mut self, place: Place<'a>) -> Option<Sql> {
        let column = self.column(&[place], &[Kind::Timestamp])?;
        let function = Sql::same(*self.pick(&["MIN", "MAX"]));
        let operator = Sql::same(*self.pick(OPERATORS));
        let inner = Place {
            alias: "inner_",
            ..place
        };
        let condition = self.predicate_without_subqueries(inner);
        let (outer, value) = (
            self.spelled(column),
            self.spelled(ColumnAt {
                place: inner,
                ..column
            }),
        );
        let table = Sql::same(place.vocabulary.table.name.as_str());
        Some(sql!(
            "{} {} (SELECT {}({}) FROM {} AS inner_ WHERE {})",
            outer,
            operator,
            function,
            value,
            table,
            condition
        ))
    }

    /// `IN` over texts of other rows of the same table, with nulls on both sides.
    fn membership(&mut self, place: Place<'a>) -> Option<Sql> {
        let inner = Place {
            alias: "inner_",
            ..place
        };
        let value = self.column(&[place], &[Kind::Text])?;
        let member = self.column(&[inner], &[Kind::Text])?;
        let condition = self.predicate_without_subqueries(inner);
        let (value, member) = (self.spelled(value), self.spelled(member));
        let not = Sql::same(if self.random.bool() { "NOT " } else { "" });
        let table = Sql::same(place.vocabulary.table.name.as_str());
        Some(sql!(
            "{} {}IN (SELECT {} FROM {} AS inner_ WHERE {})",
            value,
            not,
            member,
            table,
            condition
        ))
    }

    /// The span of time without which a table is not read. The reference has the rows of every such span.
    pub(super) fn span(&mut self, place: Place<'a>) -> Option<Sql> {
        const FROM: &[&str] = &[
            "2026-02-25 00:00:00.000000",
            "2026-03-01 09:00:00.123456",
            "2026-03-09 09:00:00.000000",
        ];
        const TO: &[&str] = &["2026-03-06 09:00:01.000000", "2026-07-01 00:00:00.000000"];
        if !matches!(
            place.vocabulary.table.name.as_str(),
            "CalendarView" | "EventInstances"
        ) {
            return None;
        }
        let time = |text: &&str| Sql::new(format!("{{ts '{text}'}}"), format!("'{text}'"));
        let (from, to) = (time(self.pick(FROM)), time(self.pick(TO)));
        let start = self.named(place, "start_dateTime");
        let start = self.spelled(start);
        let end = self.named(place, "end_dateTime");
        let end = self.spelled(end);
        Some(match self.random.usize(..3) {
            0 => sql!("{} > {} AND {} < {}", end, from, start, to),
            1 => sql!("{} >= {} AND {} >= {}", start, from, to, start),
            _ => sql!("{} BETWEEN {} AND {}", start, from, to),
        })
    }

    fn predicate_without_subqueries(&mut self, place: Place<'a>) -> Sql {
        let condition = self.predicate_in_subqueries(place);
        match self.span(place) {
            Some(span) => sql!("{} AND ({})", span, condition),
            None => condition,
        }
    }

    fn predicate_in_subqueries(&mut self, place: Place<'a>) -> Sql {
        match self.random.bool() {
            true => self.like(&[place]),
            false => {
                let column = self
                    .column(&[place], COMPARABLE)
                    .expect("every table has an id");
                self.comparison(column)
            }
        }
    }
}

/// Whether a value is the column `mailbox` itself, in any spelling.
fn names_mailboxes(value: &Sql) -> bool {
    let name = value.driver.trim_end_matches(['"', ']', '`']);
    let name = name.rsplit(['.', '"', '[', '`']).next();
    name.is_some_and(|name| name.eq_ignore_ascii_case("mailbox"))
}

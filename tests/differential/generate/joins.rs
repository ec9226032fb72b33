//! Statements over several tables.

use super::shapes::bag;
use super::{Comparison, Generator, Place, Statement};
use crate::sql::{Sql, sql};

/// Tables with columns that belong together.
const JOINS: &[(&str, &str, &str, &str)] = &[
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
    (
        "Messages",
        "from_emailAddress_address",
        "Contacts",
        "primaryEmailAddress_address",
    ),
    ("ContactEmailAddresses", "contactId", "Contacts", "id"),
    ("ContactPhones", "contactId", "Contacts", "id"),
    ("EventAttendees", "eventId", "Events", "id"),
    ("EventCategories", "eventId", "Events", "id"),
    ("EventLocations", "eventId", "EventAttendees", "eventId"),
    ("EventLocations", "eventId", "Events", "id"),
    ("MessageCategories", "messageId", "Messages", "id"),
    ("MessageHeaders", "messageId", "Messages", "id"),
    ("MessageRecipients", "messageId", "Messages", "id"),
    ("MessageRecipients", "messageId", "Messages", "id"),
    (
        "MessageRecipients",
        "messageId",
        "MessageHeaders",
        "messageId",
    ),
    (
        "MessageRecipients",
        "messageId",
        "MessageRecipients",
        "messageId",
    ),
    ("UserProxyAddresses", "userId", "Users", "id"),
    ("MailboxItems", "folderId", "MailboxFolders", "id"),
    ("Messages", "mailbox", "Users", "userPrincipalName"),
    ("Messages", "mailbox", "Users", "mail"),
    ("Contacts", "displayName", "Users", "displayName"),
    ("Messages", "conversationId", "Messages", "conversationId"),
];

impl<'a> Generator<'a> {
    pub(super) fn joined(&mut self) -> Statement {
        let (left, from, right, to) = *self.pick(JOINS);
        let left = Place {
            vocabulary: self.table(left),
            alias: "l",
        };
        let right = Place {
            vocabulary: self.table(right),
            alias: "r",
        };
        let places = [left, right];
        let kind = Sql::same(*self.pick(&[
            "JOIN",
            "INNER JOIN",
            "LEFT JOIN",
            "LEFT OUTER JOIN",
            "RIGHT JOIN",
            "FULL JOIN",
        ]));
        let (from, to) = (self.named(left, from), self.named(right, to));
        let (from, to) = (self.spelled(from), self.spelled(to));
        let items = self.items(&places);
        let (left_table, right_table) = (self.from(left), self.from(right));
        let extra = match self.one_in(4) {
            true => {
                self.subqueries = false;
                let condition = self.predicate(&[right], 0);
                self.subqueries = true;
                sql!(" AND {}", condition)
            }
            false => Sql::default(),
        };
        let extra = sql!("{}{}", self.same_mailbox(left, right), extra);
        let join = match self.one_in(5) && kind.driver.starts_with("LEFT") {
            true => {
                let oj = sql!(
                    "{} LEFT OUTER JOIN {} ON {} = {}{}",
                    left_table,
                    right_table,
                    from,
                    to,
                    extra
                );
                Sql {
                    driver: format!("{{oj {}}}", oj.driver),
                    ..oj
                }
            }
            false => sql!(
                "{} {} {} ON {} = {}{}",
                left_table,
                kind,
                right_table,
                from,
                to,
                extra
            ),
        };
        let condition = self.where_clause(&places);
        if self.one_in(3) {
            let order = self.total_order(&places);
            let limit = self.random.usize(1..50);
            let rest = sql!("{} FROM {}{} ORDER BY {}", items, join, condition, order);
            return Statement {
                sql: self.with_limit(&rest, Some(limit), 0),
                comparison: Comparison::Ordered,
            };
        }
        bag(sql!("SELECT {} FROM {}{}", items, join, condition))
    }

    /// Two to four tables, some of them in parentheses, or as subqueries with an order and a limit.
    pub(super) fn chained(&mut self) -> Statement {
        const ALIASES: &[&str] = &["a", "b", "c", "d"];
        let (first, ..) = *self.pick(JOINS);
        let first = Place {
            vocabulary: self.table(first),
            alias: ALIASES[0],
        };
        let mut places = vec![first];
        let mut joined = self.source(first);
        let count = self.random.usize(2..=ALIASES.len());
        for &alias in &ALIASES[1..count] {
            let known = places[self.random.usize(..places.len())];
            let table = known.vocabulary.table.name.as_str();
            let forwards = JOINS.iter().filter(|join| join.0 == table);
            let forwards = forwards.map(|join| (join.1, join.2, join.3));
            let backwards = JOINS.iter().filter(|join| join.2 == table);
            let backwards = backwards.map(|join| (join.3, join.0, join.1));
            let partners: Vec<(&str, &str, &str)> = forwards.chain(backwards).collect();
            let (from, other, to) = *self.pick(&partners);
            let next = Place {
                vocabulary: self.table(other),
                alias,
            };
            let (from, to) = (self.named(known, from), self.named(next, to));
            let equal = self.compared(from, Sql::same("="), to);
            let equal = sql!("{}{}", equal, self.same_mailbox(known, next));
            let source = self.source(next);
            let kind = Sql::same(*self.pick(&["JOIN", "JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN"]));
            joined = match places.len() > 1 && self.one_in(3) {
                true => sql!("{} {} ({}) ON {}", source, kind, joined, equal),
                false => sql!("{} {} {} ON {}", joined, kind, source, equal),
            };
            places.push(next);
        }
        let (items, condition) = (self.items(&places), self.where_clause(&places));
        bag(sql!("SELECT {} FROM {}{}", items, joined, condition))
    }

    /// Sometimes a comparison of the mailboxes, which the same ids have anyway.
    fn same_mailbox(&mut self, left: Place<'a>, right: Place<'a>) -> Sql {
        let has_mailbox = |place: Place| {
            let mut columns = place.vocabulary.table.columns.iter();
            columns.any(|column| column.name == "mailbox")
        };
        if !has_mailbox(left) || !has_mailbox(right) || !self.one_in(3) {
            return Sql::default();
        }
        let columns = [left, right].map(|place| self.named(place, "mailbox"));
        let [left, right] = columns.map(|column| self.spelled(column));
        sql!(" AND {} = {}", left, right)
    }

    /// The table, or some of its rows.
    fn source(&mut self, place: Place<'a>) -> Sql {
        if !self.one_in(3) {
            return self.from(place);
        }
        let inner = Place {
            alias: "i",
            ..place
        };
        let (from, condition) = (self.from(inner), self.where_clause(&[inner]));
        let order = self.total_order(&[inner]);
        let rest = sql!("* FROM {}{} ORDER BY {}", from, condition, order);
        let limit = self.random.usize(1..40);
        let rows = self.with_limit(&rest, Some(limit), 0);
        sql!("({}) AS {}", rows, Sql::same(place.alias))
    }
}

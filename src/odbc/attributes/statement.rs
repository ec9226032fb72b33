//! The attributes of statements: their definitions, and the values of one statement.

use super::{Definition, Store, Values, Width, definition, find};
use crate::odbc::diagnostics::{Error, sqlstate};
use std::time::{Duration, Instant};

/// `SQL_ATTR_*` of statements.
pub mod attribute {
    pub const QUERY_TIMEOUT: i32 = 0;
    pub const MAX_ROWS: i32 = 1;
    pub const NOSCAN: i32 = 2;
    pub const MAX_LENGTH: i32 = 3;
    pub const ASYNC_ENABLE: i32 = 4;
    pub const ROW_BIND_TYPE: i32 = 5;
    pub const CURSOR_TYPE: i32 = 6;
    pub const CONCURRENCY: i32 = 7;
    pub const KEYSET_SIZE: i32 = 8;
    pub const ROWSET_SIZE: i32 = 9;
    pub const SIMULATE_CURSOR: i32 = 10;
    pub const RETRIEVE_DATA: i32 = 11;
    pub const USE_BOOKMARKS: i32 = 12;
    pub const ROW_NUMBER: i32 = 14;
    pub const ENABLE_AUTO_IPD: i32 = 15;
    pub const FETCH_BOOKMARK_PTR: i32 = 16;
    pub const PARAM_BIND_OFFSET_PTR: i32 = 17;
    pub const PARAM_BIND_TYPE: i32 = 18;
    pub const PARAM_OPERATION_PTR: i32 = 19;
    pub const PARAM_STATUS_PTR: i32 = 20;
    pub const PARAMS_PROCESSED_PTR: i32 = 21;
    pub const PARAMSET_SIZE: i32 = 22;
    pub const ROW_BIND_OFFSET_PTR: i32 = 23;
    pub const ROW_OPERATION_PTR: i32 = 24;
    pub const ROW_STATUS_PTR: i32 = 25;
    pub const ROWS_FETCHED_PTR: i32 = 26;
    pub const ROW_ARRAY_SIZE: i32 = 27;
    pub const CURSOR_SCROLLABLE: i32 = -1;
    pub const CURSOR_SENSITIVITY: i32 = -2;
    pub const APP_ROW_DESC: i32 = 10010;
    pub const APP_PARAM_DESC: i32 = 10011;
    pub const IMP_ROW_DESC: i32 = 10012;
    pub const IMP_PARAM_DESC: i32 = 10013;
    pub const METADATA_ID: i32 = 10014;
}

/// `SQL_CURSOR_FORWARD_ONLY`, `SQL_CURSOR_STATIC`
const FORWARD_ONLY: usize = 0;
const STATIC: usize = 3;

/// `SQL_INSENSITIVE`
const INSENSITIVE: usize = 1;

/// Cursors are read-only and either forward-only or static. Other requests are replaced by the
/// nearest supported value, which is returned when the attribute is read.
pub const TABLE: &[Definition] = &[
    definition(attribute::QUERY_TIMEOUT, Width::ULen, 0, Values::Any),
    definition(attribute::MAX_ROWS, Width::ULen, 0, Values::Any),
    definition(attribute::NOSCAN, Width::ULen, 0, Values::OneOf(&[0, 1])),
    definition(attribute::MAX_LENGTH, Width::ULen, 0, Values::Any),
    definition(
        attribute::ASYNC_ENABLE,
        Width::ULen,
        0,
        Values::Unsupported(&[1]),
    ),
    definition(
        attribute::CURSOR_TYPE,
        Width::ULen,
        FORWARD_ONLY,
        Values::Nearest(&[FORWARD_ONLY, STATIC], &[(1, STATIC), (2, STATIC)]),
    ),
    definition(
        attribute::CONCURRENCY,
        Width::ULen,
        1,
        Values::Replaced(&[2, 3, 4]),
    ),
    definition(attribute::KEYSET_SIZE, Width::ULen, 0, Values::Any),
    definition(attribute::ROWSET_SIZE, Width::ULen, 1, Values::Any),
    definition(
        attribute::SIMULATE_CURSOR,
        Width::ULen,
        0,
        Values::Replaced(&[1, 2]),
    ),
    definition(
        attribute::RETRIEVE_DATA,
        Width::ULen,
        1,
        Values::OneOf(&[0, 1]),
    ),
    definition(
        attribute::USE_BOOKMARKS,
        Width::ULen,
        0,
        Values::OneOf(&[0, 1, 2]),
    ),
    definition(
        attribute::ENABLE_AUTO_IPD,
        Width::ULen,
        0,
        Values::Unsupported(&[1]),
    ),
    definition(attribute::FETCH_BOOKMARK_PTR, Width::ULen, 0, Values::Any),
    definition(
        attribute::CURSOR_SCROLLABLE,
        Width::ULen,
        0,
        Values::OneOf(&[0, 1]),
    ),
    definition(
        attribute::CURSOR_SENSITIVITY,
        Width::ULen,
        0,
        Values::Nearest(&[0, INSENSITIVE], &[(2, INSENSITIVE)]),
    ),
    definition(
        attribute::METADATA_ID,
        Width::ULen,
        0,
        Values::OneOf(&[0, 1]),
    ),
];

/// Statement attributes that ODBC 2 applications set on the connection.
pub fn settable_on_connection(id: i32) -> bool {
    (attribute::QUERY_TIMEOUT..=attribute::USE_BOOKMARKS).contains(&id)
        && id != attribute::ROW_BIND_TYPE
}

/// The attributes that are not descriptor fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementAttributes {
    store: Store,
}

impl StatementAttributes {
    /// Stores a value; returns the warning to post.
    pub fn set(&mut self, id: i32, value: usize) -> Result<Option<Error>, Error> {
        let definition = find(TABLE, id).ok_or_else(|| Error::of(sqlstate::HY092))?;
        if id == attribute::ROWSET_SIZE && value == 0 {
            return Err(Error::of(sqlstate::HY024));
        }
        let (value, warning) = definition.accept(value)?;
        match id {
            // These two attributes select the type of cursor, too.
            attribute::CURSOR_SCROLLABLE => self.set_scrollable(value == 1),
            attribute::CURSOR_SENSITIVITY if value == INSENSITIVE => self.set_scrollable(true),
            attribute::CURSOR_SENSITIVITY => {}
            _ => self.store.set(id, value),
        }
        Ok(warning)
    }

    pub fn value(&self, id: i32) -> usize {
        match id {
            attribute::CURSOR_SCROLLABLE => self.is_scrollable().into(),
            attribute::CURSOR_SENSITIVITY if self.is_scrollable() => INSENSITIVE,
            _ => find(TABLE, id).map_or(0, |definition| self.store.get(definition)),
        }
    }

    /// `SQL_ATTR_MAX_LENGTH`: 0 for no limit. Like the next one it is read at every fetch, so it
    /// needs no search in the table.
    pub fn max_length(&self) -> usize {
        self.store.changed(attribute::MAX_LENGTH).unwrap_or(0)
    }

    /// `SQL_ATTR_RETRIEVE_DATA`
    pub fn retrieves_data(&self) -> bool {
        self.store.changed(attribute::RETRIEVE_DATA) != Some(0)
    }

    /// `SQL_ATTR_USE_BOOKMARKS`
    pub fn uses_bookmarks(&self) -> bool {
        !matches!(self.store.changed(attribute::USE_BOOKMARKS), None | Some(0))
    }

    /// The deadline that `SQL_ATTR_QUERY_TIMEOUT` sets for a call that began at `began`.
    pub fn deadline(&self, began: Option<Instant>) -> Option<Instant> {
        began?.checked_add(self.query_timeout()?)
    }

    /// `SQL_ATTR_QUERY_TIMEOUT`, unless it is 0.
    pub fn query_timeout(&self) -> Option<Duration> {
        let seconds = self.store.changed(attribute::QUERY_TIMEOUT)?;
        (seconds > 0).then(|| Duration::from_secs(seconds as u64))
    }

    /// Uses this query timeout unless one was set (even 0).
    pub fn default_query_timeout(&mut self, limit: Duration) {
        if self.store.changed(attribute::QUERY_TIMEOUT).is_none() {
            let seconds = usize::try_from(limit.as_secs()).unwrap_or(usize::MAX);
            self.store.set(attribute::QUERY_TIMEOUT, seconds);
        }
    }

    pub fn is_scrollable(&self) -> bool {
        self.value(attribute::CURSOR_TYPE) == STATIC
    }

    fn set_scrollable(&mut self, scrollable: bool) {
        self.store.set(
            attribute::CURSOR_TYPE,
            if scrollable { STATIC } else { FORWARD_ONLY },
        );
    }
}

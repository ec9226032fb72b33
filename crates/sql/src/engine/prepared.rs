//! Recently prepared statements.
//!
//! Applications prepare the same text again and again: to describe it, to run it, for the next
//! value of a list. A statement that reads no temporary table means the same throughout a
//! connection, so its plan is kept.

use crate::Statement;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Number of texts to keep.
const MOST: usize = 32;
/// Longest text to keep, in bytes. Longer ones are rarely prepared again, and their plans are
/// large.
const LONGEST: usize = 16 << 10;

pub type Statements = Vec<Arc<dyn Statement>>;

struct Entry {
    sql: String,
    no_scan: bool,
    statements: Statements,
}

/// The last texts with their statements, the most recently used in front.
#[derive(Default)]
pub struct Prepared(Mutex<VecDeque<Entry>>);

impl Prepared {
    pub fn get(&self, sql: &str, no_scan: bool) -> Option<Statements> {
        let mut entries = self.entries();
        let place = (entries.iter()).position(|entry| entry.no_scan == no_scan && entry.sql == sql);
        let entry = entries.remove(place?)?;
        let statements = entry.statements.clone();
        entries.push_front(entry);
        Some(statements)
    }

    pub fn keep(&self, sql: String, no_scan: bool, statements: &Statements) {
        if sql.len() > LONGEST {
            return;
        }
        let mut entries = self.entries();
        entries.push_front(Entry {
            sql,
            no_scan,
            statements: statements.clone(),
        });
        entries.truncate(MOST);
    }

    fn entries(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::{ExecuteOptions, Session};
    use exchange_config::{DataSources, from_connection_string};
    use exchange_graph::Client;
    use exchange_tables::GraphSource;

    fn engine() -> Engine {
        let text = "TenantID=contoso;ClientId=a;ClientSecret=b;UserID=ann@contoso.com";
        let settings = from_connection_string(text, &DataSources::files([]))
            .expect("valid settings")
            .settings;
        let client = Client::new(&settings).expect("a client");
        Engine::new(&Arc::new(GraphSource::new(client, settings))).expect("an engine")
    }

    fn prepare(engine: &Engine, sql: &str, no_scan: bool) -> Statements {
        let prepared = engine.prepare(sql, no_scan, &ExecuteOptions::default());
        prepared.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    fn is_planned_once(engine: &Engine, sql: &str) -> bool {
        let [one, other] = [(); 2].map(|()| prepare(engine, sql, false).remove(0));
        Arc::ptr_eq(&one, &other)
    }

    #[test]
    fn a_text_is_planned_once() {
        let engine = engine();
        assert!(is_planned_once(&engine, "SELECT subject FROM Messages"));
        assert!(is_planned_once(
            &engine,
            "SELECT id FROM Users WHERE mail = ?; SELECT 1"
        ));
        assert!(is_planned_once(&engine, "EXPLAIN SELECT NOW()"));
    }

    #[test]
    fn the_same_text_with_other_options_is_planned_anew() {
        let engine = engine();
        let [one, other] = [false, true].map(|no_scan| prepare(&engine, "SELECT 1", no_scan));
        assert!(!Arc::ptr_eq(&one[0], &other[0]));
    }

    #[test]
    fn what_temporary_tables_give_is_planned_anew() {
        let engine = engine();
        let change = "CREATE TEMPORARY TABLE t (a INTEGER)";
        assert!(!is_planned_once(&engine, change));
        let both = format!("{change}; SELECT a FROM t");
        assert!(!is_planned_once(&engine, &both));
    }

    #[test]
    fn the_oldest_texts_and_long_ones_are_not_kept() {
        let prepared = Prepared::default();
        for number in 0..=MOST {
            prepared.keep(format!("SELECT {number}"), false, &Vec::new());
            // Used entries stay.
            assert!(prepared.get("SELECT 0", false).is_some());
        }
        assert!(prepared.get("SELECT 1", false).is_none());
        assert!(prepared.get("SELECT 2", false).is_some());
        let long = format!("SELECT '{}'", "x".repeat(LONGEST));
        prepared.keep(long.clone(), false, &Vec::new());
        assert!(prepared.get(&long, false).is_none());
    }
}

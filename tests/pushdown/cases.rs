//! Statements and their requests: the proof that Graph does the work that it can.
//!
//! `{mailbox}` is Alice's mailbox, `{inbox}` and `{drafts}` are two of its folders, `{message}` and
//! `{other}` two of its messages, `{calendar}` one of its calendars, `{event}` one of its events; `{compositeKey}` and
//! `{safeKey}` are the message's.

mod applications;
mod contents;
mod elements;
mod joins;
mod messages;
mod search;
mod tables;
mod values;

use driver_harness::client::Parameter;
use std::collections::BTreeSet;

pub struct Case {
    /// The heading on the page.
    pub about: &'static str,
    pub sql: &'static str,
    pub parameters: fn() -> Vec<Parameter>,
    /// Method, path and decoded query, in the order of sending. Requests of a batch are indented.
    /// Requests for each folder, calendar or message are shown once, with `{each}`.
    pub requests: &'static [&'static str],
    /// The minimum number of requests, and why there are more; `None` if this is the minimum.
    pub least: Option<(Count, &'static str)>,
}

/// Requests for one page, alone or in a `$batch`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    pub fixed: usize,
    /// For each folder, calendar or message.
    pub for_each: usize,
}

const fn case(about: &'static str, sql: &'static str, requests: &'static [&'static str]) -> Case {
    Case {
        about,
        sql,
        parameters: Vec::new,
        requests,
        least: None,
    }
}

impl Case {
    const fn with(mut self, parameters: fn() -> Vec<Parameter>) -> Self {
        self.parameters = parameters;
        self
    }

    const fn at_best(mut self, fixed: usize, for_each: usize, why: &'static str) -> Self {
        self.least = Some((Count { fixed, for_each }, why));
        self
    }

    pub fn count(&self) -> Count {
        let requests = self
            .requests
            .iter()
            .map(|line| line.trim())
            .filter(|line| line.starts_with("GET "));
        // A request that is sometimes in a batch, and sometimes not, is shown twice.
        let requests: BTreeSet<&str> = requests.collect();
        let (for_each, fixed) = requests
            .into_iter()
            .partition::<Vec<&str>, _>(|line| line.contains("{each}"));
        Count {
            fixed: fixed.len(),
            for_each: for_each.len(),
        }
    }
}

/// The reason for one more request for folders.
const ROOT: &str = "Graph is also asked for the root folder: its children name it, but it is not a row of the table";
/// The statements in the order of the page.
pub fn all() -> impl Iterator<Item = &'static Case> {
    let groups = [
        messages::CASES,
        joins::CASES,
        tables::CASES,
        contents::CASES,
        elements::CASES,
        values::CASES,
        applications::CASES,
        search::CASES,
    ];
    groups.into_iter().flatten()
}

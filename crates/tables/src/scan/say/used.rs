//! The figures of a scan in words, for `EXPLAIN ANALYZE`.

use crate::scan::read::usage::Used;
use exchange_graph::Counts;

impl Used {
    /// The figures in one line.
    pub fn sum(&self) -> String {
        format!(
            "{}, {} received, {} kept, {}, {} ms",
            requests(&self.graph),
            counted(self.received, "row"),
            self.kept,
            counted(self.graph.bytes, "byte"),
            self.elapsed.as_millis()
        )
    }

    /// Further figures.
    pub fn details(&self) -> Vec<String> {
        let graph = &self.graph;
        let mut lines = Vec::new();
        match (&graph.first, &graph.last, graph.requests) {
            (Some(only), _, 1) => lines.push(format!("sent: {only}")),
            (Some(first), Some(last), _) => {
                lines.push(format!("first: {first}"));
                lines.push(format!("last: {last}"));
            }
            _ => {}
        }
        if graph.again > 0 {
            lines.push(format!(
                "sent again: {}, {} of them throttled, after waits of {} ms",
                counted(graph.again, "request"),
                graph.throttled,
                graph.waited.as_millis()
            ));
        }
        if self.refused {
            lines.push(
                "Graph refused the filter or the order: everything was read without it".to_owned(),
            );
        }
        lines
    }
}

fn requests(counts: &Counts) -> String {
    let requests = counted(counts.requests, "request");
    match counts.in_batches {
        0 => requests,
        inside => format!("{requests} ({inside} in batches)"),
    }
}

/// `1 row`, `2 rows`.
pub fn counted(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

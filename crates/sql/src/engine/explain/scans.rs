//! The scans of a plan.

use crate::subqueries;
use datafusion::physical_plan::ExecutionPlan;
use exchange_tables::ScanExec;
use std::iter;
use std::sync::Arc;

/// The lines below their heading.
pub fn below(heading: &str, lines: Vec<String>) -> Vec<String> {
    let lines = lines.into_iter().map(|line| format!("  {line}"));
    iter::once(heading.to_owned()).chain(lines).collect()
}

/// The scans of a plan, in its order, with their labels.
pub struct Scans<'p> {
    pub scans: Vec<&'p ScanExec>,
    pub labels: Vec<String>,
}

impl<'p> Scans<'p> {
    pub fn of(plan: &'p Arc<dyn ExecutionPlan>) -> Self {
        let mut scans = Vec::new();
        collect(plan, &mut scans);
        let labels = scans.iter().enumerate().map(|(index, scan)| {
            let is_same = |other: &&&ScanExec| other.table() == scan.table();
            match scans.iter().filter(is_same).count() {
                1 => scan.table().to_owned(),
                // The same table is read several times.
                _ => {
                    let number = scans[..=index].iter().filter(is_same).count();
                    format!("{} ({number})", scan.table())
                }
            }
        });
        Self {
            labels: labels.collect(),
            scans,
        }
    }

    /// The lines about all scans.
    pub fn each(&self, lines: impl Fn(&str, &ScanExec) -> Vec<String>) -> Vec<String> {
        let all = self.scans.iter().zip(&self.labels);
        all.flat_map(|(scan, label)| lines(label, scan)).collect()
    }
}

fn collect<'p>(plan: &'p Arc<dyn ExecutionPlan>, scans: &mut Vec<&'p ScanExec>) {
    scans.extend(plan.downcast_ref::<ScanExec>());
    for input in subqueries::inputs(plan.as_ref()) {
        collect(input, scans);
    }
}

//! Reports of usage whose rows are odd: the same name twice, names that need quotation marks, nulls.

use super::properties::{EMAIL_ACTIVITY, EMAIL_APP_USAGE, MAILBOX_USAGE, Properties, QUOTA_STATUS};
use super::shapes::shape;
use graph_simulator::model::{Entity, GivenReport, Tenant};
use serde_json::{Value, json};
use std::collections::HashMap;

const PERIODS: [u32; 4] = [7, 30, 90, 180];

const NAMES: [&str; 9] = [
    "alice@contoso.example",
    "ALICE@contoso.example",
    "(Unknown)",
    "o'neil, \"the\" user@contoso.example",
    "(Unknown)",
    "bob@contoso.example",
    "two\r\nlines@contoso.example",
    "guest_x.example#EXT#@contoso.example",
    "alice@contoso.example",
];

const DAYS: [&str; 5] = [
    "2026-11-29",
    "2026-11-28",
    "2024-02-29",
    "9999-12-31",
    "0001-01-01",
];

pub fn fill(tenant: &mut Tenant) {
    tenant.reports.refreshed = DAYS[0].to_owned();
    for period in PERIODS {
        tenant.reports.given.extend([
            report(
                "getMailboxUsageDetail",
                period,
                MAILBOX_USAGE,
                ("userPrincipalName", &NAMES),
            ),
            report(
                "getEmailActivityUserDetail",
                period,
                EMAIL_ACTIVITY,
                ("userPrincipalName", &NAMES),
            ),
            report(
                "getEmailAppUsageUserDetail",
                period,
                EMAIL_APP_USAGE,
                ("userPrincipalName", &NAMES),
            ),
            report(
                "getMailboxUsageQuotaStatusMailboxCounts",
                period,
                QUOTA_STATUS,
                ("reportDate", &DAYS),
            ),
        ]);
    }
}

fn report(
    function: &str,
    period: u32,
    properties: Properties,
    (key, names): (&str, &[&str]),
) -> GivenReport {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let rows = names.iter().zip(0..).map(|(name, number)| {
        let same = known.entry(name).or_default();
        *same += 1;
        let mut row = shape(
            properties,
            number + period as usize,
            json!({ "id": format!("{period}-{same}-{name}"), "reportPeriod": period }),
        );
        row.insert(key.to_owned(), json!(name));
        without_empty_texts(row)
    });
    GivenReport {
        function: function.to_owned(),
        period,
        rows: rows.collect(),
    }
}

/// An empty field is a null.
fn without_empty_texts(row: Entity) -> Entity {
    let fields = row.into_iter();
    fields
        .filter(|(_, value)| *value != Value::String(String::new()))
        .collect()
}

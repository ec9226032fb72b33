//! Numbers of mailboxes by quota, from a report.

use super::columns::ID_LENGTH;
use super::derived::{composite_key, safe_key};
use super::permissions;
use super::report_columns::{date, number, report_period, report_refresh_date, report_row_id};
use crate::definition::{Collection, Index, Report, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MAILBOX_QUOTA_STATUS: Table = Table {
    name: "MailboxQuotaStatus",
    remarks: "Numbers of mailboxes below and above their quotas for each day, from the reports of usage",
    scope: Scope::Directory,
    permission: permissions::REPORTS,
    collection: Collection::Report(Report {
        function: "getMailboxUsageQuotaStatusMailboxCounts",
        name: "Report Date",
        usual: 180,
    }),
    columns: &[
        composite_key(ID_LENGTH),
        safe_key().without_select(),
        report_row_id(),
        report_period(),
        report_refresh_date(),
        date("reportDate", "Report Date").remarks("Day of the numbers"),
        number("underLimit", "Under Limit").remarks("Mailboxes below all limits"),
        number("warningIssued", "Warning Issued").remarks("Mailboxes whose owners are warned"),
        number("sendProhibited", "Send Prohibited").remarks("Mailboxes that cannot send"),
        number("sendReceiveProhibited", "Send/Receive Prohibited").remarks("Mailboxes that can neither send nor receive"),
        number("indeterminate", "Indeterminate").remarks("Mailboxes whose state is not known"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "reports", pages: "reports", index: None },
};

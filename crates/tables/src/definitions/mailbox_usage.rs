//! Size and quotas of every mailbox, from a report.

use super::columns::ID_LENGTH;
use super::derived::{composite_key, safe_key};
use super::permissions;
use super::report_columns::{
    boolean, date, deleted_date, display_name, is_deleted, last_activity_date, number,
    report_period, report_refresh_date, report_row_id, text, user_principal_name,
};
use super::users::USUAL_USERS;
use crate::definition::{Collection, Index, Report, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MAILBOX_USAGE: Table = Table {
    name: "MailboxUsage",
    remarks: "Size, quotas and last use of every mailbox, from the reports of usage",
    scope: Scope::Directory,
    permission: permissions::REPORTS,
    collection: Collection::Report(Report {
        function: "getMailboxUsageDetail",
        name: "User Principal Name",
        usual: USUAL_USERS,
    }),
    columns: &[
        composite_key(ID_LENGTH),
        safe_key().without_select(),
        report_row_id(),
        report_period(),
        report_refresh_date(),
        user_principal_name(),
        display_name(),
        is_deleted(),
        deleted_date(),
        date("createdDate", "Created Date").remarks("When the mailbox was created"),
        last_activity_date(),
        number("itemCount", "Item Count").remarks("Number of items"),
        number("storageUsedInBytes", "Storage Used (Byte)").remarks("Size of all items, in bytes"),
        number("issueWarningQuotaInBytes", "Issue Warning Quota (Byte)").remarks("Size from which the owner is warned, in bytes"),
        number("prohibitSendQuotaInBytes", "Prohibit Send Quota (Byte)").remarks("Size from which the mailbox cannot send, in bytes"),
        number("prohibitSendReceiveQuotaInBytes", "Prohibit Send/Receive Quota (Byte)").remarks("Size from which the mailbox can neither send nor receive, in bytes"),
        number("deletedItemCount", "Deleted Item Count").remarks("Number of deleted items that can still be recovered"),
        number("deletedItemSizeInBytes", "Deleted Item Size (Byte)").remarks("Size of the deleted items, in bytes"),
        number("deletedItemQuota", "Deleted Item Quota (Byte)").remarks("Largest size of the deleted items, in bytes"),
        boolean("hasArchive", "Has Archive").remarks("Whether the mailbox has an archive"),
        text("recipientType", "Recipient Type", 64).remarks("Kind of mailbox; not documented, null in most reports"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "reports", pages: "reports", index: None },
};

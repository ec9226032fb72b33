//! Mail that each user sent, received and read, from a report.

use super::columns::ID_LENGTH;
use super::derived::{composite_key, safe_key};
use super::permissions;
use super::report_columns::{
    deleted_date, display_name, is_deleted, last_activity_date, number, report_period,
    report_refresh_date, report_row_id, text, user_principal_name,
};
use super::users::USUAL_USERS;
use crate::definition::{Collection, Index, Report, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static EMAIL_ACTIVITY: Table = Table {
    name: "EmailActivity",
    remarks: "Mail and meetings of each user in a span of days, from the reports of usage",
    scope: Scope::Directory,
    permission: permissions::REPORTS,
    collection: Collection::Report(Report {
        function: "getEmailActivityUserDetail",
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
        last_activity_date(),
        number("sendCount", "Send Count").remarks("Messages sent"),
        number("receiveCount", "Receive Count").remarks("Messages received"),
        number("readCount", "Read Count").remarks("Messages read"),
        number("meetingCreatedCount", "Meeting Created Count").remarks("Meeting requests sent"),
        number("meetingInteractedCount", "Meeting Interacted Count").remarks("Meeting requests answered"),
        text("assignedProducts", "Assigned Products", 4000).remarks("Products that are assigned to the user, joined with +"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "reports", pages: "reports", index: None },
};

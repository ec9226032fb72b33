//! Applications with which each user reads mail, from a report.

use super::columns::ID_LENGTH;
use super::derived::{composite_key, safe_key};
use super::permissions;
use super::report_columns::{
    deleted_date, display_name, is_deleted, last_activity_date, report_period, report_refresh_date,
    report_row_id, text, user_principal_name,
};
use super::users::USUAL_USERS;
use crate::definition::{Collection, Index, Report, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static EMAIL_APP_USAGE: Table = Table {
    name: "EmailAppUsage",
    remarks: "Applications with which each user reads and sends mail, from the reports of usage",
    scope: Scope::Directory,
    permission: permissions::REPORTS,
    collection: Collection::Report(Report {
        function: "getEmailAppUsageUserDetail",
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
        text("mailForMac", "Mail For Mac", 256).remarks("Apple Mail, as Microsoft writes it"),
        text("outlookForMac", "Outlook For Mac", 256).remarks("Outlook for Mac, as Microsoft writes it"),
        text("outlookForWindows", "Outlook For Windows", 256).remarks("Outlook for Windows, as Microsoft writes it"),
        text("outlookForMobile", "Outlook For Mobile", 256).remarks("Outlook on phones and tablets, as Microsoft writes it"),
        text("otherForMobile", "Other For Mobile", 256).remarks("Other applications on phones and tablets, as Microsoft writes it"),
        text("outlookForWeb", "Outlook For Web", 256).remarks("Outlook in a browser, as Microsoft writes it"),
        text("pop3App", "POP3 App", 256).remarks("Applications that read by POP3, as Microsoft writes it"),
        text("imap4App", "IMAP4 App", 256).remarks("Applications that read by IMAP4, as Microsoft writes it"),
        text("smtpApp", "SMTP App", 256).remarks("Applications that send by SMTP, as Microsoft writes it"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "reports", pages: "reports", index: None },
};

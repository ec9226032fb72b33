//! The reports, and the headers of their files (docs/graph.md#reports).

use super::computed;
use super::span::Span;
use crate::model::{Entity, Tenant};

/// Headers, each with the property that has the values.
pub type Columns = &'static [(&'static str, &'static str)];

/// A function that makes a report.
#[derive(Debug)]
pub struct Function {
    pub name: &'static str,
    pub columns: Columns,
    /// The rows, from the tenant's mailboxes.
    pub rows: fn(&Tenant, &Span) -> Vec<Entity>,
}

static FUNCTIONS: &[Function] = &[
    Function {
        name: "getMailboxUsageDetail",
        rows: computed::mailbox_usage,
        columns: &[
            ("Report Refresh Date", "reportRefreshDate"),
            ("User Principal Name", "userPrincipalName"),
            ("Display Name", "displayName"),
            ("Is Deleted", "isDeleted"),
            ("Deleted Date", "deletedDate"),
            ("Created Date", "createdDate"),
            ("Last Activity Date", "lastActivityDate"),
            ("Item Count", "itemCount"),
            ("Storage Used (Byte)", "storageUsedInBytes"),
            ("Issue Warning Quota (Byte)", "issueWarningQuotaInBytes"),
            ("Prohibit Send Quota (Byte)", "prohibitSendQuotaInBytes"),
            (
                "Prohibit Send/Receive Quota (Byte)",
                "prohibitSendReceiveQuotaInBytes",
            ),
            ("Deleted Item Count", "deletedItemCount"),
            ("Deleted Item Size (Byte)", "deletedItemSizeInBytes"),
            ("Deleted Item Quota (Byte)", "deletedItemQuota"),
            ("Has Archive", "hasArchive"),
            ("Recipient Type", "recipientType"),
            ("Report Period", "reportPeriod"),
        ],
    },
    Function {
        name: "getMailboxUsageQuotaStatusMailboxCounts",
        rows: computed::quota_status,
        columns: &[
            ("Report Refresh Date", "reportRefreshDate"),
            ("Under Limit", "underLimit"),
            ("Warning Issued", "warningIssued"),
            ("Send Prohibited", "sendProhibited"),
            ("Send/Receive Prohibited", "sendReceiveProhibited"),
            ("Indeterminate", "indeterminate"),
            ("Report Date", "reportDate"),
            ("Report Period", "reportPeriod"),
        ],
    },
    Function {
        name: "getEmailActivityUserDetail",
        rows: computed::email_activity,
        columns: &[
            ("Report Refresh Date", "reportRefreshDate"),
            ("User Principal Name", "userPrincipalName"),
            ("Display Name", "displayName"),
            ("Is Deleted", "isDeleted"),
            ("Deleted Date", "deletedDate"),
            ("Last Activity Date", "lastActivityDate"),
            ("Send Count", "sendCount"),
            ("Receive Count", "receiveCount"),
            ("Read Count", "readCount"),
            ("Meeting Created Count", "meetingCreatedCount"),
            ("Meeting Interacted Count", "meetingInteractedCount"),
            ("Assigned Products", "assignedProducts"),
            ("Report Period", "reportPeriod"),
        ],
    },
    Function {
        name: "getEmailAppUsageUserDetail",
        rows: computed::app_usage,
        columns: &[
            ("Report Refresh Date", "reportRefreshDate"),
            ("User Principal Name", "userPrincipalName"),
            ("Display Name", "displayName"),
            ("Is Deleted", "isDeleted"),
            ("Deleted Date", "deletedDate"),
            ("Last Activity Date", "lastActivityDate"),
            ("Mail For Mac", "mailForMac"),
            ("Outlook For Mac", "outlookForMac"),
            ("Outlook For Windows", "outlookForWindows"),
            ("Outlook For Mobile", "outlookForMobile"),
            ("Other For Mobile", "otherForMobile"),
            ("Outlook For Web", "outlookForWeb"),
            ("POP3 App", "pop3App"),
            ("IMAP4 App", "imap4App"),
            ("SMTP App", "smtpApp"),
            ("Report Period", "reportPeriod"),
        ],
    },
];

/// The function of this name.
pub fn function(name: &str) -> Option<&'static Function> {
    let mut functions = FUNCTIONS.iter();
    functions.find(|function| function.name.eq_ignore_ascii_case(name))
}

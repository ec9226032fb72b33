//! Mail: filters, orders, paths, keys.

use super::{Case, case};
use driver_harness::client::Parameter;

pub const CASES: &[Case] = &[
    case(
        "The newest mail: order and limit go to Graph, and only the columns that are used come back",
        "SELECT subject FROM Messages ORDER BY receivedDateTime DESC LIMIT 10",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject&$orderby=receivedDateTime desc&$top=10"],
    ),
    case(
        "A range of times",
        "SELECT subject FROM Messages WHERE receivedDateTime >= {ts '2026-01-01 00:00:00'} AND receivedDateTime < {ts '2026-04-01 00:00:00'}",
        &["GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime ge 2026-01-01T00:00:00Z and receivedDateTime lt 2026-04-01T00:00:00Z&$orderby=receivedDateTime desc&$top=1000"],
    ),
    case(
        "A time computed from constants",
        "SELECT subject FROM Messages WHERE receivedDateTime >= {fn TIMESTAMPADD(SQL_TSI_DAY, -7, {ts '2026-03-08 00:00:00'})}",
        &["GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime ge 2026-03-01T00:00:00Z&$orderby=receivedDateTime desc&$top=1000"],
    ),
    case(
        "A time that the clocks of a zone show",
        "SELECT subject FROM Messages WHERE receivedDateTime >= FROM_TIME_ZONE({ts '2026-07-01 08:00:00'}, 'W. Europe Standard Time')",
        &["GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime ge 2026-07-01T06:00:00Z&$orderby=receivedDateTime desc&$top=1000"],
    ),
    case(
        "Unread mail",
        "SELECT subject FROM Messages WHERE isRead = 0",
        &["GET /users/{mailbox}/messages?$select=id,subject,isRead&$filter=isRead eq false&$top=1000"],
    ),
    case(
        "Several conditions",
        "SELECT subject FROM Messages WHERE hasAttachments = 1 AND importance = 'high'",
        &["GET /users/{mailbox}/messages?$select=id,subject,hasAttachments,importance&$filter=hasAttachments eq true and importance eq 'high'&$top=1000"],
    ),
    case(
        "Alternatives",
        "SELECT subject FROM Messages WHERE isRead = 0 OR importance IN ('high', 'low')",
        &["GET /users/{mailbox}/messages?$select=id,subject,importance,isRead&$filter=(isRead eq false or (importance eq 'high' or importance eq 'low'))&$top=1000"],
    ),
    case(
        "A list that is too long for one filter, in parts",
        "SELECT subject FROM Messages WHERE from_emailAddress_address IN ('sender00@x.example', 'sender01@x.example', 'sender02@x.example', 'sender03@x.example', 'sender04@x.example', 'sender05@x.example', 'sender06@x.example', 'sender07@x.example', 'sender08@x.example', 'sender09@x.example', 'sender10@x.example', 'sender11@x.example', 'sender12@x.example', 'sender13@x.example', 'sender14@x.example', 'sender15@x.example', 'sender16@x.example', 'sender17@x.example', 'sender18@x.example', 'sender19@x.example') AND isRead = 1",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,from,isRead&$filter=isRead eq true and (from/emailAddress/address eq 'sender00@x.example' or from/emailAddress/address eq 'sender01@x.example' or from/emailAddress/address eq 'sender02@x.example' or from/emailAddress/address eq 'sender03@x.example' or from/emailAddress/address eq 'sender04@x.example' or from/emailAddress/address eq 'sender05@x.example' or from/emailAddress/address eq 'sender06@x.example' or from/emailAddress/address eq 'sender07@x.example' or from/emailAddress/address eq 'sender08@x.example' or from/emailAddress/address eq 'sender09@x.example' or from/emailAddress/address eq 'sender10@x.example' or from/emailAddress/address eq 'sender11@x.example' or from/emailAddress/address eq 'sender12@x.example' or from/emailAddress/address eq 'sender13@x.example' or from/emailAddress/address eq 'sender14@x.example')&$top=1000",
            "GET /users/{mailbox}/messages?$select=id,subject,from,isRead&$filter=isRead eq true and (from/emailAddress/address eq 'sender15@x.example' or from/emailAddress/address eq 'sender16@x.example' or from/emailAddress/address eq 'sender17@x.example' or from/emailAddress/address eq 'sender18@x.example' or from/emailAddress/address eq 'sender19@x.example')&$top=1000",
        ],
    ),
    case(
        "A sender: Graph compares without case, the driver compares again with case",
        "SELECT subject FROM Messages WHERE from_emailAddress_address = 'ann@x.example'",
        &["GET /users/{mailbox}/messages?$select=id,subject,from&$filter=from/emailAddress/address eq 'ann@x.example'&$top=1000"],
    ),
    case(
        "A subject: Graph's own comparison is known to miss messages, so that a prefix finds them and the driver compares",
        "SELECT id FROM Messages WHERE subject = 'it''s'",
        &["GET /users/{mailbox}/messages?$select=id,subject&$filter=startswith(subject,'it''s')&$top=1000"],
    ),
    case(
        "The beginning of a subject",
        "SELECT id FROM Messages WHERE subject LIKE 'Rep%'",
        &["GET /users/{mailbox}/messages?$select=id,subject&$filter=startswith(subject,'Rep')&$top=1000"],
    ),
    case(
        "A part of a subject",
        "SELECT id FROM Messages WHERE subject LIKE '%port%'",
        &["GET /users/{mailbox}/messages?$select=id,subject&$filter=contains(subject,'port')&$top=1000"],
    ),
    case(
        "The driver alone checks conditions that would return too few rows from Graph",
        "SELECT id FROM Messages WHERE subject <> 'Report' AND subject NOT LIKE 'x%'",
        &["GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$orderby=receivedDateTime desc&$top=1000"],
    ),
    case(
        "Columns that Graph does not filter",
        "SELECT id FROM Messages WHERE isDraft = 1 AND isRead = 1",
        &["GET /users/{mailbox}/messages?$select=id,isDraft,isRead&$filter=isRead eq true&$top=1000"],
    ),
    case(
        "A filter with an order: the sorted property comes first in the filter",
        "SELECT subject FROM Messages WHERE isRead = 0 ORDER BY receivedDateTime DESC LIMIT 5",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject,isRead&$filter=receivedDateTime ge 0001-01-01T00:00:00Z and isRead eq false&$orderby=receivedDateTime desc&$top=5"],
    ),
    case(
        "Graph refuses text functions beside an order, so that the driver sorts",
        "SELECT subject FROM Messages WHERE subject LIKE 'Re%' ORDER BY receivedDateTime DESC LIMIT 5",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject&$filter=startswith(subject,'Re')&$top=1000"],
    ),
    case(
        "A folder is addressed by its own path",
        "SELECT subject FROM Messages WHERE parentFolderId = '{inbox}'",
        &["GET /users/{mailbox}/mailFolders/{inbox}/messages?$select=id,subject,parentFolderId,receivedDateTime&$orderby=receivedDateTime desc&$top=1000"],
    ),
    case(
        "Two folders",
        "SELECT subject FROM Messages WHERE parentFolderId IN ('{inbox}', '{drafts}') AND isRead = 0",
        &[
            "GET /users/{mailbox}/mailFolders/{inbox}/messages?$select=id,subject,isRead,parentFolderId&$filter=isRead eq false&$top=1000",
            "GET /users/{mailbox}/mailFolders/{drafts}/messages?$select=id,subject,isRead,parentFolderId&$filter=isRead eq false&$top=1000",
        ],
    ),
    case(
        "One message by its id",
        "SELECT subject FROM Messages WHERE id = '{message}'",
        &["GET /users/{mailbox}/messages/{message}?$select=id,subject,parentFolderId"],
    ),
    case(
        "One message by its composite key",
        "SELECT subject FROM Messages WHERE compositeKey = '{compositeKey}'",
        &["GET /users/{mailbox}/messages/{message}?$select=id,subject,changeKey,parentFolderId"],
    ),
    case(
        "One message by its safe key",
        "SELECT subject FROM Messages WHERE safeKey = '{safeKey}'",
        &["GET /users/{mailbox}/messages/{message}?$select=id,subject,parentFolderId"],
    ),
    case(
        "Several messages by their ids",
        "SELECT subject FROM Messages WHERE id IN ('{message}', '{other}')",
        &[
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{message}?$select=id,subject,parentFolderId",
            "  GET /users/{mailbox}/messages/{other}?$select=id,subject,parentFolderId",
        ],
    ),
    case(
        "Counting: Graph's own count is known to be wrong, so ids are counted",
        "SELECT COUNT(*) FROM Messages",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime&$orderby=receivedDateTime desc&$top=1000"],
    ),
    case(
        "A limit without an order reads no more than it needs",
        "SELECT TOP 5 subject FROM Messages",
        &["GET /users/{mailbox}/messages?$select=id,subject&$top=5"],
    ),
    case(
        "Values of parameters are pushed down as constants are",
        "SELECT subject FROM Messages WHERE receivedDateTime > ? AND subject = ?",
        &["GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime gt 2026-01-01T00:00:00Z and startswith(subject,'Report')&$top=1000"],
    )
    .with(|| {
        let date = Parameter::Timestamp { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: 0 };
        vec![date, "Report".into()]
    }),
    case(
        "Bodies travel in smaller pages, and only when they are selected",
        "SELECT body_content FROM Messages WHERE isRead = 0",
        &["GET /users/{mailbox}/messages?$select=id,body,isRead&$filter=isRead eq false&$top=100"],
    ),
    case(
        "Another mailbox",
        "SELECT TOP 3 subject FROM Messages WHERE mailbox = 'bob@contoso.example'",
        &["GET /users/bob@contoso.example/messages?$select=id,subject&$top=3"],
    ),
];

//! Statements that one value answers or restricts.

use super::{Case, case};

pub const CASES: &[Case] = &[
    case(
        "The newest time is that of the first message in that order",
        "SELECT MAX(receivedDateTime) FROM Messages",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime&$orderby=receivedDateTime desc&$top=1",
        ],
    ),
    case(
        "The range of times, which a slicer asks for: the first message in either order",
        "SELECT MIN(receivedDateTime), MAX(receivedDateTime) FROM Messages WHERE isRead = 0",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,isRead&$filter=receivedDateTime ge 0001-01-01T00:00:00Z and isRead eq false&$orderby=receivedDateTime&$top=1",
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,isRead&$filter=receivedDateTime ge 0001-01-01T00:00:00Z and isRead eq false&$orderby=receivedDateTime desc&$top=1",
        ],
    ),
    case(
        "Where Graph does not sort, the least and the greatest are found in one reading",
        "SELECT MIN(receivedDateTime), MAX(receivedDateTime) FROM Messages WHERE subject LIKE 'Re%'",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject&$filter=startswith(subject,'Re')&$top=1000",
        ],
    ),
    case(
        "The newest of some, in a query of its own",
        "SELECT subject FROM Messages WHERE receivedDateTime = (SELECT MAX(receivedDateTime) FROM Messages WHERE isRead = 0)",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,isRead&$filter=receivedDateTime ge 0001-01-01T00:00:00Z and isRead eq false&$orderby=receivedDateTime desc&$top=1",
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject&$filter=receivedDateTime ge 9999-12-31T23:59:59Z&$orderby=receivedDateTime desc&$top=1000",
        ],
    ),
    case(
        "Mail of a folder that is known by its name",
        "SELECT subject FROM Messages WHERE parentFolderId = (SELECT MAX(id) FROM MailFolders WHERE displayName = 'Inbox')",
        &[
            "GET /users/{mailbox}/mailFolders?includeHiddenFolders=true&$select=id,displayName&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/mailFolders/{each}/childFolders?includeHiddenFolders=true&$select=id,displayName&$top=1000",
            "GET /users/{mailbox}/mailFolders/{each}/childFolders?includeHiddenFolders=true&$select=id,displayName&$top=1000",
            "GET /users/{mailbox}/mailFolders/{inbox}/messages?$select=id,parentFolderId,subject,receivedDateTime&$orderby=receivedDateTime desc&$top=1000",
        ],
    ),
    case(
        "Mail that is newer than any flagged message",
        "SELECT subject FROM Messages WHERE receivedDateTime > (SELECT MAX(receivedDateTime) FROM Messages WHERE flag_flagStatus = 'complete' AND receivedDateTime < '2027-01-01') AND isRead = 0",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,flag&$filter=receivedDateTime lt 2027-01-01T00:00:00Z and flag/flagStatus eq 'complete'&$orderby=receivedDateTime desc&$top=1",
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject,isRead&$filter=isRead eq false and receivedDateTime gt 2026-10-25T01:30:00Z&$top=1000",
        ],
    ),
];

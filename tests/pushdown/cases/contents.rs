//! Bodies of messages as text, and whole messages.

use super::{Case, case};

/// The listing tells which messages there are.
const IDS: &str = "A message that is named is looked up first: it may be one that is not listed";

pub const CASES: &[Case] = &[
    case(
        "Bodies as plain text, of a time",
        "SELECT bodyText FROM MessageTexts WHERE receivedDateTime >= {ts '2026-03-01 00:00:00'}",
        &[
            "GET /users/{mailbox}/messages?$select=id,body,receivedDateTime&$filter=receivedDateTime ge 2026-03-01T00:00:00Z&$orderby=receivedDateTime desc&$top=100",
        ],
    ),
    case(
        "The text of one message, with another column of it",
        "SELECT m.subject, t.uniqueBodyText FROM Messages m JOIN MessageTexts t ON t.messageId = m.id WHERE m.id = '{message}'",
        &[
            "GET /users/{mailbox}/messages/{message}?$select=id,subject,parentFolderId",
            "GET /users/{mailbox}/messages/{message}?$select=id,uniqueBody,parentFolderId",
        ],
    )
    .at_best(1, 0, "A request has bodies in one form, and columns of Messages have theirs"),
    case(
        "The MIME content of one message",
        "SELECT mime FROM MessageMime WHERE messageId = '{message}'",
        &[
            "GET /users/{mailbox}/messages/{message}?$select=id,parentFolderId",
            "GET /users/{mailbox}/messages/{each}/$value",
        ],
    )
    .at_best(1, 0, IDS),
    case(
        "MIME content that no column needs is not read",
        "SELECT COUNT(*) FROM MessageMime WHERE receivedDateTime >= {ts '2026-03-01 00:00:00'}",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime&$filter=receivedDateTime ge 2026-03-01T00:00:00Z&$orderby=receivedDateTime desc&$top=1000",
        ],
    ),
    case(
        "The MIME content of the messages that are found, four at once",
        "SELECT m.subject, x.mime FROM Messages m JOIN MessageMime x ON x.messageId = m.id WHERE m.importance = 'high'",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,importance&$filter=importance eq 'high'&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}?$select=id,parentFolderId",
            "GET /users/{mailbox}/messages/{each}/$value",
        ],
    )
    .at_best(1, 1, IDS),
    case(
        "Extended properties of the messages of a mailbox, two in one list",
        "SELECT itemId, value FROM ExtendedProperties WHERE itemKind = 'Messages' AND propertyId IN ('Integer 0x0E08', 'String 0x001A')",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime&$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x0E08' or id eq 'String 0x001A')&$orderby=receivedDateTime desc&$top=1000",
        ],
    ),
    case(
        "The size of one message",
        "SELECT value FROM ExtendedProperties WHERE itemKind = 'Messages' AND itemId = '{message}' AND propertyId = 'Integer 0x0E08'",
        &[
            "GET /users/{mailbox}/messages/{message}?$select=id,parentFolderId&$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x0E08')",
        ],
    ),
    case(
        "The classes of the folders",
        "SELECT itemId, value FROM ExtendedProperties WHERE itemKind = 'MailFolders' AND propertyId = 'String 0x3613'",
        &[
            "GET /users/{mailbox}/mailFolders?includeHiddenFolders=true&$select=id,displayName&$expand=singleValueExtendedProperties($filter=id eq 'String 0x3613')&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/mailFolders/{each}/childFolders?includeHiddenFolders=true&$select=id,displayName&$expand=singleValueExtendedProperties($filter=id eq 'String 0x3613')&$top=1000",
            "GET /users/{mailbox}/mailFolders/{each}/childFolders?includeHiddenFolders=true&$select=id,displayName&$expand=singleValueExtendedProperties($filter=id eq 'String 0x3613')&$top=1000",
        ],
    ),
];

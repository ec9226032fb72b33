//! Graph's word indexes.

use super::{Case, case};

pub const CASES: &[Case] = &[
    case(
        "Graph's index, in its own language: no more rows than the statement wants",
        "SELECT TOP 5 subject FROM Messages WHERE SEARCH('from:ann AND \"annual report\"')",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject&$search=\"from:ann AND \\\"annual report\\\"\"&$top=5",
        ],
    ),
    case(
        "A search and other conditions: Graph takes no filter and no order beside it, so that the driver does the rest",
        "SELECT subject FROM Messages WHERE SEARCH('report') AND isRead = 1 AND receivedDateTime >= {d '2026-01-01'} ORDER BY receivedDateTime DESC LIMIT 3",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject,isRead&$search=\"report\"&$top=1000",
        ],
    ),
    case(
        "Words of a column, as T-SQL has them, in a folder",
        "SELECT subject FROM Messages WHERE CONTAINS(subject, '\"annual rep*\" AND NOT draft') AND parentFolderId = '{inbox}'",
        &[
            "GET /users/{mailbox}/mailFolders/{inbox}/messages?$select=id,subject,parentFolderId&$search=\"subject:\\\"annual rep*\\\" AND NOT subject:draft\"&$top=1000",
        ],
    ),
    case(
        "Words of several columns and of the whole message, all required",
        "SELECT COUNT(*) AS n FROM Messages WHERE CONTAINS((toRecipients, ccRecipients), 'ann') AND CONTAINS(*, 'report')",
        &[
            "GET /users/{mailbox}/messages?$select=id&$search=\"(to:ann OR cc:ann) AND (report)\"&$top=1000",
        ],
    ),
    case(
        "A text to search for as a parameter",
        "SELECT subject FROM Messages WHERE SEARCH(?)",
        &["GET /users/{mailbox}/messages?$select=id,subject&$search=\"subject:report\"&$top=1000"],
    )
    .with(|| vec!["subject:report".into()]),
    case(
        "A message that is named and has to be found: no direct read knows the index",
        "SELECT subject FROM Messages WHERE id = '{message}' AND SEARCH('report')",
        &["GET /users/{mailbox}/messages?$select=id,subject&$search=\"report\"&$top=1000"],
    ),
    case(
        "The attachments of messages that a search finds",
        "SELECT a.name FROM MessageAttachments a JOIN Messages m ON m.id = a.messageId WHERE SEARCH(m.*, 'subject:report')",
        &[
            "GET /users/{mailbox}/messages?$select=id&$search=\"subject:report\"&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    ),
    case(
        "Users by the words of their names, with a filter beside",
        "SELECT displayName FROM Users WHERE CONTAINS(displayName, 'report') AND accountEnabled = 1",
        &[
            "GET /users?$select=id,displayName,accountEnabled&$search=\"displayName:report\"&$filter=accountEnabled eq true&$top=999",
        ],
    ),
    case(
        "Users by clauses of the directory",
        "SELECT TOP 3 displayName FROM Users WHERE SEARCH('\"displayName:report\" OR \"mail:alice\"')",
        &[
            "GET /users?$select=id,displayName&$search=\"displayName:report\" OR \"mail:alice\"&$top=3",
        ],
    ),
    case("No table, no request", "SELECT 1, 'x'", &[]),
    case(
        "A condition that is never true",
        "SELECT subject FROM Messages WHERE 1 = 0",
        &[],
    ),
    case(
        "Keys that no row can have",
        "SELECT subject FROM Messages WHERE safeKey = 'NO KEY' OR safeKey = ''",
        &[],
    ),
];

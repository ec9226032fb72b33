//! Joins and lists from other tables.

use super::{Case, ROOT, case};

pub const CASES: &[Case] = &[
    case(
        "A join with a folder that is known",
        "SELECT m.subject, f.displayName FROM Messages m JOIN MailFolders f ON m.parentFolderId = f.id WHERE f.id = '{inbox}'",
        &[
            "GET /users/{mailbox}/mailFolders/{inbox}/messages?$select=id,parentFolderId,subject,receivedDateTime&$orderby=receivedDateTime desc&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/mailFolders/msgfolderroot?$select=id,displayName,parentFolderId,isHidden",
            "  GET /users/{mailbox}/mailFolders/{inbox}?$select=id,displayName,parentFolderId,isHidden",
        ],
    )
    .at_best(2, 0, ROOT),
    case(
        "The attachments of the messages that are found, twenty messages in each request",
        "SELECT m.subject, a.name FROM Messages m JOIN MessageAttachments a ON a.messageId = m.id WHERE m.hasAttachments = 1",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,hasAttachments&$filter=hasAttachments eq true&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    ),
    case(
        "The folder of a message that is known",
        "SELECT f.displayName FROM MailFolders f JOIN Messages m ON m.parentFolderId = f.id WHERE m.id = '{message}'",
        &[
            "GET /users/{mailbox}/messages/{message}?$select=id,parentFolderId",
            "POST /$batch",
            "  GET /users/{mailbox}/mailFolders/msgfolderroot?$select=id,displayName,parentFolderId,isHidden",
            "  GET /users/{mailbox}/mailFolders/{each}?$select=id,displayName,parentFolderId,isHidden",
        ],
    )
    .at_best(1, 1, ROOT),
    case(
        "The side with conditions is read first, whatever its position in the statement",
        "SELECT a.name FROM MessageAttachments a LEFT JOIN Messages m ON a.messageId = m.id WHERE m.importance = 'high'",
        &[
            "GET /users/{mailbox}/messages?$select=id,importance&$filter=importance eq 'high'&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    ),
    case(
        "A list that another table gives",
        "SELECT name FROM MessageAttachments WHERE messageId IN (SELECT id FROM Messages WHERE importance = 'high')",
        &[
            "GET /users/{mailbox}/messages?$select=id,importance&$filter=importance eq 'high'&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    ),
    case(
        "Mailboxes that another table lists: the mail of the users that are found",
        "SELECT mailbox, subject FROM Messages WHERE mailbox IN (SELECT userPrincipalName FROM Users WHERE userPrincipalName LIKE 'bob@%')",
        &[
            "GET /users?$select=id,userPrincipalName&$filter=startswith(userPrincipalName,'bob@')&$top=999",
            "GET /users/bob@contoso.example/messages?$select=id,subject,receivedDateTime&$orderby=receivedDateTime desc&$top=1000",
        ],
    ),
    case(
        "A join with the owner is about the connection's mailbox alone",
        "SELECT u.displayName, m.subject FROM Messages m JOIN Users u ON m.mailbox = u.userPrincipalName WHERE u.userPrincipalName LIKE 'bob@%'",
        &["GET /users?$select=id,displayName,userPrincipalName&$filter=startswith(userPrincipalName,'bob@')&$top=999"],
    ),
    case(
        "A list of mailboxes that the mail gives is of the connection's own mail",
        "SELECT displayName FROM Users WHERE userPrincipalName IN (SELECT mailbox FROM Messages WHERE importance = 'high')",
        &[
            "GET /users/{mailbox}/messages?$select=id,importance&$filter=importance eq 'high'&$top=1000",
            "GET /users?$select=id,displayName,userPrincipalName&$top=999",
        ],
    ),
    case(
        "Users who have mail, of the mailbox that the connection has",
        "SELECT displayName FROM Users u WHERE EXISTS (SELECT 1 FROM Messages m WHERE m.mailbox = u.userPrincipalName AND m.importance = 'high')",
        &[
            "GET /users/{mailbox}/messages?$select=id,importance&$filter=importance eq 'high'&$top=1000",
            "GET /users?$select=id,displayName,userPrincipalName&$top=999",
        ],
    ),
    case(
        "Another mailbox, and rows joined to it by its mailbox",
        "SELECT m.subject, a.name FROM Messages m JOIN MessageAttachments a ON a.messageId = m.id AND a.mailbox = m.mailbox WHERE m.mailbox = 'bob@contoso.example' AND m.importance = 'high'",
        &[
            "GET /users/bob@contoso.example/messages?$select=id,subject,importance&$filter=importance eq 'high'&$top=1000",
            "POST /$batch",
            "  GET /users/bob@contoso.example/messages/{each}/attachments?$select=id,name",
        ],
    ),
    case(
        "Keys of two columns",
        "SELECT m.subject, a.name FROM Messages m JOIN MessageAttachments a ON a.messageId = m.id AND a.mailbox = m.mailbox WHERE m.hasAttachments = 1",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,hasAttachments&$filter=hasAttachments eq true&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    ),
];

//! Tables with a row for each value of a list.

use super::{Case, case};

pub const CASES: &[Case] = &[
    case(
        "The recipients of one message: all lists of the message are read",
        "SELECT kind, address FROM MessageRecipients WHERE messageId = '{message}'",
        &[
            "GET /users/{mailbox}/messages/{message}?$select=id,toRecipients,ccRecipients,bccRecipients,replyTo,parentFolderId",
        ],
    ),
    case(
        "One kind of recipients is one list",
        "SELECT address FROM MessageRecipients WHERE messageId = '{message}' AND kind = 'to'",
        &["GET /users/{mailbox}/messages/{message}?$select=id,toRecipients,parentFolderId"],
    ),
    case(
        "The recipients of all mail: the driver looks for the address",
        "SELECT messageId FROM MessageRecipients WHERE kind IN ('to', 'cc') AND address = 'ann@contoso.com'",
        &[
            "GET /users/{mailbox}/messages?$select=id,toRecipients,ccRecipients,receivedDateTime&$orderby=receivedDateTime desc&$top=1000",
        ],
    ),
    case(
        "An element by its own id",
        "SELECT address FROM MessageRecipients WHERE id = 'to-1-{message}'",
        &["GET /users/{mailbox}/messages/{message}?$select=id,toRecipients,parentFolderId"],
    ),
    case(
        "A kind that does not exist",
        "SELECT address FROM MessageRecipients WHERE kind = 'from'",
        &[],
    ),
    case(
        "Messages beside their recipients: one reading of the messages",
        "SELECT m.subject, r.address FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id WHERE m.importance = 'high'",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,toRecipients,ccRecipients,bccRecipients,replyTo,importance&$filter=importance eq 'high'&$top=1000",
        ],
    ),
    case(
        "The same with messages that have no recipient in To, and their categories",
        "SELECT m.subject, r.address, c.category FROM Messages m LEFT JOIN MessageRecipients r ON r.messageId = m.id AND r.kind = 'to' JOIN MessageCategories c ON c.messageId = m.id WHERE m.importance = 'high'",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,toRecipients,categories,importance&$filter=importance eq 'high'&$top=1000",
        ],
    ),
    case(
        "The headers of messages that the driver looks for, twenty messages in each request",
        "SELECT h.value FROM Messages m JOIN MessageHeaders h ON h.messageId = m.id WHERE m.isDraft = 1 AND h.name = 'Received'",
        &[
            "GET /users/{mailbox}/messages?$select=id,isDraft,receivedDateTime&$orderby=receivedDateTime desc&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}?$select=id,internetMessageHeaders,parentFolderId",
        ],
    ),
    case(
        "Mail of a category: Graph finds the messages, and the driver their category among the others",
        "SELECT messageId, ordinal FROM MessageCategories WHERE category = 'Report'",
        &[
            "GET /users/{mailbox}/messages?$select=id,categories&$filter=categories/any(c:c eq 'Report')&$top=1000",
        ],
    ),
    case(
        "Who has an address",
        "SELECT contactId FROM ContactEmailAddresses WHERE address = 'sender01@x.example'",
        &[
            "GET /users/{mailbox}/contacts?$select=id,emailAddresses&$filter=emailAddresses/any(a:a/address eq 'sender01@x.example')&$top=1000",
            "GET /users/{mailbox}/contactFolders?$select=id&$top=1000",
            "GET /users/{mailbox}/contactFolders/{each}/contacts?$select=id,emailAddresses&$filter=emailAddresses/any(a:a/address eq 'sender01@x.example')&$top=1000",
            "GET /users/{mailbox}/contactFolders/{each}/childFolders?$select=id&$top=1000",
        ],
    ),
    case(
        "The attendees of an event",
        "SELECT address, response FROM EventAttendees WHERE eventId = '{event}'",
        &["GET /users/{mailbox}/events/{event}?$select=id,attendees,type"],
    ),
    case(
        "The addresses of all users",
        "SELECT userId FROM UserProxyAddresses WHERE address = 'ann@contoso.com'",
        &["GET /users?$select=id,proxyAddresses&$top=999"],
    ),
];

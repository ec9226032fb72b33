//! Statements and the requests that each sends: the proof that Graph does the work it can do.
//!
//! `{mailbox}` is Alice's mailbox, `{inbox}` and `{drafts}` are two of its folders, `{message}` and
//! `{other}` two of its messages, `{calendar}` one of its calendars; `{compositeKey}` and `{safeKey}`
//! are the message's.

use crate::support::Parameter;

pub struct Case {
    /// What it shows.
    pub about: &'static str,
    pub sql: &'static str,
    pub parameters: fn() -> Vec<Parameter>,
    /// Method, path and decoded query, in the order in which they are sent. Requests of a batch are
    /// indented. Those that are as many as there are folders, calendars or messages are shown once,
    /// with `{each}`.
    pub requests: &'static [&'static str],
    /// Whether EXPLAIN lists exactly these.
    pub explained: bool,
    /// The fewest requests with which anybody could answer, and why these are more; `None` where they are as few.
    pub least: Option<(Count, &'static str)>,
}

/// Requests of a page each, whether on their own or in a `$batch`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    pub fixed: usize,
    /// As many as there are folders, calendars or messages.
    pub for_each: usize,
}

const fn case(about: &'static str, sql: &'static str, requests: &'static [&'static str]) -> Case {
    Case {
        about,
        sql,
        parameters: Vec::new,
        requests,
        explained: true,
        least: None,
    }
}

impl Case {
    const fn with(mut self, parameters: fn() -> Vec<Parameter>) -> Self {
        self.parameters = parameters;
        self.explained = false;
        self
    }

    const fn at_best(mut self, fixed: usize, for_each: usize, why: &'static str) -> Self {
        self.least = Some((Count { fixed, for_each }, why));
        self
    }

    pub fn count(&self) -> Count {
        let requests = self
            .requests
            .iter()
            .filter(|line| line.trim().starts_with("GET "));
        let (for_each, fixed) = requests.partition::<Vec<&str>, _>(|line| line.contains("{each}"));
        Count {
            fixed: fixed.len(),
            for_each: for_each.len(),
        }
    }

    /// Some requests follow from the replies to others.
    const fn found_on_the_way(mut self) -> Self {
        self.explained = false;
        self
    }
}

/// Why folders take one request more.
const ROOT: &str = "Graph also answers for the root folder, which its children name but which is no row of the table";

pub const CASES: &[Case] = &[
    case(
        "The newest mail: order and limit go to Graph, and only the columns that are used come back",
        "SELECT subject FROM Messages ORDER BY receivedDateTime DESC LIMIT 10",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject&$orderby=receivedDateTime desc&$top=10"],
    ),
    case(
        "A range of times",
        "SELECT subject FROM Messages WHERE receivedDateTime >= {ts '2026-01-01 00:00:00'} AND receivedDateTime < {ts '2026-04-01 00:00:00'}",
        &["GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime ge 2026-01-01T00:00:00Z and receivedDateTime lt 2026-04-01T00:00:00Z&$top=1000"],
    ),
    case(
        "A time computed from constants",
        "SELECT subject FROM Messages WHERE receivedDateTime >= {fn TIMESTAMPADD(SQL_TSI_DAY, -7, {ts '2026-03-08 00:00:00'})}",
        &["GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime ge 2026-03-01T00:00:00Z&$top=1000"],
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
    )
    .found_on_the_way(),
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
        "What Graph would answer with too few rows is checked by the driver alone",
        "SELECT id FROM Messages WHERE subject <> 'Report' AND subject NOT LIKE 'x%'",
        &["GET /users/{mailbox}/messages?$select=id,subject&$top=1000"],
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
        &["GET /users/{mailbox}/mailFolders/{inbox}/messages?$select=id,subject,parentFolderId&$top=1000"],
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
        &["GET /users/{mailbox}/messages/{message}?$select=id,subject"],
    ),
    case(
        "One message by its composite key",
        "SELECT subject FROM Messages WHERE compositeKey = '{compositeKey}'",
        &["GET /users/{mailbox}/messages/{message}?$select=id,subject,changeKey"],
    ),
    case(
        "One message by its safe key",
        "SELECT subject FROM Messages WHERE safeKey = '{safeKey}'",
        &["GET /users/{mailbox}/messages/{message}?$select=id,subject"],
    ),
    case(
        "Several messages by their ids",
        "SELECT subject FROM Messages WHERE id IN ('{message}', '{other}')",
        &[
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{message}?$select=id,subject",
            "  GET /users/{mailbox}/messages/{other}?$select=id,subject",
        ],
    ),
    case(
        "Counting: Graph's own count is known to be wrong, so ids are counted",
        "SELECT COUNT(*) FROM Messages",
        &["GET /users/{mailbox}/messages?$select=id&$top=1000"],
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
    case(
        "A join with a folder that is known",
        "SELECT m.subject, f.displayName FROM Messages m JOIN MailFolders f ON m.parentFolderId = f.id WHERE f.id = '{inbox}'",
        &[
            "GET /users/{mailbox}/mailFolders/{inbox}/messages?$select=id,parentFolderId,subject&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/mailFolders/msgfolderroot?$select=id,displayName",
            "  GET /users/{mailbox}/mailFolders/{inbox}?$select=id,displayName",
        ],
    )
    .at_best(2, 0, ROOT),
    case(
        "The attachments of the messages that are found, twenty messages a request",
        "SELECT m.subject, a.name FROM Messages m JOIN MessageAttachments a ON a.messageId = m.id WHERE m.hasAttachments = 1",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,hasAttachments&$filter=hasAttachments eq true&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    )
    .found_on_the_way(),
    case(
        "The folder of a message that is known",
        "SELECT f.displayName FROM MailFolders f JOIN Messages m ON m.parentFolderId = f.id WHERE m.id = '{message}'",
        &[
            "GET /users/{mailbox}/messages/{message}?$select=id,parentFolderId",
            "POST /$batch",
            "  GET /users/{mailbox}/mailFolders/msgfolderroot?$select=id,displayName",
            "  GET /users/{mailbox}/mailFolders/{each}?$select=id,displayName",
        ],
    )
    .at_best(1, 1, ROOT)
    .found_on_the_way(),
    case(
        "Whatever their order in the statement, the side that is confined is read first",
        "SELECT a.name FROM MessageAttachments a LEFT JOIN Messages m ON a.messageId = m.id WHERE m.importance = 'high'",
        &[
            "GET /users/{mailbox}/messages?$select=id,importance&$filter=importance eq 'high'&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    )
    .found_on_the_way(),
    case(
        "A list that another table gives",
        "SELECT name FROM MessageAttachments WHERE messageId IN (SELECT id FROM Messages WHERE importance = 'high')",
        &[
            "GET /users/{mailbox}/messages?$select=id,importance&$filter=importance eq 'high'&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    )
    .found_on_the_way(),
    case(
        "Mailboxes that another table lists: the mail of the users that are found",
        "SELECT mailbox, subject FROM Messages WHERE mailbox IN (SELECT userPrincipalName FROM Users WHERE userPrincipalName LIKE 'bob@%')",
        &[
            "GET /users?$select=id,userPrincipalName&$filter=startswith(userPrincipalName,'bob@')&$top=999",
            "GET /users/bob@contoso.example/messages?$select=id,subject&$top=1000",
        ],
    )
    .found_on_the_way(),
    case(
        "A join with the owner is about the connection's mailbox alone",
        "SELECT u.displayName, m.subject FROM Messages m JOIN Users u ON m.mailbox = u.userPrincipalName WHERE u.userPrincipalName LIKE 'bob@%'",
        &["GET /users?$select=id,displayName,userPrincipalName&$filter=startswith(userPrincipalName,'bob@')&$top=999"],
    )
    .found_on_the_way(),
    case(
        "A list of mailboxes that the mail gives is of the connection's own mail",
        "SELECT displayName FROM Users WHERE userPrincipalName IN (SELECT mailbox FROM Messages WHERE importance = 'high')",
        &[
            "GET /users/{mailbox}/messages?$select=id,importance&$filter=importance eq 'high'&$top=1000",
            "GET /users?$select=id,displayName,userPrincipalName&$top=999",
        ],
    )
    .found_on_the_way(),
    case(
        "Users who have mail, of the mailbox that the connection has",
        "SELECT displayName FROM Users u WHERE EXISTS (SELECT 1 FROM Messages m WHERE m.mailbox = u.userPrincipalName AND m.importance = 'high')",
        &[
            "GET /users/{mailbox}/messages?$select=id,importance&$filter=importance eq 'high'&$top=1000",
            "GET /users?$select=id,displayName,userPrincipalName&$top=999",
        ],
    )
    .found_on_the_way(),
    case(
        "Another mailbox, and what is joined to it by its mailbox",
        "SELECT m.subject, a.name FROM Messages m JOIN MessageAttachments a ON a.messageId = m.id AND a.mailbox = m.mailbox WHERE m.mailbox = 'bob@contoso.example' AND m.importance = 'high'",
        &[
            "GET /users/bob@contoso.example/messages?$select=id,subject,importance&$filter=importance eq 'high'&$top=1000",
            "POST /$batch",
            "  GET /users/bob@contoso.example/messages/{each}/attachments?$select=id,name",
        ],
    )
    .found_on_the_way(),
    case(
        "Keys of two columns",
        "SELECT m.subject, a.name FROM Messages m JOIN MessageAttachments a ON a.messageId = m.id AND a.mailbox = m.mailbox WHERE m.hasAttachments = 1",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,hasAttachments&$filter=hasAttachments eq true&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    )
    .found_on_the_way(),
    case(
        "The folders, level by level",
        "SELECT path, totalItemCount FROM MailFolders",
        &[
            "GET /users/{mailbox}/mailFolders?includeHiddenFolders=true&$select=id,displayName,totalItemCount,childFolderCount&$top=1000",
            "GET /users/{mailbox}/mailFolders/{each}/childFolders?includeHiddenFolders=true&$select=id,displayName,totalItemCount,childFolderCount&$top=1000",
        ],
    )
    .found_on_the_way(),
    case(
        "Events of one calendar in a range of times",
        "SELECT subject FROM Events WHERE calendarId = '{calendar}' AND start_dateTime >= {ts '2026-03-01 00:00:00'}",
        &["GET /users/{mailbox}/calendars/{calendar}/events?$select=id,subject,start&$filter=start/dateTime ge '2026-03-01T00:00:00.0000000'&$top=1000"],
    ),
    case(
        "Events of all calendars",
        "SELECT subject FROM Events WHERE isOrganizer = 1",
        &[
            "GET /users/{mailbox}/calendars?$select=id&$top=100",
            "GET /users/{mailbox}/calendars/{each}/events?$select=id,subject,isOrganizer&$filter=isOrganizer eq true&$top=1000",
        ],
    )
    .found_on_the_way(),
    case(
        "Contacts of all folders",
        "SELECT displayName FROM Contacts WHERE displayName LIKE 'Re%'",
        &[
            "GET /users/{mailbox}/contacts?$select=id,displayName&$filter=startswith(displayName,'Re')&$top=1000",
            "GET /users/{mailbox}/contactFolders?$select=id&$top=1000",
            "GET /users/{mailbox}/contactFolders/{each}/contacts?$select=id,displayName&$filter=startswith(displayName,'Re')&$top=1000",
            "GET /users/{mailbox}/contactFolders/{each}/childFolders?$select=id&$top=1000",
        ],
    )
    .found_on_the_way(),
    case(
        "Mail of a category, whatever other categories it has",
        "SELECT subject FROM Messages WHERE INCLUDES(categories, 'Report')",
        &["GET /users/{mailbox}/messages?$select=id,subject,categories&$filter=categories/any(c:c eq 'Report')&$top=1000"],
    ),
    case(
        "Mail of either category, and unread",
        "SELECT subject FROM Messages WHERE (INCLUDES(categories, 'Report') OR INCLUDES(categories, '100%')) AND isRead = 0",
        &["GET /users/{mailbox}/messages?$select=id,subject,categories,isRead&$filter=isRead eq false and (categories/any(c:c eq 'Report') or categories/any(c:c eq '100%'))&$top=1000"],
    ),
    case(
        "Mail of two categories: Graph would find none, so that it is asked for one and the driver looks for the other",
        "SELECT subject FROM Messages WHERE INCLUDES(categories, 'Report') AND INCLUDES(categories, '100%')",
        &["GET /users/{mailbox}/messages?$select=id,subject,categories&$filter=categories/any(c:c eq 'Report')&$top=1000"],
    ),
    case(
        "The newest mail of a category: Graph takes no order beside it",
        "SELECT subject FROM Messages WHERE categories = 'Report' ORDER BY receivedDateTime DESC LIMIT 5",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject,categories&$filter=categories/any(c:c eq 'Report')&$top=1000"],
    ),
    case(
        "Contacts by an address, in any of its three places",
        "SELECT displayName FROM Contacts WHERE INCLUDES(emailAddresses, 'sender01@x.example')",
        &[
            "GET /users/{mailbox}/contacts?$select=id,displayName,emailAddresses&$filter=emailAddresses/any(a:a/address eq 'sender01@x.example')&$top=1000",
            "GET /users/{mailbox}/contactFolders?$select=id&$top=1000",
            "GET /users/{mailbox}/contactFolders/{each}/contacts?$select=id,displayName,emailAddresses&$filter=emailAddresses/any(a:a/address eq 'sender01@x.example')&$top=1000",
            "GET /users/{mailbox}/contactFolders/{each}/childFolders?$select=id&$top=1000",
        ],
    )
    .found_on_the_way(),
    case(
        "Contacts of a folder by their first address and the beginning of their name: Graph is asked for nothing else beside an address",
        "SELECT displayName FROM Contacts WHERE primaryEmailAddress_address = 'sender01@x.example' AND displayName LIKE 'R%' AND parentFolderId = '{contactFolder}'",
        &["GET /users/{mailbox}/contactFolders/{contactFolder}/contacts?$select=id,displayName,parentFolderId,primaryEmailAddress&$filter=emailAddresses/any(a:a/address eq 'sender01@x.example')&$top=1000"],
    ),
    case(
        "Of the newest mail, what a user sent: the limit comes first, so that the join's keys do not choose",
        "SELECT u.displayName, m.subject FROM Users u JOIN (SELECT TOP 200 subject, from_emailAddress_address AS sender FROM Messages ORDER BY receivedDateTime DESC) m ON u.mail = m.sender WHERE u.userPrincipalName = '{mailbox}'",
        &[
            "GET /users?$select=id,displayName,mail,userPrincipalName&$filter=userPrincipalName eq '{mailbox}'&$top=999",
            "GET /users/{mailbox}/messages?$select=id,from,receivedDateTime,subject&$orderby=receivedDateTime desc&$top=200",
        ],
    ),
    case(
        "Attachments of one message",
        "SELECT name, size FROM MessageAttachments WHERE messageId = '{message}'",
        &["GET /users/{mailbox}/messages/{message}/attachments?$select=id,name,size"],
    ),
    case(
        "Attachments that are no part of the text: only messages that have any are asked, twenty at once",
        "SELECT name FROM MessageAttachments WHERE isInline = 0",
        &[
            "GET /users/{mailbox}/messages?$select=id&$filter=hasAttachments eq true&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name,isInline",
        ],
    )
    .found_on_the_way(),
    case(
        "A user by name",
        "SELECT displayName FROM Users WHERE userPrincipalName = 'alice@contoso.example'",
        &["GET /users?$select=id,displayName,userPrincipalName&$filter=userPrincipalName eq 'alice@contoso.example'&$top=999"],
    ),
    case(
        "The directory's order of texts is not that of SQL, so that the driver sorts",
        "SELECT TOP 3 displayName FROM Users ORDER BY displayName",
        &["GET /users?$select=id,displayName&$top=999"],
    ),
    case(
        "The beginning of a user's name",
        "SELECT mail FROM Users WHERE displayName LIKE 'Al%'",
        &["GET /users?$select=id,mail,displayName&$filter=startswith(displayName,'Al')&$top=999"],
    ),
    case(
        "The end of an address: an advanced query of the directory, sent with ConsistencyLevel: eventual",
        "SELECT displayName FROM Users WHERE mail LIKE '%@contoso.example'",
        &["GET /users?$select=id,displayName,mail&$filter=endswith(mail,'@contoso.example')&$count=true&$top=999"],
    ),
    case(
        "A property that only advanced queries compare, and one without a value",
        "SELECT displayName FROM Users WHERE companyName = 'Contoso' AND department IS NULL",
        &["GET /users?$select=id,displayName,companyName,department&$filter=companyName eq 'Contoso' and department eq null&$count=true&$top=999"],
    ),
    case(
        "The newest accounts since a day: the filter leaves out accounts without the time, so that Graph sorts",
        "SELECT TOP 5 displayName FROM Users WHERE createdDateTime >= {d '2001-01-01'} ORDER BY createdDateTime DESC",
        &["GET /users?$select=id,createdDateTime,displayName&$filter=createdDateTime ge 2001-01-01T00:00:00Z&$orderby=createdDateTime desc&$count=true&$top=5"],
    ),
    case(
        "The directory counts",
        "SELECT COUNT(*) FROM Users",
        &["GET /users/$count"],
    ),
    case(
        "The directory counts what its filter finds exactly",
        "SELECT COUNT(*) AS accounts FROM Users WHERE accountEnabled = 1 AND createdDateTime >= {d '2001-01-01'}",
        &["GET /users/$count?$filter=accountEnabled eq true and createdDateTime ge 2001-01-01T00:00:00Z"],
    ),
    case(
        "Where the driver has to compare again, it reads the rows",
        "SELECT COUNT(*) FROM Users WHERE department = 'Sales'",
        &["GET /users?$select=id,department&$filter=department eq 'Sales'&$top=999"],
    ),
    case(
        "The newest time is that of the first message in that order",
        "SELECT MAX(receivedDateTime) FROM Messages",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime&$orderby=receivedDateTime desc&$top=1"],
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
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject&$filter=startswith(subject,'Re')&$top=1000"],
    ),
    case(
        "The newest of some, in a query of its own",
        "SELECT subject FROM Messages WHERE receivedDateTime = (SELECT MAX(receivedDateTime) FROM Messages WHERE isRead = 0)",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,isRead&$filter=receivedDateTime ge 0001-01-01T00:00:00Z and isRead eq false&$orderby=receivedDateTime desc&$top=1",
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject&$filter=receivedDateTime ge 9999-12-31T23:59:59Z&$top=1000",
        ],
    )
    .found_on_the_way(),
    case(
        "Mail of a folder that is known by its name",
        "SELECT subject FROM Messages WHERE parentFolderId = (SELECT MAX(id) FROM MailFolders WHERE displayName = 'Inbox')",
        &[
            "GET /users/{mailbox}/mailFolders?includeHiddenFolders=true&$select=id,displayName,childFolderCount&$top=1000",
            "GET /users/{mailbox}/mailFolders/{each}/childFolders?includeHiddenFolders=true&$select=id,displayName,childFolderCount&$top=1000",
            "GET /users/{mailbox}/mailFolders/{inbox}/messages?$select=id,parentFolderId,subject&$top=1000",
        ],
    )
    .found_on_the_way(),
    case(
        "What came later than anything that is marked",
        "SELECT subject FROM Messages WHERE receivedDateTime > (SELECT MAX(receivedDateTime) FROM Messages WHERE flag_flagStatus = 'complete' AND receivedDateTime < '2027-01-01') AND isRead = 0",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,flag&$filter=receivedDateTime lt 2027-01-01T00:00:00Z and flag/flagStatus eq 'complete'&$orderby=receivedDateTime desc&$top=1",
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject,isRead&$filter=isRead eq false and receivedDateTime gt 2026-10-25T01:30:00Z&$top=1000",
        ],
    )
    .found_on_the_way(),
    case(
        "Microsoft Query: quoted names, qualified by the table",
        "SELECT \"Messages\".\"subject\", \"Messages\".\"receivedDateTime\" FROM \"Messages\" \"Messages\" WHERE (\"Messages\".\"isRead\"=0)",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject,isRead&$filter=isRead eq false&$top=1000"],
    ),
    case(
        "Power Query: a preview, folded into nested selects",
        "select top 200 \"$Table\".\"subject\" as \"subject\", \"$Table\".\"importance\" as \"importance\" from (select \"_\".\"subject\", \"_\".\"importance\", \"_\".\"hasAttachments\" from \"Messages\" \"_\" where \"_\".\"hasAttachments\" = 1) \"$Table\"",
        &["GET /users/{mailbox}/messages?$select=id,importance,subject,hasAttachments&$filter=hasAttachments eq true&$top=200"],
    ),
    case(
        "Tableau: a quick look whether there are rows",
        "SELECT SUM(1) AS \"COUNT\" FROM (SELECT * FROM \"Messages\" WHERE 0 = 1) \"T\" HAVING (COUNT(1) > 0)",
        &[],
    ),
    case(
        "Tableau: mail a month",
        "SELECT {fn YEAR(\"Messages\".\"receivedDateTime\")} AS \"yr\", {fn MONTH(\"Messages\".\"receivedDateTime\")} AS \"mn\", COUNT(1) AS \"cnt\" FROM \"Messages\" \"Messages\" WHERE ({fn YEAR(\"Messages\".\"receivedDateTime\")} = 2026) GROUP BY {fn YEAR(\"Messages\".\"receivedDateTime\")}, {fn MONTH(\"Messages\".\"receivedDateTime\")}",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime&$filter=receivedDateTime ge 2026-01-01T00:00:00Z and receivedDateTime lt 2027-01-01T00:00:00Z&$top=1000"],
    ),
    case(
        "SQL Server's linked servers: names of its own for tables and columns",
        "SELECT \"Tbl1002\".\"id\" \"Col1004\",\"Tbl1002\".\"subject\" \"Col1005\" FROM \"Messages\" \"Tbl1002\" WHERE \"Tbl1002\".\"importance\"='high' ORDER BY \"Col1005\" ASC",
        &["GET /users/{mailbox}/messages?$select=id,subject,importance&$filter=importance eq 'high'&$top=1000"],
    ),
    case(
        "A day, compared as a text",
        "SELECT subject FROM Messages WHERE receivedDateTime >= '2026-03-01' AND receivedDateTime < '2026-03-02'",
        &["GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime ge 2026-03-01T00:00:00Z and receivedDateTime lt 2026-03-02T00:00:00Z&$top=1000"],
    ),
    case(
        "A day, by a cast",
        "SELECT subject FROM Messages WHERE CAST(receivedDateTime AS DATE) = {d '2026-03-01'}",
        &["GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime ge 2026-03-01T00:00:00Z and receivedDateTime lt 2026-03-02T00:00:00Z&$top=1000"],
    ),
    case(
        "The newest of a day, in Graph's order",
        "SELECT TOP 3 subject FROM Messages WHERE CAST(receivedDateTime AS DATE) = {d '2026-03-01'} ORDER BY receivedDateTime DESC",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject&$filter=receivedDateTime ge 2026-03-01T00:00:00Z and receivedDateTime lt 2026-03-02T00:00:00Z&$orderby=receivedDateTime desc&$top=3"],
    ),
    case(
        "Graph's index, in its own language: no more rows than the statement wants",
        "SELECT TOP 5 subject FROM Messages WHERE SEARCH('from:ann AND \"annual report\"')",
        &["GET /users/{mailbox}/messages?$select=id,subject&$search=\"from:ann AND \\\"annual report\\\"\"&$top=5"],
    ),
    case(
        "A search and other conditions: Graph takes no filter and no order beside it, so that the driver does the rest",
        "SELECT subject FROM Messages WHERE SEARCH('report') AND isRead = 1 AND receivedDateTime >= {d '2026-01-01'} ORDER BY receivedDateTime DESC LIMIT 3",
        &["GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject,isRead&$search=\"report\"&$top=1000"],
    ),
    case(
        "Words of a column, as T-SQL has them, in a folder",
        "SELECT subject FROM Messages WHERE CONTAINS(subject, '\"annual rep*\" AND NOT draft') AND parentFolderId = '{inbox}'",
        &["GET /users/{mailbox}/mailFolders/{inbox}/messages?$select=id,subject,parentFolderId&$search=\"subject:\\\"annual rep*\\\" AND NOT subject:draft\"&$top=1000"],
    ),
    case(
        "Words of several columns and of the whole message, all of which have to be found",
        "SELECT COUNT(*) AS n FROM Messages WHERE CONTAINS((toRecipients, ccRecipients), 'ann') AND CONTAINS(*, 'report')",
        &["GET /users/{mailbox}/messages?$select=id&$search=\"(to:ann OR cc:ann) AND (report)\"&$top=1000"],
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
        "The attachments of what a search finds",
        "SELECT a.name FROM MessageAttachments a JOIN Messages m ON m.id = a.messageId WHERE SEARCH(m.*, 'subject:report')",
        &[
            "GET /users/{mailbox}/messages?$select=id&$search=\"subject:report\"&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name",
        ],
    )
    .found_on_the_way(),
    case(
        "Users by the words of their names, with a filter beside",
        "SELECT displayName FROM Users WHERE CONTAINS(displayName, 'report') AND accountEnabled = 1",
        &["GET /users?$select=id,displayName,accountEnabled&$search=\"displayName:report\"&$filter=accountEnabled eq true&$top=999"],
    ),
    case(
        "Users by clauses of the directory",
        "SELECT TOP 3 displayName FROM Users WHERE SEARCH('\"displayName:report\" OR \"mail:alice\"')",
        &["GET /users?$select=id,displayName&$search=\"displayName:report\" OR \"mail:alice\"&$top=3"],
    ),
    case("No table, no request", "SELECT 1, 'x'", &[]),
    case("A condition that is never true", "SELECT subject FROM Messages WHERE 1 = 0", &[]),
    case(
        "Keys that no row can have",
        "SELECT subject FROM Messages WHERE safeKey = 'NO KEY' OR safeKey = ''",
        &[],
    ),
];

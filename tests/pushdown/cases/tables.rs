//! Folders, events, contacts, attachments, users.

use super::{Case, case};

pub const CASES: &[Case] = &[
    case(
        "The folders, level by level",
        "SELECT path, totalItemCount FROM MailFolders",
        &[
            "GET /users/{mailbox}/mailFolders?includeHiddenFolders=true&$select=id,displayName,totalItemCount&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/mailFolders/{each}/childFolders?includeHiddenFolders=true&$select=id,displayName,totalItemCount&$top=1000",
            "GET /users/{mailbox}/mailFolders/{each}/childFolders?includeHiddenFolders=true&$select=id,displayName,totalItemCount&$top=1000",
        ],
    ),
    case(
        "Events of one calendar in a range of times",
        "SELECT subject FROM Events WHERE calendarId = '{calendar}' AND start_dateTime >= {ts '2026-03-01 00:00:00'}",
        &[
            "GET /users/{mailbox}/calendars/{calendar}/events?$select=id,subject,start&$filter=start/dateTime ge '2026-03-01T00:00:00.0000000'&$orderby=start/dateTime desc&$top=1000",
        ],
    ),
    case(
        "Events of all calendars",
        "SELECT subject FROM Events WHERE isOrganizer = 1",
        &[
            "GET /users/{mailbox}/calendars?$select=id&$top=100",
            "GET /users/{mailbox}/calendars/{each}/events?$select=id,subject,isOrganizer&$filter=isOrganizer eq true&$top=1000",
        ],
    ),
    case(
        "Contacts of all folders",
        "SELECT displayName FROM Contacts WHERE displayName LIKE 'Re%'",
        &[
            "GET /users/{mailbox}/contacts?$select=id,displayName&$filter=startswith(displayName,'Re')&$top=1000",
            "GET /users/{mailbox}/contactFolders?$select=id&$top=1000",
            "GET /users/{mailbox}/contactFolders/{each}/contacts?$select=id,displayName&$filter=startswith(displayName,'Re')&$top=1000",
            "GET /users/{mailbox}/contactFolders/{each}/childFolders?$select=id&$top=1000",
        ],
    ),
    case(
        "Mail of a category, whatever other categories it has",
        "SELECT subject FROM Messages WHERE INCLUDES(categories, 'Report')",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,categories&$filter=categories/any(c:c eq 'Report')&$top=1000",
        ],
    ),
    case(
        "Mail of either category, and unread",
        "SELECT subject FROM Messages WHERE (INCLUDES(categories, 'Report') OR INCLUDES(categories, '100%')) AND isRead = 0",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,categories,isRead&$filter=isRead eq false and (categories/any(c:c eq 'Report') or categories/any(c:c eq '100%'))&$top=1000",
        ],
    ),
    case(
        "Mail of two categories: Graph would find none, so that it is asked for one and the driver looks for the other",
        "SELECT subject FROM Messages WHERE INCLUDES(categories, 'Report') AND INCLUDES(categories, '100%')",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,categories&$filter=categories/any(c:c eq 'Report')&$top=1000",
        ],
    ),
    case(
        "The newest mail of a category: Graph takes no order beside it",
        "SELECT subject FROM Messages WHERE categories = 'Report' ORDER BY receivedDateTime DESC LIMIT 5",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject,categories&$filter=categories/any(c:c eq 'Report')&$top=1000",
        ],
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
    ),
    case(
        "Contacts of a folder by their first address and the beginning of their name: Graph is asked for nothing else beside an address",
        "SELECT displayName FROM Contacts WHERE primaryEmailAddress_address = 'sender01@x.example' AND displayName LIKE 'R%' AND parentFolderId = '{contactFolder}'",
        &[
            "GET /users/{mailbox}/contactFolders/{contactFolder}/contacts?$select=id,displayName,parentFolderId,primaryEmailAddress&$filter=emailAddresses/any(a:a/address eq 'sender01@x.example')&$top=1000",
        ],
    ),
    case(
        "The newest mail, filtered by a user: the limit comes first, so the join's keys do not choose the rows",
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
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime&$filter=receivedDateTime ge 0001-01-01T00:00:00Z and hasAttachments eq true&$orderby=receivedDateTime desc&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/messages/{each}/attachments?$select=id,name,isInline",
        ],
    ),
    case(
        "Attachments of one event, which may be an occurrence and no row of Events: that is asked if it has any",
        "SELECT name, size FROM EventAttachments WHERE eventId = '{event}'",
        &[
            "GET /users/{mailbox}/events/{event}/attachments?$select=id,name,size",
            "GET /users/{mailbox}/events/{event}?$select=id,type",
        ],
    ),
    case(
        "Attachments of all events",
        "SELECT name FROM EventAttachments WHERE isInline = 0",
        &[
            "GET /users/{mailbox}/calendars?$select=id&$top=100",
            "GET /users/{mailbox}/calendars/{each}/events?$select=id,start&$orderby=start/dateTime desc&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/events/{each}/attachments?$select=id,name,isInline",
        ],
    ),
    case(
        "Occurrences of a series in a span of time",
        "SELECT start_dateTime FROM EventInstances WHERE seriesMasterId = '{event}' AND start_dateTime >= {ts '2026-03-02 00:00:00'} AND start_dateTime < {ts '2026-03-31 00:00:00'}",
        &[
            "GET /users/{mailbox}/events/{event}/instances?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z&$select=id,start,seriesMasterId&$top=1000",
        ],
    ),
    case(
        "Occurrences of every series in a span of time",
        "SELECT subject FROM EventInstances WHERE start_dateTime >= {ts '2026-03-02 00:00:00'} AND start_dateTime < {ts '2026-03-31 00:00:00'} AND isOrganizer = 1",
        &[
            "GET /users/{mailbox}/calendars?$select=id&$top=100",
            "GET /users/{mailbox}/calendars/{each}/events?$select=id,start&$filter=start/dateTime ge '0001-01-01T00:00:00.0000000' and type eq 'seriesMaster'&$orderby=start/dateTime desc&$top=1000",
            "POST /$batch",
            "  GET /users/{mailbox}/events/{each}/instances?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z&$select=id,subject,isOrganizer,start&$top=1000",
        ],
    ),
    case(
        "Conversations of Microsoft 365 groups: others have none",
        "SELECT topic, preview FROM GroupConversations",
        &[
            "GET /groups?$select=id&$filter=groupTypes/any(c:c eq 'Unified')&$top=999",
            "POST /$batch",
            "  GET /groups/{each}/conversations?$select=id,preview,topic",
        ],
    ),
    case(
        "Posts in the threads of one group",
        "SELECT from_emailAddress_name, receivedDateTime FROM GroupPosts WHERE groupId = '{unified}'",
        &[
            "GET /groups?$select=id&$filter=groupTypes/any(c:c eq 'Unified') and id eq '{unified}'&$top=999",
            "GET /groups/{unified}/threads?$select=id",
            "POST /$batch",
            "  GET /groups/{unified}/threads/{each}/posts?$select=id,from,receivedDateTime",
        ],
    ),
    case(
        "A user by name",
        "SELECT displayName FROM Users WHERE userPrincipalName = 'alice@contoso.example'",
        &[
            "GET /users?$select=id,displayName,userPrincipalName&$filter=userPrincipalName eq 'alice@contoso.example'&$top=999",
        ],
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
        &[
            "GET /users?$select=id,displayName,mail&$filter=endswith(mail,'@contoso.example')&$count=true&$top=999",
        ],
    ),
    case(
        "A property that only advanced queries compare, and one without a value",
        "SELECT displayName FROM Users WHERE companyName = 'Contoso' AND department IS NULL",
        &[
            "GET /users?$select=id,displayName,companyName,department&$filter=companyName eq 'Contoso' and department eq null&$count=true&$top=999",
        ],
    ),
    case(
        "The newest accounts since a day: the filter leaves out accounts without the time, so that Graph sorts",
        "SELECT TOP 5 displayName FROM Users WHERE createdDateTime >= {d '2001-01-01'} ORDER BY createdDateTime DESC",
        &[
            "GET /users?$select=id,createdDateTime,displayName&$filter=createdDateTime ge 2001-01-01T00:00:00Z&$orderby=createdDateTime desc&$count=true&$top=5",
        ],
    ),
    case(
        "The directory counts",
        "SELECT COUNT(*) FROM Users",
        &["GET /users/$count"],
    ),
    case(
        "The directory counts rows that its filter finds exactly",
        "SELECT COUNT(*) AS accounts FROM Users WHERE accountEnabled = 1 AND createdDateTime >= {d '2001-01-01'}",
        &[
            "GET /users/$count?$filter=accountEnabled eq true and createdDateTime ge 2001-01-01T00:00:00Z",
        ],
    ),
    case(
        "Where the driver has to compare again, it reads the rows",
        "SELECT COUNT(*) FROM Users WHERE department = 'Sales'",
        &["GET /users?$select=id,department&$filter=department eq 'Sales'&$top=999"],
    ),
    case(
        "A span of time in all calendars: a day more at both ends, where whole days may be in other zones",
        "SELECT subject, start_dateTime FROM CalendarView WHERE end_dateTime > {ts '2026-03-01 00:00:00'} AND start_dateTime < {ts '2026-03-08 00:00:00'}",
        &[
            "GET /users/{mailbox}/calendars?$select=id&$top=100",
            "GET /users/{mailbox}/calendars/{each}/calendarView?startDateTime=2026-02-28T00:00:00Z&endDateTime=2026-03-09T00:00:00Z&$select=id,start,subject,end&$top=1000",
        ],
    ),
    case(
        "More than 1,825 days are read in parts",
        "SELECT COUNT(*) FROM CalendarView WHERE start_dateTime BETWEEN {d '2020-01-01'} AND {d '2029-12-31'} AND calendarId = '{calendar}'",
        &[
            "GET /users/{mailbox}/calendars/{calendar}/calendarView?startDateTime=2019-12-31T00:00:00Z&endDateTime=2024-12-29T00:00:00Z&$select=id,start&$top=1000",
            "GET /users/{mailbox}/calendars/{calendar}/calendarView?startDateTime=2024-12-29T00:00:00Z&endDateTime=2029-12-28T00:00:00Z&$select=id,start&$top=1000",
            "GET /users/{mailbox}/calendars/{calendar}/calendarView?startDateTime=2029-12-28T00:00:00Z&endDateTime=2030-01-01T00:00:00Z&$select=id,start&$top=1000",
        ],
    ),
    case(
        "One bound means all the time on its side, here only ten years: Graph's last moment ends it",
        "SELECT subject FROM CalendarView WHERE start_dateTime >= {d '9990-01-01'} AND calendarId = '{calendar}'",
        &[
            "GET /users/{mailbox}/calendars/{calendar}/calendarView?startDateTime=9989-12-31T00:00:00Z&endDateTime=9994-12-30T00:00:00Z&$select=id,subject,start&$top=1000",
            "GET /users/{mailbox}/calendars/{calendar}/calendarView?startDateTime=9994-12-30T00:00:00Z&endDateTime=9999-12-29T00:00:00Z&$select=id,subject,start&$top=1000",
            "GET /users/{mailbox}/calendars/{calendar}/calendarView?startDateTime=9999-12-29T00:00:00Z&endDateTime=9999-12-31T23:59:59.9999999Z&$select=id,subject,start&$top=1000",
        ],
    ),
    case(
        "The tasks of a list",
        "SELECT title FROM TodoTasks WHERE todoListId = '{todoList}'",
        &["GET /users/{mailbox}/todo/lists/{todoList}/tasks?$select=id,title&$top=100"],
    ),
    case(
        "One task",
        "SELECT title FROM TodoTasks WHERE compositeKey = '{todoList}|{todoTask}'",
        &["GET /users/{mailbox}/todo/lists/{todoList}/tasks/{todoTask}?$select=id,title"],
    ),
    case(
        "The steps of all tasks, twenty tasks at once",
        "SELECT displayName FROM ChecklistItems",
        &[
            "GET /users/{mailbox}/todo/lists?$select=id&$top=100",
            "GET /users/{mailbox}/todo/lists/{each}/tasks?$select=id&$top=100",
            "POST /$batch",
            "  GET /users/{mailbox}/todo/lists/{each}/tasks/{each}/checklistItems",
        ],
    ),
    case(
        "The steps of one task",
        "SELECT displayName FROM ChecklistItems WHERE todoListId = '{todoList}' AND todoTaskId = '{todoTask}'",
        &["GET /users/{mailbox}/todo/lists/{todoList}/tasks/{todoTask}/checklistItems"],
    ),
    case(
        "The directory counts groups, too",
        "SELECT COUNT(*) FROM Groups",
        &["GET /groups/$count"],
    ),
    case(
        "The beginning of a group's name",
        "SELECT displayName FROM Groups WHERE displayName LIKE 'Re%' AND mailEnabled = 1",
        &[
            "GET /groups?$select=id,displayName,mailEnabled&$filter=mailEnabled eq true and startswith(displayName,'Re')&$top=999",
        ],
    ),
    case(
        "The members of a group, with the default properties of their kinds",
        "SELECT displayName, mail FROM GroupMembers WHERE groupId = '{group}'",
        &["GET /groups/{group}/members?$top=999"],
    ),
    case(
        "The permissions of one calendar",
        "SELECT emailAddress_name, role FROM CalendarPermissions WHERE calendarId = '{calendar}'",
        &[
            "GET /users/{mailbox}/calendars/{calendar}/calendarPermissions?$select=id,emailAddress,role",
        ],
    ),
];

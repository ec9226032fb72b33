//! A statement for each table that people may want to run.

/// Of tables that have a statement; each table needs one.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "CalendarGroups",
        "SELECT name FROM CalendarGroups ORDER BY name",
    ),
    (
        "CalendarPermissions",
        "SELECT emailAddress_name, role, isRemovable FROM CalendarPermissions ORDER BY role",
    ),
    (
        "CalendarView",
        "SELECT start_dateTime, subject, type\nFROM CalendarView\nWHERE end_dateTime > {ts '2002-09-16 00:00:00'} AND \
         start_dateTime < {ts '2002-09-18 00:00:00'}\nORDER BY start_dateTime, subject",
    ),
    (
        "Calendars",
        "SELECT name, canEdit, isDefaultCalendar FROM Calendars ORDER BY name",
    ),
    (
        "Categories",
        "SELECT displayName, color FROM Categories ORDER BY displayName",
    ),
    (
        "ChecklistItems",
        "SELECT t.title, c.displayName, c.isChecked\nFROM TodoTasks t JOIN ChecklistItems c ON c.todoListId = t.todoListId AND \
         c.todoTaskId = t.id\nORDER BY t.title, c.displayName\nLIMIT 5",
    ),
    (
        "ContactEmailAddresses",
        "SELECT c.displayName, a.ordinal, a.address\nFROM Contacts c JOIN ContactEmailAddresses a ON a.contactId = \
         c.id\nORDER BY c.displayName, a.ordinal\nLIMIT 5",
    ),
    (
        "ContactFolders",
        "SELECT path, depth FROM ContactFolders ORDER BY path",
    ),
    (
        "ContactPhones",
        "SELECT c.displayName, p.kind, p.number\nFROM Contacts c JOIN ContactPhones p ON p.contactId = c.id\nORDER BY \
         c.displayName, p.kind, p.ordinal\nLIMIT 5",
    ),
    (
        "Contacts",
        "SELECT displayName, companyName, jobTitle FROM Contacts ORDER BY displayName LIMIT 5",
    ),
    (
        "DeletedUsers",
        "SELECT displayName, mail, deletedDateTime FROM DeletedUsers",
    ),
    (
        "EmailActivity",
        "SELECT userPrincipalName, sendCount, receiveCount, readCount, lastActivityDate\nFROM EmailActivity\nWHERE reportPeriod = 30\nORDER BY receiveCount DESC, userPrincipalName",
    ),
    (
        "EmailAppUsage",
        "SELECT userPrincipalName, outlookForWindows, outlookForMobile, outlookForWeb\nFROM EmailAppUsage\nWHERE reportPeriod = 7\nORDER BY userPrincipalName",
    ),
    (
        "EventAttachments",
        "SELECT e.subject, a.name, a.contentType, a.size\nFROM Events e JOIN EventAttachments a ON a.eventId = e.id\nORDER BY e.subject, a.name\nLIMIT 5",
    ),
    (
        "EventAttendees",
        "SELECT e.subject, a.address, a.type, a.response\nFROM Events e JOIN EventAttendees a ON a.eventId \
         = e.id\nORDER BY e.subject, a.ordinal\nLIMIT 5",
    ),
    (
        "EventCategories",
        "SELECT category, COUNT(*) AS events FROM EventCategories GROUP BY category ORDER BY category",
    ),
    (
        "EventInstances",
        "SELECT subject, start_dateTime, type\nFROM EventInstances\nWHERE start_dateTime >= {ts '2002-09-16 00:00:00'} AND end_dateTime <= {ts '2002-09-20 00:00:00'}\nORDER BY start_dateTime, subject\nLIMIT 5",
    ),
    (
        "EventLocations",
        "SELECT l.displayName, COUNT(*) AS events\nFROM EventLocations l\nGROUP BY l.displayName\nORDER BY events DESC, \
         l.displayName\nLIMIT 5",
    ),
    (
        "Events",
        "SELECT subject, start_dateTime, type\nFROM Events\nWHERE start_dateTime >= {ts '2002-09-16 00:00:00'}\nORDER BY \
         start_dateTime, subject\nLIMIT 5",
    ),
    (
        "ExtendedProperties",
        "SELECT m.subject, p.value AS program\nFROM Messages m JOIN ExtendedProperties p ON p.itemId = m.id\nWHERE p.propertyId = 'String {00020386-0000-0000-C000-000000000046} Name X-Mailer' AND p.itemKind = 'Messages'\n      AND m.subject LIKE 'Re: %'\nORDER BY m.subject, m.id\nLIMIT 5",
    ),
    (
        "FreeBusy",
        "SELECT scheduleId, start_dateTime, end_dateTime, status, subject\nFROM FreeBusy\nWHERE scheduleId IN ('adele.vance@contoso.example', 'alex.wilber@contoso.example')\n      AND end_dateTime > {ts '2002-09-16 00:00:00'} AND start_dateTime < {ts '2002-09-17 00:00:00'}\nORDER BY scheduleId, start_dateTime",
    ),
    (
        "GroupConversations",
        "SELECT topic, lastDeliveredDateTime, uniqueSenders FROM GroupConversations ORDER BY topic LIMIT 5",
    ),
    (
        "GroupPosts",
        "SELECT t.topic, p.receivedDateTime, p.from_emailAddress_name\nFROM GroupThreads t JOIN GroupPosts p ON p.threadId = t.id\nORDER BY p.receivedDateTime\nLIMIT 5",
    ),
    (
        "GroupThreads",
        "SELECT topic, lastDeliveredDateTime, isLocked FROM GroupThreads ORDER BY topic LIMIT 5",
    ),
    (
        "GroupMembers",
        "SELECT g.displayName AS \"group\", m.memberType, m.displayName\nFROM Groups g JOIN GroupMembers m ON m.groupId = \
         g.id\nORDER BY g.displayName, m.displayName\nLIMIT 5",
    ),
    (
        "GroupOwners",
        "SELECT g.displayName AS \"group\", o.displayName AS owner\nFROM Groups g JOIN GroupOwners o ON o.groupId = \
         g.id\nORDER BY g.displayName, o.displayName",
    ),
    (
        "Groups",
        "SELECT displayName, groupTypes, mail FROM Groups ORDER BY displayName",
    ),
    (
        "InferenceOverrides",
        "SELECT senderEmailAddress_address, classifyAs FROM InferenceOverrides ORDER BY senderEmailAddress_address",
    ),
    (
        "LinkedResources",
        "SELECT applicationName, displayName, webUrl FROM LinkedResources ORDER BY displayName",
    ),
    (
        "MailFolders",
        "SELECT path, totalItemCount, unreadItemCount FROM MailFolders WHERE totalItemCount > 0 ORDER BY path LIMIT 6",
    ),
    (
        "MailTips",
        "SELECT t.emailAddress_address, t.totalMemberCount, t.mailboxFull\nFROM Groups g JOIN MailTips t ON t.emailAddress_address = g.mail\nORDER BY g.mail",
    ),
    (
        "MailboxQuotaStatus",
        "SELECT reportDate, underLimit, warningIssued, sendProhibited\nFROM MailboxQuotaStatus\nWHERE reportPeriod = 7\nORDER BY reportDate DESC\nLIMIT 3",
    ),
    (
        "MailboxUsage",
        "SELECT userPrincipalName, itemCount, storageUsedInBytes, hasArchive\nFROM MailboxUsage\nWHERE reportPeriod = 30\nORDER BY storageUsedInBytes DESC",
    ),
    (
        "MailboxSettings",
        "SELECT userPurpose, timeZone, automaticRepliesSetting_status, workingHours_startTime FROM MailboxSettings",
    ),
    (
        "MessageAttachments",
        "SELECT name, contentType, size FROM MessageAttachments ORDER BY size DESC, name LIMIT 5",
    ),
    (
        "MessageCategories",
        "SELECT category, COUNT(*) AS messages FROM MessageCategories GROUP BY category ORDER BY messages DESC, category",
    ),
    (
        "MessageHeaders",
        "SELECT h.value AS program, COUNT(*) AS messages\nFROM MessageHeaders h\nWHERE LOWER(h.name) = 'x-mailer'\nGROUP BY \
         h.value\nORDER BY messages DESC, program\nLIMIT 5",
    ),
    (
        "MessageMime",
        "SELECT m.subject, CHAR_LENGTH(CAST(x.mime AS VARCHAR(1000000))) AS characters\nFROM Messages m JOIN MessageMime x ON x.messageId = m.id\nWHERE m.hasAttachments = 1\nORDER BY characters DESC, m.subject\nLIMIT 5",
    ),
    (
        "MessageRecipients",
        "SELECT address, COUNT(*) AS messages\nFROM MessageRecipients\nWHERE kind = 'cc'\nGROUP BY address\nORDER BY messages \
         DESC, address\nLIMIT 5",
    ),
    (
        "MailboxFolders",
        "SELECT path, type, totalItemCount FROM MailboxFolders ORDER BY totalItemCount DESC, path LIMIT 5",
    ),
    (
        "MailboxItems",
        "SELECT f.path, i.type, COUNT(*) AS items, SUM(i.size) AS bytes\nFROM MailboxItems i JOIN MailboxFolders f ON f.id = \
         i.folderId\nGROUP BY f.path, i.type\nORDER BY bytes DESC\nLIMIT 5",
    ),
    (
        "MessageRules",
        "SELECT sequence, displayName, conditions_senderContains, isEnabled FROM MessageRules ORDER BY sequence",
    ),
    (
        "MessageTexts",
        "SELECT m.subject, LEFT(t.bodyText, 40) AS beginning\nFROM Messages m JOIN MessageTexts t ON t.messageId = m.id\nWHERE m.subject LIKE 'Re: %'\nORDER BY m.receivedDateTime DESC, m.id\nLIMIT 3",
    ),
    (
        "Messages",
        "SELECT receivedDateTime, from_emailAddress_address, subject\nFROM Messages\nWHERE subject LIKE \
         'Re: %'\nORDER BY receivedDateTime DESC, id\nLIMIT 5",
    ),
    (
        "MessageTraces",
        "SELECT senderAddress, recipientAddress, status, size FROM MessageTraces ORDER BY size DESC, recipientAddress LIMIT 5",
    ),
    (
        "OrgContacts",
        "SELECT displayName, mail, companyName FROM OrgContacts ORDER BY displayName",
    ),
    (
        "Organization",
        "SELECT displayName, countryLetterCode, createdDateTime FROM Organization",
    ),
    (
        "People",
        "SELECT displayName, jobTitle, userPrincipalName FROM People ORDER BY displayName LIMIT 5",
    ),
    (
        "RoomLists",
        "SELECT displayName, emailAddress FROM RoomLists ORDER BY displayName",
    ),
    (
        "Rooms",
        "SELECT displayName, building, capacity FROM Rooms ORDER BY capacity DESC, displayName",
    ),
    (
        "SubscribedSkus",
        "SELECT skuPartNumber, prepaidUnits_enabled, consumedUnits FROM SubscribedSkus ORDER BY skuPartNumber",
    ),
    (
        "TaskAttachments",
        "SELECT name, contentType, size FROM TaskAttachments ORDER BY name",
    ),
    (
        "TodoLists",
        "SELECT displayName, wellknownListName FROM TodoLists ORDER BY displayName",
    ),
    (
        "TodoTasks",
        "SELECT title, status, importance, dueDateTime_dateTime FROM TodoTasks ORDER BY title LIMIT 5",
    ),
    (
        "UserLicenses",
        "SELECT u.displayName, s.skuPartNumber\nFROM Users u JOIN UserLicenses l ON l.userId = u.id JOIN SubscribedSkus s ON s.skuId = l.skuId\nORDER BY u.displayName, s.skuPartNumber",
    ),
    (
        "UserManagers",
        "SELECT userPrincipalName, manager_displayName FROM UserManagers ORDER BY userPrincipalName",
    ),
    (
        "UserProxyAddresses",
        "SELECT u.displayName, p.address, p.isPrimary\nFROM Users u JOIN UserProxyAddresses p ON p.userId = u.id\nORDER BY \
         u.displayName, p.ordinal\nLIMIT 5",
    ),
    (
        "UserSignIns",
        "SELECT userPrincipalName, signInActivity_lastSuccessfulSignInDateTime FROM UserSignIns ORDER BY userPrincipalName",
    ),
    (
        "Users",
        "SELECT displayName, mail, jobTitle FROM Users ORDER BY displayName",
    ),
    (
        "Workspaces",
        "SELECT displayName, capacity, nickname FROM Workspaces ORDER BY displayName",
    ),
];

/// The statement of a table.
pub fn of(table: &str) -> Option<&'static str> {
    let mut examples = EXAMPLES.iter();
    examples
        .find(|(name, _)| *name == table)
        .map(|(_, sql)| *sql)
}

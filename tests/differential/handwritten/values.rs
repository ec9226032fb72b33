//! Conditions and values.

use super::Pair;

pub const STATEMENTS: &[Pair] = &[
    // Every column of every table, and every row.
    ("SELECT * FROM Messages", ""),
    ("SELECT * FROM MailFolders", ""),
    ("SELECT * FROM Calendars", ""),
    ("SELECT * FROM Events", ""),
    ("SELECT * FROM Contacts", ""),
    ("SELECT * FROM Users", ""),
    ("SELECT * FROM MessageAttachments", ""),
    ("SELECT * FROM EventAttachments", ""),
    ("SELECT * FROM CalendarGroups", ""),
    ("SELECT * FROM CalendarPermissions", ""),
    ("SELECT * FROM Categories", ""),
    ("SELECT * FROM ChecklistItems", ""),
    ("SELECT * FROM ContactFolders", ""),
    ("SELECT * FROM DeletedUsers", ""),
    ("SELECT * FROM EmailActivity", ""),
    ("SELECT * FROM EmailAppUsage", ""),
    ("SELECT * FROM MailboxQuotaStatus", ""),
    ("SELECT * FROM MailboxUsage", ""),
    ("SELECT * FROM MailboxUsage WHERE reportPeriod = 30", ""),
    (
        "SELECT id FROM MailboxUsage WHERE reportPeriod IN (7, 8, 180) OR reportPeriod = 90",
        "",
    ),
    (
        "SELECT id FROM MailboxUsage WHERE reportPeriod <> 30 AND id = '90-1-bob@contoso.example'",
        "",
    ),
    ("SELECT * FROM GroupConversations", ""),
    ("SELECT * FROM GroupMembers", ""),
    ("SELECT * FROM GroupOwners", ""),
    ("SELECT * FROM GroupPosts", ""),
    ("SELECT * FROM GroupThreads", ""),
    ("SELECT * FROM Groups", ""),
    ("SELECT * FROM InferenceOverrides", ""),
    ("SELECT * FROM LinkedResources", ""),
    ("SELECT * FROM MailboxSettings", ""),
    ("SELECT * FROM MailboxFolders", ""),
    ("SELECT * FROM MailboxItems", ""),
    ("SELECT * FROM MessageRules", ""),
    ("SELECT * FROM MessageTraces", ""),
    (
        "SELECT id FROM MessageTraces WHERE status IN ('delivered', 'Delivered') AND recipientAddress = 'alice@contoso.example'",
        "",
    ),
    (
        "SELECT id FROM MessageTraces WHERE status = 'failed' OR senderAddress = 'Report'",
        "",
    ),
    (
        "SELECT compositeKey FROM MessageTraces WHERE compositeKey LIKE '%7C%' OR recipientAddress = '*@contoso.example'",
        "",
    ),
    ("SELECT * FROM OrgContacts", ""),
    ("SELECT * FROM Organization", ""),
    ("SELECT * FROM People", ""),
    ("SELECT * FROM RoomLists", ""),
    ("SELECT * FROM Rooms", ""),
    ("SELECT * FROM SubscribedSkus", ""),
    ("SELECT * FROM UserLicenses", ""),
    ("SELECT * FROM UserManagers", ""),
    ("SELECT * FROM UserSignIns", ""),
    (
        "SELECT l.userId, s.skuPartNumber FROM UserLicenses l JOIN SubscribedSkus s ON s.skuId = l.skuId",
        "",
    ),
    (
        "SELECT u.displayName, m.manager_displayName FROM Users u JOIN UserManagers m ON m.id = u.id WHERE u.accountEnabled = 1 AND m.manager_id IS NOT NULL",
        "",
    ),
    ("SELECT * FROM TaskAttachments", ""),
    ("SELECT * FROM TodoLists", ""),
    ("SELECT * FROM TodoTasks", ""),
    ("SELECT * FROM Workspaces", ""),
    // Tokyo has been nine hours ahead since long before.
    (
        "SELECT id, receivedDateTime AT TIME ZONE 'Tokyo Standard Time' FROM Messages WHERE receivedDateTime BETWEEN {d '1970-01-01'} AND {d '2040-01-01'}",
        "SELECT id, strftime('%Y-%m-%d %H:%M:%f000', receivedDateTime, '+9 hours') FROM Messages WHERE receivedDateTime BETWEEN '1970-01-01 00:00:00.000000' AND '2040-01-01 00:00:00.000000'",
    ),
    // Text is compared with case, though Graph compares it without.
    ("SELECT id FROM Messages WHERE subject = 'Report'", ""),
    (
        "SELECT id FROM Messages WHERE subject = 'REPORT' OR subject = 'report'",
        "",
    ),
    ("SELECT id FROM Messages WHERE subject <> 'Report'", ""),
    ("SELECT id FROM Messages WHERE subject LIKE 'Rep%'", ""),
    ("SELECT id FROM Messages WHERE subject LIKE '%EPORT%'", ""),
    ("SELECT id FROM Messages WHERE subject NOT LIKE 'Rep%'", ""),
    (
        "SELECT id FROM Messages WHERE INCLUDES(categories, 'Report') AND NOT INCLUDES(categories, 'x')",
        "SELECT id FROM Messages WHERE x_includes(categories, 'Report') AND NOT x_includes(categories, 'x')",
    ),
    (
        "SELECT id FROM Events WHERE categories = '\"semi;colon; list\"' OR categories = 'Report'",
        "",
    ),
    (
        "SELECT id FROM Contacts WHERE INCLUDES(emailAddresses, 'sender01@x.example') = 1",
        "SELECT id FROM Contacts WHERE x_includes(emailAddresses, 'sender01@x.example')",
    ),
    (
        "SELECT id FROM Contacts WHERE 'sender01@x.example' IN (primaryEmailAddress_address, secondaryEmailAddress_address)",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE from_emailAddress_address = 'Ann@X.example'",
        "",
    ),
    ("SELECT id, displayName FROM Users WHERE country = 'de'", ""),
    ("SELECT id FROM Users WHERE mail LIKE 'ALICE%'", ""),
    // Nulls, empty texts, blanks.
    ("SELECT id FROM Messages WHERE subject IS NULL", ""),
    ("SELECT id FROM Messages WHERE subject = ''", ""),
    ("SELECT id FROM Messages WHERE subject = ' '", ""),
    ("SELECT id FROM Messages WHERE NOT (subject = 'Report')", ""),
    (
        "SELECT id FROM Messages WHERE subject IN ('Report', NULL)",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE subject NOT IN ('Report', NULL)",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE subject NOT IN ('x', NULL) AND subject IN ('Report', 'report')",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE subject NOT IN ('Report', 'report')",
        "",
    ),
    ("SELECT id FROM Messages WHERE (subject = 'x') IS NULL", ""),
    (
        "SELECT id FROM Messages WHERE sentDateTime IS NULL AND isDraft = TRUE",
        "",
    ),
    ("SELECT COALESCE(subject, '(none)') FROM Messages", ""),
    (
        "SELECT COUNT(subject), COUNT(*), COUNT(DISTINCT subject) FROM Messages",
        "",
    ),
    // Quotes, backslashes, wildcards, parameters and comments inside constants.
    ("SELECT id FROM Messages WHERE subject = 'it''s'", ""),
    ("SELECT id FROM Messages WHERE subject LIKE '%''%'", ""),
    (
        "SELECT id FROM Messages WHERE subject = 'C:\\%TEMP%\\_x\\'",
        "",
    ),
    ("SELECT id FROM Messages WHERE subject LIKE 'C:\\%'", ""),
    (
        "SELECT id FROM Messages WHERE subject LIKE 'C:\\\\%' ESCAPE '\\'",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE subject LIKE '100!%' {escape '!'}",
        "SELECT id FROM Messages WHERE subject LIKE '100!%' ESCAPE '!'",
    ),
    (
        "SELECT id FROM Messages WHERE subject LIKE 'a\\_b' ESCAPE '\\'",
        "",
    ),
    ("SELECT id FROM Messages WHERE subject LIKE 'a_b'", ""),
    (
        "SELECT id FROM Messages WHERE subject LIKE '%|%%' ESCAPE '|'",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE subject = '?param $1 :x #y'",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE subject = '-- no comment /* here */'",
        "",
    ),
    (
        "SELECT id /* a ? comment */ FROM Messages -- to the end\nWHERE isRead = 1",
        "SELECT id FROM Messages WHERE isRead = 1",
    ),
    // Letters beyond ASCII.
    ("SELECT id FROM Messages WHERE subject LIKE '%🎉%'", ""),
    (
        "SELECT id FROM Messages WHERE subject LIKE 'party _ at 8'",
        "",
    ),
    ("SELECT id FROM Messages WHERE subject = 'שלום עולם'", ""),
    ("SELECT id FROM Messages WHERE subject = 'caf\u{e9}'", ""),
    ("SELECT id FROM Messages WHERE subject LIKE 'cafe_'", ""),
    ("SELECT id FROM Messages WHERE subject LIKE '%日本%'", ""),
    (
        "SELECT id, UCASE(subject) FROM Messages",
        "SELECT id, x_ucase(subject) FROM Messages",
    ),
    (
        "SELECT id, {fn CHAR_LENGTH(subject)} FROM Messages",
        "SELECT id, length(subject) FROM Messages",
    ),
    ("SELECT id FROM Messages ORDER BY subject, id", ""),
    (
        "SELECT subject FROM Messages WHERE subject > 'straße' ORDER BY subject DESC, id",
        "",
    ),
    // A text may end a line.
    ("SELECT id FROM Messages WHERE subject LIKE 'tab%line'", ""),
    (
        "SELECT id FROM Messages WHERE subject LIKE 'two__lines'",
        "",
    ),
    // Truth values.
    ("SELECT id FROM Messages WHERE isRead = 1", ""),
    (
        "SELECT id FROM Messages WHERE isRead = 0 AND hasAttachments = TRUE",
        "",
    ),
    ("SELECT id FROM Messages WHERE NOT isRead", ""),
    (
        "SELECT id FROM Messages WHERE isDeliveryReceiptRequested IS NOT TRUE",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE isDeliveryReceiptRequested <> 1",
        "",
    ),
    ("SELECT isRead, COUNT(*) FROM Messages GROUP BY isRead", ""),
    ("SELECT SUM(isRead) FROM Messages", ""),
    // Moments, from the first to the last, and between whole seconds.
    (
        "SELECT id FROM Messages WHERE receivedDateTime = {ts '2026-03-01 09:00:00'}",
        "SELECT id FROM Messages WHERE receivedDateTime = '2026-03-01 09:00:00.000000'",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime <= '2026-03-01T09:00:00'",
        "SELECT id FROM Messages WHERE receivedDateTime <= '2026-03-01 09:00:00.000000'",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime > {ts '2026-03-01 09:00:00.5'}",
        "SELECT id FROM Messages WHERE receivedDateTime > '2026-03-01 09:00:00.500000'",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime < {ts '2026-03-01 09:00:00.5'}",
        "SELECT id FROM Messages WHERE receivedDateTime < '2026-03-01 09:00:00.500000'",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime < {d '1970-01-01'}",
        "SELECT id FROM Messages WHERE receivedDateTime < '1970-01-01 00:00:00.000000'",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime >= {ts '0001-01-01 00:00:00'}",
        "SELECT id FROM Messages WHERE receivedDateTime >= '0001-01-01 00:00:00.000000'",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime <= {ts '9999-12-31 23:59:59.999999'}",
        "SELECT id FROM Messages WHERE receivedDateTime <= '9999-12-31 23:59:59.999999'",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime BETWEEN {ts '2026-01-01 00:00:00'} AND {ts '2026-12-31 23:59:59'}",
        "SELECT id FROM Messages WHERE receivedDateTime BETWEEN '2026-01-01 00:00:00.000000' AND '2026-12-31 23:59:59.000000'",
    ),
    (
        "SELECT id FROM Messages WHERE {fn YEAR(receivedDateTime)} = 9999",
        "SELECT id FROM Messages WHERE substr(receivedDateTime, 1, 4) = '9999'",
    ),
    (
        "SELECT id FROM Events WHERE start_dateTime = {ts '2026-03-01 09:00:00.123456'}",
        "SELECT id FROM Events WHERE start_dateTime = '2026-03-01 09:00:00.123456'",
    ),
    (
        "SELECT id FROM Events WHERE start_dateTime <= {ts '2026-03-01 09:00:00'}",
        "SELECT id FROM Events WHERE start_dateTime <= '2026-03-01 09:00:00.000000'",
    ),
    (
        "SELECT MIN(receivedDateTime), MAX(receivedDateTime) FROM Messages",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime = sentDateTime OR createdDateTime > lastModifiedDateTime",
        "",
    ),
    // Folders.
    (
        "SELECT path, depth, wellKnownName, totalItemCount FROM MailFolders WHERE path LIKE 'Inbox/%'",
        "",
    ),
    (
        "SELECT id FROM MailFolders WHERE displayName = 'projects'",
        "",
    ),
    (
        "SELECT displayName FROM MailFolders WHERE isHidden = TRUE OR depth >= 3",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE parentFolderId = 'no such folder'",
        "",
    ),
    // Attachments.
    (
        "SELECT eventId, id, name FROM EventAttachments WHERE isInline = FALSE",
        "",
    ),
    (
        "SELECT messageId, id, name FROM MessageAttachments WHERE isInline = FALSE",
        "",
    ),
    (
        "SELECT contentBytes, contentId FROM MessageAttachments WHERE attachmentType = 'fileAttachment'",
        "",
    ),
    // Names in every spelling.
    (
        "select ID, [Subject], `ISREAD`, \"parentFolderId\" from MESSAGES",
        "SELECT id, subject, isRead, parentFolderId FROM Messages",
    ),
    (
        "SELECT m.* FROM Messages AS m WHERE m.importance = 'high'",
        "",
    ),
    // Constants that Graph does not know.
    ("SELECT id FROM Messages WHERE importance = 'urgent'", ""),
    ("SELECT id FROM Messages WHERE importance = 'HIGH'", ""),
    (
        "SELECT id FROM Messages WHERE flag_flagStatus IN ('flagged', 'none')",
        "",
    ),
    (
        "SELECT id FROM Events WHERE type = 'seriesMaster' OR isOrganizer = FALSE",
        "",
    ),
    ("SELECT 1, 'x', NULL", ""),
    (
        "SELECT RIGHT(a.displayName || b.filterQuery, 1) AS c0, a.isHidden AS c1, b.totalItemCount AS c2 FROM (SELECT * FROM \
         MailFolders AS i WHERE i.isSupported = 0 ORDER BY i.isHidden, i.id LIMIT 37) AS a LEFT JOIN MailFolders AS b ON a.id = \
         b.parentFolderId WHERE b.isHidden = b.isHidden",
        "SELECT x_right(a.displayName || b.filterQuery, 1) AS c0, a.isHidden AS c1, b.totalItemCount AS c2 FROM (SELECT * FROM \
         MailFolders AS i WHERE i.isSupported = 0 ORDER BY i.isHidden, i.id LIMIT 37) AS a LEFT JOIN MailFolders AS b ON a.id = \
         b.parentFolderId WHERE b.isHidden = b.isHidden",
    ),
    (
        "SELECT u.id, x.a, x.b, x.c FROM (SELECT m.id AS a, f.id AS b, n.id AS c, n.mailbox AS box FROM Messages AS m \
         JOIN MailFolders AS f ON f.id = m.parentFolderId JOIN MailFolders AS n ON n.id = f.parentFolderId) AS x \
         JOIN Users AS u ON u.userPrincipalName = x.box WHERE u.accountEnabled = 1",
        "",
    ),
    (
        "SELECT g.id, m.id, f.id, n.id FROM MailFolders AS g, Messages AS m, MailFolders AS f, MailFolders AS n WHERE \
         f.id = m.parentFolderId AND n.parentFolderId = f.id AND g.id = n.parentFolderId AND g.displayName = 'Report'",
        "",
    ),
    (
        "SELECT g.id, m.id, f.id, n.id, k.id FROM Messages AS m JOIN MailFolders AS f ON f.id = m.parentFolderId LEFT JOIN \
         MailFolders AS n ON n.parentFolderId = f.id JOIN MailFolders AS g ON g.id = f.id JOIN Messages AS k ON \
         k.parentFolderId = g.id AND k.id <> m.id WHERE k.importance = 'high'",
        "",
    ),
    (
        "SELECT c.id, x.pi, x.qi, x.pf, x.qf FROM Contacts AS c JOIN (SELECT p.id AS pi, q.id AS qi, f.id AS fi, p.from_emailAddress_address AS pf, \
         q.from_emailAddress_address AS qf FROM Messages AS p JOIN Messages AS q ON p.conversationId = q.conversationId JOIN \
         MailFolders AS f ON f.id = p.parentFolderId) AS x ON c.primaryEmailAddress_address = x.pf WHERE c.nickName = 'Report'",
        "",
    ),
    (
        "SELECT c.id, x.pi, x.qi, x.pf, x.qf FROM Contacts AS c JOIN (SELECT p.id AS pi, q.id AS qi, f.id AS fi, p.from_emailAddress_address AS pf, \
         q.from_emailAddress_address AS qf FROM Messages AS p JOIN Messages AS q ON p.conversationId = q.conversationId JOIN \
         MailFolders AS f ON f.id = p.parentFolderId) AS x ON c.primaryEmailAddress_address = x.qf WHERE c.nickName = 'Report'",
        "",
    ),
    (
        "SELECT MIN(receivedDateTime), MAX(receivedDateTime) FROM Messages",
        "",
    ),
    (
        "SELECT MAX(receivedDateTime) AS a, MIN(receivedDateTime) AS b, MAX(receivedDateTime) AS c FROM Messages WHERE isRead = 1",
        "",
    ),
    (
        "SELECT MIN(m.d), MAX(m.d) FROM (SELECT receivedDateTime AS d FROM Messages WHERE importance = 'none') AS m",
        "",
    ),
    (
        "SELECT MIN(receivedDateTime), MAX(sentDateTime) FROM Messages",
        "",
    ),
];

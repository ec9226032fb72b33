//! Statements that were thought of: each group names a place where engines and services differ.

/// The driver's statement, and the reference's where it reads otherwise.
pub const STATEMENTS: &[(&str, &str)] = &[
    // Every column of every table, and every row.
    ("SELECT * FROM Messages", ""),
    ("SELECT * FROM MailFolders", ""),
    ("SELECT * FROM Calendars", ""),
    ("SELECT * FROM Events", ""),
    ("SELECT * FROM Contacts", ""),
    ("SELECT * FROM Users", ""),
    ("SELECT * FROM MessageAttachments", ""),
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
    // Orders and limits.
    (
        "SELECT id, receivedDateTime FROM Messages ORDER BY receivedDateTime DESC, id LIMIT 10",
        "",
    ),
    (
        "SELECT TOP 5 id FROM Messages WHERE isRead = 1 ORDER BY receivedDateTime, id",
        "SELECT id FROM Messages WHERE isRead = 1 ORDER BY receivedDateTime, id LIMIT 5",
    ),
    (
        "SELECT subject, id FROM Messages ORDER BY 1 DESC, 2",
        "SELECT subject, id FROM Messages ORDER BY subject DESC, id",
    ),
    ("SELECT id FROM Messages ORDER BY id LIMIT 10 OFFSET 65", ""),
    ("SELECT id FROM Messages ORDER BY id LIMIT 0", ""),
    (
        "SELECT DISTINCT importance FROM Messages ORDER BY importance",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE subject LIKE 'Re%' AND receivedDateTime > {d '2000-01-01'} ORDER BY receivedDateTime, id",
        "SELECT id FROM Messages WHERE subject LIKE 'Re%' AND receivedDateTime > '2000-01-01 00:00:00.000000' ORDER BY receivedDateTime, id",
    ),
    // Groups.
    (
        "SELECT from_emailAddress_address, COUNT(*) AS n FROM Messages GROUP BY from_emailAddress_address HAVING COUNT(*) > 5",
        "",
    ),
    (
        "SELECT YEAR(receivedDateTime) AS y, COUNT(*) FROM Messages GROUP BY YEAR(receivedDateTime)",
        "SELECT CAST(substr(receivedDateTime, 1, 4) AS INTEGER) AS y, COUNT(*) FROM Messages GROUP BY 1",
    ),
    (
        "SELECT AVG(totalItemCount), SUM(unreadItemCount), MAX(depth) FROM MailFolders",
        "",
    ),
    (
        "SELECT parentFolderId, MAX(size) FROM MessageAttachments a JOIN Messages m ON a.messageId = m.id GROUP BY parentFolderId",
        "",
    ),
    ("SELECT COUNT(*) FROM Messages WHERE 1 = 0", ""),
    ("SELECT MAX(subject) FROM Messages WHERE 1 = 0", ""),
    // Joins and subqueries.
    (
        "SELECT m.id, f.path FROM Messages m JOIN MailFolders f ON m.parentFolderId = f.id",
        "",
    ),
    (
        "SELECT f.path, COUNT(m.id) FROM MailFolders f LEFT JOIN Messages m ON m.parentFolderId = f.id GROUP BY f.path, f.id",
        "",
    ),
    (
        "SELECT e.id, c.name FROM Events e, Calendars c WHERE e.calendarId = c.id AND c.isDefaultCalendar = TRUE",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE parentFolderId IN (SELECT id FROM MailFolders WHERE wellKnownName = 'inbox')",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE parentFolderId NOT IN (SELECT id FROM MailFolders WHERE depth > 1)",
        "",
    ),
    (
        "SELECT id FROM Messages m WHERE EXISTS (SELECT 1 FROM MessageAttachments a WHERE a.messageId = m.id AND a.isInline = FALSE)",
        "",
    ),
    (
        "SELECT id FROM Messages m WHERE NOT EXISTS (SELECT 1 FROM MessageAttachments a WHERE a.messageId = m.id)",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime = (SELECT MAX(receivedDateTime) FROM Messages)",
        "",
    ),
    (
        "SELECT a.id, b.id FROM Messages a JOIN Messages b ON a.conversationId = b.conversationId AND a.id < b.id",
        "",
    ),
    (
        "SELECT u.displayName, COUNT(*) FROM Users u JOIN Messages m ON m.mailbox = u.userPrincipalName GROUP BY u.displayName",
        "",
    ),
    (
        "SELECT m.id, a.name FROM Messages m JOIN MessageAttachments a ON a.messageId = m.id AND a.mailbox = m.mailbox WHERE m.hasAttachments = TRUE",
        "",
    ),
    (
        "SELECT id, subject FROM Messages WHERE id IN (SELECT messageId FROM MessageAttachments WHERE isInline = TRUE) ORDER BY receivedDateTime DESC, id LIMIT 5",
        "",
    ),
    (
        "SELECT a.id FROM MessageAttachments a LEFT JOIN Messages m ON m.id = a.messageId AND m.isRead = TRUE WHERE m.id IS NULL",
        "",
    ),
    (
        "SELECT f.id, g.id FROM MailFolders f LEFT JOIN MailFolders g ON g.id = f.parentFolderId",
        "",
    ),
    (
        "WITH RECURSIVE t AS (SELECT id, 1 AS level FROM MailFolders WHERE depth = 1 UNION ALL SELECT f.id, t.level + 1 FROM MailFolders f JOIN t ON f.parentFolderId = t.id) SELECT level, COUNT(*) FROM t GROUP BY level",
        "",
    ),
    // What follows for a mailbox from a condition on something else names no other mailbox.
    (
        "SELECT m.id FROM Messages m LEFT JOIN Users u ON m.mailbox = u.userPrincipalName WHERE u.userPrincipalName IN ('bob@contoso.example', 'nobody@contoso.example')",
        "",
    ),
    (
        "SELECT m.id FROM Messages m JOIN Users u ON m.mailbox = u.userPrincipalName WHERE u.userPrincipalName = 'alice@contoso.example' AND m.isRead = TRUE",
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
        "SELECT messageId, id, name FROM MessageAttachments WHERE isInline = FALSE",
        "",
    ),
    (
        "SELECT contentBytes, contentId FROM MessageAttachments WHERE attachmentType = 'fileAttachment'",
        "",
    ),
    // A table asked about itself, and rows compared.
    (
        "SELECT id FROM Messages WHERE id NOT IN (SELECT id FROM Messages WHERE isRead = 1) OR subject = 'x'",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE NOT (subject IN (SELECT subject FROM Messages WHERE importance = 'low') OR isRead = 1)",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE NOT ((importance, subject) = ('low', 'Report'))",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE (importance, subject) < ('low', 'Report')",
        "",
    ),
    // Sets, common tables, windows.
    (
        "SELECT subject FROM Messages UNION SELECT subject FROM Events",
        "",
    ),
    (
        "SELECT displayName FROM Contacts INTERSECT SELECT displayName FROM Users",
        "",
    ),
    (
        "SELECT subject FROM Messages EXCEPT SELECT subject FROM Events",
        "",
    ),
    (
        "WITH unread AS (SELECT * FROM Messages WHERE isRead = FALSE) SELECT importance, COUNT(*) FROM unread GROUP BY importance",
        "",
    ),
    (
        "SELECT id, ROW_NUMBER() OVER (PARTITION BY parentFolderId ORDER BY receivedDateTime DESC, id) FROM Messages",
        "",
    ),
    (
        "SELECT id, CASE importance WHEN 'high' THEN 1 WHEN 'low' THEN -1 ELSE 0 END FROM Messages",
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
    // Subqueries whose value is known before the table around them is read.
    (
        "SELECT id FROM Messages WHERE receivedDateTime IS DISTINCT FROM (SELECT MAX(sentDateTime) FROM Messages WHERE subject = 'none')",
        "",
    ),
    (
        "SELECT id FROM Users WHERE createdDateTime IS NOT DISTINCT FROM (SELECT MAX(createdDateTime) FROM Users WHERE mail = 'none')",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime <> (SELECT MAX(receivedDateTime) FROM Messages)",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime > (SELECT MAX(receivedDateTime) FROM Messages WHERE subject = 'none')",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE (SELECT MIN(sentDateTime) FROM Messages WHERE isRead = 1) <= receivedDateTime AND isRead = 0",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime = (SELECT MAX(receivedDateTime) FROM Messages)",
        "",
    ),
    (
        "SELECT subject FROM Messages WHERE id = (SELECT MIN(id) FROM Messages WHERE importance = 'high')",
        "",
    ),
    (
        "SELECT subject FROM Messages WHERE parentFolderId = (SELECT MAX(id) FROM MailFolders WHERE displayName = 'Inbox')",
        "",
    ),
    (
        "SELECT name FROM MessageAttachments WHERE messageId = (SELECT MAX(messageId) FROM MessageAttachments)",
        "",
    ),
    (
        "SELECT subject FROM Events WHERE start_dateTime < (SELECT MAX(end_dateTime) FROM Events) AND isOrganizer = 1",
        "",
    ),
    (
        "SELECT id FROM Users WHERE createdDateTime >= (SELECT MIN(createdDateTime) FROM Users WHERE accountEnabled = 0)",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE from_emailAddress_address = (SELECT MAX(primaryEmailAddress_address) FROM Contacts)",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime < (SELECT MAX(receivedDateTime) FROM Messages) \
         AND sentDateTime > (SELECT MIN(sentDateTime) FROM Messages) ORDER BY id DESC LIMIT 7",
        "",
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime > (SELECT MAX(receivedDateTime) FROM Messages WHERE isRead = 1) \
         OR subject = (SELECT MIN(subject) FROM Messages)",
        "",
    ),
    // Both sides of a join have columns of these names.
    (
        "SELECT l.id, r.id FROM Messages AS l JOIN Contacts AS r ON l.from_emailAddress_address = \
         r.primaryEmailAddress_address WHERE r.createdDateTime > (SELECT MIN(i.createdDateTime) FROM Contacts AS i) \
         OR r.companyName = 'Contoso' AND l.createdDateTime > '1969-12-31 23:59:59.000000'",
        "",
    ),
];

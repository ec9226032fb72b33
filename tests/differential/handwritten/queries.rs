//! Orders, groups, joins, subqueries, sets.

use super::Pair;

pub const STATEMENTS: &[Pair] = &[
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
        "SELECT g.displayName, t.id, p.id FROM Groups g JOIN GroupThreads t ON t.groupId = g.id LEFT JOIN GroupPosts p ON p.threadId = t.id",
        "",
    ),
    (
        "SELECT id FROM GroupThreads WHERE groupId IN (SELECT id FROM Groups WHERE mailEnabled = TRUE)",
        "",
    ),
    (
        "SELECT id FROM GroupPosts WHERE groupId IN (SELECT MIN(groupId) FROM GroupThreads) AND threadId >= ''",
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
    (
        "SELECT f.path, i.id, i.size FROM MailboxFolders f JOIN MailboxItems i ON i.folderId = f.id WHERE f.depth > 1",
        "",
    ),
    (
        "SELECT folderId, COUNT(*), SUM(size) FROM MailboxItems WHERE folderId IN (SELECT id FROM MailboxFolders WHERE childFolderCount > 0) GROUP BY folderId",
        "",
    ),
    // A table and the elements of its lists are one read.
    (
        "SELECT m.id, m.toRecipients, m.categories, r.id, r.address FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id",
        "",
    ),
    (
        "SELECT m.id, r.id FROM Messages m LEFT JOIN MessageRecipients r ON r.messageId = m.id AND r.kind = 'cc' AND r.address IS NOT NULL",
        "",
    ),
    (
        "SELECT m.id, r.id FROM Messages m LEFT JOIN MessageRecipients r ON r.messageId = m.id WHERE r.id IS NULL",
        "",
    ),
    (
        "SELECT m.id FROM Messages m LEFT JOIN MessageRecipients r ON r.messageId = m.id AND r.kind = 'nobody'",
        "",
    ),
    (
        "SELECT r.id, m.toRecipients FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id WHERE m.toRecipients LIKE '%@%' AND m.toRecipients = r.address",
        "",
    ),
    (
        "SELECT a.id, b.id FROM MessageRecipients a JOIN MessageRecipients b ON a.messageId = b.messageId AND a.ordinal < b.ordinal WHERE a.kind = b.kind",
        "",
    ),
    (
        "SELECT m.id, r.kind, COUNT(*) FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id JOIN MessageCategories c ON c.messageId = m.id GROUP BY m.id, r.kind",
        "",
    ),
    (
        "SELECT COUNT(*) FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id AND r.name = m.from_emailAddress_name",
        "",
    ),
    (
        "SELECT x.id, r.id FROM (SELECT id, subject FROM Messages WHERE isRead = TRUE) x LEFT JOIN MessageRecipients r ON r.messageId = x.id AND r.ordinal = 2",
        "",
    ),
    (
        "SELECT e.id, a.address, l.displayName FROM Events e LEFT JOIN EventAttendees a ON a.eventId = e.id LEFT JOIN EventLocations l ON l.eventId = e.id",
        "",
    ),
    (
        "SELECT u.id, p.address FROM Users u LEFT JOIN UserProxyAddresses p ON p.userId = u.id AND p.isPrimary = TRUE",
        "",
    ),
    (
        "SELECT r.id FROM MessageRecipients r RIGHT JOIN Messages m ON r.messageId = m.id AND r.mailbox = m.mailbox ORDER BY m.receivedDateTime DESC, m.id, r.id LIMIT 7",
        "",
    ),
    (
        "SELECT MAX(m.receivedDateTime), MIN(r.address) FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id",
        "",
    ),
    (
        "SELECT m.id FROM Messages m WHERE (SELECT COUNT(*) FROM Messages n JOIN MessageRecipients r ON r.messageId = n.id WHERE n.conversationId = m.conversationId) > 2",
        "",
    ),
    // A condition on a mailbox that follows from another column names no other mailbox.
    (
        "SELECT m.id FROM Messages m LEFT JOIN Users u ON m.mailbox = u.userPrincipalName WHERE u.userPrincipalName IN ('bob@contoso.example', 'nobody@contoso.example')",
        "",
    ),
    (
        "SELECT m.id FROM Messages m JOIN Users u ON m.mailbox = u.userPrincipalName WHERE u.userPrincipalName = 'alice@contoso.example' AND m.isRead = TRUE",
        "",
    ),
    // Subqueries over the same table, and comparisons of rows.
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
    // Subqueries whose value is known before the outer table is read.
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

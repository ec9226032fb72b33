-- The statements of the demo. A line `-- ## ...` gives a statement its heading, the comments after it
-- explain it, and `-- width: N` says how wide isql may make a column. A `;` at the end of a line ends a
-- statement.

-- ## The newest mail
-- Graph sorts, and sends ten rows of three properties. No bodies travel.
-- width: 40
SELECT receivedDateTime, from_emailAddress_address, subject
FROM Messages
ORDER BY receivedDateTime DESC
LIMIT 10;

-- ## Who wrote most since September
-- Graph chooses the messages. It cannot count by sender: that is done here.
-- width: 40
SELECT from_emailAddress_address AS sender, COUNT(*) AS messages, MAX(receivedDateTime) AS latest
FROM Messages
WHERE receivedDateTime >= {d '2002-09-01'}
GROUP BY from_emailAddress_address
ORDER BY messages DESC, sender
LIMIT 8;

-- ## Mail with the path of its folder
-- A join of two tables. Folders are read at every depth.
-- width: 40
SELECT f.path, COUNT(*) AS messages, SUM(CASE WHEN m.isRead THEN 0 ELSE 1 END) AS unread
FROM Messages m JOIN MailFolders f ON f.id = m.parentFolderId
GROUP BY f.path
ORDER BY f.path;

-- ## Two ids that differ in case alone
-- A host that compares without case takes these two messages for one. Their safeKeys differ for it,
-- too, and so do their compositeKeys, which end with the changeKey.
-- width: 30
SELECT RIGHT(a.id, 20) AS id_end, RIGHT(a.safeKey, 24) AS safeKey_end,
       RIGHT(a.compositeKey, 28) AS compositeKey_end
FROM Messages a JOIN Messages b ON LOWER(a.id) = LOWER(b.id) AND a.id <> b.id;

-- ## What such a host counts
-- By id one of the 300 messages is lost, by the other keys none.
-- width: 20
SELECT COUNT(*) AS messages, COUNT(DISTINCT LOWER(id)) AS ids,
       COUNT(DISTINCT LOWER(safeKey)) AS safeKeys, COUNT(DISTINCT LOWER(compositeKey)) AS compositeKeys
FROM Messages;

-- ## The calendar of a week, as the clocks of Dublin show it
-- Graph shows the occurrences of series, calendar by calendar. Whole days are the same in every zone.
-- width: 29
SELECT IIF(isAllDay = 1, start_dateTime, start_dateTime AT TIME ZONE 'Europe/Dublin') AS starts,
       subject, type, location_displayName AS place
FROM CalendarView
WHERE end_dateTime > {ts '2002-09-16 00:00:00'} AND start_dateTime < {ts '2002-09-23 00:00:00'}
ORDER BY start_dateTime;

-- ## Open tasks and their next step
-- The steps of all tasks are read twenty tasks a request.
-- width: 34
SELECT l.displayName AS list, t.title, MIN(s.displayName) AS next_step
FROM TodoLists l JOIN TodoTasks t ON t.todoListId = l.id
     LEFT JOIN ChecklistItems s ON s.todoListId = t.todoListId AND s.todoTaskId = t.id AND s.isChecked = 0
WHERE t.status <> 'completed'
GROUP BY l.displayName, t.title
ORDER BY list, t.title;

-- ## Who is in which group
-- Members are users, groups and contacts of the organization.
-- width: 30
SELECT g.displayName AS "group", m.memberType, m.displayName AS member
FROM Groups g JOIN GroupMembers m ON m.groupId = g.id
ORDER BY g.displayName, m.memberType, member;

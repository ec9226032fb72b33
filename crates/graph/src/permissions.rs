//! Which application permission a refused request most likely lacks (docs/graph.md#permissions).

/// The smallest application permission for reading a path.
struct Rule {
    /// The first significant segment, in lower case.
    segment: &'static str,
    read: &'static str,
}

const fn rule(segment: &'static str, read: &'static str) -> Rule {
    Rule { segment, read }
}

/// Below a mailbox, the most significant segment first: `mailFolders/inbox/messageRules` are rules.
const MAILBOX: &[Rule] = &[
    rule("messagerules", "MailboxSettings.Read"),
    rule("mailboxsettings", "MailboxSettings.Read"),
    rule("mastercategories", "MailboxSettings.Read"),
    rule("sendmail", "Mail.Send"),
    rule("send", "Mail.Send"),
    rule("todo", "Tasks.Read.All"),
    rule("getschedule", "Calendars.ReadBasic"),
    rule("calendarview", "Calendars.Read"),
    rule("calendars", "Calendars.Read"),
    rule("calendar", "Calendars.Read"),
    rule("calendargroups", "Calendars.Read"),
    rule("events", "Calendars.Read"),
    rule("contacts", "Contacts.Read"),
    rule("contactfolders", "Contacts.Read"),
    rule("people", "People.Read.All"),
    rule("messages", "Mail.Read"),
    rule("mailfolders", "Mail.Read"),
    rule("inferenceclassification", "Mail.Read"),
    rule("getmailtips", "Mail.Read"),
];

const DIRECTORY: &[Rule] = &[
    rule("users", "User.Read.All"),
    rule("groups", "GroupMember.Read.All or Group.Read.All"),
    rule("places", "Place.Read.All"),
    rule("contacts", "OrgContact.Read.All"),
    rule("organization", "Organization.Read.All"),
    rule("directory", "User.Read.All"),
    rule("reports", "Reports.Read.All"),
    rule("subscribedskus", "LicenseAssignment.Read.All"),
    rule("admin", "ExchangeMessageTrace.Read.All"),
];

/// Below `admin`, the most significant segment first.
const ADMIN: &[Rule] = &[
    rule("items", "MailboxItem.Read.All"),
    rule("folders", "MailboxFolder.Read.All"),
];

/// Below a group.
const GROUP: &[Rule] = &[
    rule("conversations", "Group-Conversation.Read.All"),
    rule("threads", "Group-Conversation.Read.All"),
];

/// The permission for a request with this path, below `/v1.0` and perhaps with a query.
pub(super) fn needed(path: &str) -> Option<&'static str> {
    // docs/graph.md#sign-ins
    if path.starts_with("/users?") && path.contains("signInActivity") {
        return Some("AuditLog.Read.All, besides User.Read.All,");
    }
    let path = path
        .split('?')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    // `mailFolders('Inbox')` is `mailFolders/inbox`.
    let mut segments = path
        .split('/')
        .filter(|s| !s.is_empty())
        .map(|s| s.split('(').next().unwrap_or(s));
    let root = segments.next()?;
    let find =
        |rules: &'static [Rule], segment: &str| rules.iter().find(|rule| rule.segment == segment);
    // After `users` comes the mailbox itself, whose name may look like any segment.
    let below: Vec<_> = segments.skip(1).collect();
    let mailbox = || MAILBOX.iter().find(|rule| below.contains(&rule.segment));
    let group = || below.first().and_then(|segment| find(GROUP, segment));
    let rule = match root {
        "users" => mailbox().or_else(|| find(DIRECTORY, root)),
        "admin" => {
            let admin = ADMIN.iter().find(|rule| below.contains(&rule.segment));
            admin.or_else(|| find(DIRECTORY, root))
        }
        "groups" => group().or_else(|| find(DIRECTORY, root)),
        "me" => None,
        _ => find(DIRECTORY, root),
    }?;
    Some(rule.read)
}

#[cfg(test)]
mod tests {
    use super::needed;

    #[test]
    fn paths_tell_their_permission() {
        for (path, read) in [
            ("/users/messages/contacts?$filter=x/events", "Contacts.Read"),
            ("/users/a/mailFolders('Inbox')/messages?$top=1", "Mail.Read"),
            (
                "/users/a/mailfolders/inbox/messageRules",
                "MailboxSettings.Read",
            ),
            ("/users/a/calendarView?startDateTime=1", "Calendars.Read"),
            ("/users/a/calendars/messages/events", "Calendars.Read"),
            ("/users/a", "User.Read.All"),
            ("/users", "User.Read.All"),
            ("/contacts", "OrgContact.Read.All"),
            ("/places/microsoft.graph.room", "Place.Read.All"),
            (
                "/groups/g/threads/conversations/posts",
                "Group-Conversation.Read.All",
            ),
            (
                "/groups/threads/members",
                "GroupMember.Read.All or Group.Read.All",
            ),
            ("/users/a/todo/lists", "Tasks.Read.All"),
            ("/users/a/sendMail", "Mail.Send"),
            ("/subscribedSkus", "LicenseAssignment.Read.All"),
            (
                "/users?$select=id,signInActivity&$top=120",
                "AuditLog.Read.All, besides User.Read.All,",
            ),
            (
                "/admin/exchange/tracing/messageTraces?$top=1",
                "ExchangeMessageTrace.Read.All",
            ),
            (
                "/admin/exchange/mailboxes/MBX:a@b/folders?$select=id",
                "MailboxFolder.Read.All",
            ),
            (
                "/admin/exchange/mailboxes/MBX:a@b/folders/f/items",
                "MailboxItem.Read.All",
            ),
            (
                "/reports/getMailboxUsageDetail(period='D7')",
                "Reports.Read.All",
            ),
        ] {
            assert_eq!(needed(path), Some(read), "{path}");
        }
        assert_eq!(needed("/drives"), None);
    }
}

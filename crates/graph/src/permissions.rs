//! Which application permission a refused request most likely lacks (docs/graph.md#permissions).

/// Application permissions to read and to write what a path names; least first.
struct Rule {
    /// The first segment that tells, in lower case.
    segment: &'static str,
    read: &'static str,
    write: &'static str,
}

const fn rule(segment: &'static str, read: &'static str, write: &'static str) -> Rule {
    Rule {
        segment,
        read,
        write,
    }
}

/// Below a mailbox, most telling segment first: `mailFolders/inbox/messageRules` are rules.
const MAILBOX: &[Rule] = &[
    rule(
        "messagerules",
        "MailboxSettings.Read",
        "MailboxSettings.ReadWrite",
    ),
    rule(
        "mailboxsettings",
        "MailboxSettings.Read",
        "MailboxSettings.ReadWrite",
    ),
    rule(
        "mastercategories",
        "MailboxSettings.Read",
        "MailboxSettings.ReadWrite",
    ),
    rule("sendmail", "Mail.Send", "Mail.Send"),
    rule("send", "Mail.Send", "Mail.Send"),
    rule("todo", "Tasks.Read.All", "Tasks.ReadWrite.All"),
    rule("calendarview", "Calendars.Read", "Calendars.ReadWrite"),
    rule("calendars", "Calendars.Read", "Calendars.ReadWrite"),
    rule("calendar", "Calendars.Read", "Calendars.ReadWrite"),
    rule("calendargroups", "Calendars.Read", "Calendars.ReadWrite"),
    rule("events", "Calendars.Read", "Calendars.ReadWrite"),
    rule("contacts", "Contacts.Read", "Contacts.ReadWrite"),
    rule("contactfolders", "Contacts.Read", "Contacts.ReadWrite"),
    rule("people", "People.Read.All", "People.Read.All"),
    rule("messages", "Mail.Read", "Mail.ReadWrite"),
    rule("mailfolders", "Mail.Read", "Mail.ReadWrite"),
    rule("inferenceclassification", "Mail.Read", "Mail.ReadWrite"),
    rule("getmailtips", "Mail.Read", "Mail.Read"),
];

const DIRECTORY: &[Rule] = &[
    rule("users", "User.Read.All", "User.ReadWrite.All"),
    rule(
        "groups",
        "GroupMember.Read.All or Group.Read.All",
        "Group.ReadWrite.All",
    ),
    rule("places", "Place.Read.All", "Place.ReadWrite.All"),
    rule("contacts", "OrgContact.Read.All", "OrgContact.Read.All"),
    rule(
        "organization",
        "Organization.Read.All",
        "Organization.ReadWrite.All",
    ),
];

/// The permission for a request with this path, below `/v1.0` and perhaps with a query.
pub(super) fn needed(path: &str, writes: bool) -> Option<&'static str> {
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
    // Behind `users` comes the mailbox itself, whose name may read like anything.
    let below: Vec<_> = segments.skip(1).collect();
    let mailbox = || MAILBOX.iter().find(|rule| below.contains(&rule.segment));
    let rule = match root {
        "users" => mailbox().or_else(|| find(DIRECTORY, root)),
        "me" => None,
        _ => find(DIRECTORY, root),
    }?;
    Some(if writes { rule.write } else { rule.read })
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
            ("/users/a/todo/lists", "Tasks.Read.All"),
        ] {
            assert_eq!(needed(path, false), Some(read), "{path}");
        }
        assert_eq!(needed("/users/a/sendMail", true), Some("Mail.Send"));
        assert_eq!(needed("/users/a/events", true), Some("Calendars.ReadWrite"));
        assert_eq!(needed("/drives", false), None);
    }
}

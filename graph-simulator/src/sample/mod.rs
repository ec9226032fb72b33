//! The default tenant of the simulator: three users, one of them with three hundred real e-mails, a
//! week of appointments, her contacts, tasks and settings; and groups, rooms and contacts of the
//! organization.
//!
//! It is compiled in, so the binary needs no files. `graph-simulator/sample/README.md` gives the
//! source of the e-mails.

mod address_book;
mod agenda;
mod conversations;
mod directory;
mod invitations;
mod mailbox_api;
mod moment;
mod names;
mod office;
mod tasks;
#[cfg(test)]
mod tests;
mod traces;

use moment::moment;
use serde_json::json;

use crate::entities::folder::CONTACTS;
use crate::entities::ids::Ids;
use crate::entities::user::{Purpose, User as UserFacts};
use crate::generate::{Options, mailbox_of};
use crate::import::Importer;
use crate::model::{Application, Item, Mailbox, Reports, Tenant, User};

pub use crate::generate::{CLIENT_ID, CLIENT_SECRET};
pub use names::{DOMAIN, TENANT_ID};

/// The user with the real e-mails.
pub const ADELE: &str = "adele.vance@contoso.example";
/// A user with a small generated mailbox.
pub const ALEX: &str = "alex.wilber@contoso.example";
/// A guest, who has no mailbox.
pub const GUEST: &str = "nadia.haddad_fabrikam.example#EXT#@contoso.example";

/// First day of the calendar's week, and the day after its last.
pub const WEEK: (&str, &str) = ("2002-09-16T00:00:00Z", "2002-09-23T00:00:00Z");

/// The last day of the reports of usage: the mail is from the weeks before.
const REFRESHED: &str = "2002-10-10";

/// The folders with e-mails, and their content.
const FILES: &[(&str, &[u8])] = &[
    ("Inbox", include_bytes!("../../sample/inbox.mbox.gz")),
    (
        "Inbox/Lists/Exmh",
        include_bytes!("../../sample/inbox-lists-exmh.mbox.gz"),
    ),
    (
        "Inbox/Lists/FoRK",
        include_bytes!("../../sample/inbox-lists-fork.mbox.gz"),
    ),
    (
        "Inbox/Lists/Forteana",
        include_bytes!("../../sample/inbox-lists-forteana.mbox.gz"),
    ),
    (
        "Inbox/Lists/ILUG",
        include_bytes!("../../sample/inbox-lists-ilug.mbox.gz"),
    ),
    (
        "Inbox/Lists/Razor",
        include_bytes!("../../sample/inbox-lists-razor.mbox.gz"),
    ),
    (
        "Inbox/Lists/RPM",
        include_bytes!("../../sample/inbox-lists-rpm.mbox.gz"),
    ),
    (
        "Inbox/Lists/SpamAssassin",
        include_bytes!("../../sample/inbox-lists-spamassassin.mbox.gz"),
    ),
    (
        "Inbox/News",
        include_bytes!("../../sample/inbox-news.mbox.gz"),
    ),
    (
        "Inbox/Newsletters",
        include_bytes!("../../sample/inbox-newsletters.mbox.gz"),
    ),
    ("Archive", include_bytes!("../../sample/archive.mbox.gz")),
    (
        "Deleted Items",
        include_bytes!("../../sample/deleted-items.mbox.gz"),
    ),
    (
        "Junk Email",
        include_bytes!("../../sample/junk-email.mbox.gz"),
    ),
];

/// A new copy of the tenant, always the same.
///
/// The first two messages in the inbox have ids that differ only in the case of one letter.
pub fn tenant() -> Tenant {
    let adele = adele();
    let alex = alex();
    let guest = guest();
    let ids = [&adele, &alex, &guest].map(|user| user.id.as_str());
    let mut tenant = Tenant {
        id: TENANT_ID.into(),
        domain: DOMAIN.into(),
        applications: vec![Application {
            client_id: CLIENT_ID.into(),
            client_secret: CLIENT_SECRET.into(),
            ..Application::default()
        }],
        users: vec![
            User {
                entity: adele.entity(),
                mailbox: Some(adeles_mailbox(&adele)),
            },
            User {
                entity: alex.entity(),
                mailbox: Some(alexs_mailbox(&alex)),
            },
            User {
                entity: guest.entity(),
                mailbox: None,
            },
        ],
        groups: directory::groups(ids),
        group_conversations: Vec::new(),
        group_threads: Vec::new(),
        group_posts: Vec::new(),
        org_contacts: directory::org_contacts(),
        organization: directory::organization(),
        rooms: directory::rooms(),
        workspaces: directory::workspaces(),
        room_lists: directory::room_lists(),
        deleted_users: vec![directory::deleted_user()],
        subscribed_skus: directory::subscribed_skus(),
        traces: traces::traces(),
        reports: Reports {
            refreshed: REFRESHED.to_owned(),
            ..Reports::default()
        },
    };
    office::set_automatic_replies(&mut tenant.users[0].entity);
    conversations::fill(&mut tenant);
    directory::set_managers_and_sign_ins(&mut tenant.users);
    tenant
}

fn adeles_mailbox(adele: &UserFacts) -> Mailbox {
    let mut importer = Importer::new(&adele.address());
    importer.make_twins();
    for (folder, file) in FILES {
        importer
            .mbox(folder, *file)
            .unwrap_or_else(|error| panic!("the sample of {folder} is damaged: {error}"));
    }
    for (number, message) in importer.messages_mut().iter_mut().enumerate() {
        touch(message, number);
    }
    let mut mailbox = importer.finish();
    let ids = Ids::new(&adele.principal_name);
    let default_calendar = mailbox.calendars[0]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    mailbox.calendars.push(agenda::team_calendar(adele, &ids));
    mailbox.events = agenda::events(adele, &ids, &default_calendar);
    mailbox.contact_folders = address_book::folders(&ids, &mailbox.root_folder_id);
    mailbox.contacts = address_book::contacts(&ids, &ids.folder(CONTACTS));
    office::fill(&mut mailbox, &ids);
    tasks::fill(&mut mailbox, &ids);
    mailbox_api::fill(&mut mailbox);
    mailbox
}

fn alexs_mailbox(alex: &UserFacts) -> Mailbox {
    let mut mailbox = mailbox_of(&small_mailbox(), alex);
    invitations::add(
        &mut mailbox,
        &alex.address(),
        &Ids::new(&alex.principal_name),
    );
    mailbox
}

/// Actions of the mailbox's owner: some messages are unread, some are flagged.
fn touch(message: &mut Item, number: usize) {
    if number % 6 == 1 {
        message.entity.insert("isRead".into(), false.into());
    }
    if number % 25 == 3 {
        message
            .entity
            .insert("flag".into(), json!({ "flagStatus": "flagged" }));
    }
    if number % 20 == 7 {
        message
            .entity
            .insert("categories".into(), json!(["Red category"]));
    }
}

fn adele() -> UserFacts {
    UserFacts {
        id: "87d349ed-44d7-43e1-9a83-5f2406dee5bd".into(),
        principal_name: ADELE.into(),
        mail: Some(ADELE.into()),
        display_name: "Adele Vance".into(),
        given_name: Some("Adele".into()),
        surname: Some("Vance".into()),
        job_title: Some("Release Manager".into()),
        department: Some("Engineering".into()),
        company_name: Some("Contoso".into()),
        office_location: Some("18/2111".into()),
        business_phones: vec!["+353 1 555 0109".into()],
        mobile_phone: Some("+353 87 555 0109".into()),
        city: Some("Dublin".into()),
        country: Some("IE".into()),
        preferred_language: Some("en-IE".into()),
        time_zone: "GMT Standard Time".into(),
        employee_id: Some("10001".into()),
        created: moment("2001-03-01T09:00:00Z"),
        ..UserFacts::default()
    }
}

fn alex() -> UserFacts {
    UserFacts {
        id: "6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0".into(),
        principal_name: ALEX.into(),
        mail: Some(ALEX.into()),
        display_name: "Alex Wilber".into(),
        given_name: Some("Alex".into()),
        surname: Some("Wilber".into()),
        job_title: Some("Marketing Assistant".into()),
        department: Some("Marketing".into()),
        company_name: Some("Contoso".into()),
        city: Some("Berlin".into()),
        country: Some("DE".into()),
        preferred_language: Some("de-DE".into()),
        time_zone: "W. Europe Standard Time".into(),
        employee_id: Some("10002".into()),
        created: moment("2002-01-07T08:00:00Z"),
        ..UserFacts::default()
    }
}

fn guest() -> UserFacts {
    UserFacts {
        id: "2d1f0a6c-93be-4b1c-8d75-0f4e6a9b7c21".into(),
        principal_name: GUEST.into(),
        mail: Some("nadia.haddad@fabrikam.example".into()),
        display_name: "Nadia Haddad".into(),
        time_zone: "UTC".into(),
        purpose: Purpose::Guest,
        created: moment("2002-06-10T14:00:00Z"),
        ..UserFacts::default()
    }
}

fn small_mailbox() -> Options {
    Options {
        domain: DOMAIN.into(),
        users: 1,
        shared_mailboxes: 0,
        users_without_mailbox: 0,
        messages: 40,
        folders: 3,
        events: 12,
        contacts: 10,
        from: moment("2002-06-01T00:00:00Z"),
        until: moment("2002-12-01T00:00:00Z"),
        ..Options::default()
    }
}

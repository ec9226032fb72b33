//! Compares the driver with an independent engine: the same statement over the same mailboxes gives
//! the same rows through Microsoft Graph's pages and filters as through SQLite over a full copy.
//!
//! `EXCHANGE_ODBC_STATEMENTS` sets the number of random statements, and `EXCHANGE_ODBC_SEED` the
//! first one's seed (0). A difference is printed with its seed.

mod cell;
mod compare;
mod elements;
mod generate;
mod handwritten;
mod lists;
mod occurrences;
mod reference;
mod rows;
mod sql;
mod zone;

use compare::Both;
use driver_harness::tenant::{self, ALICE, BOB};
use graph_simulator::{Action, Damage, Fault, Flood};

/// With the shares of the other settings, a run tries more than 10,000.
const STATEMENTS: u64 = 7_000;

fn number(variable: &str, default: u64) -> u64 {
    let set = std::env::var(variable).ok();
    set.map_or(default, |text| {
        text.parse().expect("a number in the environment variable")
    })
}

#[test]
fn hand_written_statements_give_the_rows_of_the_reference() {
    let both = Both::start(&[ALICE], "");
    for (driver, reference) in handwritten::all() {
        both.check_text(
            driver,
            if reference.is_empty() {
                driver
            } else {
                reference
            },
        );
    }
    both.finish();
}

#[test]
fn random_statements_give_the_rows_of_the_reference() {
    let both = Both::start(&[ALICE], "PageSize=17;");
    both.check_random(number("EXCHANGE_ODBC_STATEMENTS", STATEMENTS));
    both.finish();
}

/// Random statements would say nothing about joins that are one reading if they had none.
#[test]
fn random_statements_read_tables_and_their_elements_together() {
    for mailboxes in [&[ALICE][..], &[ALICE, BOB]] {
        let list = mailboxes.join(";");
        let both = Both::start(mailboxes, &format!("Mailboxes={{{list}}};"));
        let steps = ["Join with ", ", keeping all rows: elements of "];
        let [all, outer] = both.random_with_steps(1_000, steps);
        let least = if mailboxes.len() > 1 { 1 } else { 5 };
        assert!(all >= 2 * least && outer >= least, "{all}, {outer}");
    }
}

#[test]
fn random_statements_over_two_mailboxes() {
    let both = Both::start(&[ALICE, BOB], &format!("Mailboxes={{{ALICE};{BOB}}};"));
    both.check_random(number("EXCHANGE_ODBC_STATEMENTS", STATEMENTS) / 4);
    both.finish();
}

#[test]
fn push_down_changes_no_rows() {
    for mode in ["Safe", "Off"] {
        let both = Both::start(&[ALICE], &format!("Pushdown={mode};"));
        both.check_random(number("EXCHANGE_ODBC_STATEMENTS", STATEMENTS) / 8);
        both.finish();
    }
}

/// The reference has the rows as the zone shows them.
#[test]
fn statements_in_local_time_give_the_rows_of_the_reference() {
    for zone in ["Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati"] {
        let both = Both::in_zone(&[ALICE], "PageSize=19;", zone);
        both.check_random(number("EXCHANGE_ODBC_STATEMENTS", STATEMENTS) / 10);
        both.finish();
    }
}

#[test]
fn failures_on_the_way_change_no_rows() {
    let mut both = Both::start(&[ALICE], "PageSize=11;");
    both.fail(vec![
        Action::Refuse {
            status: 429,
            code: "ApplicationThrottled".to_owned(),
            message: String::new(),
            retry_after: Some(0.02),
        },
        Action::Refuse {
            status: 503,
            code: "ErrorServerBusy".to_owned(),
            message: String::new(),
            retry_after: Some(0.01),
        },
        Action::Reset,
        Action::Truncate,
        Action::EmptyPage,
        Action::ShortPage,
        Action::RepeatRow,
    ]);
    both.check_random(number("EXCHANGE_ODBC_STATEMENTS", STATEMENTS) / 10);
    both.finish();
}

fn answer(status: u16, content_type: &str, body: &str) -> Action {
    Action::Answer {
        status,
        content_type: content_type.to_owned(),
        body: body.to_owned(),
    }
}

/// Lists that change while they are read, and links that lead nowhere for a while.
#[test]
fn rows_and_folders_that_come_twice_or_vanish_change_no_rows() {
    for mailbox in [ALICE, BOB] {
        let mut both = Both::start(&[mailbox], &format!("PageSize=7;Mailboxes={mailbox};"));
        both.fail(vec![
            Action::ShortPage,
            Action::RepeatRow,
            Action::StartOver,
            Action::VanishEmpty,
            Action::EmptyPage,
            Action::SamePage,
            Action::FirstRows,
        ]);
        both.check_random(number("EXCHANGE_ODBC_STATEMENTS", STATEMENTS) / 14);
        both.finish();
    }
}

/// Damaged replies, and replies that are too large.
#[test]
fn damaged_and_endless_replies_change_no_rows() {
    let mut both = Both::start(&[ALICE], "PageSize=11;MaxReplySize=1;");
    let page = "<html><title>Error 1020</title></html>";
    let mut actions = vec![
        answer(404, "text/html", page),
        answer(404, "application/json", ""),
        answer(404, "application/json", "{}"),
        answer(404, "application/json", r#"{"error":{"code":"x"}}"#),
        answer(200, "text/html", page),
        answer(200, "application/json", ""),
        answer(200, "application/json", "null"),
        Action::End,
    ];
    let damages = [
        Damage::Half,
        Damage::Trailing,
        Damage::ByteOrderMark,
        Damage::NotPacked,
        Damage::ItemLost,
        Damage::ItemTwice,
        Damage::ItemStrange,
        Damage::ItemEmpty,
    ];
    actions.extend(damages.map(|how| Action::Damage { how }));
    both.fail(actions);
    both.check_random(number("EXCHANGE_ODBC_STATEMENTS", STATEMENTS) / 14);
    both.finish();
}

/// A page of several gigabytes is read again in smaller ones.
#[test]
fn replies_of_gigabytes_change_no_rows() {
    let both = Both::start(&[ALICE], "PageSize=40;MaxReplySize=1;");
    for (path, sql) in [
        ("*/messages", "SELECT id, subject FROM Messages"),
        (
            "*/messages",
            "SELECT COUNT(*) FROM Messages WHERE isRead = 1",
        ),
        ("*/mailFolders", "SELECT id, displayName FROM MailFolders"),
        ("*/childFolders", "SELECT id, path FROM MailFolders"),
        ("*/messages", "SELECT id FROM MessageAttachments"),
        ("/$batch", "SELECT id FROM MessageAttachments"),
        ("*/calendars", "SELECT id FROM Events"),
        ("*/events", "SELECT id FROM Events"),
        ("*/contacts", "SELECT id FROM Contacts"),
        ("/users", "SELECT id FROM Users"),
    ] {
        for of in [Flood::Rows, Flood::Space, Flood::Text] {
            let flood = Action::Flood {
                status: 200,
                of,
                bytes: 4 << 30,
                gzip: true,
            };
            both.fail_once(Fault::once(path, flood));
            both.check_text(sql, sql);
        }
    }
    both.finish();
}

/// Messages, folders and events that their lists leave out are never rows, whichever way the
/// statement is read.
#[test]
fn every_way_to_a_row_gives_the_rows_of_the_list() {
    let tenant = tenant::odd();
    for name in [ALICE, BOB] {
        let both = Both::start(&[name], &format!("Mailboxes={name};"));
        let mailbox = tenant::user(&tenant, name).mailbox.as_ref();
        let mailbox = mailbox.expect("mail");
        let text = tenant::text;
        let listed: Vec<&str> = tenant::messages(mailbox)
            .map(|message| text(&message.entity, "id"))
            .collect();
        let all = mailbox
            .messages
            .iter()
            .map(|message| text(&message.entity, "id"));
        let unlisted: Vec<&str> = all.filter(|id| !listed.contains(id)).collect();
        assert!(!unlisted.is_empty());
        let mut statements = Vec::new();
        for ids in [
            &unlisted[..],
            &[listed[0], unlisted[0]],
            &[unlisted[0]],
            &listed[..2],
        ] {
            let list = ids.iter().map(|id| format!("'{id}'"));
            let list = list.collect::<Vec<_>>().join(", ");
            statements.push(format!(
                "SELECT id, subject FROM Messages WHERE id IN ({list})"
            ));
            statements.push(format!(
                "SELECT id FROM MessageAttachments WHERE messageId IN ({list})"
            ));
        }
        for folder in &mailbox.folders {
            let (id, name) = (
                text(&folder.entity, "id"),
                text(&folder.entity, "displayName"),
            );
            let name = name.replace('\'', "''");
            statements.push(format!(
                "SELECT id FROM Messages WHERE parentFolderId = '{id}'"
            ));
            statements.push(format!(
                "SELECT id, displayName FROM MailFolders WHERE id = '{id}'"
            ));
            statements.push(format!(
                "SELECT m.id FROM Messages m JOIN MailFolders f ON m.parentFolderId = f.id WHERE f.displayName = '{name}'"
            ));
        }
        for event in &mailbox.events {
            let id = text(&event.entity, "id");
            statements.push(format!("SELECT id, subject FROM Events WHERE id = '{id}'"));
            statements.push(format!(
                "SELECT id, name FROM EventAttachments WHERE eventId = '{id}'"
            ));
        }
        for sql in statements {
            both.check_text(&sql, &sql);
        }
        both.finish();
    }
}

/// Graph has several names for some rows; they still come once.
#[test]
fn rows_that_graph_knows_under_two_names_come_once() {
    let both = Both::start(&[ALICE], "");
    let tenant = tenant::odd();
    let mailbox = tenant::user(&tenant, ALICE)
        .mailbox
        .as_ref()
        .expect("Alice has a mailbox");
    let inbox = tenant::text(&mailbox.folders[0].entity, "id");
    let user = tenant::text(&tenant.users[0].entity, "id");
    for sql in [
        format!("SELECT id FROM Messages WHERE parentFolderId IN ('inbox', '{inbox}', 'INBOX')"),
        format!("SELECT id, displayName FROM MailFolders WHERE id IN ('inbox', '{inbox}')"),
        format!(
            "SELECT id FROM Users WHERE id IN ('{user}', '{ALICE}', '{}')",
            user.to_uppercase()
        ),
    ] {
        both.check_text(&sql, &sql);
    }
}

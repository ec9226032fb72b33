//! The driver against an independent engine: the same statement over the same mailboxes gives the
//! same rows, through Microsoft Graph's pages and filters as through SQLite over a full copy.
//!
//! `EXCHANGE_ODBC_STATEMENTS` sets how many random statements are tried, and
//! `EXCHANGE_ODBC_SEED` the first one's seed (0). A difference is printed with its seed.

// Entities are written in one piece.
#![recursion_limit = "256"]

mod cell;
#[path = "../common/mod.rs"]
mod common;
mod compare;
mod generate;
mod handwritten;
mod lists;
mod reference;
mod rows;
mod sql;
#[path = "../support/mod.rs"]
mod support;

use common::tenant::{ALICE, BOB};
use compare::Both;
use graph_simulator::Action;

/// With the shares that the other settings get, a run tries more than 10,000.
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
        Action::RepeatRow,
    ]);
    both.check_random(number("EXCHANGE_ODBC_STATEMENTS", STATEMENTS) / 10);
    both.finish();
}

/// Graph knows some rows under more than one name; they come once all the same.
#[test]
fn rows_that_graph_knows_under_two_names_come_once() {
    let both = Both::start(&[ALICE], "");
    let tenant = common::tenant::odd();
    let mailbox = common::tenant::user(&tenant, ALICE)
        .mailbox
        .as_ref()
        .expect("Alice has a mailbox");
    let inbox = common::tenant::text(&mailbox.folders[0].entity, "id");
    let user = common::tenant::text(&tenant.users[0].entity, "id");
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

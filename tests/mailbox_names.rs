//! Names of mailboxes are without case: in conditions, lists and joins, in the settings, and whatever
//! the plan is.

use driver_harness::client::{self, Connection, Parameter, Row};
use driver_harness::simulator;
use driver_harness::tenant::{self, ALICE, BOB};
use graph_simulator::Simulator;

/// Alice's name as nobody else writes it.
const ODD: &str = "aLiCe@Contoso.EXAMPLE";

/// Settings that change where conditions are checked.
const PLANS: &[&str] = &["", "Pushdown=Off;", "PageSize=7;"];

struct Opened {
    connection: Connection,
    simulator: Simulator,
}

fn open(keys: &str) -> Opened {
    let simulator = simulator::start(tenant::odd());
    let text = format!("{}{keys}", simulator::credentials(&simulator));
    let connection = client::connect(&text).expect("the application may log in");
    Opened {
        connection,
        simulator,
    }
}

/// A connection with Alice's mailbox, whose name is written in an odd way.
fn alice(keys: &str) -> Opened {
    open(&format!("UserID={ODD};{keys}"))
}

impl Opened {
    fn rows(&self, sql: &str) -> Vec<Row> {
        let rows = self.connection.query(sql);
        rows.unwrap_or_else(|failure| panic!("{sql}: {failure}"))
    }

    fn number(&self, sql: &str) -> u32 {
        let rows = self.rows(sql);
        rows[0][0].as_deref().unwrap().parse().unwrap()
    }

    /// The paths of a statement's requests that begin in this way, up to the mailbox.
    fn mailboxes_read(&self, sql: &str) -> Vec<String> {
        self.simulator.clear_log();
        self.rows(sql);
        let entries = simulator::requests(&self.simulator).into_iter();
        let names = entries.filter_map(|entry| {
            let (_, path) = entry.path.split_once("/users/")?;
            Some(path.split('/').next()?.to_owned())
        });
        let mut names: Vec<String> = names.collect();
        names.sort();
        names.dedup();
        names
    }
}

fn contacts_of(opened: &Opened, mailbox: &str) -> u32 {
    opened.number(&format!(
        "SELECT COUNT(*) FROM Contacts WHERE mailbox = '{mailbox}'"
    ))
}

#[test]
fn the_column_shows_one_spelling() {
    for keys in [
        format!("UserID={ODD};"),
        format!("Mailboxes={ODD};"),
        format!("Mailboxes={{{ODD};{ALICE}}};"),
        "Mailboxes=*;".to_owned(),
    ] {
        let opened = open(&keys);
        let rows = opened.rows("SELECT DISTINCT mailbox FROM Contacts ORDER BY mailbox");
        assert_eq!(rows[0], [Some(ALICE.to_owned())], "{keys}");
        let id = "SELECT id FROM Contacts";
        let distinct = "SELECT DISTINCT mailbox, id FROM Contacts";
        assert_eq!(opened.rows(id).len(), opened.rows(distinct).len(), "{keys}");
    }
}

#[test]
fn a_mailbox_that_is_named_in_two_ways_is_read_once() {
    for plan in PLANS {
        let opened = alice(plan);
        let count = opened.number("SELECT COUNT(*) FROM Contacts");
        assert!(count > 0);
        for condition in [
            format!("mailbox IN ('{ALICE}', '{ODD}')"),
            format!("mailbox = '{ALICE}' OR mailbox = '{ODD}'"),
            format!("mailbox = '{}'", ALICE.to_uppercase()),
            format!("'{ODD}' = mailbox"),
            format!("mailbox IN (SELECT '{ODD}' UNION ALL SELECT '{ALICE}')"),
            format!("mailbox = (SELECT '{ODD}')"),
            format!("mailbox = ANY (SELECT '{ODD}')"),
            format!("EXISTS (SELECT 1 FROM (SELECT '{ODD}' AS name) AS t WHERE t.name = mailbox)"),
            "mailbox BETWEEN 'ALICE' AND 'ALICF'".to_owned(),
            "mailbox LIKE 'ALICE@%'".to_owned(),
            format!("NOT mailbox <> '{ODD}'"),
            format!("mailbox IS NOT DISTINCT FROM '{ODD}'"),
            format!("CASE mailbox WHEN '{ODD}' THEN 1 END = 1"),
            format!("NULLIF(mailbox, '{ODD}') IS NULL"),
        ] {
            let sql = format!("SELECT COUNT(*) FROM Contacts WHERE {condition}");
            assert_eq!(opened.number(&sql), count, "{plan} {condition}");
            // Without push-down, the values of subqueries come too late.
            if !(condition.contains("SELECT") && plan.contains("Off")) {
                assert_eq!(opened.mailboxes_read(&sql), [ALICE], "{plan} {condition}");
            }
        }
        for condition in [
            format!("mailbox <> '{ODD}'"),
            format!("mailbox NOT IN ('x', '{ODD}')"),
            format!("mailbox NOT IN (SELECT '{ODD}')"),
            "mailbox NOT LIKE 'ALICE@%'".to_owned(),
            format!("mailbox > '{}'", ALICE.to_uppercase()),
        ] {
            let sql = format!("SELECT COUNT(*) FROM Contacts WHERE {condition}");
            assert_eq!(opened.number(&sql), 0, "{plan} {condition}");
        }
    }
}

#[test]
fn explain_shows_one_mailbox() {
    let opened = alice("");
    let sql = format!("EXPLAIN SELECT id FROM Contacts WHERE mailbox IN ('{ALICE}', '{ODD}')");
    let rows = opened.rows(&sql);
    let text: Vec<String> = rows.into_iter().flatten().flatten().collect();
    let text = text.join("\n");
    assert!(text.contains(ALICE), "{text}");
    assert!(
        !text.contains("more mailbox") && !text.contains(ODD),
        "{text}"
    );
}

#[test]
fn parameters_name_mailboxes_in_any_case() {
    let opened = open("");
    let sql = "SELECT COUNT(*) FROM Contacts WHERE mailbox IN (?, ?)";
    let parameters = [ODD, ALICE].map(|name| Parameter::Text(name.to_owned()));
    let mut statement = opened.connection.execute_with(sql, &parameters).unwrap();
    let found = statement.rows().unwrap()[0][0].clone().unwrap();
    assert_eq!(found, contacts_of(&opened, ALICE).to_string());
}

/// `mail` is in upper case in the tenant's directory, `userPrincipalName` in lower case.
#[test]
fn joins_with_the_directory_match_in_any_case() {
    for plan in PLANS {
        let opened = alice(plan);
        let count = opened.number("SELECT COUNT(*) FROM Contacts");
        for from in [
            "Contacts c JOIN Users u ON c.mailbox = u.userPrincipalName",
            "Users u JOIN Contacts c ON u.mail = c.mailbox",
            "Contacts c LEFT JOIN Users u ON u.mail = c.mailbox WHERE u.mail IS NOT NULL",
            "Contacts c, Users u WHERE u.mail = c.mailbox",
            "Contacts c JOIN Users u ON u.mail >= c.mailbox AND u.mail <= c.mailbox",
            "(SELECT mailbox AS box FROM Contacts GROUP BY mailbox, id) c JOIN Users u ON c.box = u.mail",
            "Contacts c WHERE mailbox IN (SELECT mail FROM Users WHERE mail LIKE 'ALICE%')",
            "Contacts c WHERE mailbox = (SELECT mail FROM Users WHERE mail LIKE 'ALICE%')",
        ] {
            let found = opened.number(&format!("SELECT COUNT(*) FROM {from}"));
            assert_eq!(found, count, "{plan} {from}");
        }
        for sql in [
            "SELECT COUNT(*) FROM Users WHERE mail IN (SELECT mailbox FROM Contacts)",
            "SELECT COUNT(*) FROM Users u WHERE EXISTS (SELECT 1 FROM Contacts c WHERE c.mailbox = u.mail)",
            "SELECT COUNT(*) FROM Users WHERE mail = (SELECT MIN(mailbox) FROM Contacts)",
            "SELECT COUNT(*) FROM (SELECT mailbox FROM Contacts INTERSECT SELECT mail FROM Users) AS t",
        ] {
            assert_eq!(opened.number(sql), 1, "{plan} {sql}");
        }
    }
}

/// Only a list names mailboxes, though the engine makes the same joins of other conditions.
#[test]
fn what_only_looks_like_a_list_leaves_the_mailboxes_of_the_connection() {
    for plan in PLANS {
        let opened = alice(plan);
        let alices = opened.number("SELECT COUNT(*) FROM Contacts");
        for condition in [
            "(SELECT MIN(u.userPrincipalName) FROM Users u WHERE u.userPrincipalName = c.mailbox) IS NOT NULL",
            "EXISTS (SELECT 1 FROM Users u WHERE u.userPrincipalName = c.mailbox)",
            "EXISTS (SELECT 1 FROM Users u WHERE u.mail = c.mailbox AND u.mail <> c.id)",
        ] {
            let sql = format!("SELECT COUNT(*) FROM Contacts c WHERE {condition}");
            assert_eq!(opened.number(&sql), alices, "{plan} {sql}");
        }
        let sql = "SELECT COUNT(*) FROM (SELECT DISTINCT c.id FROM Contacts c JOIN (SELECT userPrincipalName \
                   FROM Users GROUP BY userPrincipalName) u ON u.userPrincipalName = c.mailbox) AS t";
        assert_eq!(opened.number(sql), alices, "{plan} {sql}");
        let both = alices + contacts_of(&opened, BOB);
        let sql = "SELECT COUNT(*) FROM Contacts c WHERE mailbox IN (SELECT userPrincipalName FROM Users WHERE \
                   userPrincipalName LIKE 'alice@%' OR userPrincipalName LIKE 'bob@%')";
        assert_eq!(opened.number(sql), both, "{plan} {sql}");
    }
}

/// Without a mailbox of the connection, a join chooses the mailboxes.
#[test]
fn a_join_chooses_mailboxes_in_any_case() {
    let opened = open("");
    let count = contacts_of(&opened, BOB);
    let sql = "SELECT COUNT(*) FROM Users u JOIN Contacts c ON c.mailbox = u.mail WHERE u.mail LIKE 'BOB@%'";
    assert_eq!(opened.number(sql), count);
    assert_eq!(opened.mailboxes_read(sql), [BOB]);
}

/// Only the column itself is without case: other texts are compared exactly, though rows of a
/// mailbox are beside them.
#[test]
fn other_texts_are_compared_exactly() {
    let opened = alice("");
    let mixed = "SELECT COUNT(*) FROM (SELECT mailbox AS name FROM Contacts UNION ALL SELECT mail FROM Users) AS t";
    let upper = ALICE.to_uppercase();
    assert_eq!(opened.number(&format!("{mixed} WHERE name = '{upper}'")), 1);
    assert_eq!(opened.number(&format!("{mixed} WHERE name = '{ODD}'")), 0);
    let users = "SELECT COUNT(*) FROM Users WHERE";
    assert_eq!(opened.number(&format!("{users} mail = '{ALICE}'")), 0);
    let list = format!(
        "{users} '{upper}' IN (mail, (SELECT MIN(mailbox) FROM Contacts)) AND mail = '{upper}'"
    );
    assert_eq!(opened.number(&list), 1);
    opened.rows("SELECT 1");
}

/// The value that NULLIF compares is also its result.
#[test]
fn nullif_compares_without_case_and_keeps_the_value() {
    let opened = alice("");
    let sql = format!(
        "SELECT DISTINCT NULLIF('Bob@X', mailbox), NULLIF('{ODD}', mailbox), NULLIF(mailbox, 'x') FROM Contacts"
    );
    let expected = [Some("Bob@X".to_owned()), None, Some(ALICE.to_owned())];
    assert_eq!(opened.rows(&sql), [expected]);
}

/// Most users of a directory may have no mailbox at all.
#[test]
fn settings_of_every_mailbox_leave_out_users_without_one() {
    let opened = alice("OnMailboxError=Skip;");
    let sql = "SELECT mailbox FROM MailboxSettings WHERE mailbox IN (SELECT userPrincipalName FROM Users) \
               ORDER BY mailbox";
    let found = opened.rows(sql);
    assert_eq!(found, [[Some(ALICE.to_owned())], [Some(BOB.to_owned())]]);
    let purposes = "SELECT COUNT(DISTINCT mailbox) FROM MailboxSettings WHERE userPurpose IS NOT NULL OR id = mailbox";
    assert_eq!(opened.number(purposes), 1);
    assert_eq!(
        opened.number(&format!(
            "SELECT COUNT(*) FROM MailboxSettings WHERE id = '{ODD}'"
        )),
        1
    );
}

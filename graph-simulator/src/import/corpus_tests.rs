//! The public corpus of SpamAssassin: 6,046 real messages with all features of real mail.
//!
//! Most of it does not belong to the project. The test looks for it in `MAIL_CORPUS` and beside the
//! project; without it the test reports that it was skipped.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::*;
use crate::entities::testing;

const FILES: &[(&str, usize)] = &[
    ("easy-ham-1", 2500),
    ("easy-ham-2", 1400),
    ("hard-ham-1", 250),
    ("spam-1", 500),
    ("spam-2", 1396),
];

fn corpus() -> Option<PathBuf> {
    let path = std::env::var_os("MAIL_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/mail"),
        PathBuf::from,
    );
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: there is no mail at {}", path.display());
    None
}

#[test]
fn every_message_is_imported() {
    let Some(path) = corpus() else {
        return;
    };
    let mut importer = Importer::new(&Address::new("Ann", "ann@contoso.example"));
    for (name, count) in FILES {
        let file = path.join(format!("{name}.mbox.gz"));
        assert_eq!(importer.file(name, &file).unwrap(), *count, "{name}");
    }
    let mailbox = importer.finish();
    testing::check_mailbox(&mailbox);
    let ids: HashSet<&str> = mailbox
        .messages
        .iter()
        .map(|item| item.entity["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 6046);
    // Three have text that was damaged before it came into the corpus, three are pictures alone.
    let damaged = |item: &&Item| format!("{:?}", item.entity).contains('\u{fffd}');
    assert_eq!(mailbox.messages.iter().filter(damaged).count(), 3);
    let empty = |item: &&Item| item.entity["body"]["content"] == "";
    assert_eq!(mailbox.messages.iter().filter(empty).count(), 3);
    let in_html = |item: &&Item| item.entity["body"]["contentType"] == "html";
    assert!(mailbox.messages.iter().filter(in_html).count() > 1_200);
    let conversations: HashSet<&str> = mailbox
        .messages
        .iter()
        .map(|item| item.entity["conversationId"].as_str().unwrap())
        .collect();
    assert!((4_000..4_300).contains(&conversations.len()));
}

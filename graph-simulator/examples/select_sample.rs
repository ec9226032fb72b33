//! Chooses the e-mails of the sample mailbox from the public corpus of SpamAssassin, and writes them
//! to `sample/`, one mbox file for each folder. The same corpus gives the same files.
//!
//! ```text
//! cargo run --release -p graph-simulator --example select_sample -- CORPUS_FOLDER graph-simulator/sample
//! ```
//!
//! The corpus folder has `easy-ham-1.mbox.gz` and its four siblings. From each group come the
//! messages with the most new features (charset, kind of body and attachments, list, month, headers),
//! and then others at even distances. Long, indecent or harmful messages are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use graph_simulator::entities::Address;
use graph_simulator::import::{Importer, Messages, RawMessage};
use graph_simulator::model::Item;

/// Groups of the corpus, and the number of messages from each.
const GROUPS: &[(&str, usize)] = &[
    ("easy-ham-1", 105),
    ("easy-ham-2", 65),
    ("hard-ham-1", 40),
    ("spam-1", 40),
    ("spam-2", 50),
];

/// Longest message, and longest one with attachments.
const LENGTH: usize = 14_000;
const LENGTH_WITH_ATTACHMENTS: usize = 40_000;

/// Words that are excluded; the longer ones are beginnings of words.
const INDECENT: &[&str] = &[
    "adult", "anal", "babe", "bitch", "breast", "bride", "butt", "cock", "cum", "damn", "dating",
    "enlarge", "erect", "escort", "fag", "fuck", "fucked", "fucking", "gay", "girls", "hardcore",
    "horny", "lesbian", "lolita", "naked", "nude", "orgasm", "penis", "porn", "pussy", "rape",
    "sex", "shit", "singles", "slut", "sexual", "sexy", "suck", "teen", "terror", "tits", "viagra",
    "virgin", "whore", "xxx",
];

/// Names of files that could do harm.
const HARMFUL: &[&str] = &[
    ".exe", ".scr", ".pif", ".bat", ".com\"", ".vbs", ".lnk", ".doc", ".xls", ".zip",
];

/// A mark in a list's headers, and the folder of the list.
const LISTS: &[(&str, &str)] = &[
    ("rssfeeds@", "Inbox/News"),
    ("exmh-", "Inbox/Lists/Exmh"),
    ("fork-admin@", "Inbox/Lists/FoRK"),
    ("ilug-admin@", "Inbox/Lists/ILUG"),
    ("spamassassin-talk-admin@", "Inbox/Lists/SpamAssassin"),
    ("spamassassin-devel-admin@", "Inbox/Lists/SpamAssassin"),
    ("razor-users-admin@", "Inbox/Lists/Razor"),
    ("zzzzteana@", "Inbox/Lists/Forteana"),
    ("rpm-zzzlist", "Inbox/Lists/RPM"),
];

struct Candidate {
    raw: RawMessage,
    folder: &'static str,
    features: BTreeSet<String>,
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [corpus, target] = arguments.as_slice() else {
        return Err(io::Error::other(
            "usage: select_sample CORPUS_FOLDER SAMPLE_FOLDER",
        ));
    };
    let mut chosen: BTreeMap<&str, Vec<RawMessage>> = BTreeMap::new();
    let mut covered = BTreeSet::new();
    for (group, count) in GROUPS {
        let path = Path::new(corpus).join(format!("{group}.mbox.gz"));
        let candidates = candidates(group, &path)?;
        for candidate in choose(candidates, *count, &mut covered) {
            chosen
                .entry(candidate.folder)
                .or_default()
                .push(candidate.raw);
        }
    }
    for (folder, messages) in chosen {
        let name = folder.to_lowercase().replace(['/', ' '], "-");
        let path = Path::new(target).join(format!("{name}.mbox.gz"));
        let mut file = GzEncoder::new(File::create(&path)?, Compression::best());
        for message in &messages {
            message.write(&mut file)?;
        }
        let length = file.finish()?.metadata()?.len();
        println!(
            "{} {} messages, {length} bytes: {folder}",
            path.display(),
            messages.len()
        );
    }
    Ok(())
}

/// The usable messages of a group, the oldest first.
fn candidates(group: &'static str, path: &Path) -> io::Result<Vec<Candidate>> {
    let file = BufReader::new(File::open(path)?);
    let mut candidates = Vec::new();
    for raw in Messages::new(BufReader::new(GzDecoder::new(file))) {
        let raw = raw?;
        let mut importer = Importer::new(&Address::default());
        importer.message("Inbox", &raw.bytes, raw.delivered);
        let item = &importer.messages_mut()[0];
        if !is_fit(&raw, item) {
            continue;
        }
        let time = item.entity["receivedDateTime"].as_str().unwrap_or_default();
        let delivered = time.parse().ok();
        candidates.push(Candidate {
            folder: folder(group, item, candidates.len()),
            features: features(group, item),
            raw: RawMessage { delivered, ..raw },
        });
    }
    candidates.sort_by_key(|candidate| candidate.raw.delivered);
    Ok(candidates)
}

fn is_fit(raw: &RawMessage, item: &Item) -> bool {
    let longest = match item.attachments.is_empty() {
        true => LENGTH,
        false => LENGTH_WITH_ATTACHMENTS,
    };
    let text = String::from_utf8_lossy(&raw.bytes).to_lowercase();
    let body = item.entity["body"]["content"]
        .as_str()
        .unwrap_or_default()
        .to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphabetic());
    let words = words.chain(body.split(|letter: char| !letter.is_alphabetic()));
    let is_decent = !words.into_iter().any(is_indecent);
    let is_harmless = !HARMFUL.iter().any(|name| text.contains(name))
        && !["<script", "<iframe", "<object"]
            .iter()
            .any(|tag| body.contains(tag));
    raw.bytes.len() <= longest && is_decent && is_harmless
}

fn is_indecent(word: &str) -> bool {
    INDECENT.iter().any(|indecent| match indecent.len() {
        ..=4 => word.strip_suffix('s').unwrap_or(word) == *indecent,
        _ => word.starts_with(indecent),
    })
}

/// The folder in which a reader would have put it.
fn folder(group: &str, item: &Item, number: usize) -> &'static str {
    let headers = item.entity["internetMessageHeaders"]
        .to_string()
        .to_lowercase();
    if group.starts_with("spam") {
        return match number % 12 {
            0 => "Deleted Items",
            6 => "Inbox",
            _ => "Junk Email",
        };
    }
    if group.starts_with("hard") {
        return if number.is_multiple_of(3) {
            "Archive"
        } else {
            "Inbox/Newsletters"
        };
    }
    let list = LISTS.iter().find(|(name, _)| headers.contains(name));
    list.map_or("Inbox", |(_, folder)| folder)
}

/// The features of a message.
fn features(group: &str, item: &Item) -> BTreeSet<String> {
    let entity = &item.entity;
    let text = |name: &str| entity[name].as_str().unwrap_or_default();
    let mut features = BTreeSet::new();
    let mut add = |name: &str, value: &str| {
        features.insert(format!("{name} {value}"));
    };
    let headers = entity["internetMessageHeaders"]
        .as_array()
        .into_iter()
        .flatten();
    for header in headers {
        add(
            "header",
            &header["name"].as_str().unwrap_or_default().to_lowercase(),
        );
        let value = header["value"].as_str().unwrap_or_default().to_lowercase();
        if let Some((_, charset)) = value.split_once("charset=") {
            add(
                "charset",
                charset
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .trim_matches('"'),
            );
        }
    }
    for attachment in &item.attachments {
        add(
            "attachment",
            attachment["contentType"].as_str().unwrap_or("message"),
        );
        add("inline", &attachment["isInline"].to_string());
    }
    for character in text("subject").chars().chain(text("bodyPreview").chars()) {
        add("block", &format!("{:x}", u32::from(character) >> 8));
    }
    add(
        "body",
        &format!("{group} {}", entity["body"]["contentType"]),
    );
    add("month", &text("receivedDateTime")[..7]);
    add("importance", text("importance"));
    add("subject is null", &entity["subject"].is_null().to_string());
    add(
        "sender",
        entity["from"]["emailAddress"]["address"]
            .as_str()
            .unwrap_or_default(),
    );
    features
}

/// The messages with the most new features for half of the number, and others at even distances.
fn choose(
    mut candidates: Vec<Candidate>,
    count: usize,
    covered: &mut BTreeSet<String>,
) -> Vec<Candidate> {
    let mut chosen = Vec::new();
    while chosen.len() < count / 2 {
        let news = |candidate: &Candidate| candidate.features.difference(covered).count();
        // The first of the best
        let best = (0..candidates.len())
            .rev()
            .max_by_key(|number| news(&candidates[*number]));
        let Some(best) = best.filter(|best| news(&candidates[*best]) > 0) else {
            break;
        };
        let candidate = candidates.remove(best);
        covered.extend(candidate.features.iter().cloned());
        chosen.push(candidate);
    }
    let missing = count - chosen.len();
    let distance = candidates.len() as f64 / missing as f64;
    let mut number = 0.0;
    for (position, candidate) in candidates.into_iter().enumerate() {
        if position as f64 >= number && chosen.len() < count {
            covered.extend(candidate.features.iter().cloned());
            chosen.push(candidate);
            number += distance;
        }
    }
    chosen.sort_by_key(|candidate| candidate.raw.delivered);
    chosen
}

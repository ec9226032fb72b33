//! Generated mailboxes as they are served: the same seed gives the same replies, in every version.

mod common;

use common::{Reader, generated};
use graph_simulator::entities::ids::digest;
use graph_simulator::generate;
use graph_simulator::model::{Item, Mailbox};
use std::cmp::Reverse;
use std::time::Instant;

fn of(reader: &Reader, paths: &[&str]) -> String {
    let pages = paths.iter().flat_map(|path| reader.pages(path));
    let texts: Vec<String> = pages.map(|page| reader.text(&page)).collect();
    assert!(!texts[0].starts_with("400"), "{}", texts[0]);
    sum(&texts)
}

fn sum(texts: &[String]) -> String {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let bytes = digest(&texts);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A digest of each kind of reply.
fn sums(content: &generate::Options) -> Vec<(&'static str, String)> {
    let reader = Reader::new(content);
    let of = |paths: &[&str]| of(&reader, paths);
    let mut sums = vec![
        ("whole", of(&["/messages?$top=1000"])),
        ("expanded", of(&["/messages?$top=70&$expand=attachments"])),
        (
            "selected",
            of(&[
                "/messages?$top=90&$select=subject,from,receivedDateTime,bodyPreview,isRead",
                "/messages?$top=900&$select=uniqueBody,internetMessageHeaders,toRecipients,flag",
            ]),
        ),
        (
            "filtered",
            of(&[
                "/messages?$top=40&$select=subject&$filter=receivedDateTime ge 2018-03-01T00:00:00Z and \
                 receivedDateTime lt 2019-01-01T00:00:00Z",
                "/messages?$top=40&$select=id&$filter=receivedDateTime ge 2018-03-01T00:00:00Z and isRead eq false",
                "/messages?$top=40&$select=id&$filter=contains(subject,'report')",
                "/messages?$top=40&$select=id&$filter=importance eq 'high' or flag/flagStatus eq 'flagged'",
                "/messages?$top=40&$select=id&$filter=categories/any(c:c eq 'Blue category')",
                "/messages?$top=40&$select=id&$count=true&$filter=hasAttachments eq true",
            ]),
        ),
        (
            "sorted",
            of(&[
                "/messages?$top=200&$select=subject&$orderby=subject desc",
                "/messages?$top=200&$select=id&$orderby=receivedDateTime",
                "/messages?$top=200&$select=id&$orderby=importance,from/emailAddress/address",
            ]),
        ),
        (
            "found",
            of(&[
                "/messages?$top=200&$select=id&$search=\"report\"",
                "/messages?$top=200&$select=id&$search=\"attachment:pdf\"",
                "/messages?$top=200&$select=id&$search=\"from:anna AND hasAttachments:true\"",
            ]),
        ),
        (
            "folders",
            of(&["/mailFolders?$top=1000&includeHiddenFolders=true"]),
        ),
    ];
    let folders = "/mailFolders?$top=1000&includeHiddenFolders=true&$select=id";
    let lists = reader.column(folders, "id").into_iter();
    let lists: Vec<String> = lists
        .map(|id| format!("/mailFolders/{id}/messages?$top=60&$select=id"))
        .collect();
    let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
    sums.push(("in folders", of(&lists)));
    let mut single = Vec::new();
    for id in reader.column("/messages?$top=40&$select=id", "id") {
        single.push(reader.text(&reader.get(&format!("/messages/{id}"))));
        let attachments = reader.get(&format!("/messages/{id}/attachments"));
        single.push(reader.text(&attachments));
        for attachment in attachments.column("id") {
            let path = format!("/messages/{id}/attachments/{attachment}/$value");
            single.push(reader.text(&reader.get(&path)));
        }
    }
    sums.push(("single", sum(&single)));
    sums
}

fn check(content: &generate::Options, expected: &[(&str, &str)]) {
    let sums = sums(content);
    let sums: Vec<(&str, &str)> = sums.iter().map(|(of, sum)| (*of, sum.as_str())).collect();
    assert_eq!(sums, expected);
}

#[test]
fn ordinary_mailboxes_are_the_same_in_every_version() {
    let content = generate::Options {
        messages: 300,
        ..generate::Options::default()
    };
    check(
        &content,
        &[
            ("whole", "7233a4e2a620eb7bdf013d356e810f58"),
            ("expanded", "018912f879b7fec96d5e6dbfa1cb8d0f"),
            ("selected", "e69204362cb0a5f5cbac9dcacb5efccb"),
            ("filtered", "b5c69cc71043c18d32a7afdf084a4803"),
            ("sorted", "3e6317e1b586077302369c1f3e993a94"),
            ("found", "1f88ea706e2bc3b993dc62bc7b96da60"),
            ("folders", "8bf76eb9e19bebba783f8e6020d7090c"),
            ("in folders", "bfcc917a2a398978324f61cc3affe974"),
            ("single", "c56fe86c64489ee56018e7504cf1e4e6"),
        ],
    );
}

#[test]
fn odd_mailboxes_are_the_same_in_every_version() {
    let content = generate::Options {
        messages: 300,
        seed: 3,
        ..generate::Options::odd()
    };
    check(
        &content,
        &[
            ("whole", "288e9a574c48cbe9935c78a67a1f489a"),
            ("expanded", "3fbf4433e2021a873cd3d3942a186c8a"),
            ("selected", "764247cb9d9d43a1b164e24546cdb249"),
            ("filtered", "b9005a2b927a670a7b16f585e108e87d"),
            ("sorted", "8642a5af43240bec89515af1a7443867"),
            ("found", "456a1bbe3a13edd54eeba41437c1f595"),
            ("folders", "e8fa5548da0d02275444e1d69a19ea98"),
            ("in folders", "781aba312401177a7bacf33e9d3ecf92"),
            ("single", "ba436f77014311af065d437dc3003cd4"),
        ],
    );
}

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.entity[name].as_str().unwrap_or_default()
}

/// The messages of a mailbox, newest first, as a plain list.
fn plain_list(mailbox: &Mailbox) -> Vec<Item> {
    let mut all: Vec<Item> = mailbox
        .every_message()
        .map(|item| item.into_owned())
        .collect();
    all.sort_by_key(|item| Reverse(text(item, "receivedDateTime").to_owned()));
    all
}

#[test]
fn pages_have_the_rows_of_a_plain_list() {
    let content = generate::Options {
        messages: 3_000,
        ..generate::Options::default()
    };
    let tenant = generated(&content);
    let all = plain_list(tenant.users[0].mailbox.as_ref().expect("a mailbox"));
    let reader = Reader::new(&content);
    let check = |path: &str, wanted: &dyn Fn(&Item) -> bool| {
        let wanted = all.iter().filter(|item| wanted(item));
        let wanted: Vec<&str> = wanted.map(|item| text(item, "id")).collect();
        assert_eq!(reader.column(path, "id"), wanted, "{path}");
        assert!(!wanted.is_empty(), "{path}");
    };
    check("/messages?$select=id&$top=97", &|_| true);
    let folder = all[0].parent_id.as_str();
    let path = format!("/mailFolders/{folder}/messages?$select=id&$top=41");
    check(&path, &|item| item.parent_id == folder);
    for (number, first) in [(0, 17), (400, 1_400), (2_000, 2_999)] {
        let until = text(&all[number], "receivedDateTime");
        let from = text(&all[first], "receivedDateTime");
        let within = |item: &Item| {
            let received = text(item, "receivedDateTime");
            received >= from && received < until
        };
        let filter = format!("receivedDateTime ge {from} and receivedDateTime lt {until}");
        let path = format!("/messages?$select=id&$top=97&$filter={filter}");
        check(&path, &within);
        let path = format!("{path} and isRead eq true");
        check(&path, &|item| within(item) && item.entity["isRead"] == true);
    }
    for skip in [0, 1, 1_234, 2_995, 3_000, 9_999] {
        let page = reader.get(&format!("/messages?$select=id&$top=5&$skip={skip}"));
        let wanted = all.iter().skip(skip).take(5);
        let wanted: Vec<&str> = wanted.map(|item| text(item, "id")).collect();
        assert_eq!(page.column("id"), wanted);
    }
}

#[test]
fn messages_that_are_held_are_served_like_those_that_are_made() {
    for content in [generate::Options::default(), generate::Options::odd()] {
        let reader = Reader::new(&content);
        let paths = [
            "/messages?$top=100",
            "/messages?$top=1000&$select=subject,body,from,flag,categories",
            "/mailFolders?$top=1000",
            "/messages?$top=1000&$select=id&$orderby=subject",
        ];
        let made = of(&reader, &paths);
        reader.client.simulator.change(|tenant| {
            let mailbox = tenant.users[0].mailbox.as_mut().expect("a mailbox");
            mailbox.hold();
            assert_eq!(mailbox.messages.len(), content.messages);
        });
        assert_eq!(of(&reader, &paths), made);
    }
}

/// Twelve columns, as an application would choose them.
const TWELVE: &str = "id,subject,from,receivedDateTime,sentDateTime,isRead,bodyPreview,importance,hasAttachments,\
                      categories,conversationId,internetMessageId";

#[test]
#[ignore = "prints figures: run it alone and compiled with optimization"]
fn rows_a_second() {
    const PAGES: usize = 100;
    let content = generate::Options {
        messages: 1_000 * PAGES,
        ..generate::Options::default()
    };
    let reader = Reader::new(&content);
    for select in [TWELVE, "id,subject", "id,body"] {
        let (started, used) = (Instant::now(), processor_time());
        let mut bytes = 0;
        for page in 0..PAGES {
            let skip = page * 1_000;
            let reply = reader.get(&format!(
                "/messages?$top=1000&$skip={skip}&$select={select}"
            ));
            assert_eq!(reply.status, 200);
            bytes += reply.body.len();
        }
        let rows = (1_000 * PAGES) as f64;
        println!(
            "{:.0} rows/s, {:.0} a second of processor time, {} bytes a row: {select}",
            rows / started.elapsed().as_secs_f64(),
            rows / (processor_time() - used),
            bytes / (1_000 * PAGES)
        );
    }
}

/// Seconds on processors that this process, which is server and client, has used.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    // Linux counts these in hundredths of a second.
    let hundredths = ticks.filter_map(|ticks| ticks.parse::<f64>().ok());
    hundredths.sum::<f64>() / 100.0
}

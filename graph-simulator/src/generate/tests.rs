use std::collections::HashSet;

use super::*;
use crate::entities::ids::Kind;
use crate::entities::message::PROPERTIES;
use crate::entities::testing;
use crate::model::{Item, Source};

fn ids(items: &[Item]) -> Vec<&str> {
    items
        .iter()
        .map(|item| item.entity["id"].as_str().unwrap())
        .collect()
}

/// A tenant whose messages are all held.
fn tenant(options: &Options) -> Tenant {
    let mut tenant = super::tenant(options);
    let mailboxes = tenant
        .users
        .iter_mut()
        .filter_map(|user| user.mailbox.as_mut());
    mailboxes.for_each(Mailbox::hold);
    tenant
}

fn mailboxes(tenant: &Tenant) -> impl Iterator<Item = &Mailbox> {
    tenant.users.iter().filter_map(|user| user.mailbox.as_ref())
}

#[test]
fn the_same_seed_gives_the_same_tenant_and_another_one_does_not() {
    let text = |seed| {
        format!(
            "{:?}",
            tenant(&Options {
                seed,
                messages: 60,
                ..Options::odd()
            })
        )
    };
    assert_eq!(text(1), text(1));
    assert_ne!(text(1), text(2));
}

/// The messages of the first user's mailbox.
fn messages(options: &Options) -> Messages {
    let people = Arc::new(People::new(options));
    Messages::new(options, &people, &people.users[0])
}

#[test]
fn what_is_kept_of_a_message_is_true_of_it() {
    for options in [Options::default(), Options::odd()] {
        let messages = messages(&options);
        let facts = messages.facts();
        assert_eq!(facts.len(), options.messages);
        for (facts, number) in facts.iter().zip(0..) {
            let item = messages.item(number);
            let received = item.entity["receivedDateTime"].as_str().unwrap();
            let seconds: chrono::DateTime<chrono::Utc> = received.parse().unwrap();
            assert_eq!(facts.received, seconds.timestamp());
            assert_eq!(facts.is_unread, item.entity["isRead"] == false, "{number}");
            let folder = &messages.folders()[usize::from(facts.folder)];
            assert_eq!(*folder, item.parent_id);
            assert_eq!(messages.attachments(number), item.attachments);
            let id = item.entity["id"].as_str().unwrap();
            assert_eq!(messages.number(id), Some(number));
        }
        assert_eq!(messages.number(""), None);
        let beyond = options.item_id(&Ids::new("ann@contoso.example"), Kind::Message, 3);
        assert_eq!(messages.number(&beyond), None);
    }
}

#[test]
fn a_part_of_a_message_has_the_values_of_the_whole() {
    for options in [Options::default(), Options::odd()] {
        let messages = messages(&options);
        for number in 0..60 {
            let whole = messages.item(number).entity;
            for name in PROPERTIES {
                let part = messages.entity(number, &[name]);
                assert_eq!(part.get(*name), whole.get(*name), "{number} {name}");
            }
            assert_eq!(whole.len(), PROPERTIES.len());
        }
    }
}

#[test]
fn every_entity_has_the_properties_of_its_type() {
    testing::check_tenant(&tenant(&Options::default()));
    testing::check_tenant(&tenant(&Options::odd()));
}

#[test]
fn ids_are_unique_and_only_the_wanted_twins_differ_in_case_alone() {
    for case_twins in [0, 8] {
        let tenant = tenant(&Options {
            case_twins,
            ..Options::default()
        });
        for mailbox in mailboxes(&tenant) {
            for items in [&mailbox.messages, &mailbox.events, &mailbox.contacts] {
                let ids = ids(items);
                let exact: HashSet<&str> = ids.iter().copied().collect();
                let caseless: HashSet<String> = ids.iter().map(|id| id.to_lowercase()).collect();
                assert_eq!(exact.len(), items.len());
                assert_eq!(caseless.len(), items.len() - case_twins);
            }
        }
    }
}

#[test]
fn every_item_lies_in_a_folder_of_its_mailbox() {
    for mailbox in mailboxes(&tenant(&Options::odd())) {
        let ids = |entities: &[crate::model::Entity]| -> HashSet<String> {
            entities
                .iter()
                .map(|entity| entity["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let folders: Vec<_> = mailbox
            .folders
            .iter()
            .map(|folder| folder.entity.clone())
            .collect();
        let folders = ids(&folders);
        assert!(
            mailbox
                .messages
                .iter()
                .all(|item| folders.contains(&item.parent_id))
        );
        let calendars = ids(&mailbox.calendars);
        assert!(
            mailbox
                .events
                .iter()
                .all(|item| calendars.contains(&item.parent_id))
        );
        let mut contact_folders = ids(&mailbox.contact_folders);
        contact_folders.insert(mailbox.default_contact_folder_id.clone());
        assert!(
            mailbox
                .contacts
                .iter()
                .all(|item| contact_folders.contains(&item.parent_id))
        );
        for item in mailbox.messages.iter().chain(&mailbox.contacts) {
            assert_eq!(item.entity["parentFolderId"], item.parent_id);
        }
    }
}

#[test]
fn folders_nest_and_some_are_hidden_or_search() {
    let tenant = tenant(&Options::default());
    let mailbox = mailboxes(&tenant).next().unwrap();
    let inbox = &mailbox.folders[0].entity["id"];
    let is_below = |folder: &&crate::model::Folder, parent: &serde_json::Value| {
        folder.entity["parentFolderId"] == *parent
    };
    let in_inbox: Vec<_> = mailbox
        .folders
        .iter()
        .filter(|it| is_below(it, inbox))
        .collect();
    let deeper = mailbox.folders.iter().filter(|folder| {
        in_inbox
            .iter()
            .any(|parent| is_below(folder, &parent.entity["id"]))
    });
    assert!(deeper.count() > 0);
    assert!(
        mailbox
            .folders
            .iter()
            .any(|folder| folder.entity["isHidden"] == true)
    );
    let search = mailbox
        .folders
        .iter()
        .find(|it| it.entity.contains_key("filterQuery"))
        .unwrap();
    assert!(search.entity["totalItemCount"].as_u64().unwrap() > 0);
}

#[test]
fn users_without_a_mailbox_are_there() {
    let tenant = tenant(&Options::default());
    let without = tenant.users.iter().filter(|user| user.mailbox.is_none());
    assert_eq!(without.count(), 1);
    assert_eq!(tenant.users.len(), 5);
    let names: HashSet<String> = tenant
        .users
        .iter()
        .map(|user| user.entity["userPrincipalName"].to_string())
        .collect();
    assert_eq!(names.len(), 5);
}

#[test]
fn users_of_the_same_name_have_addresses_and_ids_of_their_own() {
    let options = Options {
        users: 300,
        ..Options::default()
    };
    let users = People::new(&options).users;
    let unique = |of: fn(&user::User) -> &str| users.iter().map(of).collect::<HashSet<_>>().len();
    assert!(unique(|user| &user.display_name) < users.len());
    assert_eq!(unique(|user| &user.principal_name), users.len());
    assert_eq!(unique(|user| &user.id), users.len());
}

#[test]
fn messages_are_spread_over_the_years_and_form_threads() {
    let options = Options::default();
    let tenant = tenant(&options);
    let mailbox = mailboxes(&tenant).next().unwrap();
    let years: HashSet<&str> = mailbox
        .messages
        .iter()
        .map(|item| &item.entity["receivedDateTime"].as_str().unwrap()[..4])
        .collect();
    assert_eq!(years.len(), 10, "{years:?}");
    let conversations: HashSet<&str> = mailbox
        .messages
        .iter()
        .map(|item| item.entity["conversationId"].as_str().unwrap())
        .collect();
    assert!((options.messages / 5..options.messages * 3 / 4).contains(&conversations.len()));
    let count = |property: &str, value: bool| {
        mailbox
            .messages
            .iter()
            .filter(|item| item.entity[property] == value)
            .count()
    };
    assert!(count("isRead", false) > 0);
    assert!(count("isDraft", true) > 0);
    assert!(count("hasAttachments", true) > options.messages / 20);
    assert!(
        mailbox
            .messages
            .iter()
            .any(|it| it.attachments.iter().any(|it| it["isInline"] == true))
    );
}

#[test]
fn nine_in_ten_messages_of_a_skewed_mailbox_come_in_one_week() {
    let options = Options {
        messages: 2_000,
        skewed: true,
        ..Options::default()
    };
    let mut received: Vec<i64> = messages(&options)
        .facts()
        .iter()
        .map(|facts| facts.received)
        .collect();
    received.sort_unstable();
    let week = |from: &i64| from + 7 * 24 * 3600;
    let within = |from: &i64| {
        let end = received.partition_point(|moment| *moment < week(from));
        end - received.partition_point(|moment| moment < from)
    };
    let most = received.iter().map(within).max().expect("messages");
    assert!((1_760..1_840).contains(&most), "{most}");
    let years = (received[1_999] - received[0]) / (365 * 24 * 3600);
    assert!(years >= 9, "{years}");
}

#[test]
fn bodies_have_the_length_that_was_asked_for() {
    for body_bytes in [0, 100, 20_000] {
        let options = Options {
            messages: 200,
            body_bytes,
            users: 1,
            ..Options::default()
        };
        let tenant = tenant(&options);
        let mailbox = mailboxes(&tenant).next().unwrap();
        let length = |item: &Item| item.entity["body"]["content"].as_str().unwrap().len();
        let average = mailbox.messages.iter().map(length).sum::<usize>() / 200;
        let range = body_bytes * 8 / 10..body_bytes * 13 / 10 + 150;
        assert!(range.contains(&average), "{body_bytes}: {average}");
    }
}

#[test]
fn events_are_of_every_type() {
    let tenant = tenant(&Options::default());
    let mailbox = mailboxes(&tenant).next().unwrap();
    let types: HashSet<&str> = mailbox
        .events
        .iter()
        .map(|item| item.entity["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        HashSet::from(["singleInstance", "seriesMaster", "exception"])
    );
    for property in [
        "isAllDay",
        "isCancelled",
        "hasAttachments",
        "isOnlineMeeting",
    ] {
        assert!(
            mailbox
                .events
                .iter()
                .any(|item| item.entity[property] == true),
            "{property}"
        );
    }
    let master_ids: HashSet<&str> = ids(&mailbox.events).into_iter().collect();
    for item in &mailbox.events {
        let master = item.entity["seriesMasterId"].as_str();
        assert!(master.is_none_or(|id| master_ids.contains(id)));
    }
}

#[test]
fn odd_mailboxes_have_all_odd_texts_and_moments_and_equal_times() {
    let tenant = tenant(&Options {
        messages: 1500,
        users: 1,
        ..Options::odd()
    });
    let mailbox = mailboxes(&tenant).next().unwrap();
    let values = |property: &str| -> Vec<&str> {
        mailbox
            .messages
            .iter()
            .filter_map(|item| item.entity[property].as_str())
            .collect()
    };
    let subjects = values("subject");
    for text in odd::TEXTS {
        assert!(subjects.contains(text), "{text:?}");
    }
    let times = values("receivedDateTime");
    for moment in odd::MOMENTS {
        assert!(times.contains(moment), "{moment}");
    }
    let most = times
        .iter()
        .map(|time| times.iter().filter(|it| *it == time).count())
        .max();
    assert!(most > Some(200));
    assert!(
        mailbox
            .messages
            .iter()
            .any(|item| item.entity["from"].is_null())
    );
}

//! Collections that only list their rows: each of them by the same questions.

mod common;

use common::{ANN, Client, batch, filled, read};
use graph_simulator::Options;

/// A collection of the tenant of [`filled`].
struct Listed {
    path: &'static str,
    ids: &'static [&'static str],
    /// A row by its id, if rows have paths.
    row: Option<&'static str>,
    /// A property to select, and its values.
    selected: (&'static str, &'static [&'static str]),
    /// A filter that nobody has seen Graph accept.
    refused: &'static str,
    /// The permission that reads it, and one that does not.
    permission: (&'static str, &'static str),
}

const LISTED: &[Listed] = &[
    Listed {
        path: "/groups",
        ids: &["G-1", "G-2", "G-3"],
        row: Some("G-2"),
        selected: ("displayName", &["Sales Europe", "Admins", "Everybody"]),
        refused: "createdDateTime ge 2020-01-01",
        permission: ("GroupMember.Read.All", "User.Read.All"),
    },
    Listed {
        path: "/groups/G-2/owners",
        ids: &["00000000-0000-4000-9000-000000000001"],
        row: None,
        selected: ("displayName", &["Ann"]),
        refused: "id eq 'x'",
        permission: ("GroupMember.Read.All", "GroupMember.ReadBasic.All"),
    },
    Listed {
        path: "/contacts",
        ids: &["OC-1", "OC-2"],
        row: Some("OC-1"),
        selected: ("companyName", &["Fabrikam", "Fabrikam"]),
        refused: "displayName eq 'Nadia'",
        permission: ("OrgContact.Read.All", "Contacts.Read"),
    },
    Listed {
        path: "/organization",
        ids: &[common::TENANT],
        row: Some(common::TENANT),
        selected: ("city", &["Dublin"]),
        refused: "displayName eq 'Contoso'",
        permission: ("Organization.Read.All", "Group.Read.All"),
    },
    Listed {
        path: "/places/microsoft.graph.room",
        ids: &["R-1", "R-2", "R-3"],
        row: None,
        selected: ("capacity", &["8", "4", "2"]),
        refused: "capacity ge 4",
        permission: ("Place.Read.All", "Calendars.Read"),
    },
    Listed {
        path: "/places/microsoft.graph.roomlist",
        ids: &["RL-1", "RL-2"],
        row: None,
        selected: ("displayName", &["hq", "annex"]),
        refused: "displayName eq 'hq'",
        permission: ("Place.Read.All", "User.Read.All"),
    },
    Listed {
        path: "/places/HQ@contoso.example/microsoft.graph.roomlist/rooms",
        ids: &["R-1", "R-3"],
        row: None,
        selected: ("displayName", &["Liffey", "Tolka"]),
        refused: "displayName eq 'x'",
        permission: ("Place.Read.All", "User.Read.All"),
    },
    Listed {
        path: "/directory/deletedItems/microsoft.graph.user",
        ids: &["D-1"],
        row: Some("D-1"),
        selected: ("deletedDateTime", &["2026-02-01T00:00:00Z"]),
        refused: "displayName gt 'a'",
        permission: ("User.Read.All", "User.ReadBasic.All"),
    },
    Listed {
        path: "U/calendarGroups",
        ids: &["CG-1", "CG-2"],
        row: Some("CG-2"),
        selected: ("name", &["My Calendars", "Other"]),
        refused: "name eq 'x'",
        permission: ("Calendars.ReadBasic", "Mail.Read"),
    },
    Listed {
        path: "U/calendarGroups/CG-1/calendars",
        ids: &["CAL-1"],
        row: None,
        selected: ("name", &["Calendar"]),
        refused: "name eq 'x'",
        permission: ("Calendars.Read", "Contacts.Read"),
    },
    Listed {
        path: "U/calendar/calendarPermissions",
        ids: &["RGVmYXVsdA==", "Ym9i"],
        row: Some("Ym9i"),
        selected: ("role", &["freeBusyRead", "write"]),
        refused: "role eq 'write'",
        permission: ("Calendars.Read", "Calendars.ReadBasic"),
    },
    Listed {
        path: "U/calendars/CAL-2/calendarPermissions",
        ids: &["RGVmYXVsdA=="],
        row: Some("RGVmYXVsdA=="),
        selected: ("role", &["none"]),
        refused: "role eq 'write'",
        permission: ("Calendars.Read", "Calendars.ReadBasic"),
    },
    Listed {
        path: "U/outlook/masterCategories",
        ids: &["CA-1", "CA-2"],
        row: Some("CA-2"),
        selected: ("color", &["preset0", "preset0"]),
        refused: "displayName eq 'Blue'",
        permission: ("MailboxSettings.Read", "Mail.Read"),
    },
    Listed {
        path: "U/mailFolders/inbox/messageRules",
        ids: &["AQAAAJ5dZp8=", "AQAAAJ5dZqA="],
        row: Some("AQAAAJ5dZqA="),
        selected: ("sequence", &["1", "2"]),
        refused: "isEnabled eq true",
        permission: ("MailboxSettings.Read", "Mail.Read"),
    },
    Listed {
        path: "U/inferenceClassification/overrides",
        ids: &["IO-1", "IO-2"],
        row: Some("IO-1"),
        selected: ("classifyAs", &["focused", "other"]),
        refused: "classifyAs eq 'other'",
        permission: ("Mail.Read", "MailboxSettings.Read"),
    },
    Listed {
        path: "U/todo/lists/TL-1/tasks",
        ids: &["TT-11"],
        row: Some("TT-11"),
        selected: ("title", &["Task TT-11"]),
        refused: "status eq 'completed'",
        permission: ("Tasks.Read.All", "Calendars.Read"),
    },
    Listed {
        path: "U/todo/lists/TL-0/tasks/TT-0/checklistItems",
        ids: &["CI-1", "CI-2"],
        row: Some("CI-2"),
        selected: ("isChecked", &["false", "false"]),
        refused: "isChecked eq true",
        permission: ("Tasks.Read.All", "Calendars.Read"),
    },
    Listed {
        path: "U/todo/lists/TL-0/tasks/TT-0/linkedResources",
        ids: &["LR-1"],
        row: Some("LR-1"),
        selected: ("applicationName", &["Mail"]),
        refused: "applicationName eq 'Mail'",
        permission: ("Tasks.Read.All", "Calendars.Read"),
    },
    Listed {
        path: "U/todo/lists/TL-0/tasks/TT-0/attachments",
        ids: &["TA-1"],
        row: Some("TA-1"),
        selected: ("name", &["a.txt"]),
        refused: "name eq 'a.txt'",
        permission: ("Tasks.Read.All", "Mail.Read"),
    },
    Listed {
        path: "U/events/EV-2/instances?startDateTime=2026-07-01&endDateTime=2026-08-01",
        ids: &["EV-2-CHANGED"],
        row: None,
        selected: ("seriesMasterId", &["EV-2"]),
        refused: "type eq 'exception'",
        permission: ("Calendars.ReadBasic", "Tasks.Read.All"),
    },
];

impl Listed {
    /// The path with one more option.
    fn with(&self, option: &str) -> String {
        let path = self.path.replace("U/", &format!("/users/{ANN}/"));
        let sign = if path.contains('?') { '&' } else { '?' };
        match option {
            "" => path,
            option => format!("{path}{sign}{option}"),
        }
    }
}

fn client() -> Client {
    Client::new(filled(), Options::default())
}

#[test]
fn each_lists_its_rows_and_the_selected_properties_of_them() {
    let client = client();
    for listed in LISTED {
        assert_eq!(
            client.get(&listed.with("")).column("id"),
            listed.ids,
            "{}",
            listed.path
        );
        let (name, values) = listed.selected;
        let selected = client.get(&listed.with(&format!("$select={name}")));
        assert_eq!(selected.column(name), values, "{}", listed.path);
        let context = selected.json()["@odata.context"]
            .as_str()
            .expect("a context")
            .to_owned();
        assert!(context.ends_with(&format!("({name})")), "{context}");
    }
}

#[test]
fn each_gives_a_row_by_its_id_unless_graph_has_no_such_path() {
    let client = client();
    for listed in LISTED {
        let path = |id: &str| match listed.with("").split_once('?') {
            Some((path, window)) => format!("{path}/{id}?{window}"),
            None => format!("{}/{id}", listed.with("")),
        };
        let Some(id) = listed.row else {
            assert_eq!(
                client.get(&path(listed.ids[0])).status,
                404,
                "{}",
                listed.path
            );
            continue;
        };
        let row = client.get(&path(id));
        assert_eq!(row.status, 200, "{}: {}", listed.path, row.message());
        assert_eq!(row.json()["id"], id);
        let context = row.json()["@odata.context"]
            .as_str()
            .expect("a context")
            .to_owned();
        assert!(context.ends_with("/$entity"), "{context}");
        assert_eq!(client.get(&path("NONE")).status, 404, "{}", listed.path);
    }
}

#[test]
fn each_refuses_what_nobody_has_seen_graph_accept() {
    let client = client();
    for listed in LISTED {
        for option in [
            format!("$filter={}", listed.refused),
            "$filter=nonsense eq 1".to_owned(),
            "$select=nonsense".to_owned(),
            "$orderby=nonsense".to_owned(),
            "$orderby=id".to_owned(),
            "$expand=nonsense".to_owned(),
            "$search=\"x\"".to_owned(),
        ] {
            let reply = client.get(&listed.with(&option));
            assert_eq!(reply.status, 400, "{} {option}", listed.path);
        }
    }
}

#[test]
fn each_needs_its_permission() {
    for listed in LISTED {
        let (granted, other) = listed.permission;
        let mut tenant = filled();
        let mut status = |permission: &str| {
            tenant.applications[0].permissions = Some(vec![permission.to_owned()]);
            let reply = Client::new(tenant.clone(), Options::default()).get(&listed.with(""));
            (
                reply.status,
                if reply.status == 200 {
                    String::new()
                } else {
                    reply.code()
                },
            )
        };
        assert_eq!(status(granted).0, 200, "{}", listed.path);
        let code = match listed.path.starts_with('U') || listed.path.starts_with("/places") {
            true => "ErrorAccessDenied",
            false => "Authorization_RequestDenied",
        };
        assert_eq!(status(other), (403, code.to_owned()), "{}", listed.path);
    }
}

#[test]
fn each_is_served_in_a_batch() {
    let client = client();
    for some in LISTED.chunks(20) {
        let requests = some.iter().enumerate();
        let requests = requests.map(|(n, listed)| read(&n.to_string(), &listed.with("$select=id")));
        let responses = batch(&client, requests.collect());
        for (n, listed) in some.iter().enumerate() {
            let response = &responses[&n.to_string()];
            let rows = response["body"]["value"].as_array().expect("rows");
            let ids: Vec<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
            assert_eq!(ids, listed.ids, "{}", listed.path);
        }
    }
}

/// docs/graph.md#group-conversations
#[test]
fn groups_of_microsoft_365_have_conversations_threads_and_posts() {
    let client = client();
    for (path, ids) in [
        ("/groups/G-1/conversations", &["GC-1", "GC-2"]),
        ("/groups/G-1/threads/GT-1/posts", &["GP-1", "GP-2"]),
    ] {
        let list = client.get(&format!("{path}?$select=id"));
        assert_eq!(list.column("id"), ids, "{path}");
        let row = client.get(&format!("{path}/{}", ids[1]));
        assert_eq!(row.json()["id"], ids[1]);
        assert_eq!(client.get(&format!("{path}/NONE")).status, 404, "{path}");
    }
    let threads = client.get("/groups/G-1/threads");
    assert_eq!(threads.column("topic").len(), 10);
    assert!(threads.json()["@odata.nextLink"].is_string());
    assert_eq!(client.get("/groups/G-1/threads?$top=20").status, 400);
    assert_eq!(client.get("/groups/G-1/threads?$orderby=topic").status, 400);
    let filtered = client.get("/groups/G-1/threads?$filter=topic eq 'Thread 1'");
    assert_eq!(filtered.status, 501);
    assert_eq!(filtered.code(), "FilteringOnConversations");
    for path in ["/groups/G-2/threads", "/groups/G-3/conversations"] {
        assert_eq!(
            client.get(path).status,
            501,
            "{path}: its answer is not known"
        );
    }
    assert_eq!(client.get("/groups/NONE/threads").status, 404);
}

#[test]
fn conversations_need_a_permission_of_their_own() {
    for (permission, status) in [
        ("Group-Conversation.Read.All", 200),
        ("Group.Read.All", 200),
        ("GroupMember.Read.All", 403),
    ] {
        let mut tenant = filled();
        tenant.applications[0].permissions = Some(vec![permission.to_owned()]);
        let client = Client::new(tenant, Options::default());
        for path in [
            "/groups/G-1/conversations",
            "/groups/G-1/threads/GT-1/posts",
        ] {
            let reply = client.get(path);
            assert_eq!(reply.status, status, "{permission} {path}");
            if status == 403 {
                assert_eq!(reply.code(), "ErrorAccessDenied");
            }
        }
    }
}

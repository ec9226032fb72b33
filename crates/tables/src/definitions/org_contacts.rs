//! Contacts of the organization.

use super::columns::{ID_LENGTH, at, boolean, id, json, strings, text, timestamp};
use super::derived::{composite_key, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static ORG_CONTACTS: Table = Table {
    name: "OrgContacts",
    remarks: "Contacts that administrators keep in the directory",
    scope: Scope::Directory,
    permission: permissions::ORG_CONTACTS,
    collection: Collection::List(List {
        path: &["contacts"],
        items: Some(&["contacts"]),
        has_count: true,
        usual: 100,
    }),
    columns: &[
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        json(at!(addresses)).remarks("Postal addresses, a list"),
        text(at!(companyName), 256).directory_of("AAA--AAA", "org-contacts").remarks("Company"),
        timestamp(at!(deletedDateTime)).remarks("When it was deleted; null here"),
        text(at!(department), 256).directory_of("AAA--AAA", "org-contacts").remarks("Department"),
        text(at!(displayName), 256).directory_of("AAA--AAA", "org-contacts").remarks("Name shown"),
        text(at!(givenName), 256).directory_of("AAA--AAA", "org-contacts").remarks("Given name"),
        text(at!(jobTitle), 256).directory_of("AAA--AAA", "org-contacts").remarks("Job title"),
        text(at!(mail), 320).directory_of("AAA--AAA", "org-contacts").remarks("Primary SMTP address"),
        text(at!(mailNickname), 256).directory_of("AAA--AAA", "org-contacts").remarks("Alias"),
        timestamp(at!(onPremisesLastSyncDateTime)).remarks("When it was synchronised last with the local directory"),
        json(at!(onPremisesProvisioningErrors)).remarks("Errors of the synchronisation, a list"),
        boolean(at!(onPremisesSyncEnabled)).directory_of("AAA--A-A", "org-contacts").remarks("Whether it is synchronised from a local directory"),
        json(at!(phones)).remarks("Telephone numbers, a list"),
        strings(at!(proxyAddresses)).remarks("All addresses; SMTP: in capitals marks the primary one"),
        json(at!(serviceProvisioningErrors)).remarks("Errors of services, a list"),
        text(at!(surname), 256).directory_of("AAA--AAA", "org-contacts").remarks("Surname"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 999,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "org-contacts", pages: "page-sizes", index: None },
};

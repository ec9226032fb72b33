//! People who matter to the owner of a mailbox.

use super::columns::{ID_LENGTH, at, boolean, id, json, long_text, text};
use super::derived::{composite_key, mailbox, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static PEOPLE: Table = Table {
    name: "People",
    remarks: "People in the order of their relevance to the mailbox: contacts, colleagues, correspondents",
    scope: Scope::Mailbox,
    permission: permissions::PEOPLE,
    collection: Collection::List(List {
        path: &["people"],
        items: None,
        has_count: false,
        usual: 100,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        text(at!(birthday), 64).remarks("Birthday, as it was entered"),
        text(at!(companyName), 256).remarks("Company"),
        text(at!(department), 256).remarks("Department"),
        text(at!(displayName), 256).equality("people").remarks("Name shown"),
        text(at!(givenName), 256).remarks("Given name"),
        text(at!(imAddress), 320).remarks("Address for instant messages"),
        boolean(at!(isFavorite)).remarks("Whether the mailbox has it as a favourite"),
        text(at!(jobTitle), 256).remarks("Job title"),
        text(at!(officeLocation), 256).remarks("Office"),
        long_text(at!(personNotes)).remarks("Notes"),
        text(at!(personType / class), 64).equality("people").remarks("Kind: Person, Group, Other"),
        text(at!(personType / subclass), 64).equality("people").remarks("Kind in more detail: OrganizationUser, UnifiedGroup, Room"),
        json(at!(phones)).remarks("Telephone numbers, a list"),
        json(at!(postalAddresses)).remarks("Postal addresses, a list"),
        text(at!(profession), 256).remarks("Profession"),
        json(at!(scoredEmailAddresses)).remarks("Addresses with their relevance, a list"),
        text(at!(surname), 256).remarks("Surname"),
        text(at!(userPrincipalName), 320).remarks("Name for signing in; null or empty for people outside the organization"),
        json(at!(websites)).remarks("Web pages, a list"),
        text(at!(yomiCompany), 256).remarks("Company as it is spoken, in Japanese"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 1000,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "people", pages: "page-sizes", index: None },
};

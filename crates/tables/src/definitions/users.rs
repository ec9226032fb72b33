//! Users of the directory.
//!
//! Properties that Graph returns for one user at a time only, and refuses in a collection
//! (docs/graph.md#users), are left out: aboutMe, birthday, hireDate, interests, mailboxSettings,
//! mySite, pastProjects, preferredName, responsibilities, schools and skills.
//!
//! Graph does not sort texts, because the directory's order is not that of SQL
//! (docs/graph.md#directory-order).

use super::columns::{ID_LENGTH, at, boolean, id, json, strings, text, timestamp};
use super::derived::{composite_key, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

/// Users of a directory of the usual size.
pub const USUAL_USERS: usize = 1_000;

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static USERS: Table = Table {
    name: "Users",
    remarks: "People, shared mailboxes and rooms of the directory",
    scope: Scope::Directory,
    permission: permissions::USERS,
    collection: Collection::List(List {
        path: &["users"],
        items: Some(&["users"]),
        has_count: true,
        usual: USUAL_USERS,
    }),
    columns: &[
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        timestamp(at!(deletedDateTime)).directory("DAADDA--").sortable("directory-order").remarks("When the account was deleted"),
        boolean(at!(accountEnabled)).directory("DAAAAD--").remarks("Whether the account may sign in"),
        text(at!(ageGroup), 64).directory("DAA--D--").remarks("null, Minor, NotAdult or Adult"),
        json(at!(assignedLicenses)).remarks("Licences, a list; empty for most shared mailboxes"),
        json(at!(assignedPlans)).remarks("Service plans of the licences, a list"),
        strings(at!(businessPhones)).remarks("Telephone numbers at work, at most one"),
        text(at!(city), 256).directory("DAAD-DDA").remarks("City"),
        text(at!(companyName), 256).directory("AAAAAAAA").remarks("Company"),
        text(at!(country), 128).directory("DAADDDDA").remarks("Country or region"),
        timestamp(at!(createdDateTime)).directory("DAADDA--").sortable("directory-order").remarks("When the account was created"),
        text(at!(creationType), 64).directory("DAA--D--").remarks("How the account came to be; null for ordinary ones"),
        text(at!(department), 256).directory("DAADDDDA").remarks("Department"),
        text(at!(displayName), 256).directory("DAA--DDA").indexed("displayName", "directory-search").remarks("Name shown in the address book"),
        timestamp(at!(employeeHireDate)).of_days().directory("AA-AAA--").remarks("When the employee was hired"),
        text(at!(employeeId), 256).directory("DA--A-DA").remarks("Employee number"),
        text(at!(employeeType), 256).directory("AA-AAAA-").remarks("Kind of worker, free text"),
        text(at!(externalUserState), 64).remarks("State of a guest's invitation"),
        text(at!(faxNumber), 256).remarks("Fax number"),
        text(at!(givenName), 256).directory("DA-DDDDA").remarks("Given name"),
        json(at!(identities)).remarks("Identities for signing in, a list"),
        strings(at!(imAddresses)).remarks("Addresses for instant messages"),
        boolean(at!(isManagementRestricted)).remarks("Whether only some administrators may change the account"),
        boolean(at!(isResourceAccount)).directory("DA------").remarks("Reserved by Microsoft"),
        text(at!(jobTitle), 256).directory("DA-DDD-A").remarks("Job title"),
        timestamp(at!(lastPasswordChangeDateTime)).remarks("When the password was changed last"),
        text(at!(mail), 320).directory("DA-DDDD-").ends_with().remarks("Primary SMTP address; null without a mailbox or mail address"),
        text(at!(mailNickname), 256).directory("DA-DDDDA").remarks("Alias"),
        text(at!(mobilePhone), 256).directory("AA-AAAAA").remarks("Mobile telephone number"),
        text(at!(officeLocation), 256).directory("AA-AAAAA").remarks("Office"),
        text(at!(onPremisesDistinguishedName), 2048).remarks("Distinguished name in the local directory"),
        text(at!(onPremisesDomainName), 256).remarks("Domain in the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute1), 256).directory("AA-AAA--").remarks("Custom attribute 1, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute2), 256).directory("AA-AAA--").remarks("Custom attribute 2, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute3), 256).directory("AA-AAA--").remarks("Custom attribute 3, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute4), 256).directory("AA-AAA--").remarks("Custom attribute 4, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute5), 256).directory("AA-AAA--").remarks("Custom attribute 5, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute6), 256).directory("AA-AAA--").remarks("Custom attribute 6, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute7), 256).directory("AA-AAA--").remarks("Custom attribute 7, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute8), 256).directory("AA-AAA--").remarks("Custom attribute 8, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute9), 256).directory("AA-AAA--").remarks("Custom attribute 9, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute10), 256).directory("AA-AAA--").remarks("Custom attribute 10, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute11), 256).directory("AA-AAA--").remarks("Custom attribute 11, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute12), 256).directory("AA-AAA--").remarks("Custom attribute 12, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute13), 256).directory("AA-AAA--").remarks("Custom attribute 13, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute14), 256).directory("AA-AAA--").remarks("Custom attribute 14, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute15), 256).directory("AA-AAA--").remarks("Custom attribute 15, synchronised from the local directory"),
        text(at!(onPremisesImmutableId), 256).directory("AA-AAA--").remarks("Link to the account in the local directory"),
        timestamp(at!(onPremisesLastSyncDateTime)).directory("AA-AAA--").remarks("When it was synchronised last with the local directory"),
        text(at!(onPremisesSamAccountName), 256).directory("AA-AAAA-").remarks("Account name in the local directory"),
        text(at!(onPremisesSecurityIdentifier), 256).directory("DA---D-A").remarks("Security identifier (SID) in the local directory"),
        boolean(at!(onPremisesSyncEnabled)).directory("DA-AAD--").remarks("Whether it is synchronised from a local directory"),
        text(at!(onPremisesUserPrincipalName), 320).directory("DA-DDDD-").remarks("User principal name in the local directory"),
        strings(at!(otherMails)).remarks("Further e-mail addresses"),
        text(at!(postalCode), 64).directory("AA-AAAAA").remarks("Postal code"),
        text(at!(preferredDataLocation), 256).remarks("Where the data should be stored"),
        text(at!(preferredLanguage), 64).directory("AA-AAAAA").remarks("Language tag"),
        strings(at!(proxyAddresses)).remarks("All addresses of the mailbox; SMTP: in capitals marks the primary one"),
        text(at!(securityIdentifier), 256).remarks("Security identifier (SID)"),
        boolean(at!(showInAddressList)).directory("AA-AAA--").remarks("Whether address lists show it"),
        timestamp(at!(signInSessionsValidFromDateTime)).remarks("Sessions that began before this time are not valid"),
        text(at!(state), 256).directory("DA-DDDDA").remarks("State or province"),
        text(at!(streetAddress), 1024).directory("AA-AAAAA").remarks("Street"),
        text(at!(surname), 256).directory("DA-DDDDA").remarks("Surname"),
        text(at!(usageLocation), 8).directory("DA-DDDD-").remarks("Two-letter country of the licences"),
        text(at!(userPrincipalName), 320).directory("DA--DDD-").ends_with().remarks("Name for signing in"),
        text(at!(userType), 64).directory("DAA--D-A").remarks("Member or Guest"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 999,
    index: Index::Directory,
    windows: None,
    proof: TableProof { rows: "users", pages: "page-sizes", index: Some("directory-search") },
};

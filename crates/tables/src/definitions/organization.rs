//! The organization itself.

use super::columns::{ID_LENGTH, at, boolean, enumeration, id, json, strings, text, timestamp};
use super::derived::{composite_key, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static ORGANIZATION: Table = Table {
    name: "Organization",
    remarks: "The organization to which the directory belongs; one row",
    scope: Scope::Directory,
    permission: permissions::ORGANIZATION,
    collection: Collection::List(List {
        path: &["organization"],
        items: Some(&["organization"]),
        has_count: false,
        usual: 1,
    }),
    columns: &[
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        json(at!(assignedPlans)).remarks("Service plans, a list"),
        strings(at!(businessPhones)).remarks("Telephone number"),
        text(at!(city), 256).remarks("City"),
        text(at!(country), 128).remarks("Country or region"),
        text(at!(countryLetterCode), 8).remarks("Two-letter country code"),
        timestamp(at!(createdDateTime)).remarks("When it was created"),
        text(at!(defaultUsageLocation), 8).remarks("Two-letter country where licences are used by default"),
        timestamp(at!(deletedDateTime)).remarks("When it was deleted; null here"),
        text(at!(displayName), 256).remarks("Name shown"),
        strings(at!(marketingNotificationEmails)).remarks("Addresses for news"),
        enumeration(at!(mobileDeviceManagementAuthority)).remarks("Who manages mobile devices"),
        timestamp(at!(onPremisesLastSyncDateTime)).remarks("When it was synchronised last with the local directory"),
        boolean(at!(onPremisesSyncEnabled)).remarks("Whether it is synchronised from a local directory"),
        enumeration(at!(partnerTenantType)).remarks("Kind of partner of Microsoft"),
        text(at!(postalCode), 64).remarks("Postal code"),
        text(at!(preferredLanguage), 64).remarks("Language tag"),
        text(at!(privacyProfile / contactEmail), 320).remarks("Address for questions about privacy"),
        text(at!(privacyProfile / statementUrl), 2048).remarks("Address of the statement about privacy"),
        json(at!(provisionedPlans)).remarks("Plans that were provided, a list"),
        strings(at!(securityComplianceNotificationMails)).remarks("Addresses for messages about security"),
        strings(at!(securityComplianceNotificationPhones)).remarks("Telephone numbers for messages about security"),
        text(at!(state), 256).remarks("State or province"),
        text(at!(street), 1024).remarks("Street"),
        strings(at!(technicalNotificationMails)).remarks("Addresses for technical messages"),
        text(at!(tenantType), 64).remarks("Kind of tenant: AAD, AAD B2C, CIAM"),
        json(at!(verifiedDomains)).remarks("Domains, a list"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "organization", pages: "page-sizes", index: None },
};

//! Groups of the directory.

use super::columns::{
    ID_LENGTH, at, boolean, enumeration, id, json, long_text, strings, text, timestamp,
};
use super::derived::{composite_key, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static GROUPS: Table = Table {
    name: "Groups",
    remarks: "Groups: of Microsoft 365, for security, and lists for mail",
    scope: Scope::Directory,
    permission: permissions::GROUPS,
    collection: Collection::List(List {
        path: &["groups"],
        items: Some(&["groups"]),
        has_count: true,
        usual: 200,
    }),
    columns: &[
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        json(at!(assignedLabels)).remarks("Sensitivity labels, a list"),
        text(at!(classification), 256).directory_of("DAA--DD-", "groups").remarks("Classification"),
        timestamp(at!(createdDateTime)).remarks("When it was created"),
        timestamp(at!(deletedDateTime)).remarks("When it was deleted; null here"),
        text(at!(description), 1024).directory_of("DAA--DD-", "groups").remarks("Description"),
        text(at!(displayName), 256).directory_of("DAA--DDA", "groups").remarks("Name shown"),
        timestamp(at!(expirationDateTime)).remarks("When it expires"),
        strings(at!(groupTypes)).remarks("Unified for a group of Microsoft 365, DynamicMembership for members by a rule"),
        boolean(at!(isAssignableToRole)).directory_of("DAA--D--", "groups").remarks("Whether roles can be assigned to it"),
        text(at!(mail), 320).directory_of("DAA--DDA", "groups").remarks("Primary SMTP address"),
        boolean(at!(mailEnabled)).directory_of("DAA--D--", "groups").remarks("Whether it receives mail"),
        text(at!(mailNickname), 256).directory_of("DAA--DDA", "groups").remarks("Alias"),
        long_text(at!(membershipRule)).remarks("Rule for its members"),
        enumeration(at!(membershipRuleProcessingState)).directory_of("DAA--D--", "groups").remarks("On or Paused"),
        text(at!(onPremisesDomainName), 256).remarks("Domain in the local directory"),
        timestamp(at!(onPremisesLastSyncDateTime)).remarks("When it was synchronised last with the local directory"),
        text(at!(onPremisesNetBiosName), 64).remarks("NetBIOS name in the local directory"),
        text(at!(onPremisesSamAccountName), 256).directory_of("DAA--DD-", "groups").remarks("Account name in the local directory"),
        text(at!(onPremisesSecurityIdentifier), 256).remarks("Security identifier (SID) in the local directory"),
        boolean(at!(onPremisesSyncEnabled)).directory_of("DAA--D-A", "groups").remarks("Whether it is synchronised from a local directory"),
        text(at!(preferredDataLocation), 256).remarks("Where the data should be stored"),
        text(at!(preferredLanguage), 64).directory_of("DAA--DDA", "groups").remarks("Language tag"),
        strings(at!(proxyAddresses)).remarks("All addresses; SMTP: in capitals marks the primary one"),
        timestamp(at!(renewedDateTime)).remarks("When it was renewed last"),
        strings(at!(resourceBehaviorOptions)).remarks("Behaviours that were set when it was created"),
        strings(at!(resourceProvisioningOptions)).remarks("Resources that were made with it: Team"),
        boolean(at!(securityEnabled)).directory_of("DAA--D--", "groups").remarks("Whether rights can be granted to it"),
        text(at!(securityIdentifier), 256).remarks("Security identifier (SID)"),
        text(at!(theme), 64).remarks("Colour theme"),
        text(at!(visibility), 64).remarks("Who sees its content: Public, Private or HiddenMembership"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 999,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "groups", pages: "page-sizes", index: None },
};

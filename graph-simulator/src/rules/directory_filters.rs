//! The operators that the directory takes in filters, property by property.

use super::matrix::Matrix;

/// docs/graph.md#directory-filter
pub(super) static USERS: Matrix = Matrix {
    resource: "User",
    rows: &[
        ("accountEnabled", "DAAAAD--"),
        ("ageGroup", "DAA--D--"),
        ("assignedLicenses", "D-A-----"),
        ("assignedPlans", "D-A-----"),
        ("businessPhones", "D-A-----"),
        ("city", "DAAD-DDA"),
        ("companyName", "AAAAAAAA"),
        ("country", "DAADDDDA"),
        ("createdDateTime", "DAADDA--"),
        ("creationType", "DAA--D--"),
        ("deletedDateTime", "DAADDA--"),
        ("department", "DAADDDDA"),
        ("displayName", "DAA--DDA"),
        ("employeeHireDate", "AA-AAA--"),
        ("employeeId", "DA--A-DA"),
        ("employeeType", "AA-AAAA-"),
        ("givenName", "DA-DDDDA"),
        ("id", "DAA-----"),
        ("identities", "D-------"),
        ("imAddresses", "DAADD-D-"),
        ("isResourceAccount", "DA------"),
        ("jobTitle", "DA-DDD-A"),
        ("mail", "DA-DDDD-"),
        ("mailNickname", "DA-DDDDA"),
        ("mobilePhone", "AA-AAAAA"),
        ("officeLocation", "AA-AAAAA"),
        ("onPremisesExtensionAttributes", "AA-AAA--"),
        ("onPremisesImmutableId", "AA-AAA--"),
        ("onPremisesLastSyncDateTime", "AA-AAA--"),
        ("onPremisesSamAccountName", "AA-AAAA-"),
        ("onPremisesSecurityIdentifier", "DA---D-A"),
        ("onPremisesSyncEnabled", "DA-AAD--"),
        ("onPremisesUserPrincipalName", "DA-DDDD-"),
        ("otherMails", "DA-DDDD-"),
        ("postalCode", "AA-AAAAA"),
        ("preferredLanguage", "AA-AAAAA"),
        ("proxyAddresses", "DA-DD-DA"),
        ("showInAddressList", "AA-AAA--"),
        ("state", "DA-DDDDA"),
        ("streetAddress", "AA-AAAAA"),
        ("surname", "DA-DDDDA"),
        ("usageLocation", "DA-DDDD-"),
        ("userPrincipalName", "DA--DDD-"),
        ("userType", "DAA--D-A"),
    ],
    ends_with: &["mail", "otherMails", "proxyAddresses", "userPrincipalName"],
};

/// docs/graph.md#groups
pub(super) static GROUPS: Matrix = Matrix {
    resource: "Group",
    rows: &[
        ("assignedLicenses", "D-------"),
        ("classification", "DAA--DD-"),
        ("description", "DAA--DD-"),
        ("displayName", "DAA--DDA"),
        ("groupTypes", "D-A-----"),
        ("hasMembersWithLicenseErrors", "A-------"),
        ("id", "DAA--D--"),
        ("isAssignableToRole", "DAA--D--"),
        ("mail", "DAA--DDA"),
        ("mailEnabled", "DAA--D--"),
        ("mailNickname", "DAA--DDA"),
        ("membershipRule", "DAA--DD-"),
        ("membershipRuleProcessingState", "DAA--D--"),
        ("onPremisesSamAccountName", "DAA--DD-"),
        ("onPremisesSecurityIdentifier", "-------A"),
        ("onPremisesSyncEnabled", "DAA--D-A"),
        ("preferredLanguage", "DAA--DDA"),
        ("proxyAddresses", "D-A---D-"),
        ("securityEnabled", "DAA--D--"),
    ],
    ends_with: &[],
};

/// docs/graph.md#org-contacts
pub(super) static ORG_CONTACTS: Matrix = Matrix {
    resource: "OrgContact",
    rows: &[
        ("companyName", "AAA--AAA"),
        ("department", "AAA--AAA"),
        ("displayName", "AAA--AAA"),
        ("givenName", "AAA--AAA"),
        ("id", "AAA--A--"),
        ("jobTitle", "AAA--AAA"),
        ("mail", "AAA--AAA"),
        ("mailNickname", "AAA--AAA"),
        ("onPremisesSyncEnabled", "AAA--A-A"),
        ("proxyAddresses", "A-A---A-"),
        ("surname", "AAA--AAA"),
    ],
    ends_with: &[],
};

/// docs/graph.md#group-members
pub(super) static MEMBERS: Matrix = nothing("DirectoryObject");

/// docs/graph.md#organization
pub(super) static ORGANIZATION: Matrix = nothing("Organization");

const fn nothing(resource: &'static str) -> Matrix {
    Matrix {
        resource,
        rows: &[],
        ends_with: &[],
    }
}

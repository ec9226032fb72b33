//! Users, groups and the other objects of the directory.

use super::collection::{
    Beyond, Collection, Link, NeverSelected, OrderRules, Paging, Search, Service,
};
use super::directory_filters as filters;
use super::filter::FilterRules;

/// The common rules of the directory (docs/graph.md#page-sizes, docs/graph.md#paging).
const DIRECTORY: Collection = Collection {
    name: "",
    entity: "directoryObject",
    kinds: &[],
    service: Service::Directory,
    paging: Paging::Pages {
        usual: 100,
        largest: 999,
        beyond: Beyond::Refused,
        link: Link::SkipToken,
    },
    filter: FilterRules::Directory(&filters::MEMBERS),
    order: OrderRules::Directory {
        plain: &[],
        advanced: &[],
    },
    expand: &[],
    only_selected: &[],
    left_out: &[],
    never_selected: NeverSelected::None,
    casts: &[],
    usual: None,
    search: Search::Unsupported,
};

/// docs/graph.md#users
pub static USERS: Collection = Collection {
    // docs/graph.md#managers
    expand: &["manager"],
    ..OF_USERS
};

/// docs/graph.md#licences
pub static SUBSCRIBED_SKUS: Collection = Collection {
    name: "subscribedSkus",
    entity: "subscribedSku",
    paging: Paging::Whole,
    filter: FilterRules::Outlook(&[]),
    order: OrderRules::None,
    ..DIRECTORY
};

/// docs/graph.md#deleted-users
pub static DELETED_USERS: Collection = OF_USERS;

const OF_USERS: Collection = Collection {
    name: "users",
    entity: "user",
    filter: FilterRules::Directory(&filters::USERS),
    // docs/graph.md#directory-order
    order: OrderRules::Directory {
        plain: &["displayName", "userPrincipalName"],
        advanced: &["createdDateTime", "deletedDateTime"],
    },
    never_selected: NeverSelected::NotImplemented(&[
        "aboutMe",
        "birthday",
        "hireDate",
        "interests",
        "mailboxSettings",
        "mySite",
        "pastProjects",
        "preferredName",
        "responsibilities",
        "schools",
        "skills",
    ]),
    usual: Some(USER),
    search: Search::Directory,
    ..DIRECTORY
};

/// The properties of a user without `$select`.
const USER: &[&str] = &[
    "businessPhones",
    "displayName",
    "givenName",
    "id",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
];

/// docs/graph.md#groups
pub static GROUPS: Collection = Collection {
    name: "groups",
    entity: "group",
    filter: FilterRules::Directory(&filters::GROUPS),
    order: OrderRules::Directory {
        plain: &["displayName"],
        advanced: &["deletedDateTime"],
    },
    never_selected: NeverSelected::NotImplemented(&[
        "allowExternalSenders",
        "autoSubscribeNewMembers",
        "hideFromAddressLists",
        "hideFromOutlookClients",
        "isSubscribedByMail",
        "unseenCount",
    ]),
    usual: Some(GROUP),
    search: Search::Directory,
    ..DIRECTORY
};

/// The properties of a group without `$select`.
const GROUP: &[&str] = &[
    "classification",
    "createdDateTime",
    "deletedDateTime",
    "description",
    "displayName",
    "expirationDateTime",
    "groupTypes",
    "id",
    "isAssignableToRole",
    "mail",
    "mailEnabled",
    "mailNickname",
    "membershipRule",
    "membershipRuleProcessingState",
    "onPremisesDomainName",
    "onPremisesLastSyncDateTime",
    "onPremisesNetBiosName",
    "onPremisesSamAccountName",
    "onPremisesSecurityIdentifier",
    "onPremisesSyncEnabled",
    "preferredDataLocation",
    "preferredLanguage",
    "proxyAddresses",
    "renewedDateTime",
    "resourceBehaviorOptions",
    "resourceProvisioningOptions",
    "securityEnabled",
    "securityIdentifier",
    "theme",
    "visibility",
];

/// docs/graph.md#group-members
pub static MEMBERS: Collection = Collection {
    name: "directoryObjects",
    kinds: &["user", "group", "orgContact"],
    ..DIRECTORY
};

/// docs/graph.md#org-contacts
pub static ORG_CONTACTS: Collection = Collection {
    name: "contacts",
    entity: "orgContact",
    filter: FilterRules::Directory(&filters::ORG_CONTACTS),
    order: OrderRules::Directory {
        plain: &[],
        advanced: &["displayName"],
    },
    search: Search::Directory,
    ..DIRECTORY
};

/// docs/graph.md#organization
pub static ORGANIZATION: Collection = Collection {
    name: "organization",
    entity: "organization",
    filter: FilterRules::Directory(&filters::ORGANIZATION),
    ..DIRECTORY
};

/// The properties without `$select` of an object of this kind.
pub fn usual_of(kind: &str) -> Option<&'static [&'static str]> {
    match kind {
        "user" => Some(USER),
        "group" => Some(GROUP),
        _ => None,
    }
}

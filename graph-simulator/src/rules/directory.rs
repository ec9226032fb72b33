//! Users (docs/graph.md#users).

use super::collection::{
    Beyond, Collection, Link, NeverSelected, OrderRules, Paging, Search, Service,
};
use super::filter::FilterRules;

pub static USERS: Collection = Collection {
    name: "users",
    entity: "user",
    service: Service::Directory,
    paging: Paging::Pages {
        usual: 100,
        largest: 999,
        beyond: Beyond::Refused,
        link: Link::SkipToken,
    },
    filter: FilterRules::Directory { resource: "User" },
    // docs/graph.md#directory-order
    order: OrderRules::Directory {
        plain: &["displayName", "userPrincipalName"],
        advanced: &["createdDateTime", "deletedDateTime"],
    },
    expand: &[],
    only_selected: &[],
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
    usual: Some(&[
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
    ]),
    search: Search::Directory,
};

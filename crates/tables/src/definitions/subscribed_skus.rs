//! Licences of the tenant.

use super::columns::{ID_LENGTH, at, id, integer, json, strings, text};
use super::derived::{composite_key, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static SUBSCRIBED_SKUS: Table = Table {
    name: "SubscribedSkus",
    remarks: "Products that the tenant has licences of, with the numbers of their licences",
    scope: Scope::Directory,
    permission: permissions::LICENSES,
    collection: Collection::List(List {
        path: &["subscribedSkus"],
        items: None,
        has_count: false,
        usual: 20,
    }),
    columns: &[
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        text(at!(accountId), 256).remarks("Id of the account that has the licences"),
        text(at!(accountName), 256).remarks("Name of that account"),
        text(at!(appliesTo), 64).remarks("User or Company"),
        text(at!(capabilityStatus), 64).remarks("Enabled, Warning, Suspended, Deleted or LockedOut"),
        integer(at!(consumedUnits)).remarks("Licences that are assigned"),
        integer(at!(prepaidUnits / enabled)).remarks("Licences that can be assigned"),
        integer(at!(prepaidUnits / lockedOut)).remarks("Licences of a subscription that was cancelled"),
        integer(at!(prepaidUnits / suspended)).remarks("Licences that are suspended"),
        integer(at!(prepaidUnits / warning)).remarks("Licences that will be suspended"),
        json(at!(servicePlans)).remarks("Services of the product, a list"),
        text(at!(skuId), 64).case_sensitive().remarks("Id of the product (UserLicenses.skuId)"),
        text(at!(skuPartNumber), 256).remarks("Name of the product, such as ENTERPRISEPACK"),
        strings(at!(subscriptionIds)).remarks("Ids of the subscriptions"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "licences", pages: "licences", index: None },
};

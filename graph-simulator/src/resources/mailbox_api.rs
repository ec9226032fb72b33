//! The import and export API: folders and items of every kind (docs/graph.md#mailbox-items).
//!
//! A mailbox has the id `MBX:{guid}@{tenant}` there. The guid is that of its user here.

use super::ask::Content;
use super::list::{self, Source};
use super::mailbox::{Inside, id_of, missing};
use super::shelf::Shelf;
use crate::model::Item;
use crate::refusal::Refusal;
use crate::rules::{API_FOLDERS, API_ITEMS, Collection};
use serde_json::json;
use std::borrow::Cow;

impl Inside<'_> {
    pub(super) fn mailbox_id(&self) -> Result<Content, Refusal> {
        if self.ask.pairs.iter().any(|(name, _)| name.starts_with('$')) {
            return Err(Refusal::not_simulated("options that no source shows here"));
        }
        let ask = self.ask;
        let reply = json!({
            "@odata.context": format!("{}/v1.0/$metadata#{}/settings/exchange/$entity", ask.base, self.name),
            "primaryMailboxId": self.api_id(),
        });
        Ok(Content::Json(reply.to_string().into_bytes()))
    }

    fn api_id(&self) -> String {
        format!("MBX:{}@{}", id_of(self.owner), self.store.tenant().id)
    }

    pub(super) fn api_folders(&self, parent: Option<&str>) -> Result<Content, Refusal> {
        let rest = match parent {
            Some(parent) => {
                self.check_folder(parent)?;
                format!("folders('{parent}')/childFolders")
            }
            None => "folders".to_owned(),
        };
        let folders = &self.mailbox.api_folders;
        self.of_api(&API_FOLDERS, &rest, folders, parent.unwrap_or_default())
    }

    pub(super) fn api_items(&self, folder: &str) -> Result<Content, Refusal> {
        self.check_folder(folder)?;
        // No source shows other options of this list.
        let mut names = self.ask.pairs.iter().map(|(name, _)| name.as_str());
        if names.any(|name| name.starts_with('$') && name != "$skip") {
            return Err(Refusal::not_simulated("options that no source shows here"));
        }
        let rest = format!("folders('{folder}')/items");
        self.of_api(&API_ITEMS, &rest, &self.mailbox.api_items, folder)
    }

    fn check_folder(&self, id: &str) -> Result<(), Refusal> {
        let mut folders = self.mailbox.api_folders.iter();
        match folders.any(|folder| id_of(&folder.entity) == id) {
            true => Ok(()),
            false => Err(missing(id)),
        }
    }

    /// Those in this folder.
    fn of_api(
        &self,
        collection: &'static Collection,
        rest: &str,
        items: &[Item],
        parent: &str,
    ) -> Result<Content, Refusal> {
        let all = (0..).zip(items);
        let rows = all.filter(|(_, item)| item.parent_id == parent);
        let rows: Vec<u32> = rows.map(|(row, _)| row).collect();
        let source = Source {
            collection,
            name: format!("admin/exchange/mailboxes/{}/{rest}", self.api_id()),
            shelf: Shelf::Items(items),
            rows: Cow::Owned(rows),
            received: None,
        };
        list::page(self.ask, &source).map(Content::Json)
    }
}

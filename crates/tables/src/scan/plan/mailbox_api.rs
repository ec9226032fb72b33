//! Folders and items of the import and export API. Their paths begin with an id that Graph tells for each mailbox.

use super::listing::{EACH, Each, Listing};
use super::resource_root::ResourceRoot;
use crate::definition::Context;

/// Stands for the id of the mailbox until it is known.
const MAILBOX: &str = "{mailbox id}";

/// The collection of the folders of a mailbox.
const FOLDERS: [&str; 5] = ["admin", "exchange", "mailboxes", MAILBOX, "folders"];

/// The requests after that for the id of the mailbox.
#[derive(Clone, Debug)]
pub enum Part {
    /// The tree of folders, which are the rows.
    Folders { top: Listing, children: Each },
    /// The items of every folder of the tree.
    Items {
        top: Listing,
        children: Each,
        rows: Box<Each>,
    },
    /// The items of folders that the statement names.
    ItemsOf(Vec<Listing>),
}

/// The settings that have the id of the mailbox.
pub fn settings(root: ResourceRoot<'_>) -> Listing {
    root.at(&["settings", "exchange"])
}

/// Graph names no largest page here, so pages have the size that it chooses (docs/graph.md#mailbox-items).
pub fn folders(root: ResourceRoot<'_>, select: &str) -> Part {
    let select = |folders: Listing| folders.option("$select", select);
    Part::Folders {
        top: select(root.outside(&FOLDERS)),
        children: children(root).map(select),
    }
}

pub fn items(root: ResourceRoot<'_>, folders: Option<Vec<String>>) -> Part {
    let rows = root.each_outside(&FOLDERS, EACH, &["items"]);
    let rows = rows.parent(Context::MailboxFolderId);
    let id = |folders: Listing| folders.option("$select", "id");
    match folders {
        Some(folders) => Part::ItemsOf(folders.iter().map(|id| rows.with(id)).collect()),
        None => Part::Items {
            top: id(root.outside(&FOLDERS)),
            children: children(root).map(id),
            rows: Box::new(rows),
        },
    }
}

fn children(root: ResourceRoot<'_>) -> Each {
    root.each_outside(&FOLDERS, EACH, &["childFolders"])
}

impl Part {
    /// The requests for the mailbox with this id.
    pub fn of_mailbox(self, id: &str) -> Self {
        let listing = |listing: Listing| listing.filled(MAILBOX, id);
        let each = |each: Each| each.map(listing);
        match self {
            Self::Folders { top, children } => Self::Folders {
                top: listing(top),
                children: each(children),
            },
            Self::Items {
                top,
                children,
                rows,
            } => Self::Items {
                top: listing(top),
                children: each(children),
                rows: Box::new(each(*rows)),
            },
            Self::ItemsOf(lists) => Self::ItemsOf(lists.into_iter().map(listing).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_the_mailbox_takes_its_place_in_every_request() {
        let root = ResourceRoot::new(Some("ann"));
        let Part::Items {
            top,
            children,
            rows,
        } = items(root, None).of_mailbox("MBX:1@2")
        else {
            panic!("items");
        };
        let folders = "GET /admin/exchange/mailboxes/MBX:1@2/folders";
        assert_eq!(top.to_string(), format!("{folders}?$select=id"));
        let of_folder = children.with("F");
        assert_eq!(
            of_folder.to_string(),
            format!("{folders}/F/childFolders?$select=id")
        );
        let rows = rows.with("F");
        assert_eq!(rows.to_string(), format!("{folders}/F/items"));
        assert_eq!(rows.context.parent(Context::MailboxFolderId), Some("F"));
        assert_eq!(rows.context.mailbox, "ann");
    }
}

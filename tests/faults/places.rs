//! The places of faults, and the expected results of a statement.

use driver_harness::tenant::{self, ALICE};
use graph_simulator::model::Tenant;
use graph_simulator::{Action, Fault};

/// Rows of a page. The mailbox has several pages.
const PAGE: usize = 11;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Token,
    FirstPage,
    MiddlePage,
    LastPage,
    LinkedPage,
    Batch,
    BatchItem,
    PointRead,
    Count,
}

/// Name in the table, place.
pub const ALL: &[(&str, Place)] = &[
    ("token", Place::Token),
    ("first page", Place::FirstPage),
    ("middle page", Place::MiddlePage),
    ("last page", Place::LastPage),
    ("page by a link", Place::LinkedPage),
    ("batch", Place::Batch),
    ("batch item", Place::BatchItem),
    ("point read", Place::PointRead),
    ("count", Place::Count),
];

fn ids(tenant: &Tenant) -> Vec<String> {
    let mailbox = tenant::user(tenant, ALICE).mailbox.as_ref().expect("mail");
    tenant::messages(mailbox)
        .map(|message| tenant::text(&message.entity, "id").to_owned())
        .collect()
}

impl Place {
    pub fn statement(self, tenant: &Tenant) -> String {
        match self {
            Self::Batch | Self::BatchItem => {
                "SELECT messageId, id FROM MessageAttachments".to_owned()
            }
            Self::PointRead => format!("SELECT id FROM Messages WHERE id = '{}'", ids(tenant)[3]),
            Self::Count => "SELECT COUNT(*) FROM Users".to_owned(),
            _ => "SELECT id FROM Messages".to_owned(),
        }
    }

    /// Keys of the connection. One request at a time, so that a run repeats.
    pub fn keys(self) -> String {
        let links = match self {
            Self::LinkedPage => "Pushdown=Off;",
            _ => "",
        };
        format!("PageSize={PAGE};MaxConcurrentRequests=1;{links}")
    }

    /// The rows, in the order of their values.
    pub fn expected(self, tenant: &Tenant) -> Vec<Vec<Option<String>>> {
        let mailbox = tenant::user(tenant, ALICE).mailbox.as_ref().expect("mail");
        let one = |text: String| vec![Some(text)];
        let mut rows: Vec<_> = match self {
            Self::Batch | Self::BatchItem => tenant::messages(mailbox)
                .flat_map(|message| {
                    let id = tenant::text(&message.entity, "id");
                    let attachments = message.attachments.iter();
                    attachments.map(|attachment| {
                        let own = tenant::text(attachment, "id").to_owned();
                        vec![Some(id.to_owned()), Some(own)]
                    })
                })
                .collect(),
            Self::PointRead => vec![one(ids(tenant)[3].clone())],
            Self::Count => vec![one(tenant.users.len().to_string())],
            _ => ids(tenant).into_iter().map(one).collect(),
        };
        rows.sort();
        rows
    }

    /// The fault, once or permanently.
    pub fn fault(self, tenant: &Tenant, action: Action, always: bool) -> Fault {
        let pages = ids(tenant).len().div_ceil(PAGE) as u32;
        let (path, after) = match self {
            Self::Token => ("/oauth2/*", 0),
            Self::FirstPage => ("*/messages", 0),
            Self::MiddlePage | Self::LinkedPage => ("*/messages", pages / 2),
            Self::LastPage => ("*/messages", pages - 1),
            Self::Batch => ("/$batch", 1),
            Self::BatchItem => ("*/attachments", 7),
            Self::PointRead => ("*/messages/*", 0),
            Self::Count => ("/users/$count", 0),
        };
        let fault = match always {
            true => Fault::always(path, action),
            false => Fault::once(path, action),
        };
        fault.after(after)
    }
}

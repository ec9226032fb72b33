//! The national clouds: each has a login host and a Graph host of its own (docs/graph.md#clouds).

use super::choices::Choice;

/// A Microsoft cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cloud {
    Global,
    UsGov,
    UsGovDod,
    China,
}

impl Choice for Cloud {
    const WORDS: &'static [&'static str] = &["Global", "USGov", "USGovDoD", "China"];
    const VALUES: &'static [Self] = &[Self::Global, Self::UsGov, Self::UsGovDod, Self::China];
}

impl Cloud {
    pub fn login_endpoint(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGov | Self::UsGovDod => "https://login.microsoftonline.us",
            // Graph's documentation names login.chinacloudapi.cn; Entra's names this one, which is
            // newer.
            Self::China => "https://login.partner.microsoftonline.cn",
        }
    }

    pub fn graph_endpoint(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::UsGov => "https://graph.microsoft.us",
            Self::UsGovDod => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }

    /// The scope for every permission granted to the application.
    pub fn default_scope(self) -> String {
        format!("{}/.default", self.graph_endpoint())
    }
}

//! Where the rows of a connection come from.

use crate::config::Settings;
use crate::graph;

/// The Graph client and the settings that every table of a connection reads with.
#[derive(Debug)]
pub struct Source {
    client: graph::Client,
    settings: Settings,
}

impl Source {
    pub fn new(client: graph::Client, settings: Settings) -> Self {
        Self { client, settings }
    }

    pub fn client(&self) -> &graph::Client {
        &self.client
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

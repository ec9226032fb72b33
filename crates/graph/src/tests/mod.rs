//! The client against a scripted server, over real sockets.

mod batches;
mod downloads;
mod faults;
mod limits;
mod requests;
mod server;
#[cfg(windows)]
mod system_proxy;
mod tokens;

use super::{Client, Error, Request, Response, runtime};
use exchange_config::{DataSources, Settings, from_connection_string};
use server::Server;
use std::time::Duration;

/// A secret that no message and no debug output may show.
const SECRET: &str = "s3cr3t~va;lue+&=%";

/// Settings for a server, `more` before the usual ones so that it wins.
fn settings(server: &Server, more: &str) -> Settings {
    let text = format!(
        "{more};TenantID=contoso;ClientId=app-{port};ClientSecret={{{SECRET}}};UserID=ann@x.org;\
         LoginEndpoint={address};GraphEndpoint={address}",
        port = server.port(),
        address = server.address()
    );
    from_connection_string(&text, &DataSources::files([]))
        .expect("valid settings")
        .settings
}

/// A client that waits hardly at all between attempts.
fn client(server: &Server, more: &str) -> Client {
    Client::new(&settings(server, more))
        .expect("a client")
        .with_first_wait(Duration::from_millis(10))
}

fn request(path: &str) -> Request {
    Request {
        path: path.to_owned(),
        mailbox: Some("ann@x.org".to_owned()),
        ..Request::default()
    }
}

fn get(client: &Client, request: &Request) -> Result<Response, Error> {
    runtime::block_on(client.get(request))
}

/// The path of one page of messages.
const MESSAGES: &str = "/users/ann@x.org/messages?$top=10&$select=id";

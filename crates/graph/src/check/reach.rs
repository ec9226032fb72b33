//! The way to the login service and to Graph: names, network, TLS.
//!
//! Any reply proves all three. A failure tells how far the request came.

use super::finding::{Failed, Finding, Outcome, Step};
use crate::client::Client;
use crate::fault;
use crate::http::host_of;
use exchange_config::Settings;
use std::time::Duration;
use url::Url;

/// A request that got no reply.
struct Stopped {
    at: Step,
    text: String,
}

/// Tells the three steps for the login service and Graph.
pub(super) async fn hosts(
    client: &Client,
    settings: &Settings,
    limit: Duration,
    tell: &mut impl FnMut(Finding),
) -> Result<(), Failed> {
    let mut urls = vec![&settings.login_endpoint];
    if host_of(&settings.login_endpoint) != host_of(&settings.graph_endpoint) {
        urls.push(&settings.graph_endpoint);
    }
    let proxy = settings.proxy.as_ref().map(|proxy| host_of(&proxy.address));
    let tries = urls
        .iter()
        .map(|url| reach(client, url, proxy.as_deref(), limit));
    let outcomes = futures::future::join_all(tries).await;
    let hosts = urls.iter().map(|url| host_of(url)).collect::<Vec<_>>();
    let hosts = hosts.join(" and ");
    for step in [Step::Names, Step::Network, Step::Encryption] {
        let stopped = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        let stopped: Vec<_> = stopped.filter(|stopped| stopped.at == step).collect();
        for stopped in &stopped {
            tell(Finding::new(step, Outcome::Failed, &stopped.text));
        }
        if !stopped.is_empty() {
            return Err(Failed);
        }
        let text = passed(step, &urls, &hosts, proxy.as_deref());
        tell(Finding::new(step, Outcome::Passed, &text));
    }
    Ok(())
}

fn passed(step: Step, urls: &[&Url], hosts: &str, proxy: Option<&str>) -> String {
    let (be, whose) = match urls.len() {
        1 => ("was", "The certificate of"),
        _ => ("were", "The certificates of"),
    };
    let is_encrypted = urls.iter().any(|url| url.scheme() == "https");
    match (step, proxy) {
        (Step::Names, Some(proxy)) => format!("The proxy {proxy} was found."),
        (Step::Names, None) => format!("{hosts} {be} found."),
        (Step::Network, Some(proxy)) => format!("{hosts} {be} reached through the proxy {proxy}."),
        (Step::Network, None) => format!("{hosts} {be} reached. The setting Proxy is empty."),
        _ if is_encrypted && urls.len() > 1 => format!("{whose} {hosts} are trusted."),
        _ if is_encrypted => format!("{whose} {hosts} is trusted."),
        _ => format!("{hosts} is asked without TLS, which is allowed on this machine only."),
    }
}

async fn reach(
    client: &Client,
    url: &Url,
    proxy: Option<&str>,
    limit: Duration,
) -> Result<(), Stopped> {
    let host = host_of(url);
    let stopped = |at, text| Err(Stopped { at, text });
    let pool = match client.pool() {
        Ok(pool) => pool,
        Err(error) => return stopped(Step::Encryption, error.to_string()),
    };
    let error = match tokio::time::timeout(limit, pool.probe(url.clone())).await {
        Ok(Ok(407)) => return stopped(Step::Network, fault::proxy_refused().to_string()),
        Ok(Ok(_)) => return Ok(()),
        Ok(Err(error)) => error,
        Err(_) => {
            let cause = format!("no answer within {} seconds", limit.as_secs_f64());
            return stopped(Step::Network, unreachable(&host, proxy, &cause));
        }
    };
    let cause = fault::cause(&error);
    if let Some(problem) = fault::tls_problem(&error) {
        let text = fault::untrusted(&error, &host).unwrap_or_else(|| {
            format!(
                "{host} does not encrypt as it has to ({problem}). Check its address and port; a proxy or a firewall \
                 may answer in its place."
            )
        });
        return stopped(Step::Encryption, text);
    }
    if fault::is_proxy_login(&cause) {
        return stopped(Step::Network, fault::proxy_refused().to_string());
    }
    if error.is_dns() {
        return stopped(Step::Names, unknown(&host, proxy, &cause));
    }
    stopped(Step::Network, unreachable(&host, proxy, &cause))
}

fn unknown(host: &str, proxy: Option<&str>, cause: &str) -> String {
    match proxy {
        Some(proxy) => format!("The proxy {proxy} cannot be found ({cause}). Check Proxy."),
        None => format!(
            "{host} cannot be found ({cause}). Check the network, and LoginEndpoint, GraphEndpoint and Cloud if they \
             are set. If this network reaches the internet through a proxy only, give its address in Proxy."
        ),
    }
}

fn unreachable(host: &str, proxy: Option<&str>, cause: &str) -> String {
    match proxy {
        Some(proxy) => format!(
            "{host} cannot be reached through the proxy {proxy} ({cause}). Check Proxy, and that the proxy allows \
             {host}."
        ),
        None => format!(
            "{host} cannot be reached ({cause}). A firewall may be in the way. If this network reaches the internet \
             through a proxy only, give its address in Proxy."
        ),
    }
}

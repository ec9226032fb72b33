//! Addresses that receive credentials.

use url::{Host, Url};

/// An endpoint's address without a slash at its end. Credentials are sent to it, so it has to be
/// https, or http to a loopback address.
pub(super) fn parse(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|error| format!("it is not a URL ({error})"))?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err("plain http is allowed to a loopback address only".to_owned()),
        _ => return Err("it has to start with https://".to_owned()),
    }
    if url.host().is_none() || url.query().is_some() || url.fragment().is_some() {
        return Err("it has to be a scheme, a host and perhaps a path".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it must not hold a user name or a password".to_owned());
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Whether the host is this machine, whatever the network does.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_addresses() {
        for good in [
            "https://graph.microsoft.us",
            "http://localhost:8080/",
            "http://127.0.0.1:1",
            "http://127.9.9.9",
            "http://[::1]:9",
        ] {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://graph.microsoft.com",
            "http://localhost.evil.org",
            "http://127.0.0.1.evil.org",
            "http://10.0.0.1",
            "ftp://localhost",
            "graph.microsoft.com",
            "https://a:b@graph.microsoft.com",
            "https://graph.microsoft.com/?a=b",
            "",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}

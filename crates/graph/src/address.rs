//! Addresses of requests, and the addresses that are refused.

use super::error::{Error, ErrorKind};
use url::Url;

/// The version of Graph in all paths (docs/graph.md#requests).
const VERSION: &str = "/v1.0";

/// Graph's address.
#[derive(Clone, Debug)]
pub(super) struct Address {
    root: Url,
}

impl Address {
    pub(super) fn new(root: &Url) -> Self {
        Self { root: root.clone() }
    }

    /// The URL of a path below `/v1.0`, or of a link from Graph. A link to another host is refused,
    /// because the token would be sent there.
    pub(super) fn resolve(&self, path: &str) -> Result<Url, Error> {
        let text = if path.starts_with('/') {
            format!(
                "{}{VERSION}{path}",
                self.root.as_str().trim_end_matches('/')
            )
        } else {
            path.to_owned()
        };
        let url = Url::parse(&text).map_err(|_| {
            Error::new(
                ErrorKind::Protocol,
                "Graph gave a link that is not a URL, or the path of a request is not one.",
            )
        })?;
        let foreign = url.origin() != self.root.origin()
            || !url.username().is_empty()
            || url.password().is_some();
        if foreign {
            let message = format!(
                "Graph gave a link to {}, which is not below {}. The link was not followed, for the access token \
                 would go with it. Check GraphEndpoint, and a gateway or proxy that changes replies.",
                shown(&url),
                shown(&self.root)
            );
            return Err(Error::new(ErrorKind::Protocol, message));
        }
        Ok(url)
    }

    pub(super) fn host(&self) -> &str {
        self.root.host_str().unwrap_or_default()
    }

    /// Whether Graph is a service on this machine, without TLS.
    pub(super) fn is_plain(&self) -> bool {
        self.root.scheme() == "http"
    }

    /// The part of a URL below `/v1.0`, as a batch needs it.
    pub(super) fn relative(&self, url: &Url) -> String {
        let prefix = format!("{}{VERSION}", self.root.path().trim_end_matches('/'));
        let path = url.path().strip_prefix(&prefix).unwrap_or(url.path());
        match url.query() {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        }
    }
}

/// Scheme, host and port; a user name is only indicated.
pub(super) fn shown(url: &Url) -> String {
    let origin = url.origin().ascii_serialization();
    match url.username().is_empty() && url.password().is_none() {
        true => origin,
        false => format!("{origin} with a user name"),
    }
}

/// A URL for the log: the path, and only the names of query options, because values may quote mail.
pub(super) fn loggable(url: &Url) -> String {
    let names: Vec<_> = url
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    if names.is_empty() {
        url.path().to_owned()
    } else {
        format!("{}?{}", url.path(), names.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(root: &str) -> Address {
        Address::new(&Url::parse(root).expect("a URL"))
    }

    #[test]
    fn paths_are_below_the_version_and_links_stay_as_they_are() {
        let graph = address("https://graph.microsoft.com");
        let url = graph.resolve("/users?$top=1").expect("a path");
        assert_eq!(
            url.as_str(),
            "https://graph.microsoft.com/v1.0/users?$top=1"
        );
        assert_eq!(graph.relative(&url), "/users?$top=1");
        let link = "https://graph.microsoft.com/v1.0/users?$skiptoken=a%2Bb&$top=1";
        assert_eq!(graph.resolve(link).expect("a link").as_str(), link);
        let gateway = address("http://127.0.0.1:8080/graph/");
        let url = gateway.resolve("/users").expect("a path");
        assert_eq!(url.as_str(), "http://127.0.0.1:8080/graph/v1.0/users");
        assert_eq!(gateway.relative(&url), "/users");
    }

    #[test]
    fn links_to_elsewhere_are_refused() {
        let graph = address("https://graph.microsoft.com");
        for link in [
            "https://graph.microsoft.com.evil.org/v1.0/users",
            "https://evil.org/v1.0/users",
            "http://graph.microsoft.com/v1.0/users",
            "https://graph.microsoft.com:444/v1.0/users",
            "https://user@graph.microsoft.com/v1.0/users",
            "https://graph.microsoft.com@evil.org/",
            "users",
            "",
        ] {
            assert!(graph.resolve(link).is_err(), "{link}");
        }
        let refusal =
            |root: &str, link: &str| address(root).resolve(link).expect_err(link).to_string();
        let text = refusal("http://127.0.0.1:8080", "http://127.0.0.1:8081/v1.0/users");
        assert!(
            text.contains("http://127.0.0.1:8081, which is not below http://127.0.0.1:8080."),
            "{text}"
        );
        let text = refusal(
            "https://graph.microsoft.com",
            "https://u:pw@graph.microsoft.com/v1.0/users",
        );
        assert!(
            text.contains("with a user name") && !text.contains("pw"),
            "{text}"
        );
    }

    #[test]
    fn the_log_has_names_of_options_only() {
        let url =
            Url::parse("https://h/v1.0/users/a/messages?$filter=subject%20eq%20'secret'&$top=5");
        assert_eq!(
            loggable(&url.expect("a URL")),
            "/v1.0/users/a/messages?$filter&$top"
        );
    }
}

//! The proxy of Windows' settings: that of the user's Internet options, with a script or without, or else that of the
//! machine.

use exchange_windows::proxy::{self, Answer, Choice};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use url::Url;

/// Scripts are slow, and settings rarely change.
const KEPT: Duration = Duration::from_secs(60);

struct Known {
    origin: String,
    since: Instant,
    proxy: Option<Url>,
}

static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

/// The proxy for a URL. It may wait for the network.
pub fn of(url: &Url) -> Option<Url> {
    if super::is_loopback(url) {
        return None;
    }
    // Path and query are nobody else's business.
    let origin = format!("{}/", url.origin().ascii_serialization());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known().retain(|known| known.since.elapsed() < KEPT);
    if let Some(known) = known().iter().find(|known| known.origin == origin) {
        return known.proxy.clone();
    }
    let user = proxy::of_the_user().unwrap_or_default();
    let proxy = decide(url, &user, |script| proxy::by_script(&origin, script))
        .or_else(|| Some(by_list(url, &proxy::of_the_machine()?)))
        .flatten();
    tracing::debug!(
        host = url.host_str(),
        proxy = proxy.as_ref().and_then(Url::host_str),
        "proxy of Windows"
    );
    let since = Instant::now();
    known().push(Known {
        origin,
        since,
        proxy: proxy.clone(),
    });
    proxy
}

/// As browsers do: the script of the network, the user's script, and then the fixed proxy. `None` if the user has chosen
/// nothing that works, `Some(None)` for a direct connection.
fn decide(
    url: &Url,
    choice: &Choice,
    script: impl Fn(Option<&str>) -> Option<Answer>,
) -> Option<Option<Url>> {
    let of_network = choice.detect.then(|| script(None)).flatten();
    let answer = of_network.or_else(|| choice.script.as_deref().and_then(|own| script(Some(own))));
    match answer {
        Some(Answer::Direct) => Some(None),
        Some(Answer::Servers(servers)) => Some(server(&servers, url.scheme())),
        None => choice.servers.as_ref().map(|_| by_list(url, choice)),
    }
}

fn by_list(url: &Url, choice: &Choice) -> Option<Url> {
    let bypass = choice.bypass.as_deref().unwrap_or_default();
    if parts(bypass).any(|pattern| is_bypassed(url, pattern)) {
        return None;
    }
    server(choice.servers.as_deref()?, url.scheme())
}

fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split([';', ' ', '\t', '\r', '\n'])
        .filter(|part| !part.is_empty())
}

/// The first proxy of a list for the scheme. One without a scheme serves all.
fn server(list: &str, scheme: &str) -> Option<Url> {
    let fits = |part: &&str| {
        part.split_once('=')
            .is_none_or(|(of, _)| of.eq_ignore_ascii_case(scheme))
    };
    let found = parts(list).find(fits)?;
    let address = found.split_once('=').map_or(found, |(_, address)| address);
    let full = match address.contains("://") {
        true => address.to_owned(),
        false => format!("http://{address}"),
    };
    Url::parse(&full)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}

/// Whether a pattern of the list of exceptions has the URL's host: `*.contoso.com`, `https://host`, `host:8080`, or
/// `<local>`, which is every name without a dot.
fn is_bypassed(url: &Url, pattern: &str) -> bool {
    let host = url.host_str().unwrap_or_default();
    if pattern.eq_ignore_ascii_case("<local>") {
        return !host.contains(['.', ':']);
    }
    let pattern = match pattern.split_once("://") {
        Some((scheme, _)) if !scheme.eq_ignore_ascii_case(url.scheme()) => return false,
        Some((_, rest)) => rest,
        None => pattern,
    };
    let (pattern, port) = match pattern.rsplit_once(':') {
        Some((pattern, port)) if !pattern.contains(':') => (pattern, port.parse().ok()),
        _ => (pattern, None),
    };
    if port.is_some() && port != url.port_or_known_default() {
        return false;
    }
    fits(&host.to_ascii_lowercase(), &pattern.to_ascii_lowercase())
}

/// Whether a text fits a pattern in which `*` is any text.
fn fits(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return text == pattern;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.any(|at| fits(&text[at..], rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect(text)
    }

    fn shown(proxy: Option<Url>) -> String {
        proxy.map_or_else(|| "direct".to_owned(), |url| url.to_string())
    }

    #[test]
    fn a_list_has_a_proxy_for_each_scheme_or_one_for_all() {
        let of = |list: &str| shown(server(list, "https"));
        assert_eq!(of("proxy.example:8080"), "http://proxy.example:8080/");
        assert_eq!(of("a:1;b:2"), "http://a:1/");
        assert_eq!(of("http=a:1;HTTPS=b:2"), "http://b:2/");
        assert_eq!(of("https=https://b:2"), "https://b:2/");
        assert_eq!(of("http=a:1 socks=c:3"), "direct");
        assert_eq!(of(""), "direct");
    }

    #[test]
    fn exceptions_have_wildcards_schemes_and_ports() {
        let graph = url("https://graph.microsoft.com/v1.0");
        for pattern in [
            "*.microsoft.com",
            "GRAPH.microsoft.com",
            "https://graph.*",
            "graph.microsoft.com:443",
            "*",
            "*graph*soft.com",
        ] {
            assert!(is_bypassed(&graph, pattern), "{pattern}");
        }
        for pattern in [
            "microsoft.com",
            "http://graph.microsoft.com",
            "graph.microsoft.com:8443",
            "<local>",
            "*.microsoft.co",
            "",
        ] {
            assert!(!is_bypassed(&graph, pattern), "{pattern}");
        }
        assert!(is_bypassed(&url("https://gateway/"), "<local>"));
        assert!(!is_bypassed(&url("https://[2001:db8::1]/"), "<local>"));
    }

    #[test]
    fn scripts_come_before_the_fixed_proxy() {
        let graph = url("https://graph.microsoft.com/");
        let choice = Choice {
            detect: true,
            script: Some("http://pac.example/".to_owned()),
            servers: Some("fixed:1".to_owned()),
            bypass: Some("*.inside.example".to_owned()),
        };
        let answer = |name: &str| Some(Answer::Servers(name.to_owned()));
        let decided = |choice: &Choice, of_network: Option<Answer>, own: Option<Answer>| {
            let script = |address: Option<&str>| match address {
                None => of_network.clone(),
                Some(_) => own.clone(),
            };
            decide(&graph, choice, script).map(shown)
        };
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(
            decided(&choice, answer("net:1"), answer("own:1")),
            is("http://net:1/")
        );
        assert_eq!(decided(&choice, None, answer("own:1")), is("http://own:1/"));
        assert_eq!(decided(&choice, None, Some(Answer::Direct)), is("direct"));
        assert_eq!(decided(&choice, None, None), is("http://fixed:1/"));
        let undetected = Choice {
            detect: false,
            ..choice.clone()
        };
        assert_eq!(
            decided(&undetected, answer("net:1"), answer("own:1")),
            is("http://own:1/")
        );
        assert_eq!(decided(&Choice::default(), answer("net:1"), None), None);
        let inside = url("https://a.inside.example/");
        assert_eq!(by_list(&inside, &choice), None);
    }

    #[test]
    fn loopback_addresses_have_no_proxy() {
        assert_eq!(of(&url("http://127.0.0.1:8080/")), None);
    }
}

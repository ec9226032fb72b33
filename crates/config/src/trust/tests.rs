//! Where a secret of a data source may go.

use crate::resolve::from_connection_string;
use crate::{DataSources, ErrorKind};

/// A file with one data source that holds all kinds of secrets.
fn stored(more: &str) -> (std::path::PathBuf, DataSources) {
    let path = std::env::temp_dir().join(format!("exchange-odbc-{}.ini", uuid::Uuid::new_v4()));
    let ini = format!(
        "[Prod]\nTenantID=t\nClientId=app\nClientSecret=fromfile\nProxy=http://proxy:1\nProxyUser=u\n\
         ProxyPassword=p\nLoginEndpoint=https://login.example\n{more}\n"
    );
    std::fs::write(&path, ini).expect("written");
    (path.clone(), DataSources::files([path]))
}

#[test]
fn a_stored_secret_goes_only_where_its_data_source_allows() {
    let (path, sources) = stored("");
    for (text, refused) in [
        ("LoginEndpoint=https://other.example", Some("LoginEndpoint")),
        ("GraphEndpoint=https://other.example", Some("GraphEndpoint")),
        ("Graph_Endpoint=http://127.0.0.1:9", Some("GraphEndpoint")),
        ("Proxy=http://other:1", Some("Proxy")),
        ("Cloud=USGov", None),
        ("UserID=ann@x.org", None),
        // The data source's own address.
        ("LoginEndpoint=https://LOGIN.example/", None),
        // A secret that comes together with the address.
        ("GraphEndpoint=https://other.example;PWD=mine", None),
        ("Proxy=http://other:1;ProxyPassword=mine;PWD=mine", None),
        ("Proxy=http://other:1;ProxyPassword=mine", Some("Proxy")),
        (
            "GraphEndpoint=https://other.example;PWD=",
            Some("GraphEndpoint"),
        ),
    ] {
        let outcome = from_connection_string(&format!("DSN=Prod;{text}"), &sources);
        match refused {
            Some(key) => {
                let error = outcome.expect_err(text);
                assert_eq!(error.kind, ErrorKind::InvalidValue, "{text}");
                assert!(error.message.starts_with(key), "{text}: {error}");
                assert!(error.message.contains("AllowedEndpoints"), "{error}");
                assert!(!error.message.contains("other"), "{error}");
            }
            None => drop(outcome.expect(text)),
        }
    }
    std::fs::remove_file(&path).expect("removed");
}

/// A certificate that the string chooses would give the secret to whoever has its key. A proxy that
/// the string chooses sees everything that is not encrypted.
#[test]
fn a_string_cannot_choose_whom_a_stored_secret_trusts() {
    let path = std::env::temp_dir().join(format!("exchange-odbc-{}.ini", uuid::Uuid::new_v4()));
    let ini = "[Secret]\nTenantID=t\nClientId=app\nClientSecret=fromfile\n\
               [Token]\nAccessToken=fromfile\nAllowedEndpoints=http://mine:1\n\
               [Trusting]\nTenantID=t\nClientId=app\nClientSecret=fromfile\nCACertificate=/etc/own.pem\n\
               [Password]\nProxy=https://proxy:1\nProxyUser=u\nProxyPassword=p\n";
    std::fs::write(&path, ini).expect("written");
    let sources = DataSources::files([path.clone()]);
    for (text, refused) in [
        (
            "DSN=Secret;CACertificate=/tmp/other.pem",
            Some("CACertificate"),
        ),
        (
            "DSN=Token;CACertificate=/tmp/other.pem",
            Some("CACertificate"),
        ),
        (
            "DSN=Trusting;CACertificate=/etc/OWN.pem",
            Some("CACertificate"),
        ),
        ("DSN=Trusting;CACertificate=/etc/own.pem", None),
        ("DSN=Secret;CACertificate=/tmp/other.pem;PWD=mine", None),
        (
            "DSN=Password;TenantID=t;ClientId=a;PWD=b;CACertificate=/tmp/other.pem",
            Some("CACertificate"),
        ),
        ("DSN=Secret;Proxy=http://other:1", Some("Proxy")),
        ("DSN=Token;Proxy=http://other:1", Some("Proxy")),
        ("DSN=Token;Proxy=http://mine:1", None),
        ("DSN=Secret;Proxy=http://other:1;PWD=mine", None),
    ] {
        match (from_connection_string(text, &sources), refused) {
            (Err(error), Some(key)) => {
                assert_eq!(error.kind, ErrorKind::InvalidValue, "{text}");
                assert!(
                    error.message.starts_with(&format!("{key} is refused")),
                    "{error}"
                );
                assert!(!error.message.contains("other"), "{error}");
            }
            (outcome, None) => drop(outcome.expect(text)),
            (Ok(_), Some(_)) => panic!("{text}"),
        }
    }
    std::fs::remove_file(&path).expect("removed");
}

#[test]
fn a_data_source_allows_addresses_by_name() {
    let (path, sources) = stored("AllowedEndpoints=https://a.example, https://b.example:8443/");
    for text in [
        "https://a.example",
        "https://A.example/",
        "https://b.example:8443",
    ] {
        let text = format!("DSN=Prod;GraphEndpoint={text}");
        from_connection_string(&text, &sources).expect(&text);
    }
    for text in [
        "GraphEndpoint=https://c.example",
        "GraphEndpoint=https://b.example",
        // The string cannot extend the data source's list.
        "GraphEndpoint=https://c.example;AllowedEndpoints=https://c.example",
    ] {
        from_connection_string(&format!("DSN=Prod;{text}"), &sources).expect_err(text);
    }
    std::fs::remove_file(&path).expect("removed");
}

#[test]
fn a_file_cannot_send_the_secret_of_another_data_source_elsewhere() {
    let (path, sources) = stored("");
    let file = std::env::temp_dir().join(format!("exchange-odbc-{}.dsn", uuid::Uuid::new_v4()));
    std::fs::write(
        &file,
        "[ODBC]\nDSN=Prod\nLoginEndpoint=https://other.example\n",
    )
    .expect("written");
    let text = format!("FileDSN={{{}}}", file.display());
    let error = from_connection_string(&text, &sources).expect_err("refused");
    assert!(error.message.contains("is refused"), "{error}");
    std::fs::remove_file(&file).expect("removed");
    std::fs::remove_file(&path).expect("removed");
}

//! Which keys count as given, and the warnings about unknown keys.

use super::tests::{MINIMAL, read};
use super::*;
use crate::Authentication;

#[test]
fn a_hint_is_given_only_for_what_is_near() {
    let warning = |key: &str| {
        let configuration = read(&format!("{MINIMAL};UserID=a;{key}=x")).expect("valid");
        configuration.warnings.into_iter().next()
    };
    for (key, hint) in [
        ("TenatID", Some("TenantID")),
        ("Client_Id2", Some("ClientId")),
        ("UIDD", Some("UID")),
        ("QueryTimout", Some("QueryTimeout")),
        ("Server", None),
        ("Port", None),
        ("Colour", None),
        ("XID1", None),
    ] {
        let warning = warning(key).expect("it is unknown");
        let expected = hint.map_or("ignored.".to_owned(), |hint| format!("mean '{hint}'?"));
        assert!(warning.ends_with(&expected), "{warning}");
    }
    // Keys that tools add for other drivers.
    for key in [
        "App",
        "WSID",
        "AnsiNPW",
        "Regional",
        "Trusted_Connection",
        "Database",
        "QuotedId",
        "Network",
        "Address",
        "LANGUAGE",
        "Workstation ID",
        "Application Name",
    ] {
        assert_eq!(warning(key), None, "{key}");
    }
}

/// If a value with a semicolon lacks its braces, the rest looks like keys.
#[test]
fn the_end_of_a_secret_without_braces_is_not_shown() {
    for secret in [
        "abc;S3cretPart==",
        "abc;S3cretPart=;More=x",
        "abc;x y S3cretPart=z",
    ] {
        for key in ["PWD", "ClientSecret", "AccessToken", "ProxyPassword"] {
            let text = format!("TenantID=t;ClientId=c;ClientSecret=s;Proxy=p:1;{key}={secret}");
            let configuration = read(&text).expect(&text);
            let shown = configuration.warnings.join(" ");
            assert!(shown.contains("in braces"), "{shown}");
            assert!(
                !shown.contains("S3cret") && !shown.contains("More"),
                "{shown}"
            );
        }
    }
    let error = read("PWD=abc;S3cretPart").expect_err("it has no =");
    assert!(!error.message.contains("S3cret"), "{error}");
}

#[test]
fn login_values_that_are_empty_were_not_given() {
    let path = std::env::temp_dir().join(format!("exchange-odbc-{}.ini", uuid::Uuid::new_v4()));
    let ini = "[Mail]\nTenantID=t\nClientId=app\nClientSecret=fromfile\nUserID=ann@x.org\n";
    std::fs::write(&path, ini).expect("written");
    let sources = DataSources::files([path.clone()]);
    let check = |configuration: Result<Configuration, Error>, text: &str| {
        let configuration = configuration.expect(text);
        assert_eq!(configuration.settings.client_id, "app", "{text}");
        let Authentication::ClientSecret { secret, .. } = &configuration.settings.authentication
        else {
            panic!("{text}")
        };
        assert_eq!(secret.expose(), "fromfile", "{text}");
        configuration.connection_string()
    };
    for text in [
        "DSN=mail;UID=;PWD=",
        "DSN=mail;ClientId=;ClientSecret=;TenantID=;AccessToken=",
        "DSN=mail;UID={};PWD={ }",
    ] {
        let shown = check(from_connection_string(text, &sources), text);
        assert_eq!(shown, "DSN=mail");
    }
    for blank in [None, Some(""), Some(" ")] {
        check(
            from_data_source("mail", blank, blank, &sources),
            "SQLConnect",
        );
    }
    // An empty value does not hide one that follows it.
    let configuration = from_connection_string("DSN=mail;UID=;ClientId=other", &sources);
    assert_eq!(configuration.expect("valid").settings.client_id, "other");
    // Other keys can be emptied.
    let configuration = from_connection_string("DSN=mail;UserID=", &sources);
    assert_eq!(configuration.expect("valid").settings.user_id, None);
    std::fs::remove_file(&path).expect("removed");
}

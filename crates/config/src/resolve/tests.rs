//! From text to settings.

use super::*;
use crate::{
    Authentication, BodyType, ClientAuthentication, ErrorKind, KeyColumn, LogLevel, Mailboxes,
    Pushdown,
};
use std::time::Duration;

pub(super) const MINIMAL: &str = "TenantID=contoso.com;ClientId=app;ClientSecret=s3cr3tvalue";

fn none() -> DataSources {
    DataSources::files([])
}

pub(super) fn read(text: &str) -> Result<Configuration, Error> {
    from_connection_string(text, &none())
}

fn with(more: &str) -> Result<Settings, Error> {
    read(&format!("{MINIMAL};{more}")).map(|configuration| configuration.settings)
}

#[test]
fn defaults_are_those_of_the_reference() {
    let settings = with("").expect("valid");
    assert_eq!(settings.tenant, "contoso.com");
    assert_eq!(
        settings.login_endpoint.as_str(),
        "https://login.microsoftonline.com/"
    );
    assert_eq!(
        settings.graph_endpoint.as_str(),
        "https://graph.microsoft.com/"
    );
    assert_eq!(settings.scopes, "https://graph.microsoft.com/.default");
    assert_eq!(settings.user_id, None);
    assert_eq!(settings.mailboxes, Mailboxes::User);
    assert_eq!(settings.page_size, None);
    assert_eq!(settings.timeout, Some(Duration::from_secs(60)));
    assert_eq!(settings.query_timeout, None);
    assert_eq!(settings.cursor_memory, 64 << 20);
    assert_eq!(settings.temp_directory, None);
    assert_eq!(settings.body_type, BodyType::Html);
    assert_eq!(settings.key_column, KeyColumn::CompositeKey);
    assert_eq!(settings.pushdown, Pushdown::Full);
    assert_eq!(settings.log_level, LogLevel::Info);
    assert!(settings.immutable_ids && !settings.read_only);
    let Authentication::ClientSecret { secret, method } = settings.authentication else {
        panic!("a client secret was given");
    };
    assert_eq!(
        (secret.expose(), method),
        ("s3cr3tvalue", ClientAuthentication::Basic)
    );
}

#[test]
fn clouds_bring_their_endpoints_and_scopes() {
    let settings = with("Cloud=usgovdod").expect("valid");
    assert_eq!(
        settings.login_endpoint.as_str(),
        "https://login.microsoftonline.us/"
    );
    assert_eq!(
        settings.graph_endpoint.as_str(),
        "https://dod-graph.microsoft.us/"
    );
    assert_eq!(settings.scopes, "https://dod-graph.microsoft.us/.default");
    let settings = with("GraphEndpoint=http://127.0.0.1:81/v1.0/").expect("valid");
    assert_eq!(settings.graph_endpoint.as_str(), "http://127.0.0.1:81/");
    assert_eq!(settings.scopes, "https://graph.microsoft.com/.default");
}

#[test]
fn the_tenant_is_an_id_or_one_of_the_named() {
    let tenant = |text: &str| {
        read(&format!("ClientId=a;PWD=b;{text}")).map(|configuration| configuration.settings.tenant)
    };
    let tenants = "Tenants={contoso=1-2;fabrikam=3-4}";
    assert_eq!(tenant(tenants), Ok("1-2".to_owned()));
    assert_eq!(
        tenant(&format!("{tenants};DefaultTenant=Fabrikam")),
        Ok("3-4".to_owned())
    );
    assert_eq!(
        tenant(&format!("{tenants};TenantID=fabrikam")),
        Ok("3-4".to_owned())
    );
    assert_eq!(
        tenant(&format!("{tenants};TenantID=other.org")),
        Ok("other.org".to_owned())
    );
    let error = tenant(&format!("{tenants};DefaultTenant=x")).expect_err("unknown");
    assert!(
        error.message.contains("DefaultTenant='x'") && error.message.contains("fabrikam"),
        "{error}"
    );
    for bad in [
        "TenantID=common",
        "TenantID=a/b",
        "TenantID=..",
        "Tenants=x",
    ] {
        assert_eq!(
            tenant(bad).expect_err(bad).kind,
            ErrorKind::InvalidValue,
            "{bad}"
        );
    }
}

#[test]
fn missing_keys_are_all_named() {
    let error = read("UserID=ann@x.org").expect_err("nothing to log in with");
    assert_eq!(error.kind, ErrorKind::MissingKey);
    assert!(
        error
            .message
            .contains("TenantID and ClientId and ClientSecret"),
        "{error}"
    );
    let error = read("TenantID=t;ClientId=c;ClientSecret=").expect_err("no secret");
    assert!(error.message.contains("value for ClientSecret."), "{error}");
    let error = read("AuthScheme=AccessToken").expect_err("no token");
    assert!(error.message.contains("AccessToken"), "{error}");
}

#[test]
fn an_access_token_is_enough() {
    let settings = read("AccessToken=abc").expect("valid").settings;
    assert_eq!(
        settings.authentication,
        Authentication::AccessToken(crate::Secret::new("abc"))
    );
}

#[test]
fn schemes_of_later_versions_are_refused_by_name() {
    for scheme in [
        "Certificate",
        "ManagedIdentity",
        "WorkloadIdentity",
        "DeviceCode",
        "RefreshToken",
    ] {
        let error = with(&format!("AuthScheme={scheme}")).expect_err(scheme);
        assert_eq!(error.kind, ErrorKind::NotSupported);
        assert!(error.message.contains(scheme), "{error}");
    }
}

#[test]
fn bad_values_name_key_value_and_what_is_allowed() {
    for address in [
        "https://user:hidden@graph.example.org",
        "https://graph.example.org/?key=hidden",
        "ftp://hidden@x",
    ] {
        for key in ["GraphEndpoint", "LoginEndpoint"] {
            let error = with(&format!("{key}={{{address}}}")).expect_err(address);
            assert!(
                error.message.contains(key) && !error.message.contains("hidden"),
                "{error}"
            );
        }
    }
    for (text, parts) in [
        ("PageSize=5000", ["PageSize='5000'", "1 to 1000"]),
        ("ReadOnly=perhaps", ["ReadOnly='perhaps'", "Yes or No"]),
        ("BodyType=rtf", ["BodyType='rtf'", "html, text"]),
        ("Timeout=-1", ["Timeout='-1'", "seconds"]),
        (
            "GraphEndpoint=http://graph.example.org",
            ["GraphEndpoint=", "loopback"],
        ),
        ("Proxy=ftp://u:hidden@h", ["Proxy=", "ProxyUser"]),
    ] {
        let error = with(text).expect_err(text);
        assert_eq!(error.kind, ErrorKind::InvalidValue);
        assert!(
            parts.iter().all(|part| error.message.contains(part)),
            "{error}"
        );
        assert!(!error.message.contains("hidden"), "{error}");
    }
}

#[test]
fn mailboxes_are_a_list_or_all() {
    let mailboxes = |text: &str| with(text).expect(text).mailboxes;
    let list = |items: &[&str]| Mailboxes::List(items.iter().map(|s| s.to_string()).collect());
    assert_eq!(
        mailboxes("Mailboxes=a@x.org, b@x.org,A@x.org"),
        list(&["a@x.org", "b@x.org"])
    );
    assert_eq!(
        mailboxes("Mailboxes={a@x.org;b@x.org}"),
        list(&["a@x.org", "b@x.org"])
    );
    assert_eq!(mailboxes("Mailboxes=*"), Mailboxes::All);
    assert_eq!(mailboxes("Mailboxes="), Mailboxes::User);
}

#[test]
fn unknown_keys_warn_with_the_nearest_known_one() {
    let configuration = read(&format!("{MINIMAL};PageSzie=5;Flavour=x")).expect("valid");
    assert_eq!(configuration.warnings.len(), 2);
    assert!(
        configuration.warnings[0].contains("'PageSzie'"),
        "{:?}",
        configuration.warnings
    );
    assert!(
        configuration.warnings[0].contains("'PageSize'"),
        "{:?}",
        configuration.warnings
    );
    assert!(
        !configuration.warnings[1].contains("mean"),
        "{:?}",
        configuration.warnings
    );
}

#[test]
fn the_user_is_the_mailbox_or_else_the_application() {
    let user = |keys: &str| {
        let text = format!("TenantID=t;ClientId=app;ClientSecret=s;{keys}");
        let settings = read(&text).expect("valid").settings;
        settings.user_name().to_owned()
    };
    assert_eq!(user("UserID=ann@contoso.com"), "ann@contoso.com");
    assert_eq!(user(""), "app");
}

#[test]
fn aliases_stand_for_their_keys_and_the_first_of_them_wins() {
    let settings = read("TenantID=t;UID=first;ClientId=second;PWD=one;Password=two")
        .expect("valid")
        .settings;
    assert_eq!(settings.client_id, "first");
    let Authentication::ClientSecret { secret, .. } = settings.authentication else {
        panic!()
    };
    assert_eq!(secret.expose(), "one");
}

#[test]
fn the_completed_string_has_own_names_and_no_secret_unless_asked() {
    let text = "driver=Exchange;uid=app;pwd=s3cr3t;tenant=t;userid=ann@x.org;readonly=1";
    let shown = read(text).expect("valid").connection_string();
    assert_eq!(
        shown,
        "Driver={Exchange};ClientId=app;TenantID=t;UserID=ann@x.org;ReadOnly=Yes"
    );
    let shown = read(&format!("{text};PersistSecurityInfo=Yes"))
        .expect("valid")
        .connection_string();
    assert!(shown.contains("ClientSecret=s3cr3t"), "{shown}");
}

#[test]
fn a_data_source_fills_what_the_string_lacks() {
    let path = std::env::temp_dir().join(format!("exchange-odbc-{}.ini", uuid::Uuid::new_v4()));
    let ini = "[Mail]\nDriver=/x.so\nTrace=No\nTenantID=t\nClientId=app\nClientSecret=fromfile\nUserID=ann@x.org\nOdd=1\n";
    std::fs::write(&path, ini).expect("written");
    let sources = DataSources::files([path.clone()]);

    let configuration =
        from_connection_string("DSN=mail;UserID=bob@x.org", &sources).expect("valid");
    assert_eq!(configuration.settings.user_id.as_deref(), Some("bob@x.org"));
    assert_eq!(configuration.settings.client_id, "app");
    assert_eq!(configuration.settings.data_source.as_deref(), Some("mail"));
    assert_eq!(
        configuration.connection_string(),
        "DSN=mail;UserID=bob@x.org"
    );
    assert_eq!(
        configuration.warnings.len(),
        1,
        "{:?}",
        configuration.warnings
    );

    let configuration = from_data_source("MAIL", Some("other"), Some(""), &sources).expect("valid");
    assert_eq!(configuration.settings.client_id, "other");
    let Authentication::ClientSecret { secret, .. } = configuration.settings.authentication else {
        panic!()
    };
    assert_eq!(secret.expose(), "fromfile");

    // Driver comes first, so the data source is not read.
    assert!(from_connection_string(&format!("Driver=x;DSN=nowhere;{MINIMAL}"), &sources).is_ok());
    let error = from_connection_string("DSN=nowhere", &sources).expect_err("not there");
    assert_eq!(error.kind, ErrorKind::DataSourceNotFound);

    let file = std::env::temp_dir().join(format!("exchange-odbc-{}.dsn", uuid::Uuid::new_v4()));
    std::fs::write(&file, format!("[ODBC]\n{}\n", MINIMAL.replace(';', "\n"))).expect("written");
    let text = format!("FileDSN={{{}}};ClientId=mine", file.display());
    let configuration = from_connection_string(&text, &sources).expect("valid");
    assert_eq!(configuration.settings.client_id, "mine");
    assert_eq!(configuration.settings.tenant, "contoso.com");
    // The first of file and name is used.
    let text = format!("FileDSN={{{}}};DSN=nowhere", file.display());
    assert!(from_connection_string(&text, &sources).is_ok());
    let text = format!("DSN=nowhere;FileDSN={{{}}}", file.display());
    from_connection_string(&text, &sources).expect_err("the name is first");
    // A file that names a data source.
    std::fs::write(&file, "[ODBC]\nDSN=Mail\nUserID=bob@contoso.com\n").expect("written");
    let text = format!("FileDSN={{{}}}", file.display());
    let settings = from_connection_string(&text, &sources)
        .expect("valid")
        .settings;
    assert_eq!(settings.user_id.as_deref(), Some("bob@contoso.com"));
    assert_eq!(settings.tenant, "t");
    std::fs::remove_file(&file).expect("removed");
    std::fs::remove_file(&path).expect("removed");
}

#[test]
fn secrets_are_in_no_debug_output_and_in_no_error() {
    let text = "TenantID=t;ClientId=c;ClientSecret=s3cr3tvalue;ProxyPassword=0therSecret;Proxy=p:1;AccessToken=tok3nvalue";
    let configuration = read(text).expect("valid");
    let mut shown = format!("{configuration:?} {}", configuration.connection_string());
    for broken in ["PageSize=x", "AuthScheme=DeviceCode", "TenantID=a b"] {
        // In front, so that the broken value is the one that is used.
        shown += &read(&format!("{broken};{text}"))
            .expect_err(broken)
            .to_string();
    }
    for secret in ["s3cr3tvalue", "0therSecret", "tok3nvalue"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

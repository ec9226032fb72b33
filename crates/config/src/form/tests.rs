use super::*;
use crate::keys::Id;
use crate::setup::{Saving, Scope};
use crate::{Attributes, DataSources, from_connection_string};

fn attributes(text: &str) -> Attributes {
    Attributes::parse(text).expect(text)
}

fn stored(text: &str) -> Stored {
    Stored {
        values: attributes(text),
        saving: Some(Saving::User),
        unreadable: Vec::new(),
    }
}

fn of_data_source(given: &str, stored: &Stored) -> Form {
    Form::of_data_source(&attributes(given), stored, Scope::User)
}

fn problem(form: &Form) -> Option<Problem> {
    form.problem(|name| !name.contains(';'), &DataSources::files([]))
}

fn written(attributes: &Attributes) -> String {
    attributes.write()
}

#[test]
fn a_new_data_source_asks_for_one_thing_after_the_other() {
    let mut form = of_data_source("", &Stored::default());
    for (field, text, word) in [
        (Field::Name, "Mail", "name"),
        (Field::Tenant, " contoso.com ", "tenant"),
        (Field::Client, "app", "application"),
        (Field::Secret, "s3cret", "secret"),
    ] {
        let found = problem(&form).expect("something is missing");
        assert_eq!(found.field, Some(field), "{found:?}");
        assert!(found.text.contains(word), "{found:?}");
        form.set(field, text);
    }
    assert_eq!(problem(&form), None);
    assert_eq!(
        written(&form.changes(false)),
        "DSN=Mail;TenantID=contoso.com;ClientId=app;ClientSecret=s3cret"
    );
    form.set(Field::Name, "a;b");
    assert_eq!(problem(&form).and_then(|it| it.field), Some(Field::Name));
}

#[test]
fn a_stored_secret_is_never_shown_and_stays() {
    let stored = stored("TenantID=contoso.com;ClientId=app;ClientSecret=s3cret");
    let mut form = of_data_source("DSN=Mail", &stored);
    let shown = form.text(Field::Secret);
    assert!(!shown.is_empty() && !shown.contains("s3cret"));
    // As it is, or with dots taken away.
    form.set(Field::Secret, &shown);
    form.set(Field::Secret, "●●●");
    assert_eq!(written(&form.changes(false)), "DSN=Mail");
    assert_eq!(form.attributes().get("ClientSecret"), Some("s3cret"));
    // Typed behind the dots.
    form.set(Field::Secret, &format!("{shown}new"));
    assert_eq!(written(&form.changes(false)), "DSN=Mail;ClientSecret=new");
    assert_eq!(form.text(Field::Secret), shown);
    form.set(Field::Secret, "");
    assert_eq!(problem(&form).and_then(|it| it.field), Some(Field::Secret));
    assert!(!format!("{form:?}").contains("s3cret"));
}

#[test]
fn only_what_has_changed_is_written() {
    let stored = stored("TenantID=contoso.com;ClientId=app;ClientSecret=s3cret;PageSize=50");
    let mut form = of_data_source("DSN=Mail;UserID=ann@contoso.com", &stored);
    form.set(Field::Mailboxes, "*");
    form.set_key(Id::PageSize, "");
    assert_eq!(
        written(&form.changes(false)),
        "DSN=Mail;UserID=ann@contoso.com;Mailboxes={*};PageSize="
    );
    // A new name needs all of it.
    let all = form.changes(true);
    assert_eq!(all.get("ClientSecret"), Some("s3cret"));
    assert_eq!(all.get("TenantID"), Some("contoso.com"));
}

#[test]
fn a_secret_that_is_to_be_kept_in_another_way_is_written_again() {
    let stored = stored("TenantID=contoso.com;ClientId=app;ClientSecret=s3cret");
    let mut form = of_data_source("DSN=Mail", &stored);
    let (names, chosen) = form.choices(Field::Saving);
    assert_eq!((names.len(), chosen), (3, 0));
    form.choose(Field::Saving, 2);
    assert_eq!(form.saving(), Saving::Plain);
    assert_eq!(
        written(&form.changes(false)),
        "DSN=Mail;ClientSecret=s3cret"
    );
    let system = Form::of_data_source(&attributes(""), &Stored::default(), Scope::Machine);
    assert_eq!(system.choices(Field::Saving).0.len(), 2);
    assert_eq!(system.saving(), Saving::Machine);
}

#[test]
fn a_secret_of_another_user_is_asked_for_again() {
    let stored = Stored {
        values: attributes("TenantID=contoso.com;ClientId=app"),
        unreadable: vec![Id::ClientSecret],
        saving: Some(Saving::User),
    };
    let found = problem(&of_data_source("DSN=Mail", &stored)).expect("the secret is missing");
    assert!(found.text.contains("another user"), "{found:?}");
}

#[test]
fn the_way_to_sign_in_decides_what_is_asked_for() {
    let mut form = of_data_source("DSN=Mail", &Stored::default());
    assert!(form.label(Field::Secret).starts_with("Client"));
    form.choose(Field::SignIn, 1);
    assert!(form.label(Field::Secret).starts_with("Access"));
    assert_eq!(problem(&form).and_then(|it| it.field), Some(Field::Secret));
    form.set(Field::Secret, "token");
    assert_eq!(problem(&form), None);
    assert_eq!(
        written(&form.changes(false)),
        "DSN=Mail;AccessToken=token;AuthScheme=AccessToken"
    );
    // A token that is given is used without further words.
    let form = of_data_source("AccessToken=token", &Stored::default());
    assert_eq!(form.choices(Field::SignIn).1, 1);
}

#[test]
fn values_that_are_not_allowed_are_told_with_their_field() {
    let mut form = of_data_source(
        "DSN=Mail;TenantID=common;ClientId=app;ClientSecret=s3cret",
        &Stored::default(),
    );
    let found = problem(&form).expect("'common' is no directory");
    assert_eq!(found.field, Some(Field::Tenant));
    form.set(Field::Tenant, "contoso.com");
    form.set(Field::Proxy, "http://user:pass@proxy");
    let found = problem(&form).expect("it has a password");
    assert_eq!(found.field, Some(Field::Proxy));
    assert!(!found.text.contains("pass@"), "{found:?}");
    form.set(Field::Proxy, "");
    form.set_key(Id::PageSize, "many");
    let found = problem(&form).expect("it is no number");
    assert_eq!(found.field, None);
    assert!(
        found.text.starts_with("PageSize") && found.text.contains("1000"),
        "{found:?}"
    );
}

/// A file of data sources with one that holds a secret.
fn sources(name: &str) -> DataSources {
    let file = std::env::temp_dir().join(format!(
        "exchange-odbc-form-{}-{name}.ini",
        std::process::id()
    ));
    let text =
        "[Mail]\nTenantID=contoso.com\nClientId=app\nClientSecret=s3cret\nProxy=http://proxy:1\n";
    std::fs::write(&file, text).expect("a temporary file");
    DataSources::files([file])
}

#[test]
fn a_connection_keeps_what_was_given_and_adds_what_was_entered() {
    let given = "Driver={Exchange};Tenant=contoso.com;UID=app;Unknown=1";
    let nowhere = DataSources::files([]);
    let mut form = Form::of_connection_string(given, false, &nowhere).expect("well-formed");
    assert!(!form.fields().contains(&Field::Name));
    form.set(Field::Secret, "a;b");
    form.set(Field::Tenant, "fabrikam.com");
    let text = form.attributes().write();
    assert_eq!(
        text,
        "Driver={Exchange};UID=app;Unknown=1;TenantID=fabrikam.com;ClientSecret={a;b}"
    );
    let settings = from_connection_string(&text, &nowhere)
        .expect("complete")
        .settings;
    assert_eq!(settings.tenant, "fabrikam.com");
}

#[test]
fn a_connection_of_a_data_source_takes_its_values_and_can_do_without_them() {
    let sources = sources("values");
    let mut form = Form::of_connection_string("DSN=Mail", false, &sources).expect("it is there");
    assert_eq!(form.text(Field::Client), "app");
    assert_eq!(form.problem(|_| true, &sources), None);
    assert_eq!(form.attributes().write(), "DSN=Mail");
    form.set(Field::Proxy, "");
    let text = form.attributes().write();
    assert_eq!(text, "DSN=Mail;Proxy=");
    assert_eq!(
        from_connection_string(&text, &sources)
            .expect("complete")
            .settings
            .proxy,
        None
    );
    // The data source's secret goes nowhere else.
    form.set(Field::Proxy, "http://other:1");
    let found = form.problem(|_| true, &sources).expect("it is refused");
    assert_eq!(found.field, Some(Field::Proxy), "{found:?}");
}

#[test]
fn what_is_not_required_is_disabled_if_the_application_says_so() {
    let form = Form::of_connection_string("", true, &DataSources::files([])).expect("empty");
    let enabled = form
        .fields()
        .into_iter()
        .filter(|field| form.is_enabled(Some(*field)));
    let expected = [Field::Tenant, Field::SignIn, Field::Client, Field::Secret];
    assert_eq!(enabled.collect::<Vec<_>>(), expected);
    assert!(!form.is_enabled(None));
}

#[test]
fn letters_lead_to_one_field_each() {
    for token in [false, true] {
        let mut form = of_data_source("", &Stored::default());
        form.choose(Field::SignIn, usize::from(token));
        let labels = form.fields().into_iter().map(|field| form.label(field));
        let mut letters: Vec<char> = labels
            .map(|label| {
                let letter = label.split('&').nth(1).and_then(|rest| rest.chars().next());
                letter.expect(label).to_ascii_lowercase()
            })
            .collect();
        // The buttons.
        letters.extend(['t', 'a']);
        let count = letters.len();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), count, "{letters:?}");
    }
}

#[test]
fn all_keys_that_make_sense_can_be_set() {
    let names: Vec<_> = Form::keys().map(|key| key.name).collect();
    for name in ["TenantID", "ProxyPassword", "LogLevel", "TimeZone"] {
        assert!(names.contains(&name), "{name}");
    }
    for name in ["DSN", "Driver", "FileDSN", "SaveFile", "Description"] {
        assert!(!names.contains(&name), "{name}");
    }
    let mut form = of_data_source("", &Stored::default());
    form.set_key(Id::ProxyPassword, "s3cret");
    assert!(!form.shown(Id::ProxyPassword).contains("s3cret"));
    form.set_key(Id::LogLevel, "Debug");
    assert_eq!(form.shown(Id::LogLevel), "Debug");
}

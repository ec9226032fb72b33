use super::*;
use crate::form::{Field, Form, Stored};
use std::collections::BTreeMap;

type Values = BTreeMap<String, String>;

/// Data sources and drivers in memory.
#[derive(Debug, Default)]
struct Memory {
    sources: BTreeMap<String, Values>,
    drivers: BTreeMap<String, Values>,
    refuses: bool,
}

fn set(values: &mut Values, key: &str, value: Option<&str>) {
    match value {
        Some(value) => drop(values.insert(key.to_owned(), value.to_owned())),
        None => drop(values.remove(key)),
    }
}

impl Store for Memory {
    fn is_valid_name(&self, name: &str) -> bool {
        !name.is_empty() && !name.contains(['[', ']', ';', '='])
    }

    fn has(&self, name: &str) -> bool {
        self.sources.contains_key(name)
    }

    fn scope(&self) -> Scope {
        Scope::Machine
    }

    fn add(&mut self, name: &str, driver: &str) -> bool {
        let driver = ("Driver".to_owned(), driver.to_owned());
        self.sources.insert(name.to_owned(), Values::from([driver]));
        !self.refuses
    }

    fn write(&mut self, name: &str, key: &str, value: Option<&str>) -> bool {
        set(
            self.sources.get_mut(name).expect("it was added"),
            key,
            value,
        );
        !self.refuses
    }

    fn remove(&mut self, name: &str) -> bool {
        self.sources.remove(name).is_some() && !self.refuses
    }

    fn write_driver(&mut self, driver: &str, key: &str, value: Option<&str>) -> bool {
        set(
            self.drivers.entry(driver.to_owned()).or_default(),
            key,
            value,
        );
        !self.refuses
    }

    fn protect(&self, secret: &str, saving: Saving) -> Option<String> {
        let scope = match saving {
            Saving::User => "user",
            Saving::Machine => "machine",
            Saving::Plain => return Some(secret.to_owned()),
        };
        (secret != "cannot be encrypted").then(|| format!("{scope}:{}", secret.len()))
    }
}

fn ask(store: &mut Memory, request: Request, items: &[&str]) -> Result<(), Refusal> {
    change(
        store,
        request,
        "Exchange",
        &attributes(items.iter().copied())?,
        None,
    )
}

fn values(store: &Memory, name: &str) -> Vec<(String, String)> {
    store.sources[name].clone().into_iter().collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = pairs
        .iter()
        .map(|(key, value)| (key.to_string(), value.to_string()));
    owned.collect()
}

#[test]
fn a_data_source_is_added_with_canonical_keys_and_protected_secrets() {
    let mut store = Memory::default();
    let items = [
        "DSN=Mail",
        "Tenant = contoso.com",
        "PWD=a=b;c",
        "uid=app",
        "PageSize=50",
    ];
    ask(&mut store, Request::Add, &items).unwrap();
    let expected = [
        ("ClientId", "app"),
        ("ClientSecret", "machine:5"),
        ("Driver", "Exchange"),
        ("PageSize", "50"),
        ("TenantID", "contoso.com"),
    ];
    assert_eq!(values(&store, "Mail"), pairs(&expected));
}

#[test]
fn adding_replaces_and_configuring_changes() {
    let mut store = Memory::default();
    ask(
        &mut store,
        Request::Add,
        &["DSN=Mail", "TenantID=a", "UserID=ann@a.org"],
    )
    .unwrap();
    ask(
        &mut store,
        Request::Configure,
        &["DSN=Mail", "TenantID=b", "UserID="],
    )
    .unwrap();
    assert_eq!(
        values(&store, "Mail"),
        pairs(&[("Driver", "Exchange"), ("TenantID", "b")])
    );
    ask(&mut store, Request::Add, &["DSN=Mail", "UserID=bob@a.org"]).unwrap();
    let expected = [("Driver", "Exchange"), ("UserID", "bob@a.org")];
    assert_eq!(values(&store, "Mail"), pairs(&expected));
    ask(&mut store, Request::Remove, &["DSN=Mail"]).unwrap();
    assert!(store.sources.is_empty());
}

#[test]
fn requests_that_make_no_sense_are_refused_and_change_nothing() {
    let mut store = Memory::default();
    let cases: [(Request, &[&str], u32); 9] = [
        (
            Request::Add,
            &["DSN=Mail", "PWD=cannot be encrypted"],
            code::REQUEST_FAILED,
        ),
        (Request::Add, &[], code::INVALID_DSN),
        (Request::Add, &["DSN=a;b"], code::INVALID_DSN),
        (
            Request::Add,
            &["DSN=Mail", "hunter2"],
            code::INVALID_KEYWORD_VALUE,
        ),
        (
            Request::Add,
            &["DSN=Mail", "Tenat=hunter2"],
            code::INVALID_KEYWORD_VALUE,
        ),
        (
            Request::Add,
            &["DSN=Mail", "Color=hunter2"],
            code::INVALID_KEYWORD_VALUE,
        ),
        (
            Request::Add,
            &["DSN=Mail", "PageSize=hunter2"],
            code::INVALID_KEYWORD_VALUE,
        ),
        (Request::Configure, &["DSN=Mail"], code::INVALID_DSN),
        (Request::Remove, &["DSN=Mail"], code::INVALID_DSN),
    ];
    for (request, items, expected) in cases {
        let refusal = ask(&mut store, request, items).expect_err("refused");
        assert_eq!(refusal.code, expected, "{refusal}");
        assert!(!refusal.message.contains("hunter2"), "{refusal}");
        assert!(store.sources.is_empty());
    }
    assert_eq!(
        Request::new(9).unwrap_err().code,
        code::INVALID_REQUEST_TYPE
    );
}

#[test]
fn keys_that_tools_add_are_left_out() {
    let mut store = Memory::default();
    ask(
        &mut store,
        Request::Add,
        &["DSN=Mail", "Driver=x", "CPTimeout=60"],
    )
    .unwrap();
    assert_eq!(values(&store, "Mail"), pairs(&[("Driver", "Exchange")]));
}

#[test]
fn a_store_that_refuses_is_an_error() {
    let mut store = Memory {
        refuses: true,
        ..Memory::default()
    };
    let refusal = ask(&mut store, Request::Add, &["DSN=Mail"]).unwrap_err();
    assert_eq!(refusal.code, code::REQUEST_FAILED);
    let refusal = change_driver(&mut store, DriverRequest::Install, "Exchange", "").unwrap_err();
    assert_eq!(refusal.code, code::REQUEST_FAILED);
}

#[test]
fn a_driver_is_described_and_forgotten() {
    let mut store = Memory::default();
    change_driver(&mut store, DriverRequest::Install, "Exchange", "").unwrap();
    assert_eq!(store.drivers["Exchange"]["DriverODBCVer"], "03.80");
    assert_eq!(store.drivers["Exchange"]["ConnectFunctions"], "YYY");
    change_driver(&mut store, DriverRequest::Remove, "Exchange", "").unwrap();
    assert!(store.drivers["Exchange"].is_empty());
    let refusal =
        change_driver(&mut store, DriverRequest::Configure, "Exchange", "a=b").unwrap_err();
    assert_eq!(refusal.code, code::INVALID_KEYWORD_VALUE);
    let refusal = change_driver(&mut store, DriverRequest::Install, "", "").unwrap_err();
    assert_eq!(refusal.code, code::INVALID_NAME);
}

#[test]
fn a_secret_is_kept_as_it_is_asked_for() {
    let mut store = Memory::default();
    let given = attributes(["DSN=Mail", "PWD=s3cret"]).unwrap();
    for (saving, kept) in [
        (Saving::User, "user:6"),
        (Saving::Machine, "machine:6"),
        (Saving::Plain, "s3cret"),
    ] {
        change(&mut store, Request::Add, "Exchange", &given, Some(saving)).unwrap();
        assert_eq!(store.sources["Mail"]["ClientSecret"], kept);
    }
}

fn form(name: &str, values: &Values) -> Form {
    let mut stored = Attributes::default();
    for (key, value) in values {
        stored.push(key.as_str(), value.as_str());
    }
    let stored = Stored {
        values: stored,
        saving: Some(Saving::Machine),
        unreadable: Vec::new(),
    };
    let given = attributes([format!("DSN={name}").as_str()]).unwrap();
    Form::of_data_source(&given, &stored, Scope::Machine)
}

#[test]
fn a_form_makes_changes_and_renames_a_data_source() {
    let mut store = Memory::default();
    let none = Values::default();
    let mut new = form("Mail", &none);
    new.set(Field::Tenant, "contoso.com");
    new.set(Field::Secret, "s3cret");
    new.save(&mut store, "Exchange", None).unwrap();
    let expected = [
        ("ClientSecret", "machine:6"),
        ("Driver", "Exchange"),
        ("TenantID", "contoso.com"),
    ];
    assert_eq!(values(&store, "Mail"), pairs(&expected));

    let kept = store.sources["Mail"].clone();
    let mut changed = form("Mail", &kept);
    changed.set(Field::Tenant, "fabrikam.com");
    changed.save(&mut store, "Exchange", Some("Mail")).unwrap();
    assert_eq!(store.sources["Mail"]["TenantID"], "fabrikam.com");
    assert_eq!(store.sources["Mail"]["ClientSecret"], "machine:6");

    let kept = store.sources["Mail"].clone();
    let mut renamed = form("Mail", &kept);
    renamed.set(Field::Name, "Post");
    renamed.save(&mut store, "Exchange", Some("Mail")).unwrap();
    assert!(!store.has("Mail"));
    assert_eq!(store.sources["Post"]["TenantID"], "fabrikam.com");
    assert_eq!(store.sources["Post"]["Driver"], "Exchange");
}

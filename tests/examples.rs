//! Users copy the example files, so the driver has to understand every line of them. There is only
//! one test, because it sets environment variables.
#![cfg(unix)]

use driver_harness::client::{Connection, Environment, Login};
use std::{env, fs};

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

/// The section's lines `key = value`; if `commented` is set, also those after a semicolon.
fn keys(ini: &str, section: &str, commented: bool) -> Vec<(String, String)> {
    let heading = format!("[{section}]");
    let lines = ini.lines().skip_while(|line| *line != heading).skip(1);
    lines
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| match line.strip_prefix(';') {
            Some(rest) if commented && rest.starts_with(|c: char| c.is_ascii_uppercase()) => {
                rest.split_once('=')
            }
            Some(_) => None,
            None => line.split_once('='),
        })
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

fn connect(text: &str) -> Connection {
    let connection = Environment::default().connect(text);
    connection.unwrap_or_else(|failure| panic!("{text}: {failure}"))
}

#[test]
fn the_driver_understands_every_line_of_the_examples() {
    let ini = fs::read_to_string(format!("{FOLDER}/odbc.ini.example")).unwrap();
    // SAFETY: no other thread of this test program reads the environment yet.
    unsafe { env::set_var("ODBCINI", format!("{FOLDER}/odbc.ini.example")) };
    let login = Login::start().connection_string();
    let endpoints = &login[login.find("LoginEndpoint").unwrap()..];

    for section in ["Mailbox", "Support", "Local"] {
        let connection = connect(&format!("DSN={section};ClientSecret=secret;{endpoints}"));
        assert_eq!(connection.warnings, [], "{section}");
        assert_eq!(connection.query("SELECT 1").unwrap().len(), 1);
    }

    // Commented lines also name existing keys: an unknown key is a warning.
    let (all, active) = (keys(&ini, "Support", true), keys(&ini, "Support", false));
    assert!(all.len() > active.len() && active.len() > 15);
    for (key, _) in all.iter().filter(|line| !active.contains(line)) {
        let connection = connect(&format!("{login};{key}="));
        assert_eq!(connection.warnings, [], "{key}");
    }
    let wrong = connect(&format!("{login};Prooxy="));
    assert_eq!(
        wrong.warnings.len(),
        1,
        "a key that does not exist is noticed"
    );

    let drivers = fs::read_to_string(format!("{FOLDER}/odbcinst.ini.example")).unwrap();
    let driver = keys(&drivers, "Exchange", false);
    let library = driver
        .iter()
        .find(|(key, _)| key == "Driver")
        .map(|(_, path)| path.as_str());
    assert!(library.is_some_and(|path| path.ends_with("/libexchange_odbc.so")));
}

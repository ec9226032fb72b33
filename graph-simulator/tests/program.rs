//! The program: its output, its service, its end.

mod common;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Program {
    child: Child,
    line: String,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_graph-simulator"))
            .args(arguments)
            .args(["--until-stdin-closes"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("output"))
            .read_line(&mut line)
            .expect("a line");
        Self { child, line }
    }

    /// The value of a key of the connection string.
    fn value(&self, key: &str) -> String {
        let (_, text) = self
            .line
            .trim_end()
            .split_once(' ')
            .expect("a connection string");
        let found = text
            .split(';')
            .find_map(|part| part.strip_prefix(&format!("{key}=")));
        found
            .unwrap_or_else(|| panic!("{key}: {text}"))
            .trim_matches(['{', '}'])
            .to_owned()
    }

    fn port(&self) -> u16 {
        let address = self.value("GraphEndpoint");
        assert!(
            self.line.starts_with(&format!("{address} ")),
            "{}",
            self.line
        );
        address
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok())
            .expect("a port")
    }

    fn get(&self, path: &str) -> common::Reply {
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}&scope={}/.default",
            self.value("ClientId"),
            self.value("ClientSecret"),
            self.value("GraphEndpoint")
        );
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        let path_of_token = format!("/{}/oauth2/v2.0/token", self.value("TenantID"));
        let token = common::send(
            self.port(),
            "POST",
            &path_of_token,
            &headers,
            form.as_bytes(),
        )
        .expect("a reply");
        let bearer = format!(
            "Bearer {}",
            token.json()["access_token"].as_str().expect("a token")
        );
        common::send(self.port(), "GET", path, &[("Authorization", &bearer)], b"").expect("a reply")
    }

    /// Its standard error, after it has stopped.
    fn ended(mut self) -> String {
        drop(self.child.stdin.take());
        self.wait();
        let mut text = String::new();
        self.child
            .stderr
            .take()
            .expect("errors")
            .read_to_string(&mut text)
            .expect("text");
        text
    }

    fn wait(&mut self) {
        let start = Instant::now();
        while self.child.try_wait().expect("a state").is_none() {
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "it does not stop"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_sample_is_served_and_requests_are_printed_without_secrets() {
    let program = Program::start(&["--sample", "--log", "--client-secret", "my-own-secret"]);
    assert_eq!(program.value("ClientSecret"), "my-own-secret");
    let mailbox = program.value("UserID");
    let messages = program.get(&format!(
        "/v1.0/users/{mailbox}/messages?$select=subject&$top=5"
    ));
    assert_eq!(messages.column("subject").len(), 5);
    let printed = program.ended();
    assert!(
        printed.contains(&format!(
            "GET /v1.0/users/{mailbox}/messages?$select=subject&$top=5 200"
        )),
        "{printed}"
    );
    assert!(!printed.contains("my-own-secret"));
}

#[test]
fn generated_mailboxes_have_the_size_that_was_asked_for() {
    let program = Program::start(&["--generate", "30", "--seed", "5"]);
    let path = format!("/v1.0/users/{}/messages?$top=1000", program.value("UserID"));
    assert_eq!(program.get(&path).column("id").len(), 30);
}

#[test]
fn exported_mail_is_served_in_its_folder() {
    let file = std::env::temp_dir().join(format!("graph-simulator-{}.mbox", std::process::id()));
    std::fs::write(
        &file,
        "From a@x Thu Jan  1 00:00:00 2026\nFrom: a@x.org\nSubject: Hello\n\nText\n",
    )
    .expect("written");
    let argument = format!("Inbox/Old={}", file.display());
    let program = Program::start(&["--mbox", &argument, "--user", "kim@x.org"]);
    assert_eq!(program.value("UserID"), "kim@x.org");
    assert_eq!(
        program
            .get("/v1.0/users/kim@x.org/messages")
            .column("subject"),
        ["Hello"]
    );
    let folders = program.get("/v1.0/users/kim@x.org/mailFolders/inbox/childFolders");
    assert_eq!(folders.column("displayName"), ["Old"]);
    std::fs::remove_file(file).expect("removed");
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it() {
    let mut program = Program::start(&[]);
    let id = program.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .expect("kill")
            .success()
    );
    program.wait();
}

#[test]
fn wrong_arguments_end_it_with_a_message() {
    for arguments in [&["--bogus"][..], &["--mbox", "/nowhere/at/all.mbox"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_graph-simulator"))
            .args(arguments)
            .output()
            .expect("the program");
        assert!(!output.status.success());
        let text = String::from_utf8(output.stderr).expect("text");
        assert!(
            text.starts_with("graph-simulator: ") && text.contains(arguments[arguments.len() - 1]),
            "{text}"
        );
    }
}

/// The most memory that a program with mailboxes of this size has used, in KiB.
#[cfg(target_os = "linux")]
fn peak_memory(messages: usize) -> u64 {
    let started = Instant::now();
    let program = Program::start(&["--generate", &messages.to_string()]);
    let starting = started.elapsed();
    let user = program.value("UserID");
    for skip in [0, messages / 2, messages - 1_000] {
        let path = format!("/v1.0/users/{user}/messages?$top=1000&$skip={skip}&$select=subject");
        let page = program.get(&path);
        assert_eq!(page.column("id").len(), 1_000);
    }
    let status = format!("/proc/{}/status", program.child.id());
    let status = std::fs::read_to_string(status).expect("Linux tells what it uses");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok());
    let peak = peak.expect("a peak");
    println!("{messages} messages: {peak} KiB, ready after {starting:?}");
    peak
}

/// A million messages take a gibibyte at most, and smaller mailboxes in proportion.
#[cfg(target_os = "linux")]
#[test]
fn memory_of_generated_mailboxes() {
    assert!(peak_memory(200_000) < (1 << 20) / 5);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes a while"]
fn memory_of_a_million_messages() {
    assert!(peak_memory(300_000) < (1 << 20) / 3);
    assert!(peak_memory(1_000_000) < 1 << 20);
}

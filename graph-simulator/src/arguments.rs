//! The command line.

use graph_simulator::{Per, Writing};
use lexopt::prelude::*;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub const HELP: &str = "\
A strict local Microsoft Graph for Exchange mailboxes.

Usage: graph-simulator [OPTIONS]

What it serves (the first is the default):
  --sample                  three users, one of them with 300 real e-mails
  --mbox [FOLDER=]FILE ...  one mailbox with the messages of these mbox or e-mail files, packed with gzip
                            or not; FOLDER is a path like Inbox/Lists (the default is Inbox)
  --generate N              generated mailboxes with N messages each
  --mailboxes N             so many of them, all of people (three of people, one shared)
  --skewed                  nine in ten messages come in one week
  --seed S                  another seed, other mailboxes (1)
  --odd                     generate also what is strange: empty values, quotes, odd times, twin ids

How it is reached:
  --port N                  port of 127.0.0.1; 0 takes a free one (0)
  --listen 127.0.0.1:N      the same
  --tenant ID               directory id
  --client-id ID            application id
  --client-secret SECRET    its secret
  --user ADDRESS            owner of the mailbox of --mbox (me@contoso.example)

How it behaves:
  --latency MS              milliseconds before every answer (0)
  --bandwidth N             bytes that each connection sends in a second; 0 sets no limit (0)
  --write KIND=N,...        changes the first mailbox while it is read: so many arrivals, deletions, moves and
                            edits in a second, or with per=page with each list of messages; seed=S repeats them
  --token-lifetime S        seconds that a token is valid (3599)
  --log                     print every request to standard error
  --until-stdin-closes      stop when standard input ends, so that it never outlives its parent
  --help, --version

When it is ready, it prints one line: its address and an ODBC connection string.
";

#[derive(Debug)]
pub enum Command {
    Help,
    Version,
    Serve(Box<Arguments>),
}

#[derive(Debug, PartialEq)]
pub struct Arguments {
    pub port: u16,
    pub contents: Contents,
    pub tenant: Option<String>,
    pub client_id: Option<String>,
    pub client_secret: Option<String>,
    pub user: String,
    pub latency: Duration,
    pub bandwidth: Option<NonZeroU64>,
    pub writing: Option<Writing>,
    pub token_lifetime: Duration,
    pub log: bool,
    pub until_stdin_closes: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Contents {
    Sample,
    Generated {
        messages: usize,
        mailboxes: Option<NonZeroUsize>,
        skewed: bool,
        seed: u64,
        odd: bool,
    },
    Imported(Vec<File>),
}

/// A file to import, and where to.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    pub folder: String,
    pub path: PathBuf,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            port: 0,
            contents: Contents::Sample,
            tenant: None,
            client_id: None,
            client_secret: None,
            user: "me@contoso.example".to_owned(),
            latency: Duration::ZERO,
            bandwidth: None,
            writing: None,
            token_lifetime: Duration::from_secs(3599),
            log: false,
            until_stdin_closes: false,
        }
    }
}

pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let mut found = Arguments::default();
    let (mut sample, mut messages, mut files) = (false, None, Vec::new());
    let (mut seed, mut odd, mut skewed, mut mailboxes) = (None, false, false, None);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("sample") => sample = true,
            Long("generate") => messages = Some(parser.value()?.parse()?),
            Long("seed") => seed = Some(parser.value()?.parse()?),
            Long("odd") => odd = true,
            Long("skewed") => skewed = true,
            Long("mailboxes") => mailboxes = Some(parser.value()?.parse()?),
            Long("mbox") => {
                let values = parser.values()?;
                files.extend(values.map(|value| file(&value)));
            }
            Long("port") => found.port = parser.value()?.parse()?,
            Long("listen") => found.port = loopback(parser.value()?.parse()?)?,
            Long("tenant") => found.tenant = Some(parser.value()?.string()?),
            Long("client-id") => found.client_id = Some(parser.value()?.string()?),
            Long("client-secret") => found.client_secret = Some(parser.value()?.string()?),
            Long("user") => found.user = parser.value()?.string()?,
            Long("latency") => found.latency = Duration::from_millis(parser.value()?.parse()?),
            Long("bandwidth") => found.bandwidth = NonZeroU64::new(parser.value()?.parse()?),
            Long("write") => found.writing = Some(writing(&parser.value()?.string()?)?),
            Long("token-lifetime") => {
                found.token_lifetime = Duration::from_secs(parser.value()?.parse()?);
            }
            Long("log") => found.log = true,
            Long("until-stdin-closes") => found.until_stdin_closes = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            other => return Err(other.unexpected()),
        }
    }
    if messages.is_none() && (seed.is_some() || odd || skewed || mailboxes.is_some()) {
        return Err("--seed, --odd, --skewed and --mailboxes belong to --generate".into());
    }
    found.contents = match (sample, messages, files.is_empty()) {
        (_, None, true) => Contents::Sample,
        (false, Some(messages), true) => Contents::Generated {
            messages,
            mailboxes,
            skewed,
            seed: seed.unwrap_or(1),
            odd,
        },
        (false, None, false) => Contents::Imported(files),
        _ => return Err("choose one of --sample, --mbox and --generate".into()),
    };
    Ok(Command::Serve(Box::new(found)))
}

/// `arrivals=5,edits=0.5,seed=7,per=page`
fn writing(text: &str) -> Result<Writing, String> {
    let mut writing = Writing::default();
    for part in text.split(',') {
        let unknown = || format!("--write does not know {part}");
        let (name, value) = part.split_once('=').ok_or_else(unknown)?;
        let number = || match value.parse() {
            Ok(number) if (0.0..=1e6).contains(&number) => Ok(number),
            _ => Err(unknown()),
        };
        match name {
            "arrivals" => writing.arrivals = number()?,
            "deletions" => writing.deletions = number()?,
            "moves" => writing.moves = number()?,
            "edits" => writing.edits = number()?,
            "seed" => writing.seed = value.parse().map_err(|_| unknown())?,
            "per" if value == "second" => writing.per = Per::Second,
            "per" if value == "page" => writing.per = Per::Page,
            _ => return Err(unknown()),
        }
    }
    Ok(writing)
}

fn file(value: &std::ffi::OsStr) -> File {
    let parts = value.to_str().and_then(|text| text.split_once('='));
    // A file may have such a name of its own.
    match parts.filter(|_| !Path::new(value).exists()) {
        Some((folder, path)) => File {
            folder: folder.to_owned(),
            path: path.into(),
        },
        None => File {
            folder: "Inbox".to_owned(),
            path: value.into(),
        },
    }
}

/// Everybody who can connect to the simulator can read everything in it, so only this machine may.
fn loopback(address: SocketAddr) -> Result<u16, lexopt::Error> {
    match address.ip() == std::net::Ipv4Addr::LOCALHOST {
        true => Ok(address.port()),
        false => Err("--listen takes addresses of 127.0.0.1 only".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serve(line: &str) -> Result<Arguments, String> {
        match read(line.split_whitespace().map(OsString::from)) {
            Ok(Command::Serve(arguments)) => Ok(*arguments),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn nothing_means_the_sample_on_a_free_port() {
        assert_eq!(serve(""), Ok(Arguments::default()));
        assert_eq!(serve("--sample --port 81").expect("valid").port, 81);
        assert_eq!(serve("--listen 127.0.0.1:82").expect("valid").port, 82);
    }

    #[test]
    fn files_go_where_they_are_told_to() {
        let found =
            serve("--mbox a.mbox Lists/Rust=b.mbox.gz --user ann@x.org --log").expect("valid");
        let file = |folder: &str, path: &str| File {
            folder: folder.into(),
            path: path.into(),
        };
        assert_eq!(
            found.contents,
            Contents::Imported(vec![
                file("Inbox", "a.mbox"),
                file("Lists/Rust", "b.mbox.gz")
            ])
        );
        assert_eq!((found.user.as_str(), found.log), ("ann@x.org", true));
    }

    #[test]
    fn generated_mailboxes_have_a_size_and_a_seed() {
        let contents = |line: &str| serve(line).expect("valid").contents;
        let generated = |seed, odd| Contents::Generated {
            messages: 9,
            mailboxes: NonZeroUsize::new(5).filter(|_| odd),
            skewed: odd,
            seed,
            odd,
        };
        assert_eq!(contents("--generate 9"), generated(1, false));
        assert_eq!(
            contents("--generate 9 --seed 4 --odd --skewed --mailboxes 5"),
            generated(4, true)
        );
    }

    #[test]
    fn a_slow_line_and_a_writer_can_be_had() {
        let found = serve("--bandwidth 65536 --write arrivals=5,edits=0.5,seed=7,per=page");
        let found = found.expect("valid");
        assert_eq!(found.bandwidth, NonZeroU64::new(65_536));
        let writing = Writing {
            arrivals: 5.0,
            edits: 0.5,
            seed: 7,
            per: Per::Page,
            ..Writing::default()
        };
        assert_eq!(found.writing, Some(writing));
        assert_eq!(serve("--bandwidth 0").expect("valid").bandwidth, None);
    }

    #[test]
    fn what_makes_no_sense_is_told() {
        for line in [
            "--sample --generate 5",
            "--seed 5",
            "--skewed",
            "--mailboxes 5",
            "--generate 5 --mailboxes 0",
            "--mbox",
            "--port x",
            "--port 70000",
            "--bogus",
            "word",
            "--listen 0.0.0.0:80",
            "--generate -1",
            "--latency",
            "--bandwidth fast",
            "--write arrivals",
            "--write arrivals=-1",
            "--write arrivals=NaN",
            "--write birds=2",
            "--write per=day",
        ] {
            assert!(serve(line).is_err(), "{line}");
        }
    }

    #[test]
    fn help_names_every_option() {
        let code = include_str!("arguments.rs");
        let options = code
            .split("Long(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        for option in
            options.filter(|option| option.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        {
            assert!(HELP.contains(&format!("--{option}")), "{option}");
        }
    }
}

//! The log file: one for the whole process.
//!
//! Only this library's own events are written. Those of the libraries below could hold request
//! headers, and with them tokens.

use super::{Error, ErrorKind, LogLevel, Settings, outgoing};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::prelude::*;

/// Only events of targets with this prefix are written: this project's crates have it.
const TARGET: &str = "exchange_";

static LEVEL: AtomicU8 = AtomicU8::new(0);
static FILE: Mutex<Option<File>> = Mutex::new(None);
static SUBSCRIBER: Once = Once::new();

/// Starts writing to the settings' log file. The process has one log: the last connection that
/// names a file determines file and level. A connection without a file changes nothing.
pub fn start(settings: &Settings) -> Result<(), Error> {
    match &settings.log_file {
        Some(file) => start_file(file, settings.log_level),
        None => Ok(()),
    }
}

fn start_file(path: &Path, level: LogLevel) -> Result<(), Error> {
    let refused = |problem: String| {
        let message = format!("LogFile '{}' {problem}.", path.display());
        Error::new(ErrorKind::File, message)
    };
    super::log_place::prepare(path);
    let opened = open(path).map_err(|error| refused(format!("cannot be written: {error}")))?;
    if !opened.metadata().is_ok_and(|facts| facts.is_file()) {
        return Err(refused("is a pipe or a device; name a file".to_owned()));
    }
    *file() = Some(opened);
    LEVEL.store(rank(level), Ordering::Relaxed);
    SUBSCRIBER.call_once(install);
    tracing::callsite::rebuild_interest_cache();
    Ok(())
}

/// Opens the file, or creates it for its user only, because it names mailboxes. Does not wait for
/// the reader of a pipe.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(libc::O_NONBLOCK);
    }
    options.open(path)
}

fn install() {
    let ours = |target: &str| target.starts_with(TARGET);
    let wanted = dynamic_filter_fn(move |metadata, _| {
        ours(metadata.target()) && *metadata.level() <= level_filter()
    });
    let layer = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(|| LogFile)
        .with_filter(wanted);
    // If the program has its own subscriber, the events go there and the file stays empty.
    let _ = tracing_subscriber::registry().with(layer).try_init();
}

fn rank(level: LogLevel) -> u8 {
    level as u8
}

fn level_filter() -> LevelFilter {
    match LEVEL.load(Ordering::Relaxed) {
        0 => LevelFilter::OFF,
        1 => LevelFilter::ERROR,
        2 => LevelFilter::WARN,
        3 => LevelFilter::INFO,
        4 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}

fn file() -> MutexGuard<'static, Option<File>> {
    FILE.lock().unwrap_or_else(PoisonError::into_inner)
}

struct LogFile;

impl Write for LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match file().as_mut() {
            // One call writes one whole line, so that lines of several threads do not mix.
            Some(file) => {
                let line = String::from_utf8_lossy(bytes);
                let clean = outgoing::clean(line.trim_end_matches('\n'));
                file.write_all(format!("{clean}\n").as_bytes())?;
                Ok(bytes.len())
            }
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_refused_at_once() {
        let pipe = std::env::temp_dir().join(format!("exchange-odbc-{}", uuid::Uuid::new_v4()));
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo is there").success());
        for path in [
            pipe.as_path(),
            Path::new("/dev/null"),
            Path::new("/dev/full"),
        ] {
            let error = start_file(path, LogLevel::Info).expect_err("it is no file");
            assert_eq!(error.kind, ErrorKind::File);
            assert!(
                error.message.contains(&path.display().to_string()),
                "{error}"
            );
        }
        std::fs::remove_file(&pipe).expect("removed");
    }

    #[test]
    fn only_our_events_of_the_wanted_level_reach_the_file() {
        let path = std::env::temp_dir().join(format!("exchange-odbc-{}.log", uuid::Uuid::new_v4()));
        start_file(&path, LogLevel::Info).expect("started");
        tracing::info!(target: "exchange_odbc::test", "first line");
        tracing::debug!(target: "exchange_odbc::test", "too detailed");
        tracing::error!(target: "h2::frame", "authorization: Bearer abc");
        start_file(&path, LogLevel::Debug).expect("started again");
        tracing::debug!(target: "exchange_odbc::test", "second line");
        outgoing::hide(&crate::Secret::new("l0gged secret"));
        let code = "x\n2026-01-01 ERROR exchange_odbc: forged l0gged+secret".to_owned()
            + &"y".repeat(40_000);
        tracing::debug!(target: "exchange_odbc::test", %code, "third line");
        let text = std::fs::read_to_string(&path).expect("the file");
        assert!(
            text.contains("first line") && text.contains("second line"),
            "{text}"
        );
        assert!(
            !text.contains("too detailed") && !text.contains("Bearer"),
            "{text}"
        );
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines.iter().all(|line| line.len() < 5_000),
            "a line is too long"
        );
        assert!(
            !lines.iter().any(|line| line.starts_with("2026-01-01")),
            "{text}"
        );
        assert!(!text.contains("l0gged"), "{text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path)
                .expect("the file")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        LEVEL.store(0, Ordering::Relaxed);
        std::fs::remove_file(&path).expect("removed");
        assert!(start_file(Path::new("/nowhere/at/all.log"), LogLevel::Info).is_err());
    }
}

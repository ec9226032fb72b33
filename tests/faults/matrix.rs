//! Every kind of fault in every place, over HTTP/1.1 and HTTP/2, once and permanently.

use crate::kinds::{self, Kind, NOT_FOUND};
use crate::places::{self, Place};
use driver_harness::client;
use driver_harness::simulator::alice;
use driver_harness::tenant;
use graph_simulator::{Options, Simulator};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The longest that a statement may take with one fault, or with a permanent one.
const LONGEST: Duration = Duration::from_secs(30);

/// Cells that run at once; they mostly wait.
const AT_ONCE: usize = 10;

/// One cell of the matrix.
#[derive(Clone, Copy)]
struct Cell<'a> {
    kind: &'a Kind,
    place: Place,
    always: bool,
    http2: bool,
}

/// The file with the certificate that clients of the simulator trust.
pub fn authority() -> PathBuf {
    let file = format!("exchange-odbc-authority-{}.pem", std::process::id());
    let path = std::env::temp_dir().join(file);
    std::fs::write(&path, Simulator::AUTHORITY).expect("the file is written");
    path
}

/// A separate simulator, and a connection string.
fn served(http2: bool, keys: &str, authority: &Path) -> (Simulator, String) {
    let options = Options {
        http2,
        threads: 1,
        ..Options::default()
    };
    let simulator = Simulator::start(tenant::odd(), options).expect("a port");
    let mut text = alice(&simulator, keys);
    if http2 {
        text += &format!("CACertificate={};", authority.display());
    }
    (simulator, text)
}

/// `rows`, `absent` or the SQLSTATE; an error if neither is right.
fn outcome(cell: Cell, authority: &Path) -> Result<String, String> {
    let retries = if cell.always { 1 } else { 2 };
    let keys = format!(
        "{}MaxRetries={retries};Timeout=4;MaxReplySize=1;",
        cell.place.keys()
    );
    let (simulator, text) = served(cell.http2, &keys, authority);
    let tenant = tenant::odd();
    let fault = (cell.place).fault(&tenant, cell.kind.action.clone(), cell.always);
    simulator.faults().add(fault);
    let started = Instant::now();
    let connection = client::connect(&text);
    let rows = connection.and_then(|connection| connection.query(&cell.place.statement(&tenant)));
    let elapsed = started.elapsed();
    if elapsed > LONGEST {
        return Err(format!("it took {elapsed:?}"));
    }
    let expected = cell.place.expected(&tenant);
    match rows {
        Ok(mut rows) => {
            rows.sort();
            let is_part = rows.iter().all(|row| expected.contains(row));
            match rows == expected {
                true => Ok("rows".to_owned()),
                // Only items that Graph reports as absent may be missing.
                false if cell.kind.name == NOT_FOUND && is_part => Ok("absent".to_owned()),
                false => Err(format!(
                    "{} rows in place of {}",
                    rows.len(),
                    expected.len()
                )),
            }
        }
        Err(failure) => {
            let state = failure.state().to_owned();
            let is_right = ["08S01", "08001", "28000", "42000", "HY000", "HYT00"];
            match is_right.contains(&state.as_str()) && (cell.always || !cell.kind.passes) {
                true => Ok(state),
                false => Err(failure.to_string()),
            }
        }
    }
}

/// The outcomes of all cells; the first problems if some are wrong.
fn outcomes(kinds: &[Kind]) -> Vec<String> {
    let mut cells = Vec::new();
    for kind in kinds {
        for (_, place) in places::ALL {
            for http2 in [false, true] {
                for always in [false, true] {
                    cells.push(Cell {
                        kind,
                        place: *place,
                        always,
                        http2,
                    });
                }
            }
        }
    }
    let authority = authority();
    let next = AtomicUsize::new(0);
    let found = Mutex::new(vec![String::new(); cells.len()]);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(cell) = cells.get(at) else { break };
                    match outcome(*cell, &authority) {
                        Ok(text) => found.lock().expect("no panic")[at] = text,
                        Err(problem) => wrong.lock().expect("no panic").push(format!(
                            "{} at {:?}, always {}, HTTP/2 {}: {problem}",
                            cell.kind.name, cell.place, cell.always, cell.http2
                        )),
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    found.into_inner().expect("no panic")
}

/// `once / always`, also for HTTP/2 if it differs.
fn shown(of_cell: &[String]) -> String {
    let [once, always, once_2, always_2] = of_cell else {
        unreachable!("four outcomes a place");
    };
    let pair = |once: &str, always: &str| match once == always {
        true => once.to_owned(),
        false => format!("{once} / {always}"),
    };
    let (first, second) = (pair(once, always), pair(once_2, always_2));
    match first == second {
        true => first,
        false => format!("{first} (HTTP/2: {second})"),
    }
}

fn heading() -> String {
    let mut text = String::from("| Fault |");
    for (name, _) in places::ALL {
        let _ = write!(text, " {name} |");
    }
    text += "\n|---|";
    text += &"---|".repeat(places::ALL.len());
    text
}

/// The line of a kind.
fn line(kind: &Kind, found: &[String]) -> String {
    let mut text = format!("| {} |", kind.name);
    for cell in found.chunks(4) {
        let _ = write!(text, " {} |", shown(cell));
    }
    text
}

/// The lines of all kinds. A line that differs from the page is measured again, because a machine
/// that is busy for seconds looks like a fault.
fn lines(kinds: &[Kind], page: &str, may_differ: bool) -> Vec<String> {
    let found = outcomes(kinds);
    let times = if may_differ { 0 } else { 5 };
    let of_kinds = kinds.iter().zip(found.chunks(places::ALL.len() * 4));
    let again = |kind: &Kind, found: &[String]| {
        let mut line = line(kind, found);
        for _ in 0..times {
            if page.lines().any(|known| known == line) {
                break;
            }
            line = self::line(kind, &outcomes(std::slice::from_ref(kind)));
        }
        line
    };
    of_kinds.map(|(kind, found)| again(kind, found)).collect()
}

const START: &str = "<!-- matrix -->\n";
const END: &str = "<!-- end of the matrix -->";

#[test]
fn the_page_about_faults_is_current() {
    let kinds = kinds::all();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/faults.md");
    let page = std::fs::read_to_string(&file).expect("docs/faults.md is there");
    let (before, rest) = page.split_once(START).expect("the page has a matrix");
    let (_, after) = rest.split_once(END).expect("the matrix has an end");
    let writes = std::env::var_os("WRITE_DOCS").is_some();
    let lines = lines(&kinds, &page, writes).join("\n");
    let wanted = format!("{before}{START}{}\n{lines}\n{END}{after}", heading());
    if writes {
        std::fs::write(&file, wanted).expect("the page is written");
        return;
    }
    let differing = wanted.lines().zip(page.lines());
    let differing: Vec<_> = differing.filter(|(new, old)| new != old).collect();
    assert!(
        page == wanted,
        "{differing:#?}; WRITE_DOCS=1 writes the page anew"
    );
}

//! Programs in C that call ODBC as real applications do, from connecting to the last row
//! (`tests/c`).
//!
//! Each is compiled three times: directly on the driver, without a driver manager; linked with
//! unixODBC; and linked with iODBC, whose wide characters have four bytes. The managers are
//! configured under the build's own folder. All read the sample mailbox from a simulator. The tests
//! require a C compiler, the headers of ODBC and the managers' libraries, and fail without them.
#![cfg(target_os = "linux")]

use graph_simulator::{Action, Fault, Options, Simulator, sample};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// The tool that watches a program's memory while it runs, chosen by `EXCHANGE_ODBC_MEMCHECK`
/// (`make memcheck`).
#[derive(Clone, Copy, PartialEq)]
enum Watch {
    Nothing,
    /// AddressSanitizer in the program, and in the driver, which was built for that.
    Address,
    Valgrind,
}

impl Watch {
    fn chosen() -> Self {
        match env::var("EXCHANGE_ODBC_MEMCHECK").as_deref() {
            Err(_) | Ok("") => Self::Nothing,
            Ok("address") => Self::Address,
            Ok("valgrind") => Self::Valgrind,
            Ok(other) => panic!("EXCHANGE_ODBC_MEMCHECK is address or valgrind, not {other}"),
        }
    }

    fn command(self, program: &Path) -> Command {
        if self != Self::Valgrind {
            return Command::new(program);
        }
        let mut command = Command::new("valgrind");
        command
            .args(["--quiet", "--error-exitcode=99", "--leak-check=full"])
            .args([
                "--show-leak-kinds=definite",
                "--errors-for-leak-kinds=definite",
            ])
            .arg(concat!(
                "--suppressions=",
                env!("CARGO_MANIFEST_DIR"),
                "/tests/c/valgrind.supp"
            ))
            .arg("--")
            .arg(program)
            // Everything takes much longer, and programs with time limits have to know that.
            .env("SLOWER", "10");
        command
    }
}

/// How a program reaches the driver.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Direct,
    UnixOdbc,
    Iodbc,
}

impl Way {
    const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::UnixOdbc => "unixodbc",
            Self::Iodbc => "iodbc",
        }
    }
}

/// The library that Cargo built together with the running test: it is beside the test program.
fn driver() -> PathBuf {
    let program = env::current_exe().expect("a test program has a path");
    program
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("libexchange_odbc.so"))
        .find(|path| path.exists())
        .expect("Cargo builds the library before the tests that use it")
}

/// A separate folder for each program and way, so that tests do not collide.
fn folder(program: &str, way: Way) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("c-programs")
        .join(format!("{program}-{}", way.name()));
    fs::create_dir_all(&path).expect("the folder can be made");
    path
}

fn succeed(output: &Output, what: &str) {
    assert!(
        output.status.success(),
        "{what} ended with {}:\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}

fn compile(program: &str, way: Way, folder: &Path) -> PathBuf {
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/c");
    let built = folder.join(program);
    let mut command = Command::new(&compiler);
    command
        .args(["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O1", "-g"])
        .arg("-pthread")
        .arg(sources.join(format!("{program}.c")))
        .arg("-o")
        .arg(&built);
    if Watch::chosen() == Watch::Address {
        command.arg("-fsanitize=address");
    }
    match way {
        Way::Direct => command.args(["-DWITHOUT_MANAGER", "-ldl"]),
        Way::UnixOdbc => command.arg("-lodbc"),
        // Debian's headers of the two managers exclude each other, so unixODBC's are used for both:
        // they support four bytes.
        Way::Iodbc => command.args(["-DIODBC", "-DSQL_WCHART_CONVERT", "-l:libiodbc.so.2"]),
    };
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{compiler} cannot be run: {error}"));
    succeed(&output, &format!("compiling {program}.c"));
    built
}

/// Registers the driver with the driver managers for this program only.
fn register(folder: &Path) {
    let drivers = format!("[Exchange]\nDriver={}\nThreading=0\n", driver().display());
    fs::write(folder.join("odbcinst.ini"), drivers).expect("it can be written");
    fs::write(folder.join("odbc.ini"), "").expect("it can be written");
}

fn run(program: &str, way: Way, simulator: &Simulator) {
    let folder = folder(program, way);
    let built = compile(program, way, &folder);
    let mut text = simulator.connection_string();
    if way != Way::Direct {
        register(&folder);
        text.insert_str(0, "Driver=Exchange;");
    }
    let mut command = Watch::chosen().command(&built);
    command
        .arg(text)
        .env("DRIVER", driver())
        .env("ODBCINI", folder.join("odbc.ini"));
    match way {
        Way::Iodbc => command.env("ODBCINSTINI", folder.join("odbcinst.ini")),
        // For unixODBC that variable is the name of a file in the folder of this one.
        _ => command.env("ODBCSYSINI", &folder).env_remove("ODBCINSTINI"),
    };
    let output = command.output().expect("the program was just built");
    succeed(&output, program);
}

fn simulator() -> Simulator {
    Simulator::start(sample::tenant(), Options::default()).expect("it starts")
}

/// A test for each program, and each way.
macro_rules! programs {
    ($($program:ident($($test:ident: $way:ident),*): $simulator:expr;)*) => {
        $(
            mod $program {
                use super::*;

                $(
                    #[test]
                    fn $test() {
                        run(stringify!($program), Way::$way, &$simulator);
                    }
                )*
            }
        )*

        #[test]
        fn every_program_is_run() {
            let mut found: Vec<String> = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/c"))
                .expect("the folder is there")
                .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
                .filter_map(|name| Some(name.strip_suffix(".c")?.to_owned()))
                .collect();
            found.sort();
            let mut listed = vec![$(stringify!($program)),*];
            listed.sort_unstable();
            assert_eq!(found, listed);
        }
    };
}

programs! {
    power_query(straight: Direct, unixodbc: UnixOdbc, iodbc: Iodbc): simulator();
    microsoft_query(straight: Direct, unixodbc: UnixOdbc, iodbc: Iodbc): simulator();
    ado(straight: Direct, unixodbc: UnixOdbc, iodbc: Iodbc): simulator();
    access(straight: Direct, unixodbc: UnixOdbc, iodbc: Iodbc): simulator();
    ssis(straight: Direct, unixodbc: UnixOdbc, iodbc: Iodbc): simulator();
    tableau(straight: Direct, unixodbc: UnixOdbc, iodbc: Iodbc): simulator();
    linked_server(straight: Direct, unixodbc: UnixOdbc, iodbc: Iodbc): simulator();
    // iODBC does not know ODBC 3.80, and the parameters' wide texts are written in two bytes.
    cursors(straight: Direct, unixodbc: UnixOdbc): simulator();
    parameters(straight: Direct, unixodbc: UnixOdbc): simulator();
    threads(straight: Direct, unixodbc: UnixOdbc, iodbc: Iodbc): stalling();
    // iODBC keeps its own records, and returns less than the reference requires.
    diagnostics(straight: Direct, unixodbc: UnixOdbc): simulator();
    // iODBC reads the memory behind invalid handles.
    odd_calls(straight: Direct, unixodbc: UnixOdbc): simulator();
}

/// A simulator in which the answers for one mailbox do not begin (messages), or do not end (events).
fn stalling() -> Simulator {
    let simulator = simulator();
    let seconds = 300.0;
    for (path, action) in [
        ("messages*", Action::Delay { seconds }),
        ("calendars/*/events*", Action::Stall { seconds }),
    ] {
        let path = format!("/users/{}/{path}", sample::ALEX);
        simulator.faults().add(Fault::always(&path, action));
    }
    simulator
}

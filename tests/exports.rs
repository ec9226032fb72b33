//! The built library from outside: its symbols, its header, what it links to, and its first answers.

use driver_harness::client::constants::*;
use driver_harness::client::{self, Connection, Environment, Library, Login, Spelling};
use std::collections::BTreeSet;
use std::ffi::c_void;
use std::process::Command;
use std::{env, fs, ptr};

#[path = "../src/odbc/calls/functions/table.rs"]
mod table;

/// The output of a tool that every C compiler comes with.
fn run(tool: &str, arguments: &[&str]) -> String {
    let output = Command::new(tool).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{tool} cannot be run: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{tool} {arguments:?} failed: {said}"
    );
    String::from_utf8(output.stdout).expect("the output is text")
}

fn library_path() -> String {
    Library::path()
        .into_os_string()
        .into_string()
        .expect("the path is text")
}

#[test]
#[cfg(target_os = "linux")]
fn the_library_exports_the_functions_of_the_table_and_nothing_else() {
    let output = run(
        "nm",
        &["-D", "--defined-only", "--format=posix", &library_path()],
    );
    let exported: BTreeSet<String> = output
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect();
    let listed: BTreeSet<String> = table::symbols().collect();
    assert_eq!(exported, listed);
}

#[test]
fn the_functions_of_the_installer_are_there_on_windows_alone() {
    let library = Library::get();
    for name in table::SETUP {
        assert_eq!(library.has(name), cfg!(windows), "{name}");
    }
}

/// Other libraries' copies of these would be called instead of the driver's own.
#[test]
#[cfg(target_os = "linux")]
fn no_driver_manager_and_no_cryptography_of_the_process_is_used() {
    let output = run(
        "nm",
        &["-D", "--undefined-only", "--format=posix", &library_path()],
    );
    let foreign = [
        "SQL", "ODBC", "iodbc", "uodbc", "SSL_", "EVP_", "CRYPTO_", "OPENSSL_", "ring_",
    ];
    for symbol in output.lines() {
        assert!(
            !foreign.iter().any(|prefix| symbol.starts_with(prefix)),
            "{symbol} is undefined"
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_library_needs_nothing_but_the_c_library_and_is_never_unmapped() {
    let dynamic = run("readelf", &["--dynamic", "--wide", &library_path()]);
    let values = |tag: &str| -> Vec<String> {
        let tag = format!("({tag})");
        let lines = dynamic.lines().filter(|line| line.contains(&tag));
        lines
            .map(|line| line.split_once(&tag).expect("it has the tag").1.to_owned())
            .collect()
    };
    let family = [
        "libc.",
        "libm.",
        "libgcc_s.",
        "libpthread.",
        "libdl.",
        "librt.",
        "ld-linux",
    ];
    for needed in values("NEEDED") {
        let name = needed.split(['[', ']']).nth(1).expect("a name in brackets");
        assert!(
            family.iter().any(|known| name.starts_with(known)),
            "{name} is needed"
        );
    }
    assert!(
        values("SONAME")
            .iter()
            .any(|name| name.contains("[libexchange_odbc.so]"))
    );
    assert!(
        values("FLAGS_1")
            .iter()
            .any(|flags| flags.contains("NODELETE"))
    );
}

const HEADER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/include/exchange_odbc.h");

#[test]
fn the_header_is_the_one_that_the_sources_give() {
    let generated = fs::read_to_string(env!("EXCHANGE_ODBC_GENERATED_HEADER")).unwrap();
    let committed = fs::read_to_string(HEADER).unwrap_or_default();
    assert!(
        generated == committed,
        "{HEADER} is out of date: build with EXCHANGE_ODBC_WRITE_HEADER=1 and commit it"
    );
}

/// C allows a second declaration of a function only with the same types.
#[test]
#[cfg(unix)]
fn every_prototype_is_that_of_the_odbc_headers() {
    let header = fs::read_to_string(HEADER).expect("the header is there");
    for symbol in table::symbols() {
        assert!(
            header.contains(&format!(" {symbol}(")),
            "{symbol} is not declared"
        );
    }
    let folder = env::temp_dir().join(format!("exchange-odbc-header-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let source = folder.join("prototypes.c");
    // Taking the address needs a declaration; an undeclared function is an error.
    let uses: String = table::symbols()
        .map(|symbol| format!("    (any){symbol},\n"))
        .collect();
    let text =
        format!("#include \"{HEADER}\"\ntypedef void (*any)(void);\nany all[] = {{\n{uses}}};\n");
    fs::write(&source, text).unwrap();
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let source = source.to_str().unwrap();
    run(
        &compiler,
        &["-fsyntax-only", "-Wall", "-Wextra", "-Werror", source],
    );
    run(
        &compiler,
        &["-xc++", "-fsyntax-only", "-Wall", "-Werror", source],
    );
    fs::remove_dir_all(&folder).unwrap();
}

fn unconnected() -> Connection {
    Environment::default().unconnected()
}

#[test]
fn sql_get_functions_agrees_with_the_symbols() {
    let connection = client::connect(&Login::start().connection_string()).expect("a connection");
    let library = Library::get();
    for id in (1..1100).filter(|id| *id != 999) {
        let listed = table::FUNCTIONS.iter().find(|function| function.id == id);
        assert_eq!(
            connection.supports(id).unwrap(),
            listed.is_some(),
            "function {id}"
        );
        let Some(function) = listed else { continue };
        assert!(library.has(function.name), "{}", function.name);
        assert_eq!(
            library.has(&format!("{}W", function.name)),
            function.wide,
            "{}",
            function.name
        );
    }
}

#[test]
fn a_connection_string_that_is_no_such_thing_leaves_a_record() {
    let malformed = [
        "",
        ";",
        "T",
        "TenantID",
        "TenantID={contoso",
        "=x",
        "DSN=no-such-data-source",
        "TenantID=contoso.example;ClientId=a;ClientSecret=b;PageSize=many",
        "TenantID=contoso.example;ClientId=a;ClientSecret=b;GraphEndpoint=http://graph.example",
    ];
    for text in malformed {
        for spelling in [Spelling::Ansi, Spelling::Wide] {
            let failure = unconnected().open(text, spelling).err().expect(text);
            assert_eq!(failure.code, ERROR, "{text}");
            assert!(!failure.message().is_empty(), "{text}");
            assert!(
                ["08001", "IM002", "HYC00"].contains(&failure.state()),
                "{text}: {failure}"
            );
        }
    }
}

#[test]
fn an_unreachable_host_is_08001() {
    let text = "TenantID=contoso.example;ClientId=app;ClientSecret=hush-hush;MaxRetries=0;\
                LoginEndpoint=http://127.0.0.1:9;GraphEndpoint=http://127.0.0.1:9";
    let failure = client::connect(text).err().expect("nobody listens");
    assert_eq!(failure.state(), "08001", "{failure}");
    assert!(!failure.to_string().contains("hush-hush"), "{failure}");
}

#[test]
fn what_is_no_handle_is_refused() {
    let environment = Environment::default();
    let connection = environment.unconnected();
    let freed = {
        let freed = environment.unconnected();
        freed.handle()
    };
    let library = Library::get();
    let odd = [0, 1, 8, 0xDEAD_BEEF, usize::MAX, usize::MAX / 2 + 1];
    let odd = odd.map(ptr::without_provenance_mut::<c_void>);
    for handle in odd
        .into_iter()
        .chain([freed, environment.handle(), connection.handle()])
    {
        // SAFETY: handles may be anything, and every other argument is allowed to be null.
        unsafe {
            let none: *mut c_void = ptr::null_mut();
            assert_eq!((library.SQLFetch)(handle), INVALID_HANDLE);
            assert_eq!((library.SQLCancel)(handle), INVALID_HANDLE);
            assert_eq!(
                (library.SQLExecDirectW)(handle, none.cast(), 0),
                INVALID_HANDLE
            );
            assert_eq!((library.SQLCopyDesc)(handle, handle), INVALID_HANDLE);
            assert_eq!((library.SQLFreeHandle)(HANDLE_STMT, handle), INVALID_HANDLE);
            assert_eq!((library.SQLFreeHandle)(HANDLE_DESC, handle), INVALID_HANDLE);
            assert_eq!((library.SQLFreeHandle)(99, handle), INVALID_HANDLE);
            assert_eq!(
                (library.SQLCancelHandle)(HANDLE_STMT, handle),
                INVALID_HANDLE
            );
            assert_eq!((library.SQLEndTran)(HANDLE_STMT, handle, 7).signum(), -1);
            let code = (library.SQLGetDiagFieldW)(HANDLE_STMT, handle, 1, 4, none, 0, none.cast());
            assert_eq!(code, INVALID_HANDLE);
        }
    }
    for kind in [HANDLE_ENV, HANDLE_DBC] {
        // SAFETY: as above.
        let code = unsafe { (library.SQLFreeHandle)(kind, freed) };
        assert_eq!(code, INVALID_HANDLE, "a handle that was freed");
    }
}

#[test]
fn nothing_is_allocated_without_a_place_for_the_handle() {
    let library = Library::get();
    let environment = Environment::default();
    // SAFETY: a null pointer is allowed and refused.
    unsafe {
        let none = ptr::null_mut();
        assert_eq!(
            (library.SQLAllocHandle)(HANDLE_ENV, ptr::null_mut(), none),
            ERROR
        );
        assert_eq!(
            (library.SQLAllocHandle)(HANDLE_DBC, environment.handle(), none),
            ERROR
        );
    }
}

#[test]
fn lengths_count_bytes_behind_a_pointer_without_a_type_and_characters_elsewhere() {
    const DRIVER_ODBC_VER: u16 = 77;
    let connection = unconnected();
    let text = connection.info_text(DRIVER_ODBC_VER).unwrap();
    assert_eq!(text, "03.80");
    let library = Library::get();
    let mut length = 0_i16;
    let mut buffer = [0xABAB_u16; 8];
    // SAFETY: the buffer is longer than the sizes that are given.
    unsafe {
        let at = buffer.as_mut_ptr().cast();
        let code =
            (library.SQLGetInfoW)(connection.handle(), DRIVER_ODBC_VER, at, 8, &raw mut length);
        assert_eq!((code, length), (SUCCESS_WITH_INFO, 10));
    }
    assert_eq!(
        buffer,
        [0x30, 0x33, 0x2E, 0, 0xABAB, 0xABAB, 0xABAB, 0xABAB]
    );

    let failure = connection
        .open("", Spelling::Wide)
        .err()
        .expect("no connection");
    let connection = unconnected();
    let _ = connection.set_attribute(-77, 0).unwrap_err();
    let mut state = [0xABAB_u16; 8];
    let mut message = [0xABAB_u16; 8];
    // SAFETY: an SQLSTATE has room for six characters, the message for as many as are given.
    unsafe {
        let (state, message) = (state.as_mut_ptr(), message.as_mut_ptr());
        let native = ptr::null_mut();
        let handle = connection.handle();
        let length = &raw mut length;
        let code =
            (library.SQLGetDiagRecW)(HANDLE_DBC, handle, 1, state, native, message, 4, length);
        assert_eq!(code, SUCCESS_WITH_INFO);
    }
    assert_eq!(state[5..], [0, 0xABAB, 0xABAB]);
    assert_eq!(message[3..], [0, 0xABAB, 0xABAB, 0xABAB, 0xABAB]);
    assert!(failure.records.len() == 1 && length > 20);
}

/// Messages of panics name source files. Users must not see the builder's folders.
#[test]
fn the_library_names_no_folder_of_whoever_built_it() {
    let library = std::fs::read(Library::path()).expect("it is there");
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME"));
    let folders = [Some(env!("CARGO_MANIFEST_DIR").to_owned()), home.ok()];
    for folder in folders.into_iter().flatten() {
        let folder = format!("{}/", folder.trim_end_matches('/'));
        let place = library
            .windows(folder.len())
            .position(|bytes| bytes == folder.as_bytes());
        let shown = place.map(|at| String::from_utf8_lossy(&library[at..at + 120]).into_owned());
        assert_eq!(shown, None, "{folder} is in the library");
    }
}

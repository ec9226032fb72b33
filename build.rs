//! Generates the C header from the exported functions, and passes the library's options to the linker.
//!
//! The header goes to `OUT_DIR`, where a test compares it with the committed one; the sources are
//! only written to when `EXCHANGE_ODBC_WRITE_HEADER=1` asks for it.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[path = "src/odbc/calls/functions/table.rs"]
#[allow(dead_code)]
mod table;

const HEADER: &str = "include/exchange_odbc.h";
const EXPORTED: &str = r#"pub unsafe extern "system" fn "#;
const WRITE_HEADER: &str = "EXCHANGE_ODBC_WRITE_HEADER";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/odbc/calls/functions/table.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    generate_header(&out)?;
    without_driver_manager(&out)?;
    link_library();
    describe_version(&out)
}

fn generate_header(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=cbindgen.toml");
    println!("cargo:rerun-if-changed=src/ffi");
    println!("cargo:rerun-if-env-changed={WRITE_HEADER}");
    let header = out.join("exchange_odbc.h");
    let config = cbindgen::Config::from_file("cbindgen.toml")?;
    let copies = out.join("ffi");
    fs::create_dir_all(&copies)?;
    let mut exported = BTreeSet::new();
    for entry in fs::read_dir("src/ffi")? {
        let source = entry?;
        let text = fs::read_to_string(source.path())?;
        exported.extend(functions(&text).map(str::to_owned));
        // cbindgen only knows the C calling convention; SQL_API is the system's.
        let text = text.replace(EXPORTED, r#"pub unsafe extern "C" fn "#);
        fs::write(copies.join(source.file_name()), text)?;
    }
    compare_with_table(exported)?;
    let builder = cbindgen::Builder::new()
        .with_config(config)
        .with_src(copies.join("mod.rs"));
    builder.generate()?.write_to_file(&header);
    if env::var(WRITE_HEADER).is_ok_and(|value| value == "1") {
        fs::copy(&header, HEADER)?;
    }
    println!(
        "cargo:rustc-env=EXCHANGE_ODBC_GENERATED_HEADER={}",
        header.display()
    );
    Ok(())
}

/// The names of the exported functions in a source file.
fn functions(source: &str) -> impl Iterator<Item = &str> {
    source
        .split(EXPORTED)
        .skip(1)
        .filter_map(|rest| rest.split('(').next())
}

/// `SQLGetFunctions` answers from the table, so it has to list what is exported. The sources of all systems are read.
fn compare_with_table(exported: BTreeSet<String>) -> Result<(), Box<dyn Error>> {
    let setup = table::SETUP.iter().map(|name| (*name).to_owned());
    let listed: BTreeSet<String> = table::symbols().chain(setup).collect();
    let differing: Vec<_> = listed.symmetric_difference(&exported).cloned().collect();
    if differing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "either only src/odbc/calls/functions/table.rs or only src/ffi has {}",
        differing.join(", ")
    )
    .into())
}

/// odbc-sys is only used for its types, but links a driver manager. An empty archive of
/// that name replaces it: then none has to be installed, and none can be linked by mistake.
fn without_driver_manager(out: &Path) -> Result<(), Box<dyn Error>> {
    if env::var("CARGO_CFG_TARGET_OS")? == "linux" {
        let folder = out.join("no-driver-manager");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("libodbc.a"), "!<arch>\n")?;
        println!("cargo:rustc-link-search=native={}", folder.display());
    }
    Ok(())
}

/// rustc exports what is `no_mangle` and hides all else of Rust's. The rest depends on the platform.
fn link_library() {
    let link = |argument: &str| println!("cargo:rustc-cdylib-link-arg={argument}");
    match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("linux" | "android" | "freebsd" | "netbsd" | "openbsd") => {
            link("-Wl,-soname,libexchange_odbc.so");
            // The driver's threads run its code, and so may the process's exit handlers, after the
            // last driver manager closed it.
            link("-Wl,-z,nodelete");
            // Symbols of static libraries that are not Rust's own.
            link("-Wl,--exclude-libs,ALL");
            // The profile's `strip` does not reach a library that is built as rlib, too: a quarter of
            // the file would be names that nothing looks up.
            if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
                link("-Wl,--strip-all");
            }
        }
        // Drops the driver manager that odbc-sys asks for (see above).
        Ok("macos") => link("-Wl,-dead_strip_dylibs"),
        // As above. What odbc-sys asks for is dropped, because nothing refers to it.
        Ok("windows")
            if is_gnu() && env::var("PROFILE").is_ok_and(|profile| profile == "release") =>
        {
            link("-Wl,--strip-all");
        }
        _ => {}
    }
}

fn is_gnu() -> bool {
    env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|environment| environment == "gnu")
}

/// Windows shows a library's version and description from a resource. Administration tools list drivers by them.
fn describe_version(out: &Path) -> Result<(), Box<dyn Error>> {
    if env::var("CARGO_CFG_TARGET_OS")? != "windows" || !is_gnu() {
        return Ok(());
    }
    let version = env::var("CARGO_PKG_VERSION")?;
    let numbers =
        ["MAJOR", "MINOR", "PATCH"].map(|part| env::var(format!("CARGO_PKG_VERSION_{part}")));
    let [major, minor, patch] = numbers;
    let numbers = format!("{},{},{},0", major?, minor?, patch?);
    let (script, object) = (out.join("version.rc"), out.join("version.o"));
    let texts = [
        ("CompanyName", "exchange-odbc"),
        ("FileDescription", "ODBC driver for Microsoft 365 mailboxes"),
        ("FileVersion", &version),
        ("InternalName", "exchange_odbc"),
        ("OriginalFilename", "exchange_odbc.dll"),
        ("ProductName", "Exchange ODBC driver"),
        ("ProductVersion", &version),
    ];
    let texts: String = texts
        .iter()
        .map(|(name, text)| format!("      VALUE \"{name}\", \"{text}\"\n"))
        .collect();
    // US English in Unicode; a DLL (2) for Windows NT (0x40004).
    fs::write(
        &script,
        format!(
            "1 VERSIONINFO\nFILEVERSION {numbers}\nPRODUCTVERSION {numbers}\nFILEOS 0x40004\nFILETYPE 2\nBEGIN\n  \
             BLOCK \"StringFileInfo\"\n  BEGIN\n    BLOCK \"040904B0\"\n    BEGIN\n{texts}    END\n  END\n  \
             BLOCK \"VarFileInfo\"\n  BEGIN\n    VALUE \"Translation\", 0x409, 1200\n  END\nEND\n"
        ),
    )?;
    let architecture = match env::var("CARGO_CFG_TARGET_ARCH")?.as_str() {
        "x86" => "i686".to_owned(),
        other => other.to_owned(),
    };
    let tool = format!("{architecture}-w64-mingw32-windres");
    let status = Command::new(&tool).arg(&script).arg(&object).status();
    let status = status.map_err(|error| format!("{tool} cannot be run: {error}"))?;
    if !status.success() {
        return Err(format!("{tool} failed: {status}").into());
    }
    println!("cargo:rustc-cdylib-link-arg={}", object.display());
    Ok(())
}

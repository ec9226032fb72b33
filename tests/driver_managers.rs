//! The caller of the driver determines the width of wide characters. Libraries with the driver
//! managers' names imitate them, all in one process.
#![cfg(target_os = "linux")]

use driver_harness::client::Library;
use driver_harness::client::constants::*;
use std::ffi::c_void;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs, ptr};

/// iODBC's attributes about wide characters.
const DRIVER_UNICODE_TYPE: i32 = 1065;
const APP_WCHAR_TYPE: i32 = 1061;
const UTF16: i32 = 1;
const UTF8: usize = 2;
const UCS4: i32 = 3;

/// A function that allocates an environment on behalf of its library. Without `volatile` it would
/// jump to the driver instead of calling it.
const SOURCE: &str = "const char text[] = TEXT;\n\
                      short allocate(short (*function)(short, void *, void **), void **out) {\n\
                      volatile short code = function(1, 0, out);\n    return code;\n}\n";

type Allocate = unsafe extern "C" fn(
    unsafe extern "system" fn(i16, *mut c_void, *mut *mut c_void) -> i16,
    *mut *mut c_void,
) -> i16;

/// Builds libraries in a folder that is deleted when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = env::temp_dir().join(format!("exchange-odbc-managers-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("manager.c"), SOURCE).unwrap();
        Self(path)
    }

    fn library(&self, name: &str) -> libloading::Library {
        self.library_with(name, "nothing")
    }

    /// A library with this text among its constants.
    fn library_with(&self, name: &str, text: &str) -> libloading::Library {
        let path = self.0.join(name);
        let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let built = Command::new(&compiler)
            .args(["-shared", "-fPIC", "-O2", "-o"])
            .arg(&path)
            .arg(format!("-DTEXT=\"{text}\""))
            .arg(self.0.join("manager.c"))
            .status();
        assert!(built.expect("there is a C compiler").success());
        // SAFETY: the library has no initialisers.
        unsafe { libloading::Library::new(path) }.expect("it loads")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The wide characters of an environment that a library allocates.
fn unicode_type(manager: &libloading::Library) -> i32 {
    let driver = Library::get();
    let mut environment = ptr::null_mut();
    let mut answer = 0_i32;
    // SAFETY: the types are those of the source above, and the answer has four bytes.
    unsafe {
        let allocate = manager.get::<Allocate>(b"allocate").expect("it is there");
        assert_eq!(
            allocate(driver.SQLAllocHandle, &raw mut environment),
            SUCCESS
        );
        let at = (&raw mut answer).cast();
        let none = ptr::null_mut();
        let code = (driver.SQLGetEnvAttr)(environment, DRIVER_UNICODE_TYPE, at, 0, none);
        assert_eq!(code, SUCCESS);
        agree(environment);
        assert_eq!((driver.SQLFreeHandle)(HANDLE_ENV, environment), SUCCESS);
    }
    answer
}

/// iODBC's offer to a connection: the driver accepts either width, and then writes it.
unsafe fn agree(environment: *mut c_void) {
    let driver = Library::get();
    let mut connection = ptr::null_mut();
    // SAFETY: the buffer is as long as six characters of either width.
    unsafe {
        let version = ptr::without_provenance_mut(OV_ODBC3);
        let code = (driver.SQLSetEnvAttr)(environment, ATTR_ODBC_VERSION, version, 0);
        assert_eq!(code, SUCCESS);
        let code = (driver.SQLAllocHandle)(HANDLE_DBC, environment, &raw mut connection);
        assert_eq!(code, SUCCESS);
        let offer = |width: usize| {
            let value = ptr::without_provenance_mut(width);
            (driver.SQLSetConnectAttrW)(connection, APP_WCHAR_TYPE, value, 0)
        };
        assert_eq!(offer(UTF8), ERROR);
        for (width, bytes) in [(UCS4, 4), (UTF16, 2), (UCS4, 4)] {
            assert_eq!(offer(width as usize), SUCCESS);
            let mut version = [0xAB_u8; 24];
            let mut length = 0;
            let at = version.as_mut_ptr().cast();
            const DRIVER_ODBC_VER: u16 = 77;
            let code = (driver.SQLGetInfoW)(connection, DRIVER_ODBC_VER, at, 24, &raw mut length);
            assert_eq!((code, length), (SUCCESS, 5 * bytes));
            assert_eq!(version[bytes as usize], b'3');
        }
        assert_eq!((driver.SQLFreeHandle)(HANDLE_DBC, connection), SUCCESS);
    }
}

#[test]
fn the_library_that_calls_decides_the_width() {
    let folder = Folder::new();
    let iodbc = folder.library("libiodbc.so.2");
    let unix_odbc = folder.library("libodbc.so.2");
    let other = folder.library("libapplication.so");
    let inside = folder.library_with("libinside.so", "[iODBC][Driver Manager]");
    for _ in 0..2 {
        assert_eq!(unicode_type(&inside), UCS4);
        assert_eq!(unicode_type(&iodbc), UCS4);
        assert_eq!(unicode_type(&unix_odbc), UTF16);
        assert_eq!(unicode_type(&other), UTF16);
    }
}

//! The built library and its functions.

use std::ffi::c_void;
use std::path::PathBuf;
use std::sync::OnceLock;

/// `SQLHANDLE`
pub type Handle = *mut c_void;

type Pointer = *mut c_void;
type Text = *mut u8;
type Wide = *mut u16;

/// The spelling to call if a function has two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    Ansi,
    Wide,
}

macro_rules! functions {
    ($($name:ident($($argument:ty),*);)*) => {
        /// The driver, loaded as a driver manager does it. Functions have ODBC's own names.
        #[allow(non_snake_case)]
        pub struct Library {
            $(pub $name: unsafe extern "system" fn($($argument),*) -> i16,)*
            library: libloading::Library,
        }

        impl Library {
            /// Loads the library again.
            pub fn load() -> Self {
                let path = Self::path();
                // SAFETY: loading the driver runs no code but the initialisers of its libraries.
                let library = unsafe { libloading::Library::new(&path) }
                    .unwrap_or_else(|error| panic!("{} does not load: {error}", path.display()));
                Self {
                    $(
                        // SAFETY: the types are those of `sql.h`, which another test compares with
                        // the driver's own.
                        $name: *unsafe { library.get(stringify!($name).as_bytes()) }
                            .unwrap_or_else(|error| panic!("{error}")),
                    )*
                    library,
                }
            }
        }
    };
}

functions! {
    SQLAllocHandle(i16, Handle, *mut Handle);
    SQLFreeHandle(i16, Handle);
    SQLFreeStmt(Handle, u16);
    SQLCancel(Handle);
    SQLCancelHandle(i16, Handle);
    SQLConnect(Handle, Text, i16, Text, i16, Text, i16);
    SQLDriverConnect(Handle, Pointer, Text, i16, Text, i16, *mut i16, u16);
    SQLDriverConnectW(Handle, Pointer, Wide, i16, Wide, i16, *mut i16, u16);
    SQLDisconnect(Handle);
    SQLEndTran(i16, Handle, i16);
    SQLNativeSqlW(Handle, Wide, i32, Wide, i32, *mut i32);
    SQLSetEnvAttr(Handle, i32, Pointer, i32);
    SQLGetEnvAttr(Handle, i32, Pointer, i32, *mut i32);
    SQLSetConnectAttrW(Handle, i32, Pointer, i32);
    SQLGetConnectAttrW(Handle, i32, Pointer, i32, *mut i32);
    SQLSetStmtAttrW(Handle, i32, Pointer, i32);
    SQLGetStmtAttrW(Handle, i32, Pointer, i32, *mut i32);
    SQLPrepare(Handle, Text, i32);
    SQLPrepareW(Handle, Wide, i32);
    SQLExecDirect(Handle, Text, i32);
    SQLExecDirectW(Handle, Wide, i32);
    SQLExecute(Handle);
    SQLNumParams(Handle, *mut i16);
    SQLDescribeParam(Handle, u16, *mut i16, *mut usize, *mut i16, *mut i16);
    SQLBindParameter(Handle, u16, i16, i16, i16, usize, i16, Pointer, isize, *mut isize);
    SQLParamData(Handle, *mut Pointer);
    SQLPutData(Handle, Pointer, isize);
    SQLNumResultCols(Handle, *mut i16);
    SQLRowCount(Handle, *mut isize);
    SQLDescribeCol(
        Handle, u16, Text, i16, *mut i16, *mut i16, *mut usize, *mut i16, *mut i16
    );
    SQLDescribeColW(
        Handle, u16, Wide, i16, *mut i16, *mut i16, *mut usize, *mut i16, *mut i16
    );
    SQLColAttributeW(Handle, u16, u16, Pointer, i16, *mut i16, *mut isize);
    SQLBindCol(Handle, u16, i16, Pointer, isize, *mut isize);
    SQLFetch(Handle);
    SQLFetchScroll(Handle, i16, isize);
    SQLExtendedFetch(Handle, u16, isize, *mut usize, *mut u16);
    SQLGetData(Handle, u16, i16, Pointer, isize, *mut isize);
    SQLSetPos(Handle, u64, u16, u16);
    SQLMoreResults(Handle);
    SQLCloseCursor(Handle);
    SQLGetInfo(Handle, u16, Pointer, i16, *mut i16);
    SQLGetInfoW(Handle, u16, Pointer, i16, *mut i16);
    SQLGetFunctions(Handle, u16, *mut u16);
    SQLGetTypeInfoW(Handle, i16);
    SQLTablesW(Handle, Wide, i16, Wide, i16, Wide, i16, Wide, i16);
    SQLColumnsW(Handle, Wide, i16, Wide, i16, Wide, i16, Wide, i16);
    SQLPrimaryKeysW(Handle, Wide, i16, Wide, i16, Wide, i16);
    SQLForeignKeysW(
        Handle, Wide, i16, Wide, i16, Wide, i16, Wide, i16, Wide, i16, Wide, i16
    );
    SQLStatisticsW(Handle, Wide, i16, Wide, i16, Wide, i16, u16, u16);
    SQLSpecialColumnsW(Handle, u16, Wide, i16, Wide, i16, Wide, i16, u16, u16);
    SQLGetDiagRec(i16, Handle, i16, Text, *mut i32, Text, i16, *mut i16);
    SQLGetDiagRecW(i16, Handle, i16, Wide, *mut i32, Wide, i16, *mut i16);
    SQLGetDiagFieldW(i16, Handle, i16, i16, Pointer, i16, *mut i16);
    SQLSetDescFieldW(Handle, i16, i16, Pointer, i32);
    SQLSetDescRec(Handle, i16, i16, i16, isize, i16, i16, Pointer, *mut isize, *mut isize);
    SQLCopyDesc(Handle, Handle);
}

impl Library {
    /// The library, loaded once for the process.
    pub fn get() -> &'static Library {
        static LIBRARY: OnceLock<Library> = OnceLock::new();
        LIBRARY.get_or_init(Self::load)
    }

    /// The library that Cargo built together with the running test: it is beside the test program.
    pub fn path() -> PathBuf {
        let program = std::env::current_exe().expect("a test program has a path");
        let name = libloading::library_filename("exchange_odbc");
        program
            .ancestors()
            .skip(1)
            .take(2)
            .map(|folder| folder.join(&name))
            .find(|path| path.exists())
            .expect("Cargo builds the library before the tests that use it")
    }

    /// A function that is not in the list above.
    ///
    /// # Safety
    /// The type has to be that of the function.
    pub unsafe fn symbol<T: Copy>(&self, name: &str) -> T {
        // SAFETY: the caller's.
        *unsafe { self.library.get::<T>(name.as_bytes()) }.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Whether the library has a symbol that is not in the list above.
    pub fn has(&self, symbol: &str) -> bool {
        // SAFETY: the symbol is only looked up, never called.
        unsafe {
            self.library
                .get::<unsafe extern "system" fn()>(symbol.as_bytes())
        }
        .is_ok()
    }
}

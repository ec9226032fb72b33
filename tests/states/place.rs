//! Statements in each of their states.

use driver_harness::client::constants::*;
use driver_harness::client::{Connection, Handle, Library, records};
use std::ffi::c_void;
use std::ptr;

/// A function of the library under its name, with the types of its arguments.
macro_rules! call {
    ($name:ident($($value:expr => $type:ty),* $(,)?)) => {{
        type Function = unsafe extern "system" fn($($type),*) -> i16;
        // SAFETY: the types are those of the header, and pointers lead to memory that lives long
        // enough.
        unsafe { Library::get().symbol::<Function>(stringify!($name))($($value),*) }
    }};
}
pub(crate) use call;

/// The states of a statement in a synchronous driver. Those of an executed statement occur twice:
/// after SQLExecDirect (not prepared) and after SQLExecute (prepared).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// S1
    Allocated,
    /// S2: no result set
    PreparedChange,
    /// S3: a result set
    PreparedQuery,
    /// S4
    Executed,
    ExecutedPrepared,
    /// S5
    Opened,
    OpenedPrepared,
    /// S6, prepared
    Fetched,
    /// S7, prepared
    ExtendedFetched,
    /// S8, after SQLExecute of a query
    NeedData,
    /// S9
    MustPut,
    /// S10
    CanPut,
}

use State::*;

pub const STATES: [State; 12] = [
    Allocated,
    PreparedChange,
    PreparedQuery,
    Executed,
    ExecutedPrepared,
    Opened,
    OpenedPrepared,
    Fetched,
    ExtendedFetched,
    NeedData,
    MustPut,
    CanPut,
];

pub const QUERY: &str = "SELECT a FROM #t WHERE a < ?";
pub const CHANGE: &str = "INSERT INTO #t VALUES (?)";

/// A statement, and memory for what calls read and write.
pub struct Place {
    pub connection: Handle,
    pub statement: Handle,
    /// A number as text.
    pub number: Box<[u8; 2]>,
    pub indicator: Box<isize>,
    pub buffer: Box<[u8; 256]>,
    /// Its own: ARD, APD, IRD, IPD.
    pub descriptors: [Handle; 4],
    /// The handle whose records give the outcome.
    pub asked: (i16, Handle),
    freed: bool,
}

pub const ARD: usize = 0;
pub const APD: usize = 1;
pub const IRD: usize = 2;
pub const IPD: usize = 3;

pub const NULL: *mut c_void = ptr::null_mut();

impl Place {
    pub fn new(connection: &Connection) -> Self {
        let mut statement = NULL;
        let code = call!(SQLAllocHandle(HANDLE_STMT => i16, connection.handle() => Handle,
            &raw mut statement => *mut Handle));
        assert_eq!(code, SUCCESS);
        Self {
            connection: connection.handle(),
            statement,
            number: Box::new(*b"9\0"),
            indicator: Box::new(1),
            buffer: Box::new([0; 256]),
            descriptors: [10_010, 10_011, 10_012, 10_013].map(|which| descriptor(statement, which)),
            asked: (HANDLE_STMT, statement),
            freed: false,
        }
    }

    /// A new statement in the given state.
    pub fn in_state(connection: &Connection, state: State) -> Self {
        let mut place = Self::new(connection);
        if state == Allocated {
            return place;
        }
        if matches!(state, NeedData | MustPut | CanPut) {
            *place.indicator = DATA_AT_EXEC;
        }
        place.bind_parameter();
        match state {
            PreparedChange | ExecutedPrepared => place.succeed(|place| place.prepare(CHANGE)),
            Executed => place.succeed(|place| place.direct(CHANGE)),
            Opened => place.succeed(|place| place.direct(QUERY)),
            _ => place.succeed(|place| place.prepare(QUERY)),
        }
        match state {
            ExecutedPrepared | OpenedPrepared => place.succeed(Self::execute),
            Fetched => {
                place.succeed(Self::execute);
                place.succeed(Self::fetch);
            }
            ExtendedFetched => {
                place.succeed(Self::execute);
                place.succeed(Self::extended_fetch);
            }
            NeedData | MustPut | CanPut => {
                assert_eq!(place.execute(), NEED_DATA);
                if state != NeedData {
                    assert_eq!(place.parameter_data(), NEED_DATA);
                }
                if state == CanPut {
                    place.succeed(Self::put_data);
                }
            }
            _ => {}
        }
        place
    }

    fn succeed(&mut self, what: impl FnOnce(&mut Self) -> i16) {
        let code = what(self);
        assert_eq!(code, SUCCESS, "{:?}", records(HANDLE_STMT, self.statement));
    }

    /// The current state of the statement. This call changes it.
    pub fn probe(&mut self) -> Option<State> {
        if self.freed {
            return None;
        }
        self.ask(HANDLE_STMT, self.statement);
        if self.fails(Self::cursor_name, "HY010") {
            return Some(match self.parameter_data() {
                NEED_DATA => NeedData,
                ERROR => MustPut,
                // There is only one parameter.
                _ => CanPut,
            });
        }
        let prepared = !self.fails(Self::parameter_count, "HY010");
        let mut columns = 0_i16;
        let code = call!(SQLNumResultCols(self.statement => Handle, &raw mut columns => *mut i16));
        let executed = !self.fails(Self::row_count, "HY010");
        Some(match (executed, columns) {
            (false, _) if code != SUCCESS => Allocated,
            (false, 0) => PreparedChange,
            (false, _) => PreparedQuery,
            (true, 0) => match self.close() == SUCCESS && self.is_prepared() {
                true => ExecutedPrepared,
                false => Executed,
            },
            (true, _) => match (self.position(), prepared && self.closed_is_prepared()) {
                (Opened, true) => OpenedPrepared,
                (position, _) => position,
            },
        })
    }

    /// The function that moved the cursor: S7 allows neither SQLBulkOperations nor SQLFetch, S6
    /// does not allow SQLExtendedFetch.
    fn position(&mut self) -> State {
        if self.fails(Self::bulk_operation, "HY010") {
            return ExtendedFetched;
        }
        match self.fails(Self::extended_fetch, "HY010") {
            true => Fetched,
            false => Opened,
        }
    }

    fn closed_is_prepared(&mut self) -> bool {
        self.close() == SUCCESS && self.is_prepared()
    }

    fn is_prepared(&mut self) -> bool {
        !self.fails(Self::parameter_count, "HY010")
    }

    fn fails(&mut self, what: impl FnOnce(&mut Self) -> i16, state: &str) -> bool {
        let code = what(self);
        code == ERROR && self.sqlstate() == state
    }

    /// The SQLSTATE of the first record of the asked handle; empty if there is no record.
    pub fn sqlstate(&self) -> String {
        let (kind, handle) = self.asked;
        let records = records(kind, handle);
        records
            .first()
            .map(|record| record.state.clone())
            .unwrap_or_default()
    }

    /// From here on, another handle's records give the outcome.
    pub fn ask(&mut self, kind: i16, handle: Handle) {
        self.asked = (kind, handle);
    }

    pub fn prepare(&mut self, sql: &str) -> i16 {
        call!(SQLPrepare(self.statement => Handle, sql.as_ptr() => *const u8, sql.len() as i32 => i32))
    }

    pub fn direct(&mut self, sql: &str) -> i16 {
        call!(SQLExecDirect(self.statement => Handle, sql.as_ptr() => *const u8, sql.len() as i32 => i32))
    }

    pub fn execute(&mut self) -> i16 {
        call!(SQLExecute(self.statement => Handle))
    }

    pub fn fetch(&mut self) -> i16 {
        call!(SQLFetch(self.statement => Handle))
    }

    pub fn extended_fetch(&mut self) -> i16 {
        call!(SQLExtendedFetch(self.statement => Handle, 1 => u16, 0 => isize, ptr::null_mut() => *mut usize,
            ptr::null_mut() => *mut u16))
    }

    /// SQL_ADD, which no cursor here supports.
    pub fn bulk_operation(&mut self) -> i16 {
        call!(SQLBulkOperations(self.statement => Handle, 4 => i16))
    }

    pub fn parameter_data(&mut self) -> i16 {
        let mut which = NULL;
        call!(SQLParamData(self.statement => Handle, &raw mut which => *mut *mut c_void))
    }

    pub fn put_data(&mut self) -> i16 {
        let value = &raw mut *self.number;
        call!(SQLPutData(self.statement => Handle, value.cast() => *mut c_void, 1 => isize))
    }

    pub fn get_data(&mut self) -> i16 {
        let buffer = self.buffer.as_mut_ptr();
        call!(SQLGetData(self.statement => Handle, 1 => u16, C_CHAR => i16, buffer.cast() => *mut c_void,
            256 => isize, ptr::null_mut() => *mut isize))
    }

    pub fn bind_parameter(&mut self) -> i16 {
        let (value, indicator) = (&raw mut *self.number, &raw mut *self.indicator);
        call!(SQLBindParameter(self.statement => Handle, 1 => u16, PARAM_INPUT => i16, C_CHAR => i16, INTEGER => i16,
            10 => usize, 0 => i16, value.cast() => *mut c_void, 2 => isize, indicator => *mut isize))
    }

    pub fn cursor_name(&mut self) -> i16 {
        let buffer = self.buffer.as_mut_ptr();
        call!(SQLGetCursorName(self.statement => Handle, buffer => *mut u8, 256 => i16, ptr::null_mut() => *mut i16))
    }

    pub fn parameter_count(&mut self) -> i16 {
        let mut count = 0;
        call!(SQLNumParams(self.statement => Handle, &raw mut count => *mut i16))
    }

    pub fn row_count(&mut self) -> i16 {
        let mut count = 0;
        call!(SQLRowCount(self.statement => Handle, &raw mut count => *mut isize))
    }

    pub fn close(&mut self) -> i16 {
        self.free(CLOSE)
    }

    pub fn free(&mut self, option: u16) -> i16 {
        call!(SQLFreeStmt(self.statement => Handle, option => u16))
    }

    pub fn free_handle(&mut self) -> i16 {
        let code = call!(SQLFreeHandle(HANDLE_STMT => i16, self.statement => Handle));
        self.freed |= code == SUCCESS;
        code
    }

    /// Statements are freed with their connection.
    pub fn disconnect(&mut self) -> i16 {
        self.ask(HANDLE_DBC, self.connection);
        let code = call!(SQLDisconnect(self.connection => Handle));
        self.freed |= code == SUCCESS;
        code
    }
}

/// One of a statement's own descriptors.
fn descriptor(statement: Handle, attribute: i32) -> Handle {
    let mut descriptor = NULL;
    let place = &raw mut descriptor;
    let code = call!(SQLGetStmtAttr(statement => Handle, attribute => i32, place.cast() => *mut c_void, 0 => i32,
        ptr::null_mut() => *mut i32));
    assert_eq!(code, SUCCESS);
    descriptor
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.freed {
            call!(SQLCancel(self.statement => Handle));
            call!(SQLFreeHandle(HANDLE_STMT => i16, self.statement => Handle));
        }
    }
}

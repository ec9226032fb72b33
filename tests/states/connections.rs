//! The states of connections: appendix B, "Connection Transitions".

use super::place::{NULL, call};
use super::statements::{NEEDS, OK, outcome};
use driver_harness::client::constants::*;
use driver_harness::client::{Handle, Library, records};
use std::ffi::c_void;
use std::ptr;

/// The outcome of a call with an unusable handle.
const INVALID: &str = "invalid handle";

pub const OV_ODBC3: usize = 3;
pub const VERSION: i32 = 200;
const ACCESS_MODE: i32 = 101;
const LOGIN_TIMEOUT: i32 = 103;
const TRANSLATE_LIB: i32 = 106;
const TRANSLATE_OPTION: i32 = 107;
const CURRENT_CATALOG: i32 = 109;
const ODBC_CURSORS: i32 = 110;
const PACKET_SIZE: i32 = 112;
const CONNECTION_TIMEOUT: i32 = 113;
const CONNECTION_DEAD: i32 = 1209;
const DRIVER_ODBC_VER: u16 = 77;
const DBMS_NAME: u16 = 17;

/// A complete connection string, for a server that never answers.
const NOWHERE: &str = "TenantID=t;ClientId=c;ClientSecret=s;MaxRetries=0;LoginTimeout=1;\
                       LoginEndpoint=http://127.0.0.1:1;GraphEndpoint=http://127.0.0.1:1";

/// The states of a connection. C3 belongs to SQLBrowseConnect, C6 to a transaction in progress,
/// which a read-only data source never has.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// C1: the handle was freed.
    Unallocated,
    /// C2
    Allocated,
    /// C3
    NeedData,
    /// C4
    Connected,
    /// C5
    WithStatement,
}

use State::*;

const STATES: [State; 5] = [Unallocated, Allocated, NeedData, Connected, WithStatement];

struct Place {
    environment: Handle,
    connection: Handle,
    /// The handle whose records give the outcome.
    asked: (i16, Handle),
    buffer: Box<[u8; 1024]>,
    connection_string: String,
}

pub fn allocate(kind: i16, parent: Handle) -> (i16, Handle) {
    let mut handle = NULL;
    let code = call!(SQLAllocHandle(kind => i16, parent => Handle, &raw mut handle => *mut Handle));
    (code, handle)
}

pub fn free(kind: i16, handle: Handle) -> i16 {
    call!(SQLFreeHandle(kind => i16, handle => Handle))
}

fn number(value: usize) -> *mut c_void {
    ptr::without_provenance_mut(value)
}

pub fn get_environment(environment: Handle, attribute: i32) -> i16 {
    let mut value = 0_i32;
    let place = (&raw mut value).cast();
    call!(SQLGetEnvAttr(environment => Handle, attribute => i32, place => *mut c_void, 4 => i32,
        ptr::null_mut() => *mut i32))
}

pub fn set_environment(environment: Handle, attribute: i32, value: usize) -> i16 {
    let value = ptr::without_provenance_mut::<c_void>(value);
    call!(SQLSetEnvAttr(environment => Handle, attribute => i32, value => *mut c_void, 0 => i32))
}

impl Place {
    fn in_state(state: State) -> Self {
        let (_, environment) = allocate(HANDLE_ENV, NULL);
        assert_eq!(set_environment(environment, VERSION, OV_ODBC3), SUCCESS);
        let (_, connection) = allocate(HANDLE_DBC, environment);
        let mut place = Self {
            environment,
            connection,
            asked: (HANDLE_DBC, connection),
            buffer: Box::new([0; 1024]),
            connection_string: super::login().connection_string(),
        };
        match state {
            Unallocated => assert_eq!(free(HANDLE_DBC, connection), SUCCESS),
            Allocated => {}
            NeedData => assert_eq!(place.browse("UserID=ann@contoso.example"), NEED_DATA),
            Connected | WithStatement => {
                assert_eq!(
                    place.connect(),
                    SUCCESS,
                    "{:?}",
                    records(HANDLE_DBC, connection)
                );
            }
        }
        if state == WithStatement {
            assert_eq!(allocate(HANDLE_STMT, connection).0, SUCCESS);
        }
        place
    }

    fn connect(&mut self) -> i16 {
        let text = self.connection_string.clone();
        self.connect_with(&text)
    }

    fn connect_with(&mut self, text: &str) -> i16 {
        call!(SQLDriverConnect(self.connection => Handle, NULL => *mut c_void, text.as_ptr() => *const u8,
            text.len() as i16 => i16, NULL.cast() => *mut u8, 0 => i16, ptr::null_mut() => *mut i16, 0 => u16))
    }

    fn browse(&mut self, text: &str) -> i16 {
        let out = self.buffer.as_mut_ptr();
        call!(SQLBrowseConnect(self.connection => Handle, text.as_ptr() => *const u8, text.len() as i16 => i16,
            out => *mut u8, 1024 => i16, ptr::null_mut() => *mut i16))
    }

    fn set_attribute(&mut self, attribute: i32, value: *mut c_void) -> i16 {
        call!(SQLSetConnectAttr(self.connection => Handle, attribute => i32, value => *mut c_void, -3 => i32))
    }

    fn get_attribute(&mut self, attribute: i32) -> i16 {
        let out = self.buffer.as_mut_ptr();
        call!(SQLGetConnectAttr(self.connection => Handle, attribute => i32, out.cast() => *mut c_void, 256 => i32,
            ptr::null_mut() => *mut i32))
    }

    fn get_info(&mut self, information: u16) -> i16 {
        let out = self.buffer.as_mut_ptr();
        call!(SQLGetInfo(self.connection => Handle, information => u16, out.cast() => *mut c_void, 256 => i16,
            ptr::null_mut() => *mut i16))
    }

    /// The current state of the connection. This call changes it.
    fn probe(&mut self) -> State {
        let code = call!(SQLDisconnect(self.connection => Handle));
        match code {
            INVALID_HANDLE => Unallocated,
            SUCCESS => Connected,
            _ => Allocated,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        call!(SQLDisconnect(self.connection => Handle));
        free(HANDLE_DBC, self.connection);
        free(HANDLE_ENV, self.environment);
    }
}

/// Name, call, outcome in each of the states, and whether the connection is connected afterwards,
/// if that changes.
type Row = (
    &'static str,
    fn(&mut Place) -> i16,
    [&'static str; 5],
    &'static [(State, State)],
);

const TABLE: &[Row] = &[
    (
        "SQLAllocHandle of a statement",
        |place| allocate(HANDLE_STMT, place.connection).0,
        [INVALID, "08003", "08003", OK, OK],
        &[],
    ),
    (
        "SQLAllocHandle of a descriptor",
        |place| allocate(HANDLE_DESC, place.connection).0,
        [INVALID, "08003", "08003", OK, OK],
        &[],
    ),
    (
        "SQLBrowseConnect",
        |place| place.browse("ClientId=app"),
        [INVALID, NEEDS, NEEDS, "08002", "08002"],
        &[],
    ),
    (
        "SQLBrowseConnect to the end",
        |place| {
            let text = place.connection_string.clone();
            place.browse(&text)
        },
        [INVALID, OK, OK, "08002", "08002"],
        &[(Allocated, Connected), (NeedData, Connected)],
    ),
    (
        "SQLBrowseConnect to nowhere",
        |place| place.browse(NOWHERE),
        [INVALID, "08001", "08001", "08002", "08002"],
        &[(NeedData, Allocated)],
    ),
    (
        "SQLConnect",
        |place| {
            let (name, none) = (b"nothing", ptr::null::<u8>());
            call!(SQLConnect(place.connection => Handle, name.as_ptr() => *const u8, 7 => i16, none => *const u8,
                0 => i16, none => *const u8, 0 => i16))
        },
        // The data source does not exist.
        [INVALID, "IM002", "08002", "08002", "08002"],
        &[],
    ),
    (
        "SQLDriverConnect",
        Place::connect,
        [INVALID, OK, "08002", "08002", "08002"],
        &[(Allocated, Connected)],
    ),
    (
        "SQLDriverConnect to nowhere",
        |place| place.connect_with(NOWHERE),
        [INVALID, "08001", "08002", "08002", "08002"],
        &[],
    ),
    (
        "SQLDisconnect",
        |place| call!(SQLDisconnect(place.connection => Handle)),
        [INVALID, "08003", OK, OK, OK],
        &[
            (NeedData, Allocated),
            (Connected, Allocated),
            (WithStatement, Allocated),
        ],
    ),
    (
        "SQLEndTran of the connection",
        |place| call!(SQLEndTran(HANDLE_DBC => i16, place.connection => Handle, 0 => i16)),
        [INVALID, "08003", "08003", OK, OK],
        &[],
    ),
    (
        "SQLEndTran of the environment",
        |place| {
            place.asked = (HANDLE_ENV, place.environment);
            call!(SQLEndTran(HANDLE_ENV => i16, place.environment => Handle, 0 => i16))
        },
        [OK; 5],
        &[],
    ),
    (
        "SQLFreeHandle of the environment",
        |place| {
            place.asked = (HANDLE_ENV, place.environment);
            free(HANDLE_ENV, place.environment)
        },
        [OK, "HY010", "HY010", "HY010", "HY010"],
        &[],
    ),
    (
        "SQLFreeHandle of the connection",
        |place| free(HANDLE_DBC, place.connection),
        [INVALID, OK, "HY010", "HY010", "HY010"],
        &[(Allocated, Unallocated)],
    ),
    (
        "SQLGetConnectAttr that is known before connecting",
        |place| place.get_attribute(ACCESS_MODE),
        [INVALID, OK, "HY010", OK, OK],
        &[],
    ),
    (
        "SQLGetConnectAttr that is not",
        |place| place.get_attribute(CURRENT_CATALOG),
        [INVALID, "08003", "HY010", OK, OK],
        &[],
    ),
    (
        "SQLGetConnectAttr of the link",
        |place| place.get_attribute(CONNECTION_DEAD),
        [INVALID, "08003", "HY010", OK, OK],
        &[],
    ),
    (
        "SQLGetConnectAttr that has not been set",
        |place| place.get_attribute(CONNECTION_TIMEOUT),
        [INVALID, "08003", "HY010", OK, OK],
        &[],
    ),
    (
        "SQLGetConnectAttr that has been set",
        |place| {
            place.set_attribute(CONNECTION_TIMEOUT, number(5));
            place.get_attribute(CONNECTION_TIMEOUT)
        },
        [INVALID, OK, "HY010", OK, OK],
        &[],
    ),
    (
        "SQLSetConnectAttr",
        |place| place.set_attribute(LOGIN_TIMEOUT, number(5)),
        [INVALID, OK, "HY010", OK, OK],
        &[],
    ),
    (
        "SQLSetConnectAttr of a translation library",
        |place| place.set_attribute(TRANSLATE_LIB, c"library".as_ptr().cast_mut().cast()),
        // The driver has no catalogs.
        [INVALID, "08003", "HY010", "HYC00", "HYC00"],
        &[],
    ),
    (
        "SQLSetConnectAttr of no translation library",
        |place| place.set_attribute(TRANSLATE_LIB, c"".as_ptr().cast_mut().cast()),
        [INVALID, "08003", "HY010", OK, OK],
        &[],
    ),
    (
        "SQLSetConnectAttr of the translation's option",
        |place| place.set_attribute(TRANSLATE_OPTION, number(0)),
        [INVALID, "08003", "HY010", OK, OK],
        &[],
    ),
    (
        "SQLSetConnectAttr of the driver manager's cursors",
        |place| place.set_attribute(ODBC_CURSORS, number(2)),
        [INVALID, OK, "HY010", "08002", "08002"],
        &[],
    ),
    (
        "SQLSetConnectAttr of the packet size",
        |place| place.set_attribute(PACKET_SIZE, number(4096)),
        // HY011 in the table, once connected; iODBC would then lose the connection.
        [INVALID, OK, "HY010", OK, OK],
        &[],
    ),
    (
        "SQLSetEnvAttr",
        |place| {
            place.asked = (HANDLE_ENV, place.environment);
            set_environment(place.environment, VERSION, OV_ODBC3)
        },
        [OK, "HY011", "HY011", "HY011", "HY011"],
        &[],
    ),
    (
        "SQLGetEnvAttr",
        |place| {
            place.asked = (HANDLE_ENV, place.environment);
            get_environment(place.environment, VERSION)
        },
        [OK; 5],
        &[],
    ),
    (
        "SQLAllocHandle of a connection",
        |place| {
            place.asked = (HANDLE_ENV, place.environment);
            let (code, other) = allocate(HANDLE_DBC, place.environment);
            free(HANDLE_DBC, other);
            code
        },
        [OK; 5],
        &[],
    ),
    (
        "SQLGetFunctions",
        |place| {
            let out = place.buffer.as_mut_ptr();
            call!(SQLGetFunctions(place.connection => Handle, 11 => u16, out.cast() => *mut u16))
        },
        [INVALID, "HY010", "HY010", OK, OK],
        &[],
    ),
    (
        "SQLGetInfo of the driver's version of ODBC",
        |place| place.get_info(DRIVER_ODBC_VER),
        [INVALID, OK, OK, OK, OK],
        &[],
    ),
    (
        "SQLGetInfo",
        |place| place.get_info(DBMS_NAME),
        [INVALID, "08003", "08003", OK, OK],
        &[],
    ),
    (
        "SQLNativeSql",
        |place| {
            let (text, out) = (b"SELECT 1", place.buffer.as_mut_ptr());
            call!(SQLNativeSql(place.connection => Handle, text.as_ptr() => *const u8, 8 => i32, out => *mut u8,
                256 => i32, ptr::null_mut() => *mut i32))
        },
        [INVALID, "08003", "08003", OK, OK],
        &[],
    ),
    (
        "SQLGetDiagRec",
        |place| {
            let code = call!(SQLGetDiagRec(HANDLE_DBC => i16, place.connection => Handle, 1 => i16,
                ptr::null_mut() => *mut u8, ptr::null_mut() => *mut i32, ptr::null_mut() => *mut u8, 0 => i16,
                ptr::null_mut() => *mut i16));
            // Warnings about connecting do not matter here.
            if code == NO_DATA { SUCCESS } else { code }
        },
        [INVALID, OK, OK, OK, OK],
        &[],
    ),
];

#[test]
fn every_call_in_every_state_of_a_connection() {
    let mut wrong = Vec::new();
    for (name, call, outcomes, next) in TABLE {
        for (state, expected) in STATES.into_iter().zip(outcomes) {
            let mut place = Place::in_state(state);
            let found = match call(&mut place) {
                INVALID_HANDLE => INVALID.to_owned(),
                code => outcome(code, || {
                    let (kind, handle) = place.asked;
                    let records = records(kind, handle);
                    records
                        .first()
                        .map(|record| record.state.clone())
                        .unwrap_or_default()
                }),
            };
            if found != *expected {
                wrong.push(format!(
                    "{name} in {state:?}: {found:?} instead of {expected:?}"
                ));
            }
            let becomes = next.iter().find(|(from, _)| *from == state);
            let becomes = becomes.map_or(state, |(_, to)| *to);
            // Disconnecting only shows whether there is something to end.
            let seen = match becomes {
                NeedData | WithStatement => Connected,
                Allocated if *expected == NEEDS => Connected,
                other => other,
            };
            let after = place.probe();
            if after != seen {
                wrong.push(format!(
                    "{name} in {state:?}: leads to {after:?} instead of {becomes:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! The handles of an application at a moment of a sequence, live and freed ones.

use super::memory::Memory;
use driver_harness::client::constants::*;
use driver_harness::client::{Handle, Library};
use fastrand::Rng;
use std::collections::BTreeMap;
use std::ffi::CStr;
use std::fmt::Debug;
use std::ptr::null_mut;

/// A live handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Live {
    pub kind: i16,
    pub handle: Handle,
    pub parent: Handle,
    /// Allocated and freed together with a statement.
    pub implicit: bool,
}

pub struct World {
    pub random: Rng,
    pub library: &'static Library,
    pub memory: Memory,
    pub strings: Vec<String>,
    pub live: Vec<Live>,
    pub freed: Vec<Handle>,
    /// Texts that were passed, which live as long as the sequence.
    pub texts: Vec<Vec<u8>>,
    /// Bytes of the text buffer that the current call may use.
    pub text_room: usize,
    pub text_is_marked: bool,
    /// The statement for most calls, so that calls follow from one another.
    at_work: Handle,
    /// It waits for the data of parameters.
    pub needs_data: bool,
    seed: u64,
    /// The calls so far, for messages.
    trail: Vec<String>,
    seen: BTreeMap<(&'static str, String), u64>,
}

impl World {
    pub fn new(seed: u64, strings: Vec<String>) -> Self {
        Self {
            random: Rng::with_seed(seed),
            library: Library::get(),
            memory: Memory::new(),
            strings,
            live: Vec::new(),
            freed: Vec::new(),
            texts: Vec::new(),
            text_room: 0,
            text_is_marked: false,
            at_work: null_mut(),
            needs_data: false,
            seed,
            trail: Vec::new(),
            seen: BTreeMap::new(),
        }
    }

    pub fn into_seen(self) -> BTreeMap<(&'static str, String), u64> {
        self.seen
    }

    pub fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.random.usize(..values.len())]
    }

    /// True once in `times` calls on average.
    pub fn rarely(&mut self, times: u32) -> bool {
        self.random.u32(..times) == 0
    }

    pub fn of_kind(&self, kind: i16) -> Vec<Handle> {
        let fitting = self.live.iter().filter(|live| live.kind == kind);
        fitting.map(|live| live.handle).collect()
    }

    pub fn is_live(&self, kind: i16, handle: Handle) -> bool {
        let mut all = self.live.iter();
        all.any(|live| live.kind == kind && live.handle == handle)
    }

    /// A handle of a kind, most of the time.
    pub fn handle(&mut self, kind: i16) -> Handle {
        let right = self.of_kind(kind);
        if right.contains(&self.at_work) && !self.rarely(6) {
            return self.at_work;
        }
        if !right.is_empty() && !self.rarely(16) {
            let handle = self.pick(&right);
            if kind == HANDLE_STMT {
                self.at_work = handle;
            }
            return handle;
        }
        match self.random.u8(..4) {
            0 => null_mut(),
            1 => std::ptr::without_provenance_mut(self.random.usize(..)),
            2 if !self.freed.is_empty() => {
                let freed = self.freed.clone();
                self.pick(&freed)
            }
            _ => {
                let all: Vec<Handle> = self.live.iter().map(|live| live.handle).collect();
                if all.is_empty() {
                    null_mut()
                } else {
                    self.pick(&all)
                }
            }
        }
    }

    /// A handle as the sequence begins with it.
    fn allocate(&mut self, kind: i16, parent: Handle) -> Handle {
        let mut handle = null_mut();
        // SAFETY: the place for the handle is there.
        let code = unsafe { (self.library.SQLAllocHandle)(kind, parent, &raw mut handle) };
        assert_eq!(code, SUCCESS, "seed {}", self.seed);
        self.born(kind, handle, parent);
        handle
    }

    pub fn born(&mut self, kind: i16, handle: Handle, parent: Handle) {
        self.live.push(Live {
            kind,
            handle,
            parent,
            implicit: false,
        });
        if kind != HANDLE_STMT {
            return;
        }
        // SQL_ATTR_APP_ROW_DESC and its three neighbours
        for attribute in 10010..=10013 {
            let mut descriptor: Handle = null_mut();
            // SAFETY: a handle is written.
            let code = unsafe {
                (self.library.SQLGetStmtAttrW)(
                    handle,
                    attribute,
                    (&raw mut descriptor).cast(),
                    0,
                    null_mut(),
                )
            };
            assert_eq!(code, SUCCESS, "seed {}", self.seed);
            self.live.push(Live {
                kind: HANDLE_DESC,
                handle: descriptor,
                parent: handle,
                implicit: true,
            });
        }
    }

    /// Forgets a handle and all that it owned.
    pub fn died(&mut self, handle: Handle) {
        self.forget(|live| live.handle == handle);
        self.orphans_die(handle);
    }

    /// A closed connection keeps nothing that was allocated in it.
    pub fn orphans_die(&mut self, parent: Handle) {
        let children = self.live.iter().filter(|live| live.parent == parent);
        let children: Vec<Handle> = children.map(|live| live.handle).collect();
        for child in children {
            self.died(child);
        }
    }

    fn forget(&mut self, gone: impl Fn(&Live) -> bool) {
        let (gone, kept): (Vec<Live>, Vec<Live>) = self.live.iter().partition(|live| gone(live));
        self.freed.extend(gone.iter().map(|live| live.handle));
        self.live = kept;
    }

    /// An environment, a connection that is open, two statements.
    pub fn open(&mut self) {
        let environment = self.allocate(HANDLE_ENV, null_mut());
        let version = self.pick(&[OV_ODBC3, OV_ODBC3, OV_ODBC3_80, OV_ODBC2]);
        let version = std::ptr::without_provenance_mut(version);
        // SAFETY: the attribute's value is a number.
        let code =
            unsafe { (self.library.SQLSetEnvAttr)(environment, ATTR_ODBC_VERSION, version, 0) };
        assert_eq!(code, SUCCESS);
        let connection = self.allocate(HANDLE_DBC, environment);
        let mut string = self.strings[0].clone().into_bytes();
        // SAFETY: the string has its length, and nothing is asked back.
        let code = unsafe {
            (self.library.SQLDriverConnect)(
                connection,
                null_mut(),
                string.as_mut_ptr(),
                string.len() as i16,
                null_mut(),
                0,
                null_mut(),
                0,
            )
        };
        assert!(
            code == SUCCESS || code == SUCCESS_WITH_INFO,
            "seed {}",
            self.seed
        );
        self.allocate(HANDLE_STMT, connection);
        self.allocate(HANDLE_STMT, connection);
        self.allocate(HANDLE_DESC, connection);
    }

    /// Frees all live handles, children first: they can be freed in any state.
    pub fn close(&mut self) {
        for kind in [HANDLE_STMT, HANDLE_DESC, HANDLE_DBC, HANDLE_ENV] {
            while let Some(live) = self
                .live
                .iter()
                .copied()
                .find(|live| live.kind == kind && !live.implicit)
            {
                if kind == HANDLE_DBC {
                    // SAFETY: no pointer is passed.
                    unsafe { (self.library.SQLDisconnect)(live.handle) };
                    self.orphans_die(live.handle);
                }
                if kind == HANDLE_STMT {
                    // A statement that waits for data must be cancelled before it is freed. SAFETY:
                    // no pointer is passed.
                    unsafe { (self.library.SQLCancel)(live.handle) };
                }
                // SAFETY: no pointer is passed.
                let code = unsafe { (self.library.SQLFreeHandle)(kind, live.handle) };
                assert_eq!(code, SUCCESS, "{live:?} stays: {}", self.story());
                self.died(live.handle);
            }
        }
        assert!(self.live.is_empty(), "{}", self.story());
    }

    /// The calls so far.
    pub fn story(&self) -> String {
        format!("seed {}:\n  {}", self.seed, self.trail.join("\n  "))
    }

    pub fn begin(&mut self, function: &str) {
        self.trail.push(function.to_owned());
        self.text_room = 0;
        self.text_is_marked = false;
    }

    /// Records the arguments of the current call.
    pub fn tell(&mut self, arguments: &[&dyn Debug]) {
        let last = self.trail.last_mut().expect("a call has begun");
        last.push_str(&format!("{arguments:?}"));
    }

    /// Checks the effects of a call. `on` is its handle.
    pub fn check(&mut self, function: &'static str, code: i16, on: (i16, Handle)) {
        let last = self.trail.len() - 1;
        self.trail[last].push_str(&format!(" -> {code}"));
        let (kind, handle) = on;
        self.needs_data = code == NEED_DATA || self.needs_data && function == "SQLPutData";
        let outcome = match code {
            SUCCESS => "ok".to_owned(),
            // Errors of single rows are reported together with a warning, and before it.
            SUCCESS_WITH_INFO => {
                self.state_of(kind, handle);
                "warning".to_owned()
            }
            NO_DATA => "no data".to_owned(),
            NEED_DATA => "need data".to_owned(),
            INVALID_HANDLE => {
                assert!(
                    !self.is_live(kind, handle),
                    "a handle that lives is none: {}",
                    self.story()
                );
                "invalid".to_owned()
            }
            ERROR => self.state_of(kind, handle),
            _ => panic!("no code of ODBC: {}", self.story()),
        };
        if code != INVALID_HANDLE && function != "SQLFreeHandle" && function != "SQLDisconnect" {
            assert!(
                self.is_live(kind, handle),
                "a handle that is none is taken: {}",
                self.story()
            );
        }
        if self.text_is_marked && self.text_room > 0 {
            let room = self.text_room;
            assert!(
                !self.memory.text_overrun(room),
                "written past the end: {}",
                self.story()
            );
        }
        *self.seen.entry((function, outcome)).or_insert(0) += 1;
    }

    /// The SQLSTATE of the first record, which must exist.
    fn state_of(&mut self, kind: i16, handle: Handle) -> String {
        let mut state = [0_u8; 6];
        let mut message = [0_u8; 600];
        let (mut native, mut length) = (0, 0);
        // SAFETY: the buffers have the sizes that are given.
        let code = unsafe {
            (self.library.SQLGetDiagRec)(
                kind,
                handle,
                1,
                state.as_mut_ptr(),
                &raw mut native,
                message.as_mut_ptr(),
                message.len() as i16,
                &raw mut length,
            )
        };
        assert!(
            code == SUCCESS || code == SUCCESS_WITH_INFO,
            "no diagnostic: {}",
            self.story()
        );
        let state = CStr::from_bytes_until_nul(&state)
            .ok()
            .and_then(|text| text.to_str().ok());
        let state = state.unwrap_or_default().to_owned();
        assert!(
            STATES.contains(&state.as_str()),
            "{state} is no SQLSTATE: {}",
            self.story()
        );
        // HY000 means a failure inside the driver.
        assert!(state != "HY000" && state != "S1000", "{}", self.story());
        assert!(length > 20, "a message that says nothing: {}", self.story());
        state
    }
}

/// SQLSTATEs of appendix A of the ODBC reference, those of ODBC 2 among them.
const STATES: &[&str] = &[
    "01000", "01001", "01002", "01003", "01004", "01006", "01007", "01S00", "01S01", "01S02",
    "01S06", "01S07", "01S08", "01S09", "07001", "07002", "07005", "07006", "07007", "07009",
    "07S01", "08001", "08002", "08003", "08004", "08007", "08S01", "21S01", "21S02", "22001",
    "22002", "22003", "22007", "22008", "22012", "22015", "22018", "22019", "22025", "22026",
    "23000", "24000", "25000", "25S01", "25S02", "25S03", "28000", "34000", "3C000", "3D000",
    "3F000", "40001", "40002", "40003", "42000", "42S01", "42S02", "42S11", "42S12", "42S21",
    "42S22", "44000", "HY000", "HY001", "HY003", "HY004", "HY007", "HY008", "HY009", "HY010",
    "HY011", "HY012", "HY013", "HY014", "HY015", "HY016", "HY017", "HY018", "HY019", "HY020",
    "HY021", "HY024", "HY090", "HY091", "HY092", "HY095", "HY096", "HY097", "HY098", "HY099",
    "HY100", "HY101", "HY103", "HY104", "HY105", "HY106", "HY107", "HY109", "HY110", "HY111",
    "HYC00", "HYT00", "HYT01", "IM001", "IM002", "IM008", "IM009", "IM010", "IM011", "IM012",
    "IM013", "IM014", "IM015", "37000", "S0001", "S0002", "S0011", "S0012", "S0021", "S0022",
    "S1000", "S1001", "S1002", "S1003", "S1004", "S1008", "S1009", "S1010", "S1011", "S1012",
    "S1015", "S1090", "S1091", "S1092", "S1093", "S1096", "S1097", "S1098", "S1099", "S1100",
    "S1101", "S1103", "S1104", "S1105", "S1106", "S1107", "S1108", "S1109", "S1110", "S1111",
    "S1C00", "S1T00", "22005",
];

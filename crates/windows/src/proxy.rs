//! The proxy that a user of Windows has chosen, from `winhttp`. It is loaded when it is first used.

use crate::library::function;
use crate::text::wide;
use std::ffi::{CStr, c_void};
use std::mem;
use std::ptr;
use std::sync::OnceLock;
use windows_sys::Win32::Foundation::GlobalFree;

/// The user's choice, as Windows keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Whether the network may name a script (WPAD).
    pub detect: bool,
    /// The address of a script that chooses a proxy for each address (PAC).
    pub script: Option<String>,
    /// `host:port`, or `scheme=host:port` for several schemes, separated by semicolons or spaces.
    pub servers: Option<String>,
    /// Patterns of hosts without a proxy, separated likewise.
    pub bypass: Option<String>,
}

/// The answer of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Direct,
    /// As [`Choice::servers`]; the first one is to be used.
    Servers(String),
}

#[repr(C)]
struct UserConfig {
    detect: i32,
    script: *mut u16,
    servers: *mut u16,
    bypass: *mut u16,
}

#[repr(C)]
struct AutoOptions {
    flags: u32,
    detect_flags: u32,
    script: *const u16,
    reserved: *mut c_void,
    reserved_number: u32,
    log_on: i32,
}

#[repr(C)]
struct ProxyInfo {
    access: u32,
    servers: *mut u16,
    bypass: *mut u16,
}

const NO_INFO: ProxyInfo = ProxyInfo {
    access: 0,
    servers: ptr::null_mut(),
    bypass: ptr::null_mut(),
};

// Of winhttp.h.
const ACCESS_NO_PROXY: u32 = 1;
const ACCESS_NAMED_PROXY: u32 = 3;
const AUTO_DETECT: u32 = 1;
const AUTO_SCRIPT: u32 = 2;
const DETECT_BY_DHCP: u32 = 1;
const DETECT_BY_DNS: u32 = 2;

type UserConfigOf = unsafe extern "system" fn(*mut UserConfig) -> i32;
type MachineConfigOf = unsafe extern "system" fn(*mut ProxyInfo) -> i32;
type Open =
    unsafe extern "system" fn(*const u16, u32, *const u16, *const u16, flags: u32) -> *mut c_void;
type ProxyFor =
    unsafe extern "system" fn(*mut c_void, *const u16, *mut AutoOptions, *mut ProxyInfo) -> i32;

struct Functions {
    user_config: UserConfigOf,
    machine_config: MachineConfigOf,
    proxy_for: ProxyFor,
    /// A session, for which Windows keeps the script. It is never closed.
    session: usize,
}

fn functions() -> Option<&'static Functions> {
    static FOUND: OnceLock<Option<Functions>> = OnceLock::new();
    FOUND.get_or_init(find).as_ref()
}

fn find() -> Option<Functions> {
    /// `F` has to be the type of the function.
    unsafe fn typed<F: Copy>(name: &CStr) -> Option<F> {
        let address: *const c_void = function("winhttp.dll", name)?;
        // SAFETY: an address of a function has the size of one, and the caller chose its type.
        Some(unsafe { mem::transmute_copy::<*const c_void, F>(&address) })
    }
    // SAFETY: the types are those of winhttp.h. A session may be opened without names.
    unsafe {
        let open = typed::<Open>(c"WinHttpOpen")?;
        let session = open(ptr::null(), ACCESS_NO_PROXY, ptr::null(), ptr::null(), 0);
        Some(Functions {
            user_config: typed::<UserConfigOf>(c"WinHttpGetIEProxyConfigForCurrentUser")?,
            machine_config: typed::<MachineConfigOf>(c"WinHttpGetDefaultProxyConfiguration")?,
            proxy_for: typed::<ProxyFor>(c"WinHttpGetProxyForUrl")?,
            session: (!session.is_null()).then_some(session as usize)?,
        })
    }
}

/// The choice of the user; `None` without one.
pub fn of_the_user() -> Option<Choice> {
    let functions = functions()?;
    let mut config = UserConfig {
        detect: 0,
        script: ptr::null_mut(),
        servers: ptr::null_mut(),
        bypass: ptr::null_mut(),
    };
    // SAFETY: the structure is this function's and of the type that is filled.
    if unsafe { (functions.user_config)(&raw mut config) } == 0 {
        return None;
    }
    Some(Choice {
        detect: config.detect != 0,
        script: taken(config.script),
        servers: taken(config.servers),
        bypass: taken(config.bypass),
    })
}

/// The choice for the whole machine (`netsh winhttp set proxy`), which services use; `None` without one.
pub fn of_the_machine() -> Option<Choice> {
    let functions = functions()?;
    let mut info = NO_INFO;
    // SAFETY: the structure is this function's and of the type that is filled.
    if unsafe { (functions.machine_config)(&raw mut info) } == 0 {
        return None;
    }
    let (servers, bypass) = (taken(info.servers), taken(info.bypass));
    (info.access == ACCESS_NAMED_PROXY).then_some(Choice {
        servers,
        bypass,
        ..Choice::default()
    })
}

/// Asks the script of this address, or with `None` the one that the network names, for the proxy of a URL. This may
/// wait for the network. `None` if there is no script, or if it fails.
pub fn by_script(url: &str, script: Option<&str>) -> Option<Answer> {
    let functions = functions()?;
    let (url, script) = (wide(url), script.map(wide));
    let mut options = AutoOptions {
        flags: AUTO_DETECT,
        detect_flags: DETECT_BY_DHCP | DETECT_BY_DNS,
        script: ptr::null(),
        reserved: ptr::null_mut(),
        reserved_number: 0,
        // The script may be behind a login with the user's account.
        log_on: 1,
    };
    if let Some(script) = &script {
        options.flags = AUTO_SCRIPT;
        options.detect_flags = 0;
        options.script = script.as_ptr();
    }
    let mut info = NO_INFO;
    // SAFETY: the session is open for good; the texts have terminators and live until the end; both structures are this
    // function's and of the types of winhttp.h.
    let done = unsafe {
        let session = functions.session as *mut c_void;
        (functions.proxy_for)(session, url.as_ptr(), &raw mut options, &raw mut info)
    };
    if done == 0 {
        return None;
    }
    let (servers, _) = (taken(info.servers), taken(info.bypass));
    match (info.access, servers) {
        (ACCESS_NAMED_PROXY, Some(servers)) => Some(Answer::Servers(servers)),
        _ => Some(Answer::Direct),
    }
}

/// Copies a text that Windows allocated, and frees it. An empty one counts as absent.
fn taken(text: *mut u16) -> Option<String> {
    if text.is_null() {
        return None;
    }
    let mut length = 0;
    // SAFETY: the text has a terminator and was given to this call alone. It comes from GlobalAlloc.
    let copy = unsafe {
        while *text.add(length) != 0 {
            length += 1;
        }
        let copy = String::from_utf16_lossy(std::slice::from_raw_parts(text, length));
        GlobalFree(text.cast());
        copy
    };
    (!copy.trim().is_empty()).then_some(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::process::Command;
    use std::thread;

    const SETTINGS: &str =
        r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections";
    const VALUE: &str = "DefaultConnectionSettings";

    // The flags of the value.
    const DIRECT: u32 = 1;
    const PROXY: u32 = 2;
    const SCRIPT: u32 = 4;

    fn reg(arguments: &[&str]) -> bool {
        let ended = Command::new("reg").args(arguments).output();
        ended.expect("reg is part of Windows").status.success()
    }

    /// Settings of the test's. The user's own, if there are any, are put back at the end.
    struct Settings {
        kept: Option<std::path::PathBuf>,
    }

    impl Settings {
        fn new() -> Self {
            let file = std::env::temp_dir().join(format!("proxy-{}.reg", std::process::id()));
            let kept = reg(&["export", SETTINGS, &file.to_string_lossy(), "/y"]);
            Self {
                kept: kept.then_some(file),
            }
        }

        /// Writes the value as Windows does: its kind, a counter, flags, and texts behind their lengths.
        fn write(&self, flags: u32, texts: [&str; 3]) {
            let mut bytes: Vec<u8> = [0x46, 1, flags]
                .into_iter()
                .flat_map(u32::to_le_bytes)
                .collect();
            for text in texts {
                bytes.extend((text.len() as u32).to_le_bytes());
                bytes.extend(text.as_bytes());
            }
            bytes.extend([0; 32]);
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(reg(&[
                "add",
                SETTINGS,
                "/v",
                VALUE,
                "/t",
                "REG_BINARY",
                "/d",
                &hex,
                "/f"
            ]));
        }
    }

    impl Drop for Settings {
        fn drop(&mut self) {
            reg(&["delete", SETTINGS, "/v", VALUE, "/f"]);
            if let Some(file) = &self.kept {
                reg(&["import", &file.to_string_lossy()]);
                let _ = std::fs::remove_file(file);
            }
        }
    }

    #[test]
    fn the_choice_is_that_of_the_internet_settings() {
        let settings = Settings::new();
        let servers = "http=a.example:1;https=b.example:2";
        let bypass = "*.inside.example;<local>";
        let script = "http://pac.example/proxy.pac";
        settings.write(PROXY | SCRIPT, [servers, bypass, script]);
        let text = |text: &str| Some(text.to_owned());
        let expected = Choice {
            detect: false,
            script: text(script),
            servers: text(servers),
            bypass: text(bypass),
        };
        assert_eq!(of_the_user(), Some(expected));
        settings.write(DIRECT, ["", "", ""]);
        assert_eq!(of_the_user(), Some(Choice::default()));
    }

    #[test]
    fn a_script_chooses_by_the_address() {
        const SCRIPT: &str = "function FindProxyForURL(url, host) {\n\
            if (host == 'inside.example') return 'DIRECT';\n\
            return 'PROXY proxy.example:8080'; }\n";
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!(
            "http://127.0.0.1:{}/proxy.pac",
            listener.local_addr().expect("it is bound").port()
        );
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let _ = stream.read(&mut [0; 4096]);
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/x-ns-proxy-autoconfig\r\n\
                     Content-Length: {}\r\nConnection: close\r\n\r\n{SCRIPT}",
                    SCRIPT.len()
                );
            }
        });
        assert_eq!(
            by_script("https://graph.microsoft.com/v1.0", Some(&address)),
            Some(Answer::Servers("proxy.example:8080".to_owned()))
        );
        assert_eq!(
            by_script("https://inside.example/", Some(&address)),
            Some(Answer::Direct)
        );
        // Nothing listens on port 9.
        let nowhere = Some("http://127.0.0.1:9/proxy.pac");
        assert_eq!(by_script("https://graph.microsoft.com/", nowhere), None);
    }
}

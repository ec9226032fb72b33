//! The proxy of Windows' settings.

use super::*;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

const SETTINGS: &str =
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections";
const VALUE: &str = "DefaultConnectionSettings";

/// Hosts without the proxy: an exception to try, and those of tests that run meanwhile. An answer for a host is kept, so no two
/// tests may share one.
const BYPASSED: &str = "*.direct.invalid;login.invalid;proxy.invalid";

fn reg(arguments: &[&str]) -> bool {
    let ended = Command::new("reg").args(arguments).output();
    ended.expect("reg is part of Windows").status.success()
}

/// A proxy among the user's settings, which are put back at the end.
struct Chosen {
    kept: Option<PathBuf>,
}

impl Chosen {
    fn new(address: &str) -> Self {
        let file = std::env::temp_dir().join(format!("exchange-graph-{}.reg", std::process::id()));
        let kept = reg(&["export", SETTINGS, &file.to_string_lossy(), "/y"]);
        // Kind, counter, the flag of a fixed proxy, and texts behind their lengths.
        let mut bytes: Vec<u8> = [0x46, 1, 2_u32]
            .into_iter()
            .flat_map(u32::to_le_bytes)
            .collect();
        for text in [address, BYPASSED, ""] {
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
        Self {
            kept: kept.then_some(file),
        }
    }
}

impl Drop for Chosen {
    fn drop(&mut self) {
        reg(&["delete", SETTINGS, "/v", VALUE, "/f"]);
        if let Some(file) = &self.kept {
            reg(&["import", &file.to_string_lossy()]);
            let _ = std::fs::remove_file(file);
        }
    }
}

/// A proxy that opens no tunnel; the first lines of what it was asked for.
fn proxy() -> (String, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound").to_string();
    let (sender, asked) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut lines = BufReader::new(stream.try_clone().expect("a handle")).lines();
            let first = lines.next().expect("a line").expect("text");
            let _ = sender.send(first);
            let _ = write!(stream, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        }
    });
    (address, asked)
}

fn login(host: &str, more: &str) -> Error {
    let text = format!(
        "{more};TenantID=contoso;ClientId=app;ClientSecret=s;UserID=ann@x.org;MaxRetries=0;LoginEndpoint=https://{host}"
    );
    let settings = from_connection_string(&text, &DataSources::files([])).expect("valid settings");
    let client = Client::new(&settings.settings).expect("a client");
    get(&client, &request(MESSAGES)).expect_err("nobody is there")
}

#[test]
fn windows_proxy_is_used_unless_a_key_names_one() {
    let (address, asked) = proxy();
    let _chosen = Chosen::new(&address);
    login("proxied.invalid", "");
    assert_eq!(
        asked.try_recv().as_deref(),
        Ok("CONNECT proxied.invalid:443 HTTP/1.1")
    );
    // An exception, and a proxy of the connection's own.
    login("login.direct.invalid", "");
    let (own_address, of_own) = proxy();
    login("other.invalid", &format!("Proxy=http://{own_address}"));
    assert_eq!(
        of_own.try_recv().as_deref(),
        Ok("CONNECT other.invalid:443 HTTP/1.1")
    );
    assert!(asked.try_recv().is_err());
}

//! A server that echoes what it was sent: no secret leaves the driver in messages or in its log.

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use driver_harness::client;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::{fs, io, thread};

const SECRET: &str = "S3cret/of+the~application=";
const TOKEN: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.c2VjcmV0LWNsYWltcw.c2lnbmF0dXJl_-x";

/// The behaviour of the login service; Graph always refuses.
#[derive(Clone, Copy, PartialEq)]
enum LoginService {
    Grants,
    Refuses,
}

/// A login service and Graph in one, whose refusals quote the request in every way.
fn start(login: LoginService) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream, login));
        }
    });
    address
}

fn answer(stream: TcpStream, login: LoginService) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    loop {
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if let Some(given) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = given.trim().parse().map_err(io::Error::other)?;
            }
            if line.trim_end().is_empty() {
                break;
            }
            head += &line;
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let (status, reply) = reply(&head, &String::from_utf8_lossy(&body), login);
        write!(
            writer,
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nrequest-id: {TOKEN}\r\n\
             Content-Length: {}\r\n\r\n{reply}",
            reply.len()
        )?;
    }
}

fn reply(head: &str, body: &str, login: LoginService) -> (u16, String) {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let line = |name: &str| {
        let found = head.lines().find_map(|line| {
            line.split_once(": ")
                .filter(|(key, _)| key.eq_ignore_ascii_case(name))
        });
        found.map(|(_, value)| value.to_owned()).unwrap_or_default()
    };
    // A token that was never issued cannot be recognized as one.
    let token = if login == LoginService::Grants {
        TOKEN
    } else {
        "none"
    };
    let echo = format!(
        "{} {body} {SECRET} {} {} {} {token} {} {}",
        line("authorization"),
        encoded(SECRET),
        BASE64_STANDARD.encode(SECRET),
        BASE64_URL_SAFE_NO_PAD.encode(format!("a client:{SECRET}")),
        encoded(token),
        BASE64_STANDARD.encode(token),
    );
    let is_login = head.contains("/oauth2/");
    match login {
        LoginService::Grants if is_login => (
            200,
            format!(r#"{{"token_type":"Bearer","expires_in":3599,"access_token":"{TOKEN}"}}"#),
        ),
        LoginService::Refuses if is_login => (
            401,
            serde_json::json!({
                "error": format!("invalid_client {echo}"),
                "error_description": echo,
                "trace_id": format!("id\n2026-01-01T00:00:00Z ERROR exchange_odbc: forged {SECRET}"),
            })
            .to_string(),
        ),
        _ if head.contains("$batch") => (
            200,
            serde_json::json!({"responses": [{
                "id": "1", "status": 403, "headers": {"request-id": TOKEN},
                "body": {"error": {"code": echo, "message": echo}},
            }]})
            .to_string(),
        ),
        _ => (
            match head {
                // After these a list is read again.
                _ if head.contains("/contacts?") => 504,
                _ if head.contains("/users?") => 410,
                _ => 403,
            },
            serde_json::json!({"error": {
                "code": format!("Code\n2026-01-01T00:00:00Z ERROR exchange_odbc: forged {echo}"),
                "message": format!("no filter displayName eq 'Dear Ann' {}{echo}", "x".repeat(350)),
                "innerError": {"request-id": TOKEN},
            }})
            .to_string(),
        ),
    }
}

/// Pieces that must never appear: parts of every form of the secrets, including halves of them.
fn traces() -> Vec<String> {
    let url = utf8_percent_encode(SECRET, NON_ALPHANUMERIC).to_string();
    let basic = BASE64_STANDARD.encode(format!("app:{SECRET}"));
    [
        SECRET,
        &url,
        &basic,
        TOKEN,
        &BASE64_STANDARD.encode(SECRET),
        &BASE64_STANDARD.encode(TOKEN),
    ]
    .iter()
    .map(|form| form[5..17].to_owned())
    .collect()
}

fn refuse_traces(text: &str) {
    for trace in traces() {
        assert!(!text.contains(&trace), "{trace} came out: {text}");
    }
}

#[test]
fn what_a_server_echoes_comes_out_of_neither_messages_nor_the_log() {
    let log = std::env::temp_dir().join(format!("exchange-odbc-{}-echo.log", std::process::id()));
    for (login, method) in [
        (LoginService::Refuses, "Basic"),
        (LoginService::Refuses, "Post"),
        (LoginService::Grants, "Basic"),
    ] {
        let address = start(login);
        let string = format!(
            "TenantID=contoso.example;ClientId=app;ClientSecret={{{SECRET}}};UserID=ann@contoso.example;MaxRetries=0;\
             LoginEndpoint=http://{address};GraphEndpoint=http://{address};ClientAuthentication={method};\
             LogFile={};LogLevel=trace",
            log.display()
        );
        let connection = match (client::connect(&string), login) {
            (Err(failure), LoginService::Refuses) => {
                assert_eq!(failure.state(), "28000", "{failure}");
                refuse_traces(&failure.to_string());
                continue;
            }
            (connected, _) => connected.expect("it logs in"),
        };
        for sql in [
            "SELECT subject FROM Messages WHERE subject = 'Dear Ann'",
            "SELECT name FROM MessageAttachments WHERE messageId = 'AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OA='",
            "SELECT * FROM Users WHERE displayName = 'Dear Ann'",
            "SELECT id FROM Contacts WHERE displayName = 'Dear Ann'",
        ] {
            let failure = connection.query(sql).expect_err(sql);
            let text = failure.to_string();
            refuse_traces(&text);
            assert!(text.len() < 10_000 && !text.contains('\n'), "{text}");
        }
    }
    let written = fs::read_to_string(&log).expect("there is a log");
    fs::remove_file(&log).expect("the log can be removed");
    refuse_traces(&written);
    assert!(
        written.contains("403") && written.contains("/messages"),
        "{written}"
    );
    for status in ["HTTP 410", "HTTP 504"] {
        let is_told =
            |line: &str| line.contains("starting a collection again") && line.contains(status);
        assert!(written.lines().any(is_told), "{status}: {written}");
    }
    assert!(
        !written.contains("Dear"),
        "the log quotes a filter: {written}"
    );
    // Every line was written by the driver.
    for line in written.lines() {
        assert!(
            !line.starts_with("2026-01-01T00:00:00Z"),
            "a forged line: {line}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_as_log_file_is_refused_at_once() {
    let address = start(LoginService::Grants);
    let pipe = std::env::temp_dir().join(format!("exchange-odbc-{}-pipe", std::process::id()));
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo is there").success());
    for path in [pipe.as_path(), std::path::Path::new("/dev/null")] {
        let string = format!(
            "TenantID=t;ClientId=app;ClientSecret=s;LoginEndpoint=http://{address};GraphEndpoint=http://{address};LogFile={}",
            path.display()
        );
        let failure = client::connect(&string).err().expect("it is no file");
        assert_eq!(failure.state(), "08001", "{failure}");
        assert!(failure.message().contains("LogFile"), "{failure}");
    }
    fs::remove_file(&pipe).expect("removed");
}

/// A proxy that refuses is asked once: many lock users out.
#[test]
fn a_proxy_that_wants_another_login_is_not_asked_again() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let proxy = listener.local_addr().expect("it is bound");
    let (sender, requests) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut buffer = [0; 4096];
            let read = stream.read(&mut buffer).unwrap_or(0);
            let _ = sender.send(String::from_utf8_lossy(&buffer[..read]).into_owned());
            let _ = stream.write_all(
                    b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                );
        }
    });
    let string = format!(
        "TenantID=t;ClientId=app;ClientSecret=s;LoginEndpoint=https://login.example;Proxy=http://{proxy};\
             ProxyUser=me;ProxyPassword=pr0xy-pass"
    );
    let failure = client::connect(&string).err().expect("the proxy refuses");
    assert_eq!(failure.state(), "28000", "{failure}");
    assert!(failure.message().contains("ProxyPassword"), "{failure}");
    assert!(!failure.message().contains("pr0xy-pass"), "{failure}");
    let all: Vec<String> = requests.try_iter().collect();
    assert!(all.len() == 1 && all[0].starts_with("CONNECT"), "{all:?}");
}

#[test]
fn a_broken_certificate_file_is_named() {
    let file = std::env::temp_dir().join(format!("exchange-odbc-{}-ca.pem", std::process::id()));
    for content in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        fs::write(&file, content).expect("written");
        let string = format!(
            "TenantID=t;ClientId=app;ClientSecret=s;LoginEndpoint=https://127.0.0.1:9;MaxRetries=0;CACertificate={}",
            file.display()
        );
        let failure = client::connect(&string).err().expect("it cannot be used");
        assert_eq!(failure.state(), "08001", "{content}: {failure}");
        assert!(
            failure.message().contains(&*file.display().to_string()),
            "{content}: {failure}"
        );
    }
    fs::remove_file(&file).expect("removed");
}

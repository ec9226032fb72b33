//! The simulator as a program: for the demo, and for developing against Graph without a tenant.

mod arguments;

use arguments::{Arguments, Command, Contents};
use graph_simulator::entities::Address;
use graph_simulator::import::Importer;
use graph_simulator::model::{Application, Entity, Mailbox, Tenant, User};
use graph_simulator::{Entry, Options, Simulator, generate, sample};
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let outcome = match arguments::read(std::env::args_os().skip(1)) {
        Ok(Command::Help) => print(arguments::HELP),
        Ok(Command::Version) => print(concat!("graph-simulator ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Command::Serve(arguments)) => serve(&arguments),
        Err(error) => Err(io::Error::other(error)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("graph-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn serve(arguments: &Arguments) -> io::Result<()> {
    let mut options = Options {
        port: arguments.port,
        latency: arguments.latency,
        bandwidth: arguments.bandwidth,
        token_lifetime: arguments.token_lifetime,
        ..Options::default()
    };
    if arguments.log {
        options.on_request = Some(Arc::new(log));
    }
    let simulator = Simulator::start(tenant(arguments)?, options)?;
    if let Some(writing) = &arguments.writing {
        simulator.start_writing(writing);
    }
    print(&format!(
        "{} {}\n",
        simulator.address(),
        simulator.connection_string()
    ))?;
    wait(arguments.until_stdin_closes)
}

/// A line for each request, on standard error.
fn log(entry: &Entry) {
    let query: Vec<String> = entry
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{}", query.join("&"))
    };
    let batch = if entry.batch.is_some() { "  " } else { "" };
    let code = entry.code.as_deref().unwrap_or_default();
    let Entry {
        method,
        path,
        status,
        bytes,
        ..
    } = entry;
    eprintln!("{batch}{method} {path}{query} {status} {code} {bytes}");
}

fn tenant(arguments: &Arguments) -> io::Result<Tenant> {
    let mut tenant = match &arguments.contents {
        Contents::Sample => sample::tenant(),
        Contents::Generated {
            messages,
            mailboxes,
            skewed,
            seed,
            odd,
        } => {
            let mut options = if *odd {
                generate::Options::odd()
            } else {
                generate::Options::default()
            };
            options.messages = *messages;
            options.skewed = *skewed;
            options.seed = *seed;
            if let Some(mailboxes) = mailboxes {
                options.users = mailboxes.get();
                options.shared_mailboxes = 0;
                options.users_without_mailbox = 0;
            }
            generate::tenant(&options)
        }
        Contents::Imported(files) => {
            let mailbox = imported(&arguments.user, files)?;
            of_one(&arguments.user, mailbox)
        }
    };
    if let Some(id) = &arguments.tenant {
        tenant.id.clone_from(id);
    }
    for application in &mut tenant.applications {
        if let Some(id) = &arguments.client_id {
            application.client_id.clone_from(id);
        }
        if let Some(secret) = &arguments.client_secret {
            application.client_secret.clone_from(secret);
        }
    }
    Ok(tenant)
}

fn imported(user: &str, files: &[arguments::File]) -> io::Result<Mailbox> {
    let mut importer = Importer::new(&Address::new(user, user));
    for file in files {
        let path = &file.path;
        let count = importer
            .file(&file.folder, path)
            .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        eprintln!("{}: {count} messages in {}", path.display(), file.folder);
    }
    Ok(importer.finish())
}

/// A tenant with one user.
fn of_one(user: &str, mailbox: Mailbox) -> Tenant {
    let mut entity = Entity::new();
    for (name, value) in [
        ("id", "7c1a6f0e-2f5d-4d86-9d0e-6a4b1f0c9e21"),
        ("displayName", user),
        ("userPrincipalName", user),
        ("mail", user),
        ("userType", "Member"),
    ] {
        entity.insert(name.to_owned(), value.into());
    }
    entity.insert("accountEnabled".to_owned(), true.into());
    Tenant {
        id: sample::TENANT_ID.to_owned(),
        domain: user.rsplit('@').next().unwrap_or(sample::DOMAIN).to_owned(),
        applications: vec![Application {
            client_id: sample::CLIENT_ID.to_owned(),
            client_secret: sample::CLIENT_SECRET.to_owned(),
            ..Application::default()
        }],
        users: vec![User {
            entity,
            mailbox: Some(mailbox),
        }],
        ..Tenant::default()
    }
}

/// Until a signal comes or, if asked for, nobody writes to standard input any more.
fn wait(until_stdin_closes: bool) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (closed, closes) = tokio::sync::oneshot::channel::<()>();
    if until_stdin_closes {
        // Not a task of the runtime, which would wait for a read that may never end.
        std::thread::spawn(move || {
            let mut bytes = [0; 256];
            while matches!(io::stdin().read(&mut bytes), Ok(length) if length > 0) {}
            drop(closed);
        });
    }
    runtime.block_on(async {
        tokio::select! {
            outcome = tokio::signal::ctrl_c() => outcome,
            outcome = terminated() => outcome,
            _ = closes, if until_stdin_closes => Ok(()),
        }
    })
}

#[cfg(unix)]
async fn terminated() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::terminate())?.recv().await;
    Ok(())
}

#[cfg(not(unix))]
async fn terminated() -> io::Result<()> {
    std::future::pending().await
}

//! The test of a connection, line by line while it runs on a thread of its own.

use super::layout::{BUTTON, GAP, MARGIN, buttons, control};
use crate::odbc::{exchange, process};
use exchange_sql::{Cancellation, Finding};
use exchange_windows::dialog::{
    self, CANCEL, Event, Failed, Handler, Kind, Notifier, Template, Window,
};
use exchange_windows::library;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

const REPORT: u16 = 401;
const SIZE: (i16, i16) = (320, 190);

enum News {
    Found(Finding),
    /// Whether everything works; `None` after a cancellation.
    Ended(Option<bool>),
}

struct Page {
    /// The connection string; taken by the thread.
    settings: String,
    lines: Vec<String>,
    cancellation: Cancellation,
    running: Option<(Receiver<News>, JoinHandle<()>)>,
}

/// Tests the connection string and shows what is found, until the user closes the page.
pub(super) fn show(owner: usize, settings: String) -> Result<(), Failed> {
    // The threads of a test that was cancelled may still look up a name when the installer unloads the library.
    library::pin();
    let page = Rc::new(RefCell::new(Page {
        settings,
        lines: Vec::new(),
        cancellation: Cancellation::new(),
        running: None,
    }));
    process::visit(|| {
        let closed = dialog::show(owner, &template(), page.clone());
        page.borrow_mut().end();
        closed.map(drop)
    })
}

impl Page {
    fn start(&mut self, notifier: Notifier) {
        let settings = std::mem::take(&mut self.settings);
        let cancellation = self.cancellation.clone();
        let (sender, receiver) = mpsc::channel();
        let thread = thread::spawn(move || run(&settings, &cancellation, &sender, notifier));
        self.running = Some((receiver, thread));
    }

    /// Cancels the test if it runs, and waits for its thread.
    fn end(&mut self) {
        self.cancellation.cancel();
        if let Some((_, thread)) = self.running.take() {
            // A thread that panicked has ended, too.
            let _ = thread.join();
        }
    }

    fn read(&mut self, window: &Window) {
        let Some((receiver, _)) = &self.running else {
            return;
        };
        let mut has_ended = false;
        for news in receiver.try_iter() {
            match news {
                News::Found(finding) => self.lines.push(finding.to_string()),
                News::Ended(passed) => {
                    has_ended = true;
                    self.lines.push(conclusion(passed).to_owned());
                }
            }
        }
        window.set_text(REPORT, &self.lines.join("\r\n\r\n"));
        window.show_end(REPORT);
        if has_ended {
            window.set_text(CANCEL, "Close");
        }
    }
}

impl Handler for Page {
    fn on(&mut self, window: &Window, event: Event) {
        match event {
            Event::Opened => {
                window.set_text(REPORT, "The test runs...");
                self.start(window.notifier());
            }
            Event::News => self.read(window),
            Event::Clicked(CANCEL) => window.close(false),
            _ => {}
        }
    }
}

/// The test itself, on its thread.
fn run(settings: &str, cancellation: &Cancellation, sender: &Sender<News>, notifier: Notifier) {
    let tell = |news| {
        // The page may be closed.
        let _ = sender.send(news);
        notifier.tell();
    };
    let passed = exchange::check(settings, cancellation, |finding| tell(News::Found(finding)));
    tell(News::Ended(passed));
}

fn conclusion(passed: Option<bool>) -> &'static str {
    match passed {
        Some(true) => "The connection works.",
        Some(false) => "The connection does not work yet. The line that failed says what to do.",
        None => "The test was cancelled.",
    }
}

fn template() -> Template {
    let (width, height) = SIZE;
    let top = height - MARGIN - BUTTON.1;
    let report = (MARGIN, MARGIN, width - 2 * MARGIN, top - MARGIN - GAP);
    let mut controls = vec![control(Kind::Report, REPORT, "", report)];
    let close = (Kind::DefaultButton, CANCEL, "Cancel");
    controls.extend(buttons(width - MARGIN, top, &[close]));
    Template {
        title: "Test of the connection".to_owned(),
        size: SIZE,
        controls,
    }
}

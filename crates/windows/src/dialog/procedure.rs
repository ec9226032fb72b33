//! Showing a dialog: from the system's messages to the handler.

use super::font;
use super::template::Template;
use super::window::{OK, Window};
use crate::library;
use crate::user32::{self as user, Handle, message};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::rc::Rc;

/// Something that happened in a dialog; numbers are those of controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The controls are there and not yet seen.
    Opened,
    /// A button, by mouse or keyboard. Enter is [`OK`], Escape is [`CANCEL`](super::CANCEL).
    Clicked(u16),
    /// The user changed a text.
    Changed(u16),
    /// The user chose a word or a row.
    Selected(u16),
    /// A [`Notifier`](super::Notifier) told of news.
    News,
}

/// Decides what a dialog does.
pub trait Handler {
    fn on(&mut self, window: &Window, event: Event);
}

/// How the user closed a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    Accepted,
    Cancelled,
}

/// The dialog could not be shown, or its handler failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// The result of a dialog whose handler panicked.
const PANICKED: isize = -2;

struct Open {
    window: Cell<Handle>,
    handler: Rc<RefCell<dyn Handler>>,
    /// News came while the handler was busy.
    has_news: Cell<bool>,
}

thread_local! {
    /// The open dialogs of the thread; each is above the one before.
    static OPEN: RefCell<Vec<Rc<Open>>> = const { RefCell::new(Vec::new()) };
}

/// Shows a dialog and returns when it is closed. Messages of other windows of the thread are delivered meanwhile, and the
/// owner takes no input.
pub fn show(
    owner: usize,
    template: &Template,
    handler: Rc<RefCell<dyn Handler>>,
) -> Result<Closed, Failed> {
    let open = Rc::new(Open {
        window: Cell::new(ptr::null_mut()),
        handler,
        has_news: Cell::new(false),
    });
    OPEN.with_borrow_mut(|all| all.push(open));
    let template = template.write(&font::of_messages());
    // SAFETY: the template is whole and lives until the dialog is closed, as the procedure does; the owner is a window or
    // null.
    let result = unsafe {
        let owner = usable(owner as Handle);
        user::DialogBoxIndirectParamW(library::own(), template.as_ptr(), owner, procedure, 0)
    };
    OPEN.with_borrow_mut(Vec::pop);
    match result {
        ..=0 => Err(Failed),
        result if result == isize::from(OK.cast_signed()) => Ok(Closed::Accepted),
        _ => Ok(Closed::Cancelled),
    }
}

/// The owner, unless it is gone or is the desktop, which a dialog would disable.
fn usable(owner: Handle) -> Handle {
    // SAFETY: any number may be asked about.
    let is_usable = unsafe { user::IsWindow(owner) != 0 && owner != user::GetDesktopWindow() };
    if is_usable { owner } else { ptr::null_mut() }
}

/// The dialog of a message; the newest one becomes the window's with its first message.
fn of(window: Handle, message: u32) -> Option<Rc<Open>> {
    OPEN.with_borrow(|all| {
        let known = all.iter().find(|open| open.window.get() == window);
        let newest = all
            .last()
            .filter(|open| message == message::INIT_DIALOG && open.window.get().is_null());
        newest
            .inspect(|open| open.window.set(window))
            .or(known)
            .cloned()
    })
}

unsafe extern "system" fn procedure(window: Handle, message: u32, w: usize, l: isize) -> isize {
    let _ = l;
    let event = match message {
        message::INIT_DIALOG => Event::Opened,
        message::NEWS => Event::News,
        message::COMMAND => {
            let (id, code) = (w as u16, (w >> 16) as u16);
            match code {
                message::CLICKED => Event::Clicked(id),
                message::CHANGED => Event::Changed(id),
                message::SELECTED => Event::Selected(id),
                _ => return 0,
            }
        }
        _ => return 0,
    };
    let Some(open) = of(window, message) else {
        return 0;
    };
    // Nothing may unwind into the system.
    let outcome = catch_unwind(AssertUnwindSafe(|| deliver(&open, window, event)));
    if let Err(payload) = outcome {
        // Dropping the payload could panic again.
        std::mem::forget(payload);
        // SAFETY: the window is a dialog that is open.
        unsafe { user::EndDialog(window, PANICKED) };
    }
    1
}

/// Passes the event on. The handler's own changes of controls cause events as well, which are left out, as it is busy then.
fn deliver(open: &Open, window: Handle, event: Event) {
    let Ok(mut handler) = open.handler.try_borrow_mut() else {
        if event == Event::News {
            open.has_news.set(true);
        }
        return;
    };
    let window = Window(window);
    handler.on(&window, event);
    while open.has_news.take() {
        handler.on(&window, Event::News);
    }
}

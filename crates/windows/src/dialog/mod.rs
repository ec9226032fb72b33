//! Dialogs: a template in memory, and a handler of what the user does.
//!
//! The system's dialog manager brings the keyboard: Tab in the order of the template, the letters behind `&`, Enter for
//! the default button and Escape for Cancel. Measures are in dialog units, which follow the system's font and so the
//! resolution of the screen.

mod font;
mod procedure;
mod template;
mod window;

pub use procedure::{Closed, Event, Failed, Handler, show};
pub use template::{Control, Kind, Template};
pub use window::{CANCEL, Notifier, OK, Window};

//! An open dialog, as its handler sees it.

use crate::text::wide;
use crate::user32::{self as user, Handle, message};

/// The numbers of the buttons that Enter and Escape press.
pub const OK: u16 = 1;
pub const CANCEL: u16 = 2;

/// An open dialog. It cannot leave its thread.
#[derive(Debug)]
pub struct Window(pub(super) Handle);

/// Tells a dialog from any thread that there are news. After the dialog has closed nothing happens.
#[derive(Clone, Copy, Debug)]
pub struct Notifier(usize);

impl Notifier {
    pub fn tell(self) {
        // SAFETY: a number that is no window any more is refused, and the message has no pointers.
        unsafe { user::PostMessageW(self.0 as Handle, message::NEWS, 0, 0) };
    }
}

impl Window {
    /// The owner for a dialog above this one.
    pub fn owner(&self) -> usize {
        self.0 as usize
    }

    pub fn notifier(&self) -> Notifier {
        Notifier(self.0 as usize)
    }

    fn control(&self, id: u16) -> Handle {
        // SAFETY: the window is open while its handler runs; an unknown number gives null.
        unsafe { user::GetDlgItem(self.0, i32::from(id)) }
    }

    fn send(&self, id: u16, message: u32, w: usize, l: isize) -> isize {
        // SAFETY: a null control is refused; the callers pass numbers, or texts that live until this returns.
        unsafe { user::SendMessageW(self.control(id), message, w, l) }
    }

    fn send_text(&self, id: u16, message: u32, w: usize, text: &str) {
        let text = wide(text);
        self.send(id, message, w, text.as_ptr() as isize);
    }

    pub fn text(&self, id: u16) -> String {
        let control = self.control(id);
        // SAFETY: the buffer has the length that the call says; a null control has no text.
        let units = unsafe {
            let mut units = vec![0; user::GetWindowTextLengthW(control) as usize + 1];
            let room = units.len() as i32;
            let length = user::GetWindowTextW(control, units.as_mut_ptr(), room);
            units.truncate(usize::try_from(length).unwrap_or(0));
            units
        };
        String::from_utf16_lossy(&units)
    }

    pub fn set_text(&self, id: u16, text: &str) {
        let text = wide(text);
        // SAFETY: the text has a terminator and is copied.
        unsafe { user::SetWindowTextW(self.control(id), text.as_ptr()) };
    }

    pub fn set_enabled(&self, id: u16, enabled: bool) {
        // SAFETY: the call takes a control, or null, and a number.
        unsafe { user::EnableWindow(self.control(id), i32::from(enabled)) };
    }

    pub fn set_shown(&self, id: u16, shown: bool) {
        let how = if shown { user::SW_SHOW } else { user::SW_HIDE };
        // SAFETY: the call takes a control, or null, and a number.
        unsafe { user::ShowWindow(self.control(id), how) };
    }

    /// Puts the cursor into a control, as the Tab key would.
    pub fn focus(&self, id: u16) {
        // SAFETY: the message takes a control of this window, or null.
        unsafe { user::SendMessageW(self.0, message::NEXT_CONTROL, self.control(id) as usize, 1) };
    }

    /// Puts the cursor behind the text, so that the end is seen.
    pub fn show_end(&self, id: u16) {
        let end = self.text(id).encode_utf16().count();
        self.send(id, message::SELECT_TEXT, end, end as isize);
    }

    /// Fills a choice.
    pub fn set_choices(&self, id: u16, words: &[&str], chosen: Option<usize>) {
        self.send(id, message::CHOICE_RESET, 0, 0);
        for word in words {
            self.send_text(id, message::CHOICE_ADD, 0, word);
        }
        // The largest number chooses nothing.
        self.send(id, message::CHOICE_SELECT, chosen.unwrap_or(usize::MAX), 0);
    }

    pub fn choice(&self, id: u16) -> Option<usize> {
        usize::try_from(self.send(id, message::CHOICE_SELECTED, 0, 0)).ok()
    }

    /// Fills a list whose rows have two columns, with a tab between; the second begins at `column`.
    pub fn set_rows(&self, id: u16, rows: &[String], column: u32) {
        let stops = [column];
        self.send(id, message::LIST_TAB_STOPS, 1, stops.as_ptr() as isize);
        self.send(id, message::LIST_RESET, 0, 0);
        for row in rows {
            self.send_text(id, message::LIST_ADD, 0, row);
        }
    }

    /// Replaces a row, which stays selected.
    pub fn set_row(&self, id: u16, place: usize, row: &str) {
        self.send(id, message::LIST_DELETE, place, 0);
        self.send_text(id, message::LIST_INSERT, place, row);
        self.select_row(id, place);
    }

    pub fn select_row(&self, id: u16, place: usize) {
        self.send(id, message::LIST_SELECT, place, 0);
    }

    pub fn row(&self, id: u16) -> Option<usize> {
        usize::try_from(self.send(id, message::LIST_SELECTED, 0, 0)).ok()
    }

    /// Asks a question with Yes and No.
    pub fn ask(&self, title: &str, question: &str) -> bool {
        let (title, question) = (wide(title), wide(question));
        // SAFETY: both texts have terminators and live until the user has answered.
        unsafe {
            user::MessageBoxW(self.0, question.as_ptr(), title.as_ptr(), user::ASK) == user::IDYES
        }
    }

    /// Closes the dialog, with or without success.
    pub fn close(&self, accepted: bool) {
        let result = if accepted { OK } else { CANCEL };
        // SAFETY: the window is a dialog that DialogBoxIndirectParamW opened.
        unsafe { user::EndDialog(self.0, result as isize) };
    }
}

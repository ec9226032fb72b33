//! Dialogs where the driver has none.

use super::connector::Dialog;

/// The dialog that completes connection strings; `None` without a window that could own it.
pub fn of_connections(_window: usize) -> Option<Dialog> {
    None
}

//! The dialog of `SQLDriverConnect`.

use super::main_page::Page;
use crate::odbc::connector::{ConnectError, Dialog, Question};
use crate::odbc::diagnostics::sqlstate;
use exchange_config::DataSources;
use exchange_config::form::Form;

/// The dialog that completes connection strings; `None` without a window that could own it.
pub fn of_connections(window: usize) -> Option<Dialog> {
    (window != 0).then(|| Box::new(move |question: Question<'_>| ask(window, question)) as Dialog)
}

fn ask(window: usize, question: Question<'_>) -> Result<Option<String>, ConnectError> {
    let form = Form::of_connection_string(
        question.text,
        question.required_only,
        &DataSources::system(),
    )?;
    let note = question.problem.unwrap_or_default();
    let page = Page::new(form, note, |_| true, Box::new(|_, _| Ok(true)));
    match page.show(window) {
        Ok(form) => Ok(form.map(|form| form.attributes().write())),
        Err(_) => Err(ConnectError {
            state: sqlstate::IM008,
            message: "The dialog cannot be shown; give a complete connection string".to_owned(),
        }),
    }
}

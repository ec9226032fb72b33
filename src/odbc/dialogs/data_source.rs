//! The dialog of `ConfigDSN`.

use super::main_page::{Accept, Page};
use exchange_config::form::{Form, Stored};
use exchange_config::registry::{self, Registry};
use exchange_config::setup::{self, Refusal, Request, Store, code};
use exchange_config::{Attributes, keys};
use exchange_windows::dialog::Window;

/// `ConfigDSN` with a window. Removing asks nothing, because the ODBC Administrator has asked already.
pub fn data_source(
    window: usize,
    request: Request,
    driver: &str,
    given: &Attributes,
) -> Result<(), Refusal> {
    let name = given.get(keys::of(keys::Id::Dsn).name).unwrap_or_default();
    let (old, stored) = match request {
        Request::Remove => return setup::change(&mut Registry, request, driver, given, None),
        Request::Add => (None, Stored::default()),
        Request::Configure => {
            setup::must_exist(&Registry, name)?;
            (Some(name.to_owned()), registry::stored(name))
        }
    };
    let form = Form::of_data_source(given, &stored, Registry.scope());
    let is_valid_name = |name: &str| Registry.is_valid_name(name);
    let page = Page::new(form, "", is_valid_name, save(driver, old));
    match page.show(window) {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(Refusal::new(code::USER_CANCELED, "The user has cancelled")),
        Err(_) => Err(Refusal::new(
            code::REQUEST_FAILED,
            "The dialog cannot be shown",
        )),
    }
}

/// Saves the data source, which may take the place of another one if the user agrees.
fn save(driver: &str, old: Option<String>) -> Accept {
    let driver = driver.to_owned();
    Box::new(move |form: &Form, window: &Window| {
        let name = form.name();
        let is_other = !old
            .as_deref()
            .is_some_and(|old| old.eq_ignore_ascii_case(name));
        if is_other && Registry.has(name) {
            let question = format!("There is a data source '{name}' already. Replace it?");
            if !window.ask(form.title(), &question) {
                return Ok(false);
            }
        }
        form.save(&mut Registry, &driver, old.as_deref())
            .map(|()| true)
            .map_err(|refusal| refusal.message)
    })
}

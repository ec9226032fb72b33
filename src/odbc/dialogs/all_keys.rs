//! All keys with their values and descriptions, from the table that is also the reference.

use super::layout::{BUTTON, EDIT, GAP, LINE, MARGIN, NO_ID, OPEN_CHOICE, buttons, control};
use exchange_config::form::Form;
use exchange_config::keys::{Key, KeyKind};
use exchange_windows::dialog::{
    self, CANCEL, Closed, Event, Failed, Handler, Kind, OK, Template, Window,
};
use std::cell::RefCell;
use std::rc::Rc;

const KEYS: u16 = 501;
const DESCRIPTION: u16 = 502;
/// Only the one that suits the key is shown.
const TEXT: u16 = 503;
const SECRET: u16 = 504;
const WORDS: u16 = 505;
const DEFAULT: u16 = 506;
const NOTE: u16 = 507;

const SIZE: (i16, i16) = (320, 230);
const LIST_HEIGHT: i16 = 100;
/// Where the values begin in the list, in a quarter of the width of a character.
const VALUES_AT: u32 = 110;
const BOOLEAN: &[&str] = &["Yes", "No"];

struct Page {
    form: Form,
    keys: Vec<&'static Key>,
    chosen: usize,
}

/// Shows the page above another; the form with the user's changes, `None` if the user cancels.
pub(super) fn show(owner: usize, form: &Form) -> Result<Option<Form>, Failed> {
    let page = Rc::new(RefCell::new(Page {
        form: form.clone(),
        keys: Form::keys().collect(),
        chosen: 0,
    }));
    let closed = dialog::show(owner, &template(), page.clone())?;
    let form = page.borrow().form.clone();
    Ok((closed == Closed::Accepted).then_some(form))
}

/// The words that a key may have; empty if it may have others.
fn words(key: &Key) -> &'static [&'static str] {
    match key.kind {
        KeyKind::Choice(words) => words,
        KeyKind::Boolean => BOOLEAN,
        _ => &[],
    }
}

impl Page {
    fn key(&self) -> &'static Key {
        self.keys[self.chosen]
    }

    fn row(&self, key: &Key) -> String {
        let value = self.form.shown(key.id);
        match (value.is_empty(), key.default) {
            (true, Some(default)) => format!("{}\t({default})", key.name),
            _ => format!("{}\t{value}", key.name),
        }
    }

    /// Shows the chosen key below the list.
    fn fill(&self, window: &Window) {
        let key = self.key();
        // The reference marks names and values for its readers.
        window.set_text(DESCRIPTION, &key.description.replace('`', ""));
        let value = self.form.shown(key.id);
        let words = words(key);
        let shown = match () {
            () if !words.is_empty() => WORDS,
            () if key.is_secret() => SECRET,
            () => TEXT,
        };
        for id in [TEXT, SECRET, WORDS] {
            window.set_shown(id, id == shown);
        }
        if shown == WORDS {
            let chosen = words
                .iter()
                .position(|word| word.eq_ignore_ascii_case(&value));
            window.set_choices(WORDS, words, chosen);
        } else {
            window.set_text(shown, &value);
        }
        self.check(window);
    }

    /// Says what is wrong with the value.
    fn check(&self, window: &Window) {
        let key = self.key();
        let value = self.form.shown(key.id);
        let allowed = match value.is_empty() || key.is_secret() {
            true => None,
            false => key.check(&value).err(),
        };
        let note = allowed.map_or_else(String::new, |allowed| format!("Enter {allowed}."));
        window.set_text(NOTE, &note);
    }

    fn set(&mut self, window: &Window, value: &str) {
        let key = self.key();
        self.form.set_key(key.id, value);
        window.set_row(KEYS, self.chosen, &self.row(key));
        self.check(window);
    }
}

impl Handler for Page {
    fn on(&mut self, window: &Window, event: Event) {
        match event {
            Event::Opened => {
                let rows = self.keys.iter().map(|key| self.row(key));
                window.set_rows(KEYS, &rows.collect::<Vec<_>>(), VALUES_AT);
                window.select_row(KEYS, 0);
                self.fill(window);
            }
            Event::Selected(KEYS) => {
                if let Some(chosen) = window.row(KEYS) {
                    self.chosen = chosen;
                    self.fill(window);
                }
            }
            Event::Selected(WORDS) => {
                let words = words(self.key());
                if let Some(word) = window.choice(WORDS).and_then(|at| words.get(at)) {
                    self.set(window, word);
                }
            }
            Event::Changed(id @ (TEXT | SECRET)) => self.set(window, &window.text(id)),
            Event::Clicked(DEFAULT) => {
                self.set(window, "");
                self.fill(window);
            }
            Event::Clicked(OK) => window.close(true),
            Event::Clicked(CANCEL) => window.close(false),
            _ => {}
        }
    }
}

fn template() -> Template {
    const LABEL: i16 = 28;
    let (width, height) = SIZE;
    let inner = width - 2 * MARGIN;
    let list = (MARGIN, MARGIN + LINE + 2, inner, LIST_HEIGHT);
    let description = list.1 + LIST_HEIGHT + GAP;
    let value = description + 4 * LINE + GAP;
    let left = MARGIN + LABEL;
    let room = inner - LABEL - BUTTON.0 - GAP;
    let note = value + EDIT + GAP;
    let (button_width, button_height) = BUTTON;
    let default = (
        width - MARGIN - button_width,
        value,
        button_width,
        button_height,
    );
    let mut controls = vec![
        control(
            Kind::Label,
            NO_ID,
            "&Keys, with their defaults in parentheses:",
            (MARGIN, MARGIN, inner, LINE),
        ),
        control(Kind::List, KEYS, "", list),
        control(
            Kind::Note,
            DESCRIPTION,
            "",
            (MARGIN, description, inner, 4 * LINE),
        ),
        control(
            Kind::Label,
            NO_ID,
            "&Value:",
            (MARGIN, value + 3, LABEL, LINE),
        ),
        control(Kind::Edit, TEXT, "", (left, value, room, EDIT)),
        control(Kind::Password, SECRET, "", (left, value, room, EDIT)),
        control(Kind::Choice, WORDS, "", (left, value, room, OPEN_CHOICE)),
        control(Kind::Button, DEFAULT, "&Default", default),
        control(Kind::Note, NOTE, "", (MARGIN, note, inner, 2 * LINE)),
    ];
    controls.extend(buttons(
        width - MARGIN,
        height - MARGIN - button_height,
        &[
            (Kind::DefaultButton, OK, "OK"),
            (Kind::Button, CANCEL, "Cancel"),
        ],
    ));
    Template {
        title: "Advanced settings".to_owned(),
        size: SIZE,
        controls,
    }
}

//! The first page: the fields that most people need, and the way to the others.

use super::layout::{BUTTON, EDIT, GAP, LINE, MARGIN, OPEN_CHOICE, buttons, control};
use super::{all_keys, test_page};
use exchange_config::DataSources;
use exchange_config::form::{Field, Form, Problem};
use exchange_windows::dialog::{
    self, CANCEL, Closed, Control, Event, Failed, Handler, Kind, OK, Template, Window,
};
use std::cell::RefCell;
use std::rc::Rc;

/// Numbers of the controls. A field's is the first one and its place among all fields.
const FIRST_FIELD: u16 = 101;
const FIRST_LABEL: u16 = 201;
const NOTE: u16 = 300;
const TEST: u16 = 301;
const ADVANCED: u16 = 302;

const LABEL_WIDTH: i16 = 112;
const WIDTH: i16 = 300;
/// From a field to the next.
const PITCH: i16 = 18;
const NOTE_LINES: i16 = 5;

/// Takes the form when the user presses OK: whether the page may close, or what is wrong.
pub(super) type Accept = Box<dyn FnMut(&Form, &Window) -> Result<bool, String>>;

pub(super) struct Page {
    form: Form,
    note: String,
    is_valid_name: fn(&str) -> bool,
    accept: Accept,
}

impl Page {
    pub(super) fn new(
        form: Form,
        note: &str,
        is_valid_name: fn(&str) -> bool,
        accept: Accept,
    ) -> Self {
        Self {
            form,
            note: note.to_owned(),
            is_valid_name,
            accept,
        }
    }

    /// Shows the page; the form as the user leaves it, `None` if the user cancels.
    pub(super) fn show(self, owner: usize) -> Result<Option<Form>, Failed> {
        let template = template(&self.form);
        let page = Rc::new(RefCell::new(self));
        let closed = dialog::show(owner, &template, page.clone())?;
        let form = page.borrow().form.clone();
        Ok((closed == Closed::Accepted).then_some(form))
    }

    /// Shows the form's values in their controls.
    fn fill(&self, window: &Window) {
        for field in self.form.fields() {
            let id = id_of(field);
            if field.is_choice() {
                let (words, chosen) = self.form.choices(field);
                window.set_choices(id, &words, Some(chosen));
            } else {
                window.set_text(id, &self.form.text(field));
            }
            window.set_text(label_of(field), self.form.label(field));
            let is_enabled = self.form.is_enabled(Some(field));
            window.set_enabled(id, is_enabled);
            window.set_enabled(label_of(field), is_enabled);
        }
        window.set_enabled(ADVANCED, self.form.is_enabled(None));
    }

    fn tell(&self, window: &Window, problem: &Problem) {
        window.set_text(NOTE, &problem.text);
        if let Some(field) = problem.field {
            window.focus(id_of(field));
        }
    }

    fn accept(&mut self, window: &Window) {
        let sources = DataSources::system();
        if let Some(problem) = self.form.problem(self.is_valid_name, &sources) {
            self.tell(window, &problem);
            return;
        }
        match (self.accept)(&self.form, window) {
            Ok(true) => window.close(true),
            Ok(false) => {}
            Err(text) => window.set_text(NOTE, &text),
        }
    }

    fn test(&self, window: &Window) {
        match self.form.setting_problem(&DataSources::system()) {
            Some(problem) => self.tell(window, &problem),
            None => {
                window.set_text(NOTE, "");
                if test_page::show(window.owner(), self.form.attributes().write()).is_err() {
                    window.set_text(NOTE, "The test cannot be shown.");
                }
            }
        }
    }

    fn advanced(&mut self, window: &Window) {
        if let Ok(Some(form)) = all_keys::show(window.owner(), &self.form) {
            self.form = form;
            self.fill(window);
        }
    }

    fn field(&self, id: u16) -> Option<Field> {
        let fields = self.form.fields();
        fields.into_iter().find(|field| id_of(*field) == id)
    }
}

impl Handler for Page {
    fn on(&mut self, window: &Window, event: Event) {
        match event {
            Event::Opened => {
                self.fill(window);
                window.set_text(NOTE, &self.note);
            }
            Event::Changed(id) => {
                if let Some(field) = self.field(id) {
                    self.form.set(field, &window.text(id));
                }
            }
            Event::Selected(id) => {
                if let (Some(field), Some(place)) = (self.field(id), window.choice(id)) {
                    self.form.choose(field, place);
                    // Another way to sign in has another secret.
                    if field == Field::SignIn {
                        self.fill(window);
                    }
                }
            }
            Event::Clicked(OK) => self.accept(window),
            Event::Clicked(CANCEL) => window.close(false),
            Event::Clicked(TEST) => self.test(window),
            Event::Clicked(ADVANCED) => self.advanced(window),
            Event::Clicked(_) | Event::News => {}
        }
    }
}

fn id_of(field: Field) -> u16 {
    FIRST_FIELD + field as u16
}

fn label_of(field: Field) -> u16 {
    FIRST_LABEL + field as u16
}

fn template(form: &Form) -> Template {
    let mut controls = Vec::new();
    let mut top = MARGIN;
    for field in form.fields() {
        controls.extend(row(form, field, top));
        top += PITCH;
    }
    top += GAP;
    let width = WIDTH - 2 * MARGIN;
    let note = (MARGIN, top, width, NOTE_LINES * LINE);
    controls.push(control(Kind::Note, NOTE, "", note));
    top += NOTE_LINES * LINE + GAP;
    let left_end = MARGIN + 2 * BUTTON.0 + GAP;
    controls.extend(buttons(
        left_end,
        top,
        &[
            (Kind::Button, TEST, "&Test"),
            (Kind::Button, ADVANCED, "&Advanced..."),
        ],
    ));
    controls.extend(buttons(
        WIDTH - MARGIN,
        top,
        &[
            (Kind::DefaultButton, OK, "OK"),
            (Kind::Button, CANCEL, "Cancel"),
        ],
    ));
    top += BUTTON.1 + MARGIN;
    Template {
        title: form.title().to_owned(),
        size: (WIDTH, top),
        controls,
    }
}

fn row(form: &Form, field: Field, top: i16) -> [Control; 2] {
    let label = (MARGIN, top + 3, LABEL_WIDTH, LINE);
    let left = MARGIN + LABEL_WIDTH + GAP;
    let width = WIDTH - MARGIN - left;
    let (kind, height) = match field {
        _ if field.is_choice() => (Kind::Choice, OPEN_CHOICE),
        _ if field.is_secret() => (Kind::Password, EDIT),
        _ => (Kind::Edit, EDIT),
    };
    [
        control(Kind::Label, label_of(field), form.label(field), label),
        control(kind, id_of(field), "", (left, top, width, height)),
    ]
}

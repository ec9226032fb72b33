//! Measures that all pages share, in dialog units, as Windows' guidelines have them.

use exchange_windows::dialog::{Control, Kind};

/// Between the edge of a dialog and its controls.
pub(super) const MARGIN: i16 = 7;
pub(super) const GAP: i16 = 4;
/// Of a line of text, an edit field, a button.
pub(super) const LINE: i16 = 8;
pub(super) const EDIT: i16 = 14;
pub(super) const BUTTON: (i16, i16) = (50, 14);
/// Of a choice with its open list.
pub(super) const OPEN_CHOICE: i16 = 80;

/// A control without a number of its own.
pub(super) const NO_ID: u16 = 0xFFFF;

pub(super) fn control(kind: Kind, id: u16, text: &str, place: (i16, i16, i16, i16)) -> Control {
    Control {
        kind,
        id,
        text: text.to_owned(),
        place,
    }
}

/// Buttons in a row whose right end is given, the last one there.
pub(super) fn buttons(end: i16, top: i16, buttons: &[(Kind, u16, &str)]) -> Vec<Control> {
    let (width, height) = BUTTON;
    let count = buttons.len() as i16;
    let start = end - count * width - (count - 1) * GAP;
    let places = buttons.iter().zip(0..);
    places
        .map(|((kind, id, text), at)| {
            let left = start + at * (width + GAP);
            control(*kind, *id, text, (left, top, width, height))
        })
        .collect()
}

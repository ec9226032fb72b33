//! The template of a dialog in memory (`DLGTEMPLATEEX`).

use super::font::Font;
use crate::user32::style;

/// A dialog before it is shown. Places and sizes are in dialog units.
#[derive(Clone, Debug)]
pub struct Template {
    pub title: String,
    pub size: (i16, i16),
    /// In the order of the Tab key. A label comes before the control that it names.
    pub controls: Vec<Control>,
}

#[derive(Clone, Debug)]
pub struct Control {
    pub kind: Kind,
    pub id: u16,
    /// `&` marks the letter that leads to the control, or to the one behind a label.
    pub text: String,
    /// Left, top, width, height.
    pub place: (i16, i16, i16, i16),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Label,
    /// Text without letters that lead anywhere.
    Note,
    Edit,
    /// Typed text is not seen.
    Password,
    /// Lines to read, select and copy.
    Report,
    /// One of a few words; the height is that of the open list.
    Choice,
    List,
    Button,
    /// Pressed by Enter.
    DefaultButton,
}

impl Kind {
    /// The system's number of the window class, the style, and the extended style.
    fn style(self) -> (u16, u32, u32) {
        const BUTTON: u16 = 0x80;
        const EDIT: u16 = 0x81;
        const STATIC: u16 = 0x82;
        const LIST: u16 = 0x83;
        const CHOICE: u16 = 0x85;
        let edge = style::CLIENT_EDGE;
        let (class, own, extended) = match self {
            Self::Label => return (STATIC, 0, 0),
            Self::Note => return (STATIC, style::NO_PREFIX, 0),
            Self::Edit => (EDIT, style::ONE_LINE, edge),
            Self::Password => (EDIT, style::ONE_LINE | style::PASSWORD, edge),
            Self::Report => (EDIT, style::REPORT | style::VERTICAL_SCROLL, edge),
            Self::Choice => (CHOICE, style::CHOICE | style::VERTICAL_SCROLL, 0),
            Self::List => (LIST, style::LIST | style::VERTICAL_SCROLL, edge),
            Self::Button => (BUTTON, 0, 0),
            Self::DefaultButton => (BUTTON, style::DEFAULT_BUTTON, 0),
        };
        (class, own | style::TAB_STOP, extended)
    }
}

/// Units of 16 bits, as the system reads them.
#[derive(Default)]
struct Units(Vec<u16>);

impl Units {
    fn word(&mut self, word: u16) {
        self.0.push(word);
    }

    fn signed(&mut self, word: i16) {
        self.word(word.cast_unsigned());
    }

    fn double(&mut self, double: u32) {
        self.word((double & 0xFFFF) as u16);
        self.word((double >> 16) as u16);
    }

    fn text(&mut self, text: impl IntoIterator<Item = u16>) {
        self.0.extend(text.into_iter().filter(|unit| *unit != 0));
        self.word(0);
    }

    /// Up to a multiple of four bytes.
    fn align(&mut self) {
        if self.0.len() % 2 == 1 {
            self.word(0);
        }
    }
}

impl Template {
    /// The template as the system reads it, aligned to four bytes.
    pub(super) fn write(&self, font: &Font) -> Vec<u32> {
        const NORMAL_WEIGHT: u16 = 400;
        const DEFAULT_CHARACTERS: u16 = 1 << 8;
        let mut out = Units::default();
        out.word(1);
        out.word(0xFFFF);
        out.double(0);
        out.double(0);
        out.double(style::POPUP | style::CAPTION | style::SYSTEM_MENU | style::DIALOG);
        out.word(self.controls.len() as u16);
        let (width, height) = self.size;
        for measure in [0, 0, width, height] {
            out.signed(measure);
        }
        // Neither a menu nor a class of its own.
        out.word(0);
        out.word(0);
        out.text(self.title.encode_utf16());
        out.word(font.points);
        out.word(NORMAL_WEIGHT);
        // Two bytes: not italic, and any characters.
        out.word(DEFAULT_CHARACTERS);
        out.text(font.face.iter().copied());
        for control in &self.controls {
            out.align();
            control.write(&mut out);
        }
        out.align();
        let pairs = out.0.chunks(2);
        pairs
            .map(|pair| u32::from(pair[0]) | u32::from(pair[1]) << 16)
            .collect()
    }
}

impl Control {
    fn write(&self, out: &mut Units) {
        let (class, style, extended) = self.kind.style();
        out.double(0);
        out.double(extended);
        out.double(style | style::CHILD | style::VISIBLE);
        let (left, top, width, height) = self.place;
        for measure in [left, top, width, height] {
            out.signed(measure);
        }
        out.double(u32::from(self.id));
        out.word(0xFFFF);
        out.word(class);
        out.text(self.text.encode_utf16());
        // No data of its own.
        out.word(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_its_parts_at_their_places() {
        let template = Template {
            title: "Ab".to_owned(),
            size: (100, 50),
            controls: vec![Control {
                kind: Kind::DefaultButton,
                id: 1,
                text: "OK".to_owned(),
                place: (7, 8, 50, -1),
            }],
        };
        let font = Font {
            points: 9,
            face: "Ui".encode_utf16().collect(),
        };
        let units: Vec<u16> = template
            .write(&font)
            .into_iter()
            .flat_map(|double| [double as u16, (double >> 16) as u16])
            .collect();
        assert_eq!(units[..2], [1, 0xFFFF]);
        // One control, and the size.
        assert_eq!(units[8..13], [1, 0, 0, 100, 50]);
        assert_eq!(units[15..18], [0x41, 0x62, 0]);
        assert_eq!(units[18..24], [9, 400, 0x100, 0x55, 0x69, 0]);
        // The control begins at a multiple of four bytes.
        let button = &units[24..];
        assert_eq!(button[6..10], [7, 8, 50, 0xFFFF]);
        assert_eq!(button[10..14], [1, 0, 0xFFFF, 0x80]);
        assert_eq!(button[14..18], [0x4F, 0x4B, 0, 0]);
    }
}

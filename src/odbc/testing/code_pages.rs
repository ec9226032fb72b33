//! Code pages for tests, which do not come from Windows.

use crate::odbc::text::{Characters, Code, CodePage};
use encoding_rs::{Encoding, SHIFT_JIS, WINDOWS_1252};
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Windows-1252: one byte a character.
pub fn western() -> CodePage {
    static PAGE: OnceLock<CodePage> = OnceLock::new();
    *PAGE.get_or_init(|| page(1252, WINDOWS_1252, &[]))
}

/// Windows-932: one or two bytes a character. A second byte may be that of an ASCII character.
pub fn japanese() -> CodePage {
    static PAGE: OnceLock<CodePage> = OnceLock::new();
    *PAGE.get_or_init(|| page(932, SHIFT_JIS, &[0x81..=0x9F, 0xE0..=0xFC]))
}

fn page(
    number: u32,
    encoding: &'static Encoding,
    leads: &'static [RangeInclusive<u8>],
) -> CodePage {
    CodePage::new(number, Box::new(OfWeb { encoding, leads })).expect("ASCII is itself")
}

/// A page of the Encoding Standard.
struct OfWeb {
    encoding: &'static Encoding,
    leads: &'static [RangeInclusive<u8>],
}

impl Characters for OfWeb {
    fn is_lead(&self, byte: u8) -> bool {
        self.leads.iter().any(|range| range.contains(&byte))
    }

    fn decode(&self, bytes: &[u8]) -> Option<u16> {
        let encoding = self.encoding;
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let mut units = text.encode_utf16();
        let unit = units.next()?;
        units.next().is_none().then_some(unit)
    }

    fn encode(&self, unit: u16) -> Option<Code> {
        let character = char::from_u32(unit.into())?;
        let text = character.to_string();
        let (bytes, _, lost) = self.encoding.encode(&text);
        let code = match *bytes {
            [one] if !lost => Code::one(one),
            [lead, trail] if !lost => Code::two([lead, trail]),
            _ => return None,
        };
        // The standard writes some characters as similar ones. Windows does not, when it is told so.
        (self.decode(code.bytes()) == Some(unit)).then_some(code)
    }
}

//! The encodings of the application's text.

use super::code_page::CodePage;

/// Which spelling of a function the application called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    Ansi,
    Wide,
}

/// How many bytes a wide character has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WideWidth {
    /// unixODBC and Windows: UTF-16.
    #[default]
    Two,
    /// iODBC: UTF-32.
    Four,
}

impl WideWidth {
    /// `SQL_DM_CP_UTF16`, `SQL_DM_CP_UCS4`: how iODBC names the width.
    pub const fn iodbc_code(self) -> usize {
        match self {
            WideWidth::Two => 1,
            WideWidth::Four => 3,
        }
    }

    pub const fn from_iodbc_code(code: usize) -> Option<Self> {
        match code {
            1 => Some(WideWidth::Two),
            3 => Some(WideWidth::Four),
            _ => None,
        }
    }

    const fn form(self) -> Form {
        match self {
            WideWidth::Two => Form::Utf16,
            WideWidth::Four => Form::Utf32,
        }
    }
}

/// The encoding of text whose units are bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Narrow {
    /// Everywhere but on Windows, and there in processes whose code page it is.
    #[default]
    Utf8,
    /// Windows' ANSI code page.
    #[cfg_attr(not(any(windows, test)), allow(dead_code))]
    CodePage(CodePage),
}

impl Narrow {
    const fn form(self) -> Form {
        match self {
            Narrow::Utf8 => Form::Utf8,
            Narrow::CodePage(page) => Form::CodePage(page),
        }
    }
}

/// The encodings that an application and its driver manager use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encoding {
    /// Of the ANSI spelling and `SQL_C_CHAR`.
    pub narrow: Narrow,
    /// Of the wide spelling and `SQL_C_WCHAR`.
    pub wide: WideWidth,
}

impl Encoding {
    /// UTF-8 and UTF-16.
    #[cfg(test)]
    pub const UTF: Self = Self {
        narrow: Narrow::Utf8,
        wide: WideWidth::Two,
    };

    /// The form of `SQL_C_CHAR`.
    pub const fn char_form(self) -> Form {
        self.narrow.form()
    }

    /// The form of `SQL_C_WCHAR`.
    pub const fn wide_form(self) -> Form {
        self.wide.form()
    }
}

impl From<WideWidth> for Encoding {
    /// With UTF-8 in the ANSI spelling.
    fn from(wide: WideWidth) -> Self {
        Self {
            narrow: Narrow::Utf8,
            wide,
        }
    }
}

/// Text's form in the application's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Utf8,
    CodePage(CodePage),
    Utf16,
    Utf32,
}

impl Form {
    pub const fn of(spelling: Spelling, encoding: Encoding) -> Self {
        match spelling {
            Spelling::Ansi => encoding.char_form(),
            Spelling::Wide => encoding.wide_form(),
        }
    }

    pub const fn unit(self) -> usize {
        match self {
            Form::Utf8 | Form::CodePage(_) => 1,
            Form::Utf16 => 2,
            Form::Utf32 => 4,
        }
    }
}

/// Decodes text; invalid sequences become U+FFFD.
pub fn decode(bytes: &[u8], form: Form) -> String {
    match form {
        Form::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
        Form::CodePage(page) => page
            .decode(bytes)
            .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
        Form::Utf16 => {
            let units = bytes
                .chunks_exact(2)
                .map(|unit| u16::from_ne_bytes([unit[0], unit[1]]));
            char::decode_utf16(units)
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        Form::Utf32 => bytes
            .chunks_exact(4)
            .map(|unit| u32::from_ne_bytes([unit[0], unit[1], unit[2], unit[3]]))
            .map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    }
}

/// Text's bytes, without a terminator. Characters that a code page lacks become question marks.
pub fn encode(text: &str, form: Form) -> Vec<u8> {
    match form {
        Form::Utf8 => text.as_bytes().to_vec(),
        Form::CodePage(page) => page.encoded(text),
        Form::Utf16 => text.encode_utf16().flat_map(u16::to_ne_bytes).collect(),
        Form::Utf32 => text
            .chars()
            .flat_map(|c| u32::from(c).to_ne_bytes())
            .collect(),
    }
}

/// The longest prefix of at most `limit` bytes that ends at a whole character.
pub(super) fn cut(bytes: &[u8], limit: usize, form: Form) -> usize {
    let mut end = limit.min(bytes.len());
    match form {
        Form::Utf8 => {
            while end > 0 && end < bytes.len() && bytes[end] & 0xC0 == 0x80 {
                end -= 1;
            }
        }
        Form::CodePage(page) => end = page.whole_prefix(bytes, end),
        Form::Utf16 => {
            let splits_pair = end >= 2
                && end + 2 <= bytes.len()
                && (0xDC00..0xE000).contains(&u16::from_ne_bytes([bytes[end], bytes[end + 1]]));
            if splits_pair {
                end -= 2;
            }
        }
        Form::Utf32 => {}
    }
    end
}

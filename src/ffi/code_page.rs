//! The encoding of text in bytes, which the process decides.
//!
//! On Windows it is the ANSI code page, because applications and the driver manager take bytes for text of that page.
//! UTF-8 is one of them. Elsewhere it is UTF-8.

#[cfg(not(windows))]
pub(super) const fn of_the_process() -> crate::odbc::text::Narrow {
    crate::odbc::text::Narrow::Utf8
}

#[cfg(windows)]
pub(super) use on_windows::of_the_process;

#[cfg(windows)]
mod on_windows {
    use crate::odbc::text::{Characters, Code, CodePage, Narrow};
    use exchange_windows::code_page;
    use std::sync::OnceLock;

    /// Windows' name for UTF-8.
    const UTF8: u32 = 65001;

    pub(in crate::ffi) fn of_the_process() -> Narrow {
        static FOUND: OnceLock<Narrow> = OnceLock::new();
        *FOUND.get_or_init(|| numbered(code_page::of_the_process()))
    }

    /// The page of a number. UTF-8 takes the place of a page with longer characters, which no process has.
    fn numbered(number: u32) -> Narrow {
        let has_tables = number != UTF8 && matches!(code_page::most_bytes(number), Some(1 | 2));
        let page = has_tables.then(|| CodePage::new(number, Box::new(OfWindows(number))));
        page.flatten().map_or(Narrow::Utf8, Narrow::CodePage)
    }

    struct OfWindows(u32);

    impl Characters for OfWindows {
        fn is_lead(&self, byte: u8) -> bool {
            code_page::is_lead(self.0, byte)
        }

        fn decode(&self, bytes: &[u8]) -> Option<u16> {
            code_page::decode(self.0, bytes)
        }

        fn encode(&self, unit: u16) -> Option<Code> {
            let mut bytes = [0; 2];
            match code_page::encode(self.0, unit, &mut bytes)? {
                1 => Some(Code::one(bytes[0])),
                _ => Some(Code::two(bytes)),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::odbc::testing::code_pages::{japanese, western};

        #[test]
        fn utf_8_needs_no_tables() {
            assert_eq!(numbered(UTF8), Narrow::Utf8);
            assert_eq!(numbered(54936), Narrow::Utf8);
        }

        #[test]
        fn windows_pages_agree_with_those_of_the_tests() {
            let letters = "az\\~é€üßŒ日本語表ソｱ。Жλ";
            for expected in [western(), japanese()] {
                let Narrow::CodePage(page) = numbered(expected.number()) else {
                    panic!("{expected:?} has tables");
                };
                for letter in letters.chars() {
                    assert_eq!(
                        page.code(letter),
                        expected.code(letter),
                        "{letter} in {page:?}"
                    );
                }
                let bytes: Vec<u8> = expected.encoded(letters);
                assert!(page.decode(&bytes).eq(expected.decode(&bytes)), "{page:?}");
            }
        }
    }
}

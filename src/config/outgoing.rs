//! The one filter for text that leaves the driver: messages for applications and lines of the log.
//!
//! A server, or a proxy on the way, may echo what it was sent. So the driver remembers every secret that it uses, and takes
//! it out of every text, in each form in which a secret travels. Control characters would forge lines of a log or fool a
//! terminal, and an endless message would fill both, so these go as well.

use super::Secret;
use base64::Engine;
use base64::alphabet::{self, Alphabet};
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// Characters of a text that leaves.
const LONGEST: usize = 4_000;
/// Very short values would blank out ordinary words and tell the secret by doing so.
const SHORTEST: usize = 4;
/// Forms that are remembered. A token has nine, and a process has few tokens at a time.
const MOST: usize = 4_000;
/// Stands where a secret was.
const HIDDEN: &str = "***";

/// The characters that stay in a URL (RFC 3986), in a form (WHATWG), and in neither.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

type Form = Zeroizing<String>;

/// The forms of all secrets, the newest last.
static FORMS: Mutex<Vec<Form>> = Mutex::new(Vec::new());

fn forms() -> MutexGuard<'static, Vec<Form>> {
    FORMS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lock of the secrets, for a thread that forks.
pub struct Held(#[allow(dead_code)] MutexGuard<'static, Vec<Form>>);

pub fn hold() -> Held {
    Held(forms())
}

/// Takes the secret out of every text from now on.
pub fn hide(secret: &Secret) {
    let text = secret.expose();
    let mut known = forms();
    if text.len() < SHORTEST || known.iter().any(|form| form.as_str() == text) {
        return;
    }
    known.extend(forms_of(text));
    let surplus = known.len().saturating_sub(MOST);
    known.drain(..surplus);
}

/// Forgets all secrets.
pub fn forget() {
    forms().clear();
}

/// The text as it may leave.
pub fn clean(text: &str) -> Cow<'_, str> {
    let hidden = without_secrets(text);
    let is_plain = |text: &str| text.len() <= LONGEST && !text.chars().any(is_control);
    if is_plain(&hidden) {
        return hidden;
    }
    let characters = hidden.chars().map(|character| match is_control(character) {
        true => ' ',
        false => character,
    });
    let mut clean: String = characters.take(LONGEST).collect();
    if hidden.chars().nth(LONGEST).is_some() {
        clean.push('…');
    }
    Cow::Owned(clean)
}

/// The text without secrets. To be called before a text is cut: half a secret would not be known for one.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    let mut hidden = Cow::Borrowed(text);
    for form in forms().iter() {
        if hidden.contains(form.as_str()) {
            hidden = Cow::Owned(hidden.replace(form.as_str(), HIDDEN));
        }
    }
    hidden
}

/// Control characters, and the marks that end lines or turn the direction of writing.
fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

/// The secret as it is, in URLs and forms, and in base64 at any place of what is encoded, as the Basic scheme has it.
/// The longest come first, because some hold others.
fn forms_of(secret: &str) -> Vec<Form> {
    let url = Zeroizing::new(percent_encode(secret.as_bytes(), UNRESERVED).to_string());
    let form: Form =
        Zeroizing::new(url::form_urlencoded::byte_serialize(secret.as_bytes()).collect());
    let all = Zeroizing::new(percent_encode(secret.as_bytes(), NON_ALPHANUMERIC).to_string());
    let mut forms = vec![Zeroizing::new(secret.to_owned())];
    for encoded in [&url, &form, &all] {
        forms.push(encoded.clone());
        forms.push(Zeroizing::new(with_small_digits(encoded)));
    }
    for text in [secret, url.as_str(), form.as_str()] {
        for alphabet in [&alphabet::STANDARD, &alphabet::URL_SAFE] {
            forms.extend((0..3).filter_map(|before| in_base64(text, before, alphabet)));
        }
    }
    forms.sort_by(|one, other| (other.len(), one.as_str()).cmp(&(one.len(), other.as_str())));
    forms.dedup();
    forms
}

/// `%2f` for `%2F`.
fn with_small_digits(encoded: &str) -> String {
    let mut digits = 0;
    let characters = encoded.chars().map(|character| match character {
        '%' => {
            digits = 2;
            character
        }
        _ if digits > 0 => {
            digits -= 1;
            character.to_ascii_lowercase()
        }
        _ => character,
    });
    characters.collect()
}

/// What of the base64 of any text depends on the secret in it alone, where the secret begins so many bytes after a
/// multiple of three.
fn in_base64(secret: &str, before: usize, alphabet: &Alphabet) -> Option<Form> {
    let mut bytes = Zeroizing::new(vec![0; before]);
    bytes.extend_from_slice(secret.as_bytes());
    let encoded = Zeroizing::new(GeneralPurpose::new(alphabet, NO_PAD).encode(&bytes));
    // Each character has six bits: those that share bits with other bytes are left out.
    let from = (before * 8).div_ceil(6);
    let to = bytes.len() * 8 / 6;
    let own = encoded.get(from..to)?;
    (own.len() >= 2 * SHORTEST).then(|| Zeroizing::new(own.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    #[test]
    fn every_form_of_a_secret_is_taken_out() {
        let secret = "0ut~going S3cret/with+odd?signs=";
        hide(&Secret::new(secret));
        let basic =
            |client: &str, secret: &str| BASE64_STANDARD.encode(format!("{client}:{secret}"));
        let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let url = percent_encode(secret.as_bytes(), UNRESERVED).to_string();
        let echoes = [
            secret.to_owned(),
            form.clone(),
            url.clone(),
            with_small_digits(&url),
            BASE64_STANDARD.encode(secret),
            BASE64_URL_SAFE_NO_PAD.encode(secret),
            basic("app", secret),
            basic("a-client", &form),
            basic("another", &form),
            basic("the last one", &url),
        ];
        for echo in echoes {
            let text = clean(&format!("You sent [{echo}], which is wrong.")).into_owned();
            assert!(text.contains(HIDDEN), "{echo}: {text}");
            // Nothing is left but the few characters beside it.
            assert!(text.len() < 60, "{echo}: {text}");
        }
        assert_eq!(clean("nothing of it"), "nothing of it");
    }

    #[test]
    fn short_words_stay() {
        hide(&Secret::new("the"));
        assert_eq!(clean("the key"), "the key");
    }

    #[test]
    fn a_text_is_one_line_of_a_bounded_length() {
        assert_eq!(
            clean("a\r\n2026 ERROR forged\u{1b}[31m\u{2028}b\u{202e}"),
            "a  2026 ERROR forged [31m b "
        );
        let long = clean(&"é".repeat(40_000)).into_owned();
        assert_eq!(long.chars().count(), LONGEST + 1);
    }

    proptest! {
        #[test]
        fn a_secret_is_found_wherever_it_is_encoded(
            secret in "[a-zA-Z0-9~!@#$%^&*+/= ]{12,40}", before in any::<Vec<u8>>(), after in any::<Vec<u8>>(),
        ) {
            let mut bytes = before.clone();
            bytes.extend_from_slice(secret.as_bytes());
            bytes.extend_from_slice(&after);
            let encoded = BASE64_STANDARD.encode(bytes);
            let found = in_base64(&secret, before.len() % 3, &alphabet::STANDARD).expect("it is long enough");
            prop_assert!(encoded.contains(found.as_str()));
        }
    }
}

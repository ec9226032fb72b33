//! The one filter for text that leaves the driver: messages for applications and lines of the log.
//!
//! A server or a proxy may echo what it was sent. So the driver remembers every secret that it
//! uses, and removes it from every text, in each form in which it is sent. It also removes control
//! characters, which could forge lines of a log or fool a terminal, and cuts endless messages.

use super::Secret;
use base64::Engine;
use base64::alphabet::{self, Alphabet};
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// The most characters of an outgoing text.
const LONGEST: usize = 4_000;
/// Very short values would blank out ordinary words, and that would reveal the secret.
const SHORTEST: usize = 4;
/// The most access tokens to remember. Each lives for about an hour, and a process has few at a
/// time.
const MOST_TOKENS: usize = 300;
/// Replaces a secret.
const HIDDEN: &str = "***";

/// The characters that stay in a URL (RFC 3986), in a form (WHATWG), and in neither.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

type Form = Zeroizing<String>;

/// A secret in all forms in which it is sent.
struct Entry {
    secret: Form,
    forms: Vec<Form>,
}

/// The secrets to remove from texts.
struct Known {
    /// The secrets of connections. They are never removed, because a connection uses them as long
    /// as it lives.
    configured: Vec<Entry>,
    /// Access tokens, the newest last. The oldest are removed to make room.
    tokens: VecDeque<Entry>,
}

static KNOWN: Mutex<Known> = Mutex::new(Known::new());

fn known() -> MutexGuard<'static, Known> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lock of the secrets, for a thread that forks.
pub struct Held(#[allow(dead_code)] MutexGuard<'static, Known>);

pub fn hold() -> Held {
    Held(known())
}

/// Removes the secret from every text from now on.
pub fn hide(secret: &Secret) {
    known().hide(secret.expose());
}

/// Removes the token from every text, until many newer ones have been added.
pub fn hide_token(token: &Secret) {
    known().hide_token(token.expose());
}

/// Forgets all secrets.
pub fn forget() {
    *known() = Known::new();
}

impl Known {
    const fn new() -> Self {
        Self {
            configured: Vec::new(),
            tokens: VecDeque::new(),
        }
    }

    fn hide(&mut self, secret: &str) {
        if !is_short(secret) && !self.configured.iter().any(|entry| entry.is(secret)) {
            self.configured.push(Entry::new(secret));
        }
    }

    fn hide_token(&mut self, token: &str) {
        if is_short(token) {
            return;
        }
        let place = self.tokens.iter().position(|entry| entry.is(token));
        let entry = place.and_then(|place| self.tokens.remove(place));
        self.tokens
            .push_back(entry.unwrap_or_else(|| Entry::new(token)));
        if self.tokens.len() > MOST_TOKENS {
            self.tokens.pop_front();
        }
    }

    /// The text without secrets.
    fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let entries = self.configured.iter().chain(&self.tokens);
        let forms = entries.flat_map(|entry| &entry.forms);
        let mut found: Vec<&Form> = forms.filter(|form| text.contains(form.as_str())).collect();
        // A form may contain another one, whose end would remain.
        found.sort_by_key(|form| Reverse(form.len()));
        found.into_iter().fold(Cow::Borrowed(text), |text, form| {
            Cow::Owned(text.replace(form.as_str(), HIDDEN))
        })
    }
}

impl Entry {
    fn new(secret: &str) -> Self {
        Self {
            secret: Zeroizing::new(secret.to_owned()),
            forms: forms_of(secret),
        }
    }

    fn is(&self, secret: &str) -> bool {
        self.secret.as_str() == secret
    }
}

fn is_short(secret: &str) -> bool {
    secret.len() < SHORTEST
}

/// The text, ready to leave the driver.
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

/// The text without secrets. Call this before a text is cut, because half a secret is not
/// recognized.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    known().clean(text)
}

/// Control characters, and the marks that end lines or turn the direction of writing.
fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

/// The secret's forms: as it is, in URLs and forms, and in base64 at any position of the encoded
/// text, as the Basic scheme uses it.
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
    forms.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
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

/// The part of a text's base64 that depends only on the secret, if the secret begins `before` bytes
/// after a multiple of three.
fn in_base64(secret: &str, before: usize, alphabet: &Alphabet) -> Option<Form> {
    let mut bytes = Zeroizing::new(vec![0; before]);
    bytes.extend_from_slice(secret.as_bytes());
    let encoded = Zeroizing::new(GeneralPurpose::new(alphabet, NO_PAD).encode(&bytes));
    // Each character has six bits: characters that share bits with other bytes are left out.
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
            // Only the few characters beside it remain.
            assert!(text.len() < 60, "{echo}: {text}");
        }
        assert_eq!(clean("nothing of it"), "nothing of it");
    }

    #[test]
    fn tokens_make_room_for_each_other_and_configured_secrets_stay() {
        let mut known = Known::new();
        known.hide("configured secret");
        let token = |number: usize| format!("token number {number}.");
        known.hide_token(&token(0));
        for number in 1..=MOST_TOKENS {
            known.hide_token(&token(number));
            // A token that is requested again counts as new.
            known.hide_token(&token(1));
        }
        assert_eq!(known.tokens.len(), MOST_TOKENS);
        assert_eq!(known.clean("configured secret"), HIDDEN);
        assert_eq!(known.clean(&token(0)), token(0));
        for number in [1, 2, MOST_TOKENS] {
            assert_eq!(known.clean(&token(number)), HIDDEN, "{number}");
        }
        known.hide("configured secret");
        assert_eq!(known.configured.len(), 1);
    }

    #[test]
    fn a_secret_within_another_leaves_nothing_of_it() {
        let mut known = Known::new();
        known.hide("pass");
        known.hide("passport 7");
        // It is a secret of its own, although another one looks like this in a URL.
        known.hide("a/b c");
        known.hide("a%2Fb%20c");
        assert_eq!(known.clean("[passport 7] [pass]"), "[***] [***]");
        assert_eq!(known.clean("[a%252Fb%2520c]"), "[***]");
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

//! Secrets of data sources that Windows encrypted (DPAPI). Those that an administrator wrote as plain text are taken as
//! they are.

use super::setup::Saving;
use super::{Error, ErrorKind, keys};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use exchange_windows::data_protection;
use zeroize::Zeroizing;

/// Begins a value that is encrypted for a user, or for a machine. No client secret of Microsoft's and no token has a
/// colon.
const PREFIXES: [(&str, Saving); 2] = [
    ("dpapi:", Saving::User),
    ("dpapi-machine:", Saving::Machine),
];

/// The value for the registry; `None` if Windows cannot encrypt it.
pub(super) fn write(secret: &str, saving: Saving) -> Option<String> {
    let scope = match saving {
        Saving::User => data_protection::Scope::User,
        Saving::Machine => data_protection::Scope::Machine,
        Saving::Plain => return Some(secret.to_owned()),
    };
    let (prefix, _) = PREFIXES.iter().find(|(_, known)| *known == saving)?;
    let protected = data_protection::protect(secret.as_bytes(), scope)?;
    Some(format!("{prefix}{}", STANDARD.encode(protected)))
}

/// The encrypted part of a value, and for whom it is encrypted.
fn parts(value: &str) -> Option<(&str, Saving)> {
    let mut known = PREFIXES.iter();
    known.find_map(|(prefix, saving)| Some((value.strip_prefix(prefix)?, *saving)))
}

/// How a secret is kept.
pub(super) fn saving(value: &str) -> Saving {
    parts(value).map_or(Saving::Plain, |(_, saving)| saving)
}

/// The value of a key, decrypted if it has to be.
pub(super) fn open(data_source: &str, key: &str, value: &str) -> Result<String, Error> {
    let known = keys::find(key).filter(|key| key.is_secret());
    let (Some(key), Some(encoded)) = (known, parts(value).map(|(encoded, _)| encoded)) else {
        return Ok(value.to_owned());
    };
    let opened = STANDARD
        .decode(encoded)
        .ok()
        .and_then(|bytes| data_protection::unprotect(&bytes).map(Zeroizing::new))
        .and_then(|bytes| std::str::from_utf8(&bytes).map(str::to_owned).ok());
    opened.ok_or_else(|| {
        let message = format!(
            "{} of the data source '{}' was encrypted by another user or on another machine. Enter it again.",
            key.name,
            data_source.escape_debug()
        );
        Error::new(ErrorKind::InvalidValue, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encrypted_secret_is_opened_and_a_plain_one_taken() {
        for kept in [Saving::User, Saving::Machine, Saving::Plain] {
            let written = write("hunter22", kept).expect("Windows protects");
            assert_eq!(written.contains("hunter22"), kept == Saving::Plain);
            assert_eq!(saving(&written), kept);
            assert_eq!(open("Mail", "PWD", &written).as_deref(), Ok("hunter22"));
            assert_eq!(open("Mail", "TenantID", &written), Ok(written.clone()));
        }
    }

    #[test]
    fn a_secret_of_someone_else_names_its_key_and_not_its_value() {
        for value in ["dpapi:aHVudGVyMjI=", "dpapi:no base64"] {
            let error = open("Mail", "pwd", value).expect_err(value);
            assert!(error.message.starts_with("ClientSecret of"), "{error}");
            assert!(!error.message.contains(&value[6..]), "{error}");
        }
    }
}

//! Secrets of data sources that Windows encrypted (DPAPI). Those that an administrator wrote as plain text are taken as
//! they are.

use super::{Error, ErrorKind, keys};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use exchange_windows::data_protection;
use zeroize::Zeroizing;

/// Begins a value that is encrypted. No client secret of Microsoft's and no token has a colon.
const PREFIX: &str = "dpapi:";

/// The value for the registry.
pub(super) fn write(protected: &[u8]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(protected))
}

/// The value of a key, decrypted if it has to be.
pub(super) fn open(data_source: &str, key: &str, value: &str) -> Result<String, Error> {
    let known = keys::find(key).filter(|key| key.is_secret());
    let (Some(key), Some(encoded)) = (known, value.strip_prefix(PREFIX)) else {
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
    use exchange_windows::data_protection::{Scope, protect};

    #[test]
    fn an_encrypted_secret_is_opened_and_a_plain_one_taken() {
        let written = write(&protect(b"hunter22", Scope::User).expect("Windows protects"));
        assert!(!written.contains("hunter22"));
        assert_eq!(open("Mail", "PWD", &written).as_deref(), Ok("hunter22"));
        assert_eq!(open("Mail", "PWD", "hunter22").as_deref(), Ok("hunter22"));
        assert_eq!(open("Mail", "TenantID", &written), Ok(written.clone()));
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

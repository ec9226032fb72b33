//! DPAPI: secrets that only a user, or only a machine, can read again.

use std::ptr;
use std::slice;
use windows_sys::Win32::Foundation::LocalFree;
use windows_sys::Win32::Security::Cryptography::{
    CRYPT_INTEGER_BLOB, CRYPTPROTECT_LOCAL_MACHINE, CRYPTPROTECT_UI_FORBIDDEN, CryptProtectData,
    CryptUnprotectData,
};

/// Who can read a protected secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    User,
    /// Every user of the machine.
    Machine,
}

/// Encrypts for the scope; `None` if Windows refuses.
pub fn protect(secret: &[u8], scope: Scope) -> Option<Vec<u8>> {
    let mut flags = CRYPTPROTECT_UI_FORBIDDEN;
    if scope == Scope::Machine {
        flags |= CRYPTPROTECT_LOCAL_MACHINE;
    }
    let (given, mut out) = (blob(secret)?, EMPTY);
    // SAFETY: the blob has the secret's address and length, and all other pointers may be null. Windows only reads the
    // blob.
    let done = unsafe {
        let none = ptr::null();
        CryptProtectData(
            &raw const given,
            none,
            none.cast(),
            none.cast(),
            none.cast(),
            flags,
            &raw mut out,
        )
    };
    (done != 0).then(|| taken(out))
}

/// Decrypts what [`protect`] encrypted; `None` for another user, another machine, or other bytes.
pub fn unprotect(protected: &[u8]) -> Option<Vec<u8>> {
    let (given, mut out) = (blob(protected)?, EMPTY);
    let flags = CRYPTPROTECT_UI_FORBIDDEN;
    // SAFETY: as above. The description is not asked for.
    let done = unsafe {
        let none = ptr::null();
        CryptUnprotectData(
            &raw const given,
            ptr::null_mut(),
            none,
            none.cast(),
            none.cast(),
            flags,
            &raw mut out,
        )
    };
    (done != 0).then(|| taken(out))
}

const EMPTY: CRYPT_INTEGER_BLOB = CRYPT_INTEGER_BLOB {
    cbData: 0,
    pbData: ptr::null_mut(),
};

fn blob(bytes: &[u8]) -> Option<CRYPT_INTEGER_BLOB> {
    Some(CRYPT_INTEGER_BLOB {
        cbData: u32::try_from(bytes.len()).ok()?,
        pbData: bytes.as_ptr().cast_mut(),
    })
}

/// Copies a blob that Windows allocated, wipes and frees it.
fn taken(blob: CRYPT_INTEGER_BLOB) -> Vec<u8> {
    if blob.pbData.is_null() {
        return Vec::new();
    }
    // SAFETY: Windows allocated as many bytes there and gave them to this call alone.
    let bytes = unsafe { slice::from_raw_parts_mut(blob.pbData, blob.cbData as usize) };
    let copy = bytes.to_vec();
    bytes.fill(0);
    // Without the barrier the compiler could leave out a write that nobody reads.
    std::hint::black_box(&*bytes);
    // SAFETY: the memory came from LocalAlloc and is not used any more.
    unsafe { LocalFree(blob.pbData.cast()) };
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_back_and_its_protected_form_does_not_show_it() {
        for scope in [Scope::User, Scope::Machine] {
            for secret in ["", "hunter22-hunter22"] {
                let protected = protect(secret.as_bytes(), scope).expect("Windows protects");
                assert!(secret.is_empty() || !protected.windows(8).any(|part| part == b"hunter22"));
                assert_eq!(unprotect(&protected).as_deref(), Some(secret.as_bytes()));
            }
        }
    }

    #[test]
    fn other_bytes_are_refused() {
        assert_eq!(unprotect(b"never protected"), None);
        let mut protected = protect(b"hunter22", Scope::User).expect("Windows protects");
        let last = protected.len() - 1;
        protected[last] ^= 1;
        assert_eq!(unprotect(&protected), None);
    }
}

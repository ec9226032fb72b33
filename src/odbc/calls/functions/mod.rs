//! `SQLGetFunctions`: the functions that the driver has.

// The build script also includes the file, and uses the rest of it.
#[allow(dead_code)]
pub mod table;

use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{ConnectionScope, Outcome, Success};
use crate::odbc::memory::{AppMemory, AppPtr};

/// `SQL_API_ALL_FUNCTIONS`: an array of 100 words for the functions of ODBC 2.
const ALL_ODBC2: u16 = 0;
const ODBC2_WORDS: u16 = 100;

/// `SQL_API_ODBC3_ALL_FUNCTIONS`: a bitmap of 250 words.
const ALL_ODBC3: u16 = 999;
const ODBC3_WORDS: u16 = 250;

/// The highest number that is assigned.
const LAST: u16 = ODBC3_WORDS * 16 - 1;

pub fn is_supported(id: u16) -> bool {
    table::FUNCTIONS.iter().any(|function| function.id == id)
}

/// Before connecting, a driver's functions are unknown.
pub fn require_connected(scope: &ConnectionScope<'_>) -> Result<(), Error> {
    match scope.state.connection.link {
        Some(_) => Ok(()),
        None => Err(Error::of(sqlstate::HY010)),
    }
}

/// `SQLGetFunctions`
pub fn get(id: u16, out: AppPtr, memory: &impl AppMemory) -> Outcome {
    if out.is_null() {
        return Err(Error::of(sqlstate::HY009));
    }
    match id {
        ALL_ODBC2 => {
            for word in 0..ODBC2_WORDS {
                let supported = is_supported(word);
                memory.write_u16(out.plus(usize::from(word) * 2), supported.into());
            }
        }
        ALL_ODBC3 => {
            for word in 0..ODBC3_WORDS {
                let bits = (0..16).filter(|bit| is_supported(word * 16 + bit));
                let bits = bits.fold(0_u16, |bits, bit| bits | 1 << bit);
                memory.write_u16(out.plus(usize::from(word) * 2), bits);
            }
        }
        id if id > LAST => return Err(Error::of(sqlstate::HY095)),
        id => memory.write_u16(out, is_supported(id).into()),
    }
    Ok(Success::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::testing::Arena;

    #[test]
    fn all_three_forms_agree() {
        let arena = Arena::new();
        let (old, new, one) = (arena.allocate(200), arena.allocate(500), arena.allocate(2));
        get(ALL_ODBC2, old, &arena).unwrap();
        get(ALL_ODBC3, new, &arena).unwrap();
        for id in 1..1100_u16 {
            if id == ALL_ODBC3 {
                continue;
            }
            get(id, one, &arena).unwrap();
            let single = arena.u16(one) != 0;
            let word = arena.u16(new.plus(usize::from(id / 16) * 2));
            assert_eq!(word >> (id % 16) & 1 == 1, single, "{id}");
            if id < 100 {
                assert_eq!(
                    arena.u16(old.plus(usize::from(id) * 2)) == 1,
                    single,
                    "{id}"
                );
            }
        }
    }

    #[test]
    fn an_id_beyond_the_bitmap_is_refused() {
        let arena = Arena::new();
        let one = arena.allocate(2);
        get(LAST, one, &arena).unwrap();
        let refused = get(LAST + 1, one, &arena).unwrap_err();
        assert_eq!(refused.state, sqlstate::HY095);
    }

    #[test]
    fn ids_and_names_are_unique() {
        for (index, function) in table::FUNCTIONS.iter().enumerate() {
            let others = &table::FUNCTIONS[..index];
            assert!(
                !others
                    .iter()
                    .any(|o| o.id == function.id || o.name == function.name)
            );
        }
    }
}

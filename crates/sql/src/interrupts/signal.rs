//! The end signal of the statement that a thread computes for.

use crate::functions::external;
use crate::{Cancellation, Error, ErrorKind};
use datafusion::common::Result;
use std::cell::RefCell;

thread_local! {
    static ENDS: RefCell<Option<Cancellation>> = const { RefCell::new(None) };
}

/// Does the work; [`check`] fails in it once `end` is triggered.
pub fn within<T>(end: &Cancellation, work: impl FnOnce() -> T) -> T {
    struct Before(Option<Cancellation>);
    impl Drop for Before {
        fn drop(&mut self) {
            ENDS.set(self.0.take());
        }
    }
    let _before = Before(ENDS.replace(Some(end.clone())));
    work()
}

/// Fails when the statement that this thread computes for was cancelled or timed out.
pub fn check() -> Result<()> {
    let is_over = ENDS.with_borrow(|end| end.as_ref().is_some_and(Cancellation::is_cancelled));
    match is_over {
        true => Err(external(cancelled())),
        false => Ok(()),
    }
}

pub fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "the statement was cancelled")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_work_of_the_statement_that_is_over_fails() {
        let end = Cancellation::new();
        end.cancel();
        assert!(check().is_ok());
        within(&end, || {
            assert!(check().is_err());
            within(&Cancellation::new(), || assert!(check().is_ok()));
            assert!(check().is_err());
        });
        assert!(check().is_ok());
    }
}

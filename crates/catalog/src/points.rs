//! Points where a program that was built for tests may be made to end, as if it had been killed there.
//!
//! `FAILPOINTS=kept=return` ends it once the files of a publish are kept. Any other program has no such points.

/// A point, by the name that `FAILPOINTS` has for it.
pub(crate) fn may_end_at(point: &'static str) {
    let _ = point; // which is all that is done with it in any other program
    fail::fail_point!(point, |_| std::process::abort());
}

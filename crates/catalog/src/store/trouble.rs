//! Faults that are nobody's mistake and pass: no room on the disk, a database or a file store that does not answer.
//!
//! They are found beneath whatever wraps them, so that every act is answered alike.

use std::error::Error;
use std::io;

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// A fault that passes by itself, or when somebody makes room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The disk is full, or the quota is used up. Reads go on.
    NoRoom,
    /// The database or the file store does not answer, or takes no writes.
    NotReady,
}

impl Trouble {
    /// The trouble that lies beneath `error`, if it is one.
    pub fn beneath(error: &(dyn Error + 'static)) -> Option<Trouble> {
        let mut next = Some(error);
        while let Some(error) = next {
            let found = if let Some(error) = error.downcast_ref::<io::Error>() {
                of_disk(error)
            } else if let Some(error) = error.downcast_ref::<DbErr>() {
                of_database(error)
            } else if let Some(error) = error.downcast_ref::<object_store::Error>() {
                of_files(error)
            } else {
                None
            };
            if found.is_some() {
                return found;
            }
            next = error.source();
        }
        None
    }
}

fn of_disk(error: &io::Error) -> Option<Trouble> {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Some(Trouble::NoRoom),
        ErrorKind::ReadOnlyFilesystem
        | ErrorKind::PermissionDenied
        | ErrorKind::NotFound // of the folder itself: a disk that is not mounted
        | ErrorKind::TimedOut
        | ErrorKind::StaleNetworkFileHandle => Some(Trouble::NotReady),
        // An error made of another one, as the object store's readers and writers give.
        _ => error.get_ref().and_then(|inner| Trouble::beneath(inner)),
    }
}

fn of_files(error: &object_store::Error) -> Option<Trouble> {
    let mut deeper = error.source();
    while let Some(cause) = deeper {
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            return of_disk(error).or(Some(Trouble::NotReady));
        }
        deeper = cause.source();
    }
    Some(Trouble::NotReady)
}

fn of_database(error: &DbErr) -> Option<Trouble> {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(RuntimeErr::Internal(_)) => Some(Trouble::NotReady),
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => of_sqlx(error),
        _ => None,
    }
}

fn of_sqlx(error: &sqlx::Error) -> Option<Trouble> {
    match error {
        sqlx::Error::Io(error) => of_disk(error).or(Some(Trouble::NotReady)),
        sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Some(Trouble::NotReady),
        sqlx::Error::Database(error) => match error.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
            Some(_) => of_sqlite(error.code()?.parse().ok()?),
            None => of_postgres(&error.code()?),
        },
        _ => None,
    }
}

/// By SQLite's result codes; the lower byte is the kind. <https://www.sqlite.org/rescode.html>
fn of_sqlite(code: u32) -> Option<Trouble> {
    match code & 0xFF {
        13 => Some(Trouble::NoRoom),                    // FULL
        10 if code >> 8 == 3 => Some(Trouble::NoRoom), // IOERR_WRITE: what a quota or a limit of length gives
        5 | 6 | 8 | 10 | 14 => Some(Trouble::NotReady), // BUSY, LOCKED, READONLY, IOERR, CANTOPEN
        _ => None,
    }
}

/// By PostgreSQL's classes of SQLSTATE. <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn of_postgres(code: &str) -> Option<Trouble> {
    match code {
        "53100" => Some(Trouble::NoRoom), // disk_full
        // read_only_sql_transaction, lock_not_available, serialization_failure, deadlock_detected
        "25006" | "55P03" | "40001" | "40P01" => Some(Trouble::NotReady),
        // connection, insufficient resources, operator intervention, system error; a password that was changed
        code if ["08", "53", "57", "58", "28"].iter().any(|class| code.starts_with(class)) => {
            Some(Trouble::NotReady)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::CatalogError;

    #[track_caller]
    fn is(error: impl Error + 'static, expected: Option<Trouble>) {
        assert_eq!(Trouble::beneath(&error), expected, "{error}");
    }

    #[test]
    fn a_full_disk_is_no_room_wherever_it_was_met() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        is(full(), Some(Trouble::NoRoom));
        is(CatalogError::from(full()), Some(Trouble::NoRoom));
        is(CatalogError::from(io::Error::other(CatalogError::from(full()))), Some(Trouble::NoRoom));
        let kept = object_store::Error::Generic { store: "folder", source: Box::new(full()) };
        is(CatalogError::from(kept), Some(Trouble::NoRoom));
        assert_eq!(of_sqlite(13), Some(Trouble::NoRoom));
        assert_eq!(of_postgres("53100"), Some(Trouble::NoRoom));
    }

    #[test]
    fn what_does_not_answer_is_not_ready() {
        is(io::Error::from(io::ErrorKind::ReadOnlyFilesystem), Some(Trouble::NotReady));
        let pool = DbErr::Conn(RuntimeErr::SqlxError(sqlx::Error::PoolTimedOut.into()));
        is(CatalogError::from(pool), Some(Trouble::NotReady));
        assert_eq!(of_sqlite(8), Some(Trouble::NotReady));
        assert_eq!(of_sqlite(14), Some(Trouble::NotReady));
        assert_eq!(of_postgres("57P01"), Some(Trouble::NotReady));
    }

    #[test]
    fn a_mistake_of_ours_stays_a_fault() {
        is(DbErr::Type("no such thing".to_owned()), None);
        is(io::Error::from(io::ErrorKind::InvalidData), None);
        assert_eq!(of_sqlite(11), None, "a damaged database does not mend itself");
        assert_eq!(of_postgres("42P01"), None);
    }
}

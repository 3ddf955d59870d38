//! Where output goes, and what happens when nobody reads it any more.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use ingestion::{Language, Text};

use super::table::visible;

/// A writer whose reader may leave: what is written after that goes nowhere, and nobody is told off.
///
/// Other failures (a full disk) stay failures.
#[derive(Debug)]
pub struct Patient<W> {
    to: W,
    left: bool,
}

impl<W: Write> Patient<W> {
    /// Writes to `to` for as long as somebody reads there.
    pub fn new(to: W) -> Patient<W> {
        Patient { to, left: false }
    }

    /// Whether the reader has left.
    pub fn reader_left(&self) -> bool {
        self.left
    }

    fn forgive<T>(&mut self, result: io::Result<T>, instead: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.left = true;
                Ok(instead)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Patient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left {
            return Ok(bytes.len());
        }
        let written = self.to.write(bytes);
        self.forgive(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.left {
            return Ok(());
        }
        let flushed = self.to.flush();
        self.forgive(flushed, ())
    }
}

/// Has `write` make a file that stands at `place` once it is whole: what stood there before stays until then.
/// What is no file (`/dev/null`, a pipe) is written to as it is.
///
/// # Errors
/// What the disk, or `write`, cannot do.
pub fn whole<T, E: From<io::Error>>(place: &Path, write: impl FnOnce(&File) -> Result<T, E>) -> Result<T, E> {
    if fs::metadata(place).is_ok_and(|known| !known.is_file()) {
        return write(&File::options().write(true).open(place)?);
    }
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new();
    #[cfg(unix)]
    beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less what the umask takes
    let file = beside.tempfile_in(folder)?;
    let made = write(file.as_file())?;
    file.persist(place).map_err(|error| error.error)?;
    Ok(made)
}

/// Says on stderr why a command could not run.
pub fn complain(why: &Text, language: Language) {
    // Nobody is left to tell when stderr is gone.
    let _ = writeln!(io::stderr(), "hiyori: {}", visible(why.in_language(language)));
}

/// Says why a command could not run, and ends it with exit code 2.
pub fn refuse(why: &Text, language: Language) -> ExitCode {
    complain(why, language);
    ExitCode::from(2)
}

/// Output that could not be written, in words.
pub fn unwritable(cause: &io::Error) -> Text {
    Text::new(
        format!("結果を書き出せませんでした（{cause}）。"),
        format!("the output could not be written ({cause})."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_reader_who_leaves_is_no_failure() {
        let mut out = Patient::new(Failing(io::ErrorKind::BrokenPipe));
        assert!(out.write_all(b"ID\n").is_ok() && out.flush().is_ok());
        assert!(out.reader_left());
    }

    #[test]
    fn a_full_disk_is_a_failure() {
        let mut out = Patient::new(Failing(io::ErrorKind::StorageFull));
        assert_eq!(out.write_all(b"ID\n").map_err(|error| error.kind()), Err(io::ErrorKind::StorageFull));
        assert!(!out.reader_left());
    }
}

//! Where the bytes of a file come from: a path, or standard input.
//!
//! [`ingestion::validate()`] cannot fail, a disk can: what went wrong while reading is kept here until
//! [`Source::close`].

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// From this length on the progress is shown.
const LARGE_FILE_BYTES: u64 = 8 << 20;

/// The bytes of one file.
pub(in crate::cli) struct Source {
    bytes: Box<dyn Read + Send>,
    failure: Option<io::Error>,
    progress: ProgressBar,
}

impl Source {
    /// Opens `path`; `-` is standard input. The progress over a large file is shown on stderr when
    /// `show_progress` allows it and stderr is a terminal.
    ///
    /// # Errors
    /// The path leads nowhere, to a folder, or to what may not be read.
    pub(in crate::cli) fn open(path: &Path, show_progress: bool) -> io::Result<Source> {
        if path == Path::new("-") {
            return Ok(Source::of(io::stdin(), ProgressBar::hidden()));
        }
        let file = File::open(path)?;
        let facts = file.metadata()?;
        if facts.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let large = facts.len() > LARGE_FILE_BYTES;
        Ok(Source::of(file, if large && show_progress { bar(facts.len()) } else { ProgressBar::hidden() }))
    }

    fn of(bytes: impl Read + Send + 'static, progress: ProgressBar) -> Source {
        Source { bytes: Box::new(progress.wrap_read(bytes)), failure: None, progress }
    }

    /// Takes the progress off the terminal and tells whether the file was read to its end.
    ///
    /// # Errors
    /// What failed while reading.
    pub(in crate::cli) fn close(self) -> io::Result<()> {
        self.progress.finish_and_clear();
        self.failure.map_or(Ok(()), Err)
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failure.is_some() {
            return Ok(0);
        }
        match self.bytes.read(buffer) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                self.failure = Some(error);
                Ok(0)
            }
            result => result,
        }
    }
}

fn bar(bytes: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {percent}%  {bytes} / {total_bytes}")
        .expect("the template is a constant that every large file tries");
    let bar = ProgressBar::new(bytes).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk that breaks after its first bytes.
    struct Breaking(&'static [u8]);

    impl Read for Breaking {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::ErrorKind::StaleNetworkFileHandle.into()),
                read => Ok(read),
            }
        }
    }

    #[test]
    fn a_disk_that_breaks_ends_the_file_and_is_told_of_when_it_is_closed() {
        let mut source = Source::of(Breaking(b"ID\n"), ProgressBar::hidden());
        let mut read = String::new();
        assert_eq!(source.read_to_string(&mut read).map_err(|error| error.kind()), Ok(3));
        assert_eq!(source.close().map_err(|error| error.kind()), Err(io::ErrorKind::StaleNetworkFileHandle));
    }

    #[test]
    fn a_file_that_was_read_to_its_end_closes_well() {
        let mut source = Source::of(&b"ID\n"[..], bar(3));
        let mut read = Vec::new();
        assert!(source.read_to_end(&mut read).is_ok());
        assert_eq!(read, b"ID\n");
        assert!(source.close().is_ok());
    }

    #[test]
    fn a_folder_is_not_a_file() {
        let opened = Source::open(Path::new(env!("CARGO_MANIFEST_DIR")), true).map(|_| ());
        assert_eq!(opened.map_err(|error| error.kind()), Err(io::ErrorKind::IsADirectory));
    }
}

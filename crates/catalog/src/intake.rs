//! What happens to a file that is handed in, in one pass: it is judged, its bytes are staged and its forms written.
//!
//! Bytes come in; out come a [`Report`] and staged files, in bounded memory whatever the length. Whether they are
//! kept is [`crate::publish`]'s business; what is dropped leaves nothing behind.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use ingestion::validate as judge;
use ingestion::{Canonical, CityArea, Described, Expected, Options, Report, SchemaId, Schemas, Sha256};

use crate::counted;
use crate::dataset::Metadata;
use crate::distribution::{Distribution, Format};
use crate::error::CatalogError;
use crate::forms::Forms;
use crate::gently;
use crate::points::may_end_at;
use crate::store::files::{Staged, Staging};
use crate::store::{self, Store};

/// A file that was read: its report, and its bytes and forms, staged.
pub(crate) struct ReadFile {
    pub original: Staged,
    pub forms: Vec<(Format, Staged)>,
    pub report: Report,
}

impl ReadFile {
    /// Keeps the bytes and the forms: when this returns, they survive a power cut. The report, the forms and the names of
    /// all that was kept come back.
    ///
    /// # Errors
    /// What the disk or the file store says.
    pub(crate) async fn keep(
        self,
        store: &Store,
    ) -> Result<(Report, Vec<Distribution>, Vec<Sha256>), CatalogError> {
        if self.original.sha256 != self.report.file.sha256 {
            return Err(io::Error::other("the file was not read to its end").into());
        }
        let (mut distributions, mut files) = (Vec::new(), Vec::new());
        may_end_at("staged");
        for (format, staged) in self.forms {
            distributions.push(Distribution { format, bytes: staged.bytes, sha256: staged.sha256 });
            files.push(staged.sha256);
            store.files().keep(staged).await?;
            may_end_at("half-kept");
        }
        // A file that came as its canonical form is, is kept already.
        if !files.contains(&self.original.sha256) {
            files.push(self.original.sha256);
            store.files().keep(self.original).await?;
        }
        may_end_at("kept");
        Ok((self.report, distributions, files))
    }
}

/// Everything that has to be known before a file is read.
pub(crate) struct Intake {
    work: PathBuf,
    city: Option<CityArea>,
    schemas: Schemas,
    schema: Option<SchemaId>,
    described: Described,
    answers: Vec<(String, String)>,
}

impl Intake {
    /// Prepares for a file of a dataset about which `metadata` is said; `described` is what the catalog knows of it,
    /// `answers` what is known to be answered to questions about the file.
    pub(crate) async fn prepare(
        store: &Store,
        schemas: &Schemas,
        metadata: &Metadata,
        described: Described,
        answers: Vec<(String, String)>,
    ) -> Result<Intake, CatalogError> {
        Ok(Intake {
            work: store.files().work().to_path_buf(),
            city: store::city::find(store.database()).await?.map(|city| city.place()),
            schemas: schemas.clone(),
            schema: metadata.schema.clone(),
            described,
            answers,
        })
    }

    /// Reads a file to its end: judges it, stages its bytes and writes its forms, in one pass and bounded memory.
    /// It blocks.
    ///
    /// # Errors
    /// What the reading or the disk says.
    pub(crate) fn read(self, file_name: String, input: Box<dyn Read + Send>) -> io::Result<ReadFile> {
        let mut copied = Copied { input, copy: Staging::begin(&self.work)?, failed: None };
        let mut forms = Canonical::new(Forms::begin(&self.work)?);
        let expected = match self.schema.as_ref().and_then(|id| self.schemas.get(id)) {
            Some(schema) => Expected::Schema(schema),
            None => Expected::AnyTable,
        };
        let options = Options {
            file_name,
            expected,
            answers: &self.answers,
            city: self.city.as_ref(),
            described: Some(&self.described),
            ..Options::default()
        };
        let report = judge(&mut copied, &self.schemas, &options, &mut forms);
        counted::judged(&report);
        match copied.failed {
            Some(error) => Err(error),
            None => Ok(ReadFile { original: copied.copy.end()?, forms: forms.into_inner().end()?, report }),
        }
    }

    /// As [`Intake::read`], on a thread that may block.
    pub(crate) async fn read_apart(
        self,
        file_name: String,
        input: Box<dyn Read + Send>,
    ) -> Result<ReadFile, CatalogError> {
        Ok(gently::run(move || self.read(file_name, input)).await?)
    }
}

/// Reads a file of a dataset about which `metadata` is said, with no answers to what is asked about it.
pub(crate) async fn read(
    store: &Store,
    schemas: &Schemas,
    metadata: &Metadata,
    described: Described,
    file_name: String,
    input: Box<dyn Read + Send>,
) -> Result<ReadFile, CatalogError> {
    let intake = Intake::prepare(store, schemas, metadata, described, Vec::new()).await?;
    intake.read_apart(file_name, input).await
}

/// Bytes that are read at a time at most: others pass when they are staged.
const READ_TOGETHER: usize = 8 << 10;

/// Copies what is read from `input`; a failing disk ends the reading and is remembered.
struct Copied {
    input: Box<dyn Read + Send>,
    copy: Staging,
    failed: Option<io::Error>,
}

impl Read for Copied {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failed.is_some() {
            return Ok(0);
        }
        let few = buffer.len().min(READ_TOGETHER);
        let buffer = buffer.get_mut(..few).unwrap_or_default();
        let outcome = self.input.read(buffer).and_then(|count| {
            self.copy.write_all(buffer.get(..count).unwrap_or_default())?;
            Ok(count)
        });
        match outcome {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                self.failed = Some(error);
                Ok(0)
            }
            other => other,
        }
    }
}

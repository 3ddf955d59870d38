//! What happens to a file that is handed in, in one pass: it is judged, its bytes are staged and its forms written.
//!
//! Bytes come in; out come a [`Report`] and staged files, in bounded memory whatever the length. Whether they are
//! kept is [`crate::publish`]'s business; what is dropped leaves nothing behind.

use std::io::{self, Read, Write};

use ingestion::validate as judge;
use ingestion::{Canonical, Described, Expected, Options, Report, Schemas};

use crate::dataset::Metadata;
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::forms::Forms;
use crate::store::files::{Staged, Staging};
use crate::store::{self, Store};

/// A file that was read: its report, and its bytes and forms, staged.
pub(crate) struct ReadFile {
    pub original: Staged,
    pub forms: Vec<(Format, Staged)>,
    pub report: Report,
}

/// Reads a file to its end: judges it, stages its bytes and writes its forms, in one pass and bounded memory.
/// `described` is what the catalog knows of its dataset.
pub(crate) async fn read(
    store: &Store,
    schemas: &Schemas,
    metadata: &Metadata,
    described: Described,
    file_name: String,
    input: Box<dyn Read + Send>,
) -> Result<ReadFile, CatalogError> {
    let city = store::city::find(store.database()).await?.map(|city| city.place());
    let work = store.files().work().to_path_buf();
    let schemas = schemas.clone();
    let schema = metadata.schema.clone();
    let reading = tokio::task::spawn_blocking(move || {
        let mut copied = Copied { input, copy: Staging::begin(&work)?, failed: None };
        let mut forms = Canonical::new(Forms::begin(&work)?);
        let expected = match schema.as_ref().and_then(|id| schemas.get(id)) {
            Some(schema) => Expected::Schema(schema),
            None => Expected::AnyTable,
        };
        let options = Options {
            file_name,
            expected,
            city: city.as_ref(),
            described: Some(&described),
            ..Options::default()
        };
        let report = judge(&mut copied, &schemas, &options, &mut forms);
        match copied.failed {
            Some(error) => Err(error),
            None => Ok(ReadFile { original: copied.copy.end()?, forms: forms.into_inner().end()?, report }),
        }
    });
    Ok(reading.await.map_err(io::Error::other)??)
}

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

//! A file that is made for one answer: written on a thread that may block, then streamed. It has no name and is gone
//! once the answer is.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header;
use bytes::Bytes;
use futures_util::{Stream, stream};
use sha2::Digest;
use tokio::io::AsyncReadExt;

use crate::answer::{attachment, tag_of};

/// How much is read at a time.
const CHUNK_BYTES: usize = 64 << 10;

/// A file that is being written.
#[derive(Debug)]
pub struct Scratch {
    file: BufWriter<File>,
    hasher: sha2::Sha256,
    bytes: u64,
}

/// A file that was written.
#[derive(Debug)]
pub struct Written {
    file: File,
    bytes: u64,
    tag: String,
}

impl Scratch {
    /// An empty file.
    ///
    /// # Errors
    /// What the disk says.
    pub fn begin() -> io::Result<Scratch> {
        let file = BufWriter::new(tempfile::tempfile()?);
        Ok(Scratch { file, hasher: sha2::Sha256::new(), bytes: 0 })
    }

    /// The file, for an answer.
    ///
    /// # Errors
    /// What the disk says.
    pub fn end(self) -> io::Result<Written> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Written { file, bytes: self.bytes, tag: tag_of(&self.hasher.into()) })
    }
}

impl Write for Scratch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.update(bytes.get(..count).unwrap_or_default());
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Written {
    /// The tag of its content.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The answer that gives it, as a file of `media_type` that a browser saves under `name`.
    pub fn answer(self, media_type: &'static str, name: &str) -> HttpResponse {
        HttpResponse::Ok()
            .content_type(media_type)
            .insert_header(attachment(name))
            .insert_header((header::ETAG, self.tag))
            .body(SizedStream::new(self.bytes, chunks(self.file)))
    }
}

/// The bytes of a file, some at a time.
pub fn chunks(file: File) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut chunk = Vec::with_capacity(CHUNK_BYTES);
        let read = (&mut file).take(CHUNK_BYTES as u64).read_to_end(&mut chunk).await?;
        Ok((read > 0).then(|| (Bytes::from(chunk), file)))
    })
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;

    use super::*;

    #[actix_web::test]
    async fn what_was_written_is_what_is_answered() {
        for length in [0, 1, CHUNK_BYTES, 3 * CHUNK_BYTES + 7] {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut scratch = Scratch::begin().unwrap();
            scratch.write_all(&bytes).unwrap();
            let answer = scratch.end().unwrap().answer("text/csv", "見本.csv");
            assert!(to_bytes(answer.into_body()).await.unwrap() == bytes, "{length} bytes");
        }
    }
}

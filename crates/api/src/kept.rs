//! A kept file as a reader on a thread that may block sees it.

use std::io::{self, Read};

use bytes::{Buf, Bytes};
use catalog::CatalogError;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::runtime::Handle;

/// The bytes of a kept file.
pub struct KeptBytes {
    stream: BoxStream<'static, Result<Bytes, CatalogError>>,
    runtime: Handle,
    chunk: Bytes,
    failed: Option<CatalogError>,
}

impl KeptBytes {
    /// The bytes of `stream`; call it where the runtime is, and read them where blocking is allowed.
    pub fn of(stream: BoxStream<'static, Result<Bytes, CatalogError>>) -> KeptBytes {
        KeptBytes { stream, runtime: Handle::current(), chunk: Bytes::new(), failed: None }
    }

    /// Tells whether all of it could be read.
    ///
    /// # Errors
    /// Why not.
    pub fn close(self) -> Result<(), CatalogError> {
        self.failed.map_or(Ok(()), Err)
    }
}

impl Read for KeptBytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            match self.runtime.block_on(self.stream.next()) {
                Some(Ok(next)) => self.chunk = next,
                Some(Err(error)) => {
                    self.failed = Some(error);
                    return Ok(0);
                }
                None => return Ok(0),
            }
        }
        let taken = buffer.len().min(self.chunk.len());
        self.chunk.split_to(taken).copy_to_slice(buffer.get_mut(..taken).unwrap_or_default());
        Ok(taken)
    }
}

//! 持ち出し: what was asked of rows, in the form that was asked for.
//!
//! A page is one text; everything that was asked for comes as a stream of blocks, in memory that does not grow with the
//! rows. Parquet and Excel are staged as a CSV of what was asked for, and written from it as the downloads are. What
//! stands around the rows (which dataset, which licence, where the next page is) is the caller's.

mod groups;
mod shown;
mod staged;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};

pub use self::groups::{groups_csv, groups_objects};
pub use self::shown::{Shown, scalar};
pub use self::staged::{Staged, TableForm, file};
use crate::asking::Ask;
use crate::error::CatalogError;
use crate::records::{Ready, Rows};

/// How rows are written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// JSON objects, a comma between each and the next.
    Items,
    /// JSON objects, each on a line.
    Lines,
    /// Lines of CSV, without a header ([`Shown::header`]).
    Csv,
    /// GeoJSON features, a comma between each and the next.
    Features,
}

/// Rows as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The rows.
    pub text: Vec<u8>,
    /// How many there are.
    pub count: u64,
    /// How many there are on all pages, where that was asked.
    pub total: Option<u64>,
    /// The number of the last row, where more follow.
    pub last: Option<u64>,
}

/// Rows as text, one block of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The rows; what stands between blocks is in it.
    pub text: Bytes,
    /// How many there are; of CSV, no fewer.
    pub count: u64,
}

/// One page of what was asked.
///
/// # Errors
/// As [`Rows::page`].
pub async fn page(rows: &Rows, ask: &Ask, text: Text) -> Result<Page, CatalogError> {
    let shown = Shown::of(rows, ask)?;
    if text == Text::Items && shown.is_whole() {
        let page = rows.page(ask).await?;
        return Ok(Page {
            text: page.items.into_bytes(),
            count: page.count.into(),
            total: page.total,
            last: page.last,
        });
    }
    let page = rows.lines(ask).await?;
    Ok(Page {
        text: shown.written(&page.rows, text)?,
        count: page.rows.len() as u64,
        total: page.total,
        last: page.last,
    })
}

/// Everything that was asked for.
pub fn everything(rows: &Rows, ask: Ask, text: Text) -> BoxStream<'static, Result<Block, CatalogError>> {
    let shown = match Shown::of(rows, &ask) {
        Ok(shown) => shown,
        Err(error) => return stream::iter([Err(error.into())]).boxed(),
    };
    let blocks = match text {
        Text::Csv if shown.is_whole() => whole(rows.stream(ask, Ready::Csv).boxed(), text),
        Text::Items | Text::Lines if shown.is_whole() => whole(rows.stream(ask, Ready::Json).boxed(), text),
        _ => rows
            .stream_lines(ask)
            .map(move |lines| {
                let lines = lines?;
                let text = Bytes::from(shown.written(&lines, text)?);
                Ok(Block { text, count: lines.len() as u64 })
            })
            .boxed(),
    };
    match text {
        Text::Items | Text::Features => between(blocks),
        Text::Lines | Text::Csv => blocks,
    }
}

/// Rows that are ready as they are kept, each with its line end.
fn whole(
    ready: BoxStream<'static, Result<Bytes, CatalogError>>,
    text: Text,
) -> BoxStream<'static, Result<Block, CatalogError>> {
    let block = move |lines: Bytes| {
        // A cell may hold line ends, an object never does.
        let count = lines.iter().filter(|byte| **byte == b'\n').count() as u64;
        match text {
            Text::Items => Block { text: with_commas(&lines, count).into(), count },
            Text::Lines | Text::Csv | Text::Features => Block { text: lines, count },
        }
    };
    ready.map(move |lines| lines.map(block)).boxed()
}

/// Objects on `count` lines, with commas between them.
fn with_commas(lines: &[u8], count: u64) -> Vec<u8> {
    let mut text = Vec::with_capacity(lines.len() + count as usize);
    for object in lines.split(|byte| *byte == b'\n').filter(|object| !object.is_empty()) {
        if !text.is_empty() {
            text.extend_from_slice(b",\n");
        }
        text.extend_from_slice(object);
    }
    text
}

/// The same blocks with commas between them.
fn between(
    blocks: BoxStream<'static, Result<Block, CatalogError>>,
) -> BoxStream<'static, Result<Block, CatalogError>> {
    let mut is_first = true;
    let joined = move |block: Result<Block, CatalogError>| {
        let block = block?;
        if block.count == 0 || std::mem::take(&mut is_first) {
            return Ok(block);
        }
        let mut text = Vec::with_capacity(block.text.len() + 2);
        text.extend_from_slice(b",\n");
        text.extend_from_slice(&block.text);
        Ok(Block { text: text.into(), count: block.count })
    };
    blocks.map(joined).boxed()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use futures_util::TryStreamExt;

    use super::*;

    async fn joined(blocks: &[&'static str]) -> String {
        let ready =
            stream::iter(blocks.to_vec()).map(|block| Ok(Bytes::from_static(block.as_bytes()))).boxed();
        let blocks: Vec<Block> = between(whole(ready, Text::Items)).try_collect().await.unwrap();
        blocks.iter().map(|block| std::str::from_utf8(&block.text).unwrap()).collect()
    }

    #[tokio::test]
    async fn commas_stand_between_objects_and_nowhere_else() {
        assert_eq!(joined(&["{}\n{\"a\":1}\n", "{}\n"]).await, "{},\n{\"a\":1},\n{}");
        assert_eq!(joined(&["{}\n"]).await, "{}");
        assert_eq!(joined(&[]).await, "");
    }
}

//! Everything that was asked for, however much it is: in pieces, each found behind the one before. Nothing is held
//! between two pieces, neither a lock nor rows, so a reader may take as long as they like.

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream;

use super::{Ready, Rows};
use crate::asking::Ask;
use crate::error::CatalogError;
use crate::store::rows::{Joined, Limit, Line};

/// About so many bytes of texts are a piece, and so many rows at most.
const PIECE_BYTES: u64 = 256 << 10;
const PIECE_ROWS_MAX: u64 = 2_000;

impl Rows {
    /// The texts of all rows that `ask` asks for, up to its limit, in pieces of whole rows.
    ///
    /// # Errors
    /// As [`Rows::page`], in place of a piece; nothing comes after it.
    pub fn stream(
        &self,
        ask: Ask,
        ready: Ready,
    ) -> impl Stream<Item = Result<Bytes, CatalogError>> + Send + use<> {
        let (csv, between, end) = match ready {
            Ready::Csv => (true, "", ""),
            Ready::Json => (false, "\n", "\n"),
        };
        let begin = Some((self.clone(), Left::of(&ask), ask));
        stream::try_unfold(begin, move |state| async move {
            let Some((rows, left, mut ask)) = state else { return Ok(None) };
            let wanted = left.at_most(rows.piece());
            let found = rows
                .store
                .rows()
                .texts(&rows.table, &ask, Limit::piece(wanted), Joined { csv, between })
                .await?;
            let count = found.numbers.len() as u64;
            let Some(last) = found.numbers.last().copied() else { return Ok(None) };
            ask.after = Some(last);
            let next = (count == wanted).then(|| left.without(count)).flatten().map(|left| (rows, left, ask));
            let mut text = found.texts;
            text.push_str(end);
            Ok(Some((Bytes::from(text), next)))
        })
    }

    /// As [`Rows::stream`], row by row.
    ///
    /// # Errors
    /// As [`Rows::page`], in place of a piece; nothing comes after it.
    pub fn stream_lines(
        &self,
        ask: Ask,
    ) -> impl Stream<Item = Result<Vec<Line>, CatalogError>> + Send + use<> {
        let begin = Some((self.clone(), Left::of(&ask), ask));
        stream::try_unfold(begin, |state| async move {
            let Some((rows, left, mut ask)) = state else { return Ok(None) };
            let wanted = left.at_most(rows.piece());
            let found = rows.store.rows().lines(&rows.table, &ask, Limit::piece(wanted)).await?;
            let count = found.len() as u64;
            let Some(last) = found.last().map(|line| line.number) else { return Ok(None) };
            ask.after = Some(last);
            let next = (count == wanted).then(|| left.without(count)).flatten().map(|left| (rows, left, ask));
            Ok(Some((found, next)))
        })
    }

    /// How many rows make a piece.
    fn piece(&self) -> u64 {
        let shape = &self.table.shape;
        let bytes: u64 = shape.facts.iter().map(|facts| facts.bytes).sum();
        // The names of the columns stand in every row of JSON.
        let names: usize = shape.names.iter().map(String::len).sum();
        let row = bytes / shape.rows.max(1) + names as u64 + 1;
        (PIECE_BYTES / row).clamp(1, PIECE_ROWS_MAX)
    }
}

/// How many rows are still wanted.
#[derive(Debug, Clone, Copy)]
struct Left(Option<u64>);

impl Left {
    fn of(ask: &Ask) -> Left {
        Left(ask.limit.map(u64::from))
    }

    fn at_most(self, rows: u64) -> u64 {
        self.0.map_or(rows, |left| left.min(rows))
    }

    /// What is left after `rows`, unless that is nothing.
    fn without(self, rows: u64) -> Option<Left> {
        match self.0 {
            None => Some(self),
            Some(left) => left.checked_sub(rows).filter(|left| *left > 0).map(|left| Left(Some(left))),
        }
    }
}

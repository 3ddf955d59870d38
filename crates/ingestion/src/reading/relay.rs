//! A table that is read on another core: there its records are cut, read as text and looked through for
//! [signs](crate::signs), here they are judged, in batches.
//!
//! Nothing of it shows in a report: the records are the same, in the same order.

use std::panic;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use crate::reading::ahead::Table;
use crate::reading::quotes::Slip;
use crate::reading::records::Record;
use crate::signs::Signs;
use crate::validate::Limits;

/// A file that is shorter is read and judged on one core.
pub(crate) const BYTES_MIN: usize = 256 << 10;
/// A batch has no more bytes than this and one row.
const BATCH_BYTES: usize = 128 << 10;
/// And no more rows.
const BATCH_ROWS: usize = 4 << 10;
/// So many batches wait to be judged.
const WAITING_MAX: usize = 2;

/// The records of a table that is read on another core.
pub(crate) struct Relay {
    batches: Receiver<Batch>,
    /// Where a batch goes to be filled again.
    spent: Sender<Batch>,
    batch: Batch,
    /// The next row of the batch.
    next: usize,
}

/// Some records, one after the other.
#[derive(Debug, Default)]
struct Batch {
    /// The records that are text.
    text: String,
    /// Those that are not.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    slips: Vec<Slip>,
    marked: Vec<usize>,
    lines: Vec<Line>,
    /// The marked cells of the record that came last.
    found: Vec<usize>,
}

/// One record of a batch: where what it has ends in the batch, and what is told of it.
#[derive(Debug)]
struct Line {
    text: usize,
    bytes: usize,
    ends: usize,
    slips: usize,
    marked: usize,
    between: Option<u8>,
    row: u64,
    cells: u64,
    too_long: bool,
    limits: Limits,
    encoding: &'static str,
}

/// Whether there is another core.
pub(crate) fn has_room() -> bool {
    thread::available_parallelism().is_ok_and(|cores| cores.get() > 1)
}

/// Has `table` read on another core while `judge` takes its records; gives what that gives, and the table back.
pub(crate) fn read_apart<T: Table + Send, J>(table: T, judge: impl FnOnce(Relay) -> J) -> (J, T) {
    let (filled, batches) = sync_channel(WAITING_MAX);
    let (spent, empty) = channel();
    thread::scope(|scope| {
        let reading = scope.spawn(|| read(table, filled, empty));
        let judged = judge(Relay { batches, spent, batch: Batch::default(), next: 0 });
        (judged, reading.join().unwrap_or_else(|cause| panic::resume_unwind(cause)))
    })
}

/// Sends all records of `table`, unless nobody takes them any more.
fn read<T: Table>(mut table: T, filled: SyncSender<Batch>, empty: Receiver<Batch>) -> T {
    let mut batch = Batch::default();
    while let Some(record) = table.next() {
        batch.push(record);
        if batch.is_full() {
            let next = empty.try_recv().unwrap_or_default();
            if filled.send(std::mem::replace(&mut batch, next)).is_err() {
                return table;
            }
            batch.clear();
        }
    }
    // Where nobody takes the last one, nobody misses it.
    let _ = filled.send(batch);
    table
}

impl Table for Relay {
    fn next(&mut self) -> Option<Record<'_>> {
        while self.next == self.batch.lines.len() {
            let batch = std::mem::replace(&mut self.batch, self.batches.recv().ok()?);
            self.next = 0;
            // Where nobody fills it again, the file has ended.
            let _ = self.spent.send(batch);
        }
        self.next += 1;
        self.batch.record(self.next - 1)
    }
}

impl Batch {
    fn clear(&mut self) {
        self.text.clear();
        self.bytes.clear();
        self.ends.clear();
        self.slips.clear();
        self.marked.clear();
        self.lines.clear();
    }

    fn is_full(&self) -> bool {
        self.text.len() + self.bytes.len() >= BATCH_BYTES || self.lines.len() >= BATCH_ROWS
    }

    fn push(&mut self, record: Record<'_>) {
        let Record { row, bytes, text, ends, between, cells, slips, too_long, limits, encoding, .. } =
            record.looked_at();
        Signs::find(bytes, ends, between, &mut self.found);
        match text {
            Some(text) => self.text.push_str(text),
            None => self.bytes.extend_from_slice(bytes),
        }
        self.ends.extend_from_slice(ends);
        self.slips.extend_from_slice(slips);
        self.marked.extend_from_slice(&self.found);
        self.lines.push(Line {
            text: self.text.len(),
            bytes: self.bytes.len(),
            ends: self.ends.len(),
            slips: self.slips.len(),
            marked: self.marked.len(),
            between,
            row,
            cells,
            too_long,
            limits,
            encoding,
        });
    }

    /// The record at `index`, from 0.
    fn record(&self, index: usize) -> Option<Record<'_>> {
        let line = self.lines.get(index)?;
        let before = index.checked_sub(1).and_then(|before| self.lines.get(before));
        let from = |end: fn(&Line) -> usize| before.map_or(0, end);
        // One that is no text has added nothing to it.
        let text = Some(self.text.get(from(|line| line.text)..line.text)?).filter(|text| !text.is_empty());
        let bytes = match text {
            Some(text) => text.as_bytes(),
            None => self.bytes.get(from(|line| line.bytes)..line.bytes)?,
        };
        Some(Record {
            row: line.row,
            bytes,
            text,
            ends: self.ends.get(from(|line| line.ends)..line.ends)?,
            between: line.between,
            cells: line.cells,
            slips: self.slips.get(from(|line| line.slips)..line.slips)?,
            too_long: line.too_long,
            limits: line.limits,
            encoding: line.encoding,
            marked: Some(self.marked.get(from(|line| line.marked)..line.marked)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::decode::Text;
    use crate::reading::delimiter::Delimiter;
    use crate::reading::records::Records;
    use crate::reading::source::Source;

    /// What is told of every record.
    fn all(table: &mut impl Table) -> Vec<String> {
        let mut all = Vec::new();
        while let Some(record) = table.next() {
            all.push(format!("{:?}", Record { text: None, marked: None, ..record }));
        }
        all
    }

    fn records(text: &[u8]) -> Records<&[u8]> {
        Records::new(
            Text::new(Source::new(text, 4096), Vec::new(), None),
            Delimiter::Comma,
            Limits::default(),
        )
    }

    #[test]
    fn records_are_the_same_read_apart() {
        let rows = "見本,\"a\nb\",1\n\n名称,b\"c,\n,\"d\"e,,x\n".repeat(30_000);
        for text in [rows.as_str(), "a,b\n", "", "\n\n\n"] {
            let here = all(&mut records(text.as_bytes()));
            let (there, _) = read_apart(records(text.as_bytes()), |mut relay| all(&mut relay));
            assert!(here == there, "{} records are {}", here.len(), there.len());
        }
    }

    #[test]
    fn a_table_that_nobody_reads_to_its_end_is_given_back() {
        let text = "a,b\n".repeat(200_000);
        let (first, _) = read_apart(records(text.as_bytes()), |mut relay| relay.next().map(|it| it.row));
        assert_eq!(first, Some(1));
    }
}

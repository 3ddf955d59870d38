//! Writes records as the CSV files that we give out: commas, CRLF, quotes only where they are needed.
//!
//! Which cells stand in a record is the caller's business.

/// The byte order mark of UTF-8.
pub(crate) const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A writer of records to `to`, in the way of the files that we give out.
pub(crate) fn to<W: std::io::Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(to)
}

/// One record of `cells`, with its line end.
pub(crate) fn record<'a>(cells: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let mut csv = to(Vec::new());
    csv.write_record(cells).expect("memory takes everything");
    csv.into_inner().expect("memory takes everything")
}

#[cfg(test)]
mod tests {
    use super::record;

    #[test]
    fn quotes_stand_only_where_they_are_needed() {
        assert_eq!(record(["名称", "a,b", "", "\"x\"\n"]), "名称,\"a,b\",,\"\"\"x\"\"\n\"\r\n".as_bytes());
    }
}

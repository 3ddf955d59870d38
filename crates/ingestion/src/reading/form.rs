//! What a file is by its first bytes, whatever its name says.
//!
//! Only texts go on to be read as tables. A magic number of letters alone (`BM`, `ID3`) is also how a good
//! header may begin, so it counts only where something follows that no text holds.

use crate::reading::encoding::{Encoding, utf8_sense};

/// How many of the first bytes decide.
pub(crate) const HEAD_BYTES: usize = 64 << 10;

/// What a file is by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Not a byte.
    Empty,
    /// A text: the only form that goes on to be read.
    Text,
    /// A workbook: `xlsx`, `xls`, `ods`.
    Workbook(&'static str),
    /// Anything else; `unknown` where nobody knows its name.
    Other(&'static str),
}

impl Form {
    /// The form of the file that begins with `head`.
    pub fn of(head: &[u8]) -> Form {
        if head.is_empty() {
            return Form::Empty;
        }
        if Encoding::of_mark(head).is_some() {
            return Form::Text;
        }
        // The old container of Excel keeps its table of contents far behind the head.
        const OLE2: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        let controls = head.iter().filter(|byte| is_no_text(**byte)).count();
        match infer::get(head).map(|kind| kind.extension()) {
            Some(workbook @ ("xlsx" | "xls" | "ods")) => Form::Workbook(workbook),
            Some("zip") if has_parts_of_a_workbook(head) => Form::Workbook("xlsx"),
            Some(marked_up @ ("pdf" | "rtf" | "html" | "xml")) => Form::Other(marked_up),
            _ if head.starts_with(OLE2) => Form::Workbook("xls"),
            _ if controls > 0 && Encoding::of_nul_pattern(head).is_some() => Form::Text,
            Some(other) if controls > 0 => Form::Other(other),
            _ if controls * 20 > head.len() && no_encoding_reads(head) => Form::Other("unknown"),
            _ => Form::Text,
        }
    }

    /// The word for it in a report.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Empty => "empty",
            Form::Text => "csv",
            Form::Workbook(kind) | Form::Other(kind) => kind,
        }
    }
}

fn is_no_text(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Whether a zip begins like a workbook of Excel. Its parts come in any order, and the one that lists the sheets may
/// stand behind all of them: a part of any name under `xl/` is enough, or no part of another kind of document.
fn has_parts_of_a_workbook(head: &[u8]) -> bool {
    const ENTRY: &[u8] = b"PK\x03\x04";
    const NAME_BEGINS: usize = 30;
    let names = || memchr::memmem::find_iter(head, ENTRY).filter_map(|at| head.get(at + NAME_BEGINS..));
    let shared = |name: &[u8]| {
        [&b"[Content_Types].xml"[..], b"_rels/", b"docProps/"].iter().any(|part| name.starts_with(part))
    };
    names().any(|name| name.starts_with(b"xl/")) || (names().next().is_some() && names().all(shared))
}

/// Whether most of what is beyond ASCII is not UTF-8, and some of it neither CP932 nor EUC-JP, in which much
/// reads as something.
fn no_encoding_reads(head: &[u8]) -> bool {
    let utf8 = utf8_sense(head, false);
    let lost = |encoding: Encoding| encoding.sense(head, false).lost > 0;
    utf8.lost > utf8.letters && lost(Encoding::Cp932) && lost(Encoding::EucJp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(head: &[u8], form: Form) {
        assert_eq!(Form::of(head), form, "{head:?}");
    }

    #[test]
    fn a_photograph_is_told_by_its_content() {
        is(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Form::Other("png"));
        is(b"\xff\xd8\xff\xe0\0\x10JFIF\0", Form::Other("jpg"));
    }

    #[test]
    fn a_pdf_and_a_page_of_the_web_are_no_tables() {
        is(b"%PDF-1.7\n1 0 obj", Form::Other("pdf"));
        is(b"<!DOCTYPE html><html>", Form::Other("html"));
    }

    #[test]
    fn a_header_that_begins_like_a_magic_number_is_a_text() {
        for header in ["BMI,身長\n", "ID3,名称\n", "MZ,名称\n", "II*,a\n", "#!,a\n"] {
            is(header.as_bytes(), Form::Text);
        }
    }

    #[test]
    fn an_old_workbook_is_told_by_its_container() {
        is(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", Form::Workbook("xls"));
    }

    #[test]
    fn a_workbook_is_told_by_any_of_its_parts() {
        let entry = |name: &str| [b"PK\x03\x04", &[0; 26][..], name.as_bytes(), &[1; 40]].concat();
        let zip = |names: &[&str]| names.iter().flat_map(|name| entry(name)).collect::<Vec<u8>>();
        is(&zip(&["docProps/app.xml", "xl/worksheets/sheet1.xml"]), Form::Workbook("xlsx"));
        is(&zip(&["[Content_Types].xml", "docProps/thumbnail.jpeg"]), Form::Workbook("xlsx"));
        is(&zip(&["toilets.csv"]), Form::Other("zip"));
        is(&zip(&["docProps/app.xml", "word/document.xml"]), Form::Other("zip"));
    }

    #[test]
    fn nul_in_a_readable_text_does_not_make_it_something_else() {
        is("ID,名称\n1,a\0b\n".as_bytes(), Form::Text);
        is(b"ID\0,\0\n", Form::Text);
    }

    #[test]
    fn bytes_that_nobody_reads_have_no_name() {
        is(b"\x00\x01\x02\xfd\xfe\xff\xfd\xfe\xff\xfd\x80\x80", Form::Other("unknown"));
    }

    #[test]
    fn utf_16_is_a_text_with_or_without_its_byte_order_mark() {
        is(b"\xff\xfeI\0D\0", Form::Text);
        is(b"\xfe\xff\0I\0D", Form::Text);
        is(b"I\0D\0,\0a\0\n\x001\0,\x002\0\n\0", Form::Text);
    }
}

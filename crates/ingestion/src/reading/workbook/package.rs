//! The parts of a zipped workbook (xlsx, ods), unpacked within a limit.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use memchr::memmem;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::Refusal;

/// More parts than this are no workbook.
const PARTS_MAX: usize = 20_000;

/// A zipped workbook.
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Names in small letters, as they are compared; no place where two parts go by one name, as nobody can tell
    /// which of them is read later.
    names: HashMap<String, Option<usize>>,
    /// What may still be unpacked, in bytes.
    left: u64,
}

impl<'b> Package<'b> {
    /// The package `bytes`, of which `limit` bytes may be unpacked.
    pub fn open(bytes: &'b [u8], limit: u64) -> Result<Package<'b>, Refusal> {
        // Each entry of the directory takes memory before anybody asks for it.
        if memmem::find_iter(bytes, b"PK\x01\x02").nth(PARTS_MAX).is_some() {
            return Err(Refusal::TooLarge);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        let mut names: HashMap<String, Option<usize>> = HashMap::new();
        // A part has a name in its directory, and may have another that stands for it.
        for (index, (raw, name)) in zip.file_names_raw().zip(zip.file_names()).enumerate() {
            let name = name.map_err(|_| Refusal::Damaged)?;
            for name in [&String::from_utf8_lossy(raw), &name] {
                names
                    .entry(name.replace('\\', "/").to_ascii_lowercase())
                    .and_modify(|place| *place = place.filter(|known| *known == index))
                    .or_insert(Some(index));
            }
        }
        Ok(Package { zip, names, left: limit })
    }

    /// Shows every element of the XML part at `path` to `see`, as [`Seen`], in order. False where there is no
    /// such part. Each element counts for `element_bytes` beside what it takes unpacked.
    pub fn read(
        &mut self,
        path: &str,
        element_bytes: u64,
        mut see: impl FnMut(Seen<'_>) -> Result<(), Refusal>,
    ) -> Result<bool, Refusal> {
        let path = path.to_ascii_lowercase();
        let Some(index) = self.names.get(path.trim_start_matches('/')) else { return Ok(false) };
        let part = self.zip.by_index(index.ok_or(Refusal::Damaged)?).map_err(|_| Refusal::Damaged)?;
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(part.take(self.left)));
        reader.config_mut().expand_empty_elements = true;
        let mut buffer = Vec::new();
        let (mut elements, mut depth) = (0_u64, 0_u64);
        let mut outcome = loop {
            buffer.clear();
            let seen = match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(element)) => {
                    elements += 1;
                    depth += 1;
                    if elements.saturating_mul(element_bytes) > self.left {
                        break Err(Refusal::TooLarge);
                    }
                    see(Seen::Start(&element))
                }
                Ok(Event::End(element)) => {
                    depth = depth.saturating_sub(1);
                    see(Seen::End(element.local_name().as_ref()))
                }
                Ok(Event::Text(text)) => see(Seen::Text(&text)),
                Ok(Event::Eof) if depth == 0 && elements > 0 => break Ok(()),
                Ok(Event::Eof) | Err(_) => break Err(Refusal::Damaged),
                Ok(_) => Ok(()),
            };
            if let Err(refusal) = seen {
                break Err(refusal);
            }
        };
        let left = reader.into_inner().into_inner().limit();
        if left == 0 {
            outcome = Err(Refusal::TooLarge);
        }
        self.left = left.saturating_sub(elements.saturating_mul(element_bytes));
        outcome.map(|()| true)
    }
}

/// What is seen of an XML part.
pub(super) enum Seen<'a> {
    /// An element begins.
    Start(&'a BytesStart<'a>),
    /// An element of this name ends.
    End(&'a str),
    /// Text as it stands in the part.
    Text(&'a str),
}

/// The attribute of `element` whose name, without its prefix, is `name`.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|it| it.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// The attribute as a number.
pub(super) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

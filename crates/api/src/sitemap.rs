//! The site map: every page with the day it last changed, in files of at most 50,000 addresses.
//!
//! [sitemaps.org](https://www.sitemaps.org/protocol.html), which is what search engines read.

use std::io;

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::views::service::moment;

/// What one file may hold.
pub const ADDRESSES_MAX: u64 = 50_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// An address, and when what is there last changed, where that is known.
pub type Place = (String, Option<Timestamp>);

/// How the addresses are divided into files: one for all of them, or one for those that are `fixed` and as many as
/// the datasets take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Division {
    /// One file holds everything.
    One,
    /// So many files, which an index names.
    Several(u64),
}

impl Division {
    /// Of `fixed` addresses and those of `datasets`, where a file may hold `max`.
    pub fn of(fixed: u64, datasets: u64, max: u64) -> Division {
        if fixed + datasets <= max { Division::One } else { Division::Several(1 + datasets.div_ceil(max)) }
    }
}

/// A file of addresses.
pub fn addresses(places: &[Place]) -> Vec<u8> {
    document("urlset", "url", places)
}

/// The index of several such files.
pub fn index(places: &[Place]) -> Vec<u8> {
    document("sitemapindex", "sitemap", places)
}

fn document(root: &'static str, each: &'static str, places: &[Place]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    write(&mut writer, root, each, places).expect("memory takes every byte");
    writer.into_inner()
}

fn write(
    writer: &mut Writer<Vec<u8>>,
    root: &'static str,
    each: &'static str,
    places: &[Place],
) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.create_element(root).with_attribute(("xmlns", NAMESPACE)).write_inner_content(|writer| {
        for (address, modified) in places {
            writer.create_element(each).write_inner_content(|writer| {
                writer.create_element("loc").write_text_content(BytesText::new(address))?;
                if let Some(modified) = modified {
                    let lastmod = moment(*modified);
                    writer.create_element("lastmod").write_text_content(BytesText::new(&lastmod))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_every_address_and_when_it_changed() {
        let places = [
            ("https://example.jp/".to_owned(), None),
            ("https://example.jp/datasets/a&b".to_owned(), Some(Timestamp::UNIX_EPOCH)),
        ];
        insta::assert_snapshot!(String::from_utf8(addresses(&places)).unwrap(), @r#"<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.jp/</loc></url><url><loc>https://example.jp/datasets/a&amp;b</loc><lastmod>1970-01-01T09:00:00+09:00</lastmod></url></urlset>"#);
    }

    #[test]
    fn more_than_one_file_takes_are_divided_and_indexed() {
        assert_eq!(Division::of(10, 90, 100), Division::One);
        assert_eq!(Division::of(10, 91, 100), Division::Several(2));
        assert_eq!(Division::of(10, 250, 100), Division::Several(4));
    }
}

//! The feed of what changed for readers, in [Atom](https://www.rfc-editor.org/rfc/rfc4287).

use atom_syndication::{Category, Entry, Feed, FixedDateTime, Link, Person, Text};
use catalog::news::{News, What};
use catalog::{City, Iris};
use jiff::Timestamp;

/// The media type of a feed.
pub const ATOM: &str = "application/atom+xml; charset=utf-8";

/// Descriptions are cut after so many characters: the dataset's page has all of it.
const SUMMARY_MAX: usize = 500;

/// The feed of `news`, the latest first; `began` is since when the catalog is there, for one where nothing has happened.
pub fn write(iris: &Iris, city: &City, news: &[News], began: Timestamp) -> Vec<u8> {
    let latest = news.iter().map(|news| news.at).max().unwrap_or(began);
    let base = iris.base();
    let feed = Feed {
        title: text(format!("{}　新着", city.catalog_title)),
        subtitle: Some(text("公開・更新・取下げのお知らせ")),
        id: format!("{base}/feed.atom"),
        updated: time(latest),
        lang: Some("ja".to_owned()),
        authors: vec![Person { name: plain(&city.name), uri: Some(iris.home()), ..Person::default() }],
        rights: Some(text(city.catalog_licence.title())),
        links: vec![
            link("self", format!("{base}/feed.atom"), "application/atom+xml"),
            link("alternate", format!("{base}/datasets"), "text/html"),
        ],
        entries: news.iter().map(|news| entry(iris, news)).collect(),
        ..Feed::default()
    };
    feed.write_to(Vec::new()).expect("memory takes every byte")
}

fn entry(iris: &Iris, news: &News) -> Entry {
    let dataset = iris.dataset(&news.slug);
    let category = |term: &str, label: &str| Category {
        term: term.to_owned(),
        label: Some(label.to_owned()),
        ..Category::default()
    };
    match &news.what {
        What::Published(it) => {
            let (term, label) = if it.is_first { ("published", "公開") } else { ("revised", "更新") };
            let summary: String = it.description.chars().take(SUMMARY_MAX).collect();
            Entry {
                title: text(format!("{label}: {}", it.title)),
                id: iris.revision(&news.slug, it.number),
                updated: time(news.at),
                published: Some(time(it.published)),
                authors: vec![Person { name: plain(&it.department), ..Person::default() }],
                categories: vec![category(term, label)],
                links: vec![link("alternate", dataset, "text/html")],
                summary: Some(text(summary)),
                ..Entry::default()
            }
        }
        What::Withdrawn { reason } => Entry {
            title: text(format!("取下げ: {}", news.slug)),
            id: format!("{dataset}#withdrawn"),
            updated: time(news.at),
            published: Some(time(news.at)),
            categories: vec![category("withdrawn", "取下げ")],
            links: vec![link("alternate", dataset, "text/html")],
            summary: Some(text(format!("このデータセットは取り下げられました。理由: {reason}"))),
            ..Entry::default()
        },
    }
}

fn link(rel: &str, href: String, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn text(words: impl AsRef<str>) -> Text {
    Text::plain(plain(words.as_ref()))
}

/// Words without what XML cannot hold.
fn plain(words: &str) -> String {
    let holds = |letter: &char| {
        matches!(letter, '\t' | '\n' | '\r')
            || !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    words.chars().filter(holds).collect()
}

/// A time as Atom writes it.
fn time(time: Timestamp) -> FixedDateTime {
    time.to_string().parse().expect("a timestamp is written as RFC 3339 has it")
}

#[cfg(test)]
mod tests {
    use catalog::news::Publication;
    use catalog::{PublicUrl, Slug};

    use super::*;

    fn city() -> City {
        serde_json::from_value(serde_json::json!({
            "code": "042021", "name": "石巻市", "name_en": "Ishinomaki City", "prefecture": "宮城県",
            "corporate_number": "1000020042021", "catalog_title": "日和", "catalog_title_en": "Hiyori",
            "catalog_description": "見本", "catalog_licence": "CC-BY-4.0", "department": "dx",
        }))
        .unwrap()
    }

    fn feed(news: &[News]) -> Feed {
        let iris = Iris::new(PublicUrl::parse("https://example.jp").unwrap());
        let written = write(&iris, &city(), news, Timestamp::UNIX_EPOCH);
        Feed::read_from(written.as_slice()).unwrap()
    }

    fn published(title: &str, description: &str) -> News {
        let what = What::Published(Publication {
            number: 2,
            published: Timestamp::UNIX_EPOCH,
            is_first: false,
            title: title.to_owned(),
            description: description.to_owned(),
            department: "見本課".to_owned(),
        });
        News { slug: Slug::parse("toilets").unwrap(), at: Timestamp::from_second(60).unwrap(), what }
    }

    #[test]
    fn a_revision_is_told_with_its_title_its_address_and_its_times() {
        let feed = feed(&[published("公衆トイレ一覧", "見本です。")]);
        let entry = &feed.entries[0];
        assert_eq!(entry.title.as_str(), "更新: 公衆トイレ一覧");
        assert_eq!(entry.id, "https://example.jp/api/v1/datasets/toilets/revisions/2");
        assert_eq!(entry.links[0].href, "https://example.jp/datasets/toilets");
        assert_eq!(entry.updated.to_rfc3339(), "1970-01-01T00:01:00+00:00");
        assert_eq!(feed.updated, entry.updated);
    }

    #[test]
    fn what_no_xml_can_hold_is_left_out_and_markup_stays_words() {
        let feed = feed(&[published("<b>&\u{1}一覧\u{ffff}", &"長".repeat(1_000))]);
        assert_eq!(feed.entries[0].title.as_str(), "更新: <b>&一覧");
        assert_eq!(feed.entries[0].summary.as_ref().unwrap().chars().count(), SUMMARY_MAX);
    }

    #[test]
    fn where_nothing_has_happened_the_feed_is_empty() {
        assert_eq!(feed(&[]).entries.len(), 0);
    }
}

//! Puts a dataset that is told of elsewhere in the words of this catalog. What has no word here is kept and told.

use std::collections::BTreeMap;

use ingestion::schema::Standard;
use ingestion::{SchemaId, Schemas, Sha256, Text};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::{Listed, Words};
use crate::city::Area;
use crate::ckan::licences;
use crate::dataset::{Metadata, Period};
use crate::department::Department;
use crate::licence::Licence;
use crate::origin::{AS_THEY_CAME, Origin};
use crate::prefilled;
use crate::slug::Slug;
use crate::term::Term;
use crate::words::{self, KEYWORD_MAX, KEYWORDS_MAX};

/// A dataset that can be made.
pub(super) struct Candidate {
    pub slug: Slug,
    pub department: Department,
    pub metadata: Metadata,
    pub origin: Origin,
    pub remarks: Vec<Text>,
}

/// Why a dataset cannot be made.
pub(super) struct Unfit {
    pub slug: Option<Slug>,
    pub why: Vec<Text>,
    pub remarks: Vec<Text>,
}

const LANGUAGE: &str = "日本語";

/// What `listed` says, as a draft of this catalog; `fallback` takes what is of no known department.
pub(super) fn candidate(
    listed: Listed,
    words: &Words,
    schemas: &Schemas,
    fallback: Option<&Slug>,
) -> Result<Candidate, Unfit> {
    let Listed { from, columns, files, wrong, remarks, .. } = listed;
    let mut told = Told { columns, kept: BTreeMap::new(), remarks };
    if !wrong.is_empty() {
        return Err(Unfit { slug: None, why: wrong, remarks: told.remarks });
    }
    let title = told.text("データセット_タイトル").trim().to_owned();
    if title.is_empty() {
        return Err(told.unfit(None, "データセット_タイトルが空です。", "データセット_タイトル is empty"));
    }
    let slug = told.slug(&title);
    let Some(department) = told.department(&words.departments, fallback) else {
        let name = told.text("データセット_連絡先名称").to_owned();
        return Err(told.unfit(
            Some(slug),
            format!("担当課が分かりません（連絡先名称「{name}」）。departments.toml にある課の名前にするか、--department で受け持つ課を指定してください。"),
            format!("no department is called `{name}`: name one of departments.toml, or say --department"),
        ));
    };
    let schema = told.schema(schemas);
    let description = match told.text("データセット_概要").trim() {
        "" => prefilled::description(&words.city, schema.as_ref().and_then(|id| schemas.get(id)), &title),
        text => text.to_owned(),
    };
    let metadata = Metadata {
        description,
        title_en: None,
        keywords: told.keywords(),
        theme: told.term("データセット_分類", &words.themes),
        frequency: told.term("データセット_更新頻度", &words.frequencies),
        licence: told.licence(&files, words.city.catalog_licence),
        schema,
        area: told.area(words),
        temporal: told.temporal(),
        source: Some(told.text("データセット_来歴情報").trim().to_owned()).filter(|text| !text.is_empty()),
        title,
    };
    told.municipality(words);
    told.keep_the_rest();
    let metadata = match words::checked(metadata) {
        Ok(metadata) => metadata,
        Err(why) => {
            return Err(told.unfit(Some(slug), format!("使えない値があります（{why}）。"), why.to_string()));
        }
    };
    let Told { kept, remarks, .. } = told;
    Ok(Candidate { slug, department, metadata, origin: Origin { from, kept, files }, remarks })
}

/// What is told of a dataset, and what became of it so far.
struct Told {
    columns: BTreeMap<String, String>,
    kept: BTreeMap<String, String>,
    remarks: Vec<Text>,
}

impl Told {
    fn text(&self, column: &str) -> &str {
        self.columns.get(column).map_or("", String::as_str)
    }

    fn remark(&mut self, ja: impl Into<String>, en: impl Into<String>) {
        self.remarks.push(Text::new(ja, en));
    }

    fn keep(&mut self, column: &str) {
        self.kept.insert(column.to_owned(), self.text(column).to_owned());
    }

    /// Keeps a column that has no word here, and says so.
    fn keep_unknown(&mut self, column: &str, ja: &str, en: &str) {
        let text = self.text(column).to_owned();
        self.keep(column);
        self.remark(format!("{column}「{text}」{ja}"), format!("{column} `{text}` {en}"));
    }

    fn unfit(self, slug: Option<Slug>, ja: impl Into<String>, en: impl Into<String>) -> Unfit {
        Unfit { slug, why: vec![Text::new(ja, en)], remarks: self.remarks }
    }

    /// The name: データセット_ID, as far as it can stand in an address; else one made of what is there.
    fn slug(&mut self, title: &str) -> Slug {
        let id = self.text("データセット_ID").trim().to_owned();
        let slug = of_id(&id)
            .unwrap_or_else(|| made_of(&format!("{id}\n{title}\n{}", self.text("データセット_URL"))));
        if slug.as_str() != id {
            self.keep("データセット_ID");
            match id.is_empty() {
                true => self.remark(
                    format!("データセット_ID がないので、名前を {slug} にしました。"),
                    format!("there is no データセット_ID, so its name is {slug}"),
                ),
                false => self.remark(
                    format!("データセット_ID「{id}」はアドレスに使えないので、名前を {slug} にしました。"),
                    format!("データセット_ID `{id}` cannot stand in an address, so its name is {slug}"),
                ),
            }
        }
        slug
    }

    fn department(&mut self, departments: &[Department], fallback: Option<&Slug>) -> Option<Department> {
        let name = plain(self.text("データセット_連絡先名称"));
        let is = |department: &&Department| {
            let titles = [Some(department.title.as_str()), department.title_en.as_deref()];
            !name.is_empty()
                && (titles.into_iter().flatten().any(|title| plain(title) == name)
                    || department.slug.as_str() == name)
        };
        if let Some(department) = departments.iter().find(is) {
            if department.title != self.text("データセット_連絡先名称") {
                self.keep("データセット_連絡先名称");
            }
            return Some(department.clone());
        }
        let department = departments.iter().find(|department| Some(&department.slug) == fallback)?.clone();
        self.keep("データセット_連絡先名称");
        if !name.is_empty() {
            let (text, title) = (self.text("データセット_連絡先名称").to_owned(), &department.title);
            self.remark(
                format!("連絡先「{text}」は担当課の一覧にないので、{title}が受け持ちます。"),
                format!("the contact `{text}` is no department, so {title} takes it"),
            );
        }
        Some(department)
    }

    /// Rule: 半角セミコロン区切り.
    fn keywords(&mut self) -> Vec<String> {
        let text = self.text("データセット_キーワード").to_owned();
        let mut keywords: Vec<String> = Vec::new();
        let mut left: Vec<&str> = Vec::new();
        for word in text.split(';').map(str::trim).filter(|word| !word.is_empty()) {
            if word.chars().count() > KEYWORD_MAX || keywords.len() == KEYWORDS_MAX {
                left.push(word);
            } else if !keywords.iter().any(|known| known == word) {
                keywords.push(word.to_owned());
            }
        }
        if !left.is_empty() {
            let count = left.len();
            self.remark(
                format!("キーワードが多すぎるか長すぎるので、{count}個を入れていません（{KEYWORDS_MAX}個、1つ{KEYWORD_MAX}字まで）。"),
                format!("{count} keywords were left out: at most {KEYWORDS_MAX} of at most {KEYWORD_MAX} letters are taken"),
            );
        }
        keywords
    }

    /// The word of a controlled list: by its label in either language, its code, or its European code or IRI.
    fn term(&mut self, column: &str, terms: &[Term]) -> Option<String> {
        let text = self.text(column).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let wanted = plain(&text);
        let by_name = |term: &&Term| {
            [&term.code, &term.label, &term.label_en].into_iter().any(|name| plain(name) == wanted)
        };
        let european = text.rsplit('/').next().unwrap_or_default();
        let mut by_code = terms.iter().filter(|term| term.eu == european);
        let found = terms.iter().find(by_name).or_else(|| match (by_code.next(), by_code.next()) {
            (Some(only), None) => Some(only), // several words of ours may be one word there
            _ => None,
        });
        match found {
            Some(term) => {
                if term.label != text {
                    let label = &term.label;
                    self.remark(
                        format!("{column}「{text}」を「{label}」と読みました。"),
                        format!("{column} `{text}` was read as `{label}`"),
                    );
                }
                Some(term.code.clone())
            }
            None => {
                self.keep_unknown(
                    column,
                    "は、このカタログの言葉にありません。空にしたので、選び直してください。",
                    "is no word of this catalog: it is left empty for somebody to choose",
                );
                None
            }
        }
    }

    fn licence(&mut self, files: &[BTreeMap<String, String>], default: Licence) -> Licence {
        let said = |file: &BTreeMap<String, String>| {
            let texts = ["ファイル_ライセンス", "ファイル_利用規約"];
            texts.map(|column| file.get(column).cloned().unwrap_or_default())
        };
        let mut all: Vec<[String; 2]> = Vec::new();
        for texts in files.iter().map(said).filter(|texts| texts.iter().any(|text| !text.trim().is_empty())) {
            if !all.contains(&texts) {
                all.push(texts);
            }
        }
        let Some(first) = all.first().cloned() else {
            let short = default.short();
            self.remark(
                format!("ライセンスが書かれていないので、{short} としました。公開する前に確かめてください。"),
                format!("no licence is told, so it is {short}: make sure before it is published"),
            );
            return default;
        };
        let known: Vec<Option<licences::Recognised>> =
            all.iter().map(|texts| licences::recognised(texts.iter().map(String::as_str))).collect();
        let [licence, terms] = first;
        let text = if licence.trim().is_empty() { terms } else { licence };
        match known.first().copied().flatten() {
            Some(first)
                if known.iter().flatten().all(|other| other.licence == first.licence)
                    && !known.contains(&None) =>
            {
                if !first.is_sure {
                    let short = first.licence.short();
                    self.remark(
                        format!("ライセンス「{text}」は版が書かれていないので、{short} と読みました。公開する前に確かめてください。"),
                        format!("the licence `{text}` names no version and was read as {short}: make sure before it is published"),
                    );
                }
                first.licence
            }
            found => {
                let licence = found.map_or(default, |found| found.licence);
                let short = licence.short();
                self.remark(
                    format!("ライセンス「{text}」をそのまま選べないか、ファイルによって違います。{short} としたので、公開する前に確かめてください。"),
                    format!("the licence `{text}` is none of this catalog's, or differs among the files; it is {short}: make sure before it is published"),
                );
                licence
            }
        }
    }

    /// `自治体標準オープンデータセット　公衆トイレ一覧`
    fn schema(&mut self, schemas: &Schemas) -> Option<SchemaId> {
        let column = "データセット_準拠する標準";
        let text = plain(self.text(column));
        if text.is_empty() {
            return None;
        }
        let is_of = |standard: Standard| match standard {
            Standard::Hyojun => ["自治体標準オープンデータセット", "自治体標準ods"]
                .iter()
                .any(|name| text.contains(&plain(name))),
            Standard::Suisho => text.contains("推奨データセット"),
        };
        let own_name = |schema: &&ingestion::Schema| {
            text == schema.id.to_string() || text.ends_with(&format!("/schemas/{}", schema.id))
        };
        let titled =
            |schema: &&ingestion::Schema| is_of(schema.id.standard()) && text.contains(&plain(&schema.title));
        let longest = |schema: &&ingestion::Schema| schema.title.chars().count();
        let found =
            schemas.iter().find(own_name).or_else(|| schemas.iter().filter(titled).max_by_key(longest));
        match found {
            Some(schema) => Some(schema.id.clone()),
            None => {
                self.keep_unknown(
                    column,
                    "は、このカタログの様式にありません。様式なしにしました。",
                    "is no schema of this catalog: it has none",
                );
                None
            }
        }
    }

    fn area(&mut self, words: &Words) -> Area {
        let column = "データセット_対象地域";
        let text = plain(self.text(column));
        let is = |names: &[&str]| names.iter().any(|name| plain(name) == text);
        let city = &words.city;
        let whole = city.area(Area::City).1;
        let code = city.code.area_iri();
        if text.is_empty() || is(&[&whole, &city.name, city.code.as_str(), &code]) {
            if !text.is_empty() && self.text(column) != whole {
                self.keep(column);
            }
            return Area::City;
        }
        if is(&[&city.prefecture, city.code.of_prefecture().as_str(), &city.code.of_prefecture().area_iri()])
        {
            return Area::Prefecture;
        }
        self.keep_unknown(
            column,
            "は、選べる対象地域（市、県）にありません。市としました。",
            "is neither the city nor the prefecture: it is the city",
        );
        Area::City
    }

    /// An ISO 8601 interval of days; an open end is `..` or nothing.
    fn temporal(&mut self) -> Option<Period> {
        let column = "データセット_対象期間";
        let text = self.text(column).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let end = |text: &str| match text.trim() {
            "" | ".." => Some(None),
            day => day.parse::<Date>().ok().map(Some),
        };
        let read = text
            .split_once('/')
            .and_then(|(start, stop)| Some(Period { start: end(start)?, end: end(stop)? }));
        let is_span = |period: &Period| {
            period.start.or(period.end).is_some()
                && period.start.zip(period.end).is_none_or(|(start, end)| end >= start)
        };
        let period = read.filter(is_span);
        if period.is_none() {
            self.keep_unknown(
                column,
                "は、2025-04-01/2026-03-31 のような期間として読めません。空にしました。",
                "does not read as a span like 2025-04-01/2026-03-31: it is left empty",
            );
        }
        period
    }

    fn municipality(&mut self, words: &Words) {
        let city = &words.city;
        let (code, name) = (self.text("全国地方公共団体コード"), self.text("地方公共団体名"));
        let is_ours = code.is_empty() || code == city.code.as_str();
        let same_name = name.is_empty() || name == city.area(Area::City).1;
        if !is_ours {
            let code = code.to_owned();
            self.remark(
                format!(
                    "全国地方公共団体コードが {code} です。ほかの団体のデータではないか、確かめてください。"
                ),
                format!("its 全国地方公共団体コード is {code}: make sure that it is the city's"),
            );
            self.keep("全国地方公共団体コード");
        }
        if !same_name {
            self.keep("地方公共団体名");
        }
    }

    /// Keeps every column that has no place in the catalog.
    fn keep_the_rest(&mut self) {
        const CARRIED: [&str; 14] = [
            "データセット_ID",
            "全国地方公共団体コード",
            "地方公共団体名",
            "データセット_タイトル",
            "データセット_概要",
            "データセット_キーワード",
            "データセット_分類",
            "データセット_更新頻度",
            "データセット_準拠する標準",
            "データセット_来歴情報",
            "データセット_対象地域",
            "データセット_対象期間",
            "データセット_連絡先名称",
            "データセット_言語",
        ];
        for column in AS_THEY_CAME {
            self.keep(column);
        }
        if plain(self.text("データセット_言語")) == plain(LANGUAGE) {
            self.kept.insert("データセット_言語".to_owned(), LANGUAGE.to_owned());
        }
        let rest = self.columns.iter().filter(|(column, text)| {
            !CARRIED.contains(&column.as_str())
                && !AS_THEY_CAME.contains(&column.as_str())
                && !text.trim().is_empty()
        });
        let rest: Vec<(String, String)> = rest.map(|(column, text)| (column.clone(), text.clone())).collect();
        self.kept.extend(rest);
    }
}

/// A text without blanks, in one width and case.
fn plain(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|letter| !letter.is_whitespace()).collect()
}

/// The name that an id makes, if it makes one: lower case, and a hyphen for what no address has.
fn of_id(id: &str) -> Option<Slug> {
    let letters = id.nfkc().flat_map(char::to_lowercase).map(|letter| {
        let is_taken = letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '_' | '-');
        if is_taken { letter } else { '-' }
    });
    let name: String = letters.collect();
    let name: String = name.trim_start_matches(['-', '_']).chars().take(100).collect();
    // What was nearly all signs would name nothing.
    let told = name.chars().filter(char::is_ascii_alphanumeric).count();
    let lost = id.chars().filter(|letter| letter.is_alphanumeric()).count().saturating_sub(told);
    if lost > 0 { None } else { Slug::parse(name.trim_end_matches('-')).ok() }
}

/// A name that the same text makes every time.
fn made_of(text: &str) -> Slug {
    let digest: String = Sha256::of(text.as_bytes()).to_string().chars().take(10).collect();
    Slug::parse(&format!("dataset-{digest}")).expect("letters, a hyphen and hexadecimal digits make a slug")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(id: &str, expected: Option<&str>) {
        assert_eq!(of_id(id).as_ref().map(Slug::as_str), expected, "{id}");
    }

    #[test]
    fn an_id_becomes_a_name_where_it_can() {
        becomes("public-toilets", Some("public-toilets"));
        becomes("MM0000000001", Some("mm0000000001"));
        becomes("０４２０２１＿ＡＥＤ", Some("042021_aed"));
        becomes("a b/c", Some("a-b-c"));
        becomes("_private", Some("private"));
    }

    #[test]
    fn an_id_whose_letters_would_be_lost_becomes_none() {
        for id in ["", "公衆トイレ", "AED一覧", "-", "a"] {
            becomes(id, None);
        }
    }
}

//! What the cells of a field hold, and how that is said to people.
//!
//! Reading a cell of each kind is `cell`'s business.

use std::fmt;

use regex::Regex;
use serde::{Deserialize, Serialize, Serializer};

use super::steps::Steps;
use crate::text::Text;

/// What the cells of a field hold.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Any text.
    Text,
    /// Printable ASCII: 名称_英字.
    Ascii,
    /// 全角カタカナ; letters of other scripts and signs may stand beside it, kanji and hiragana may not.
    Katakana,
    /// A code of a given shape.
    Code {
        /// What the whole cell must match.
        shape: Shape,
    },
    /// A whole number.
    Integer {
        /// The smallest that makes sense.
        min: Option<i64>,
    },
    /// A number.
    Number,
    /// `YYYY-MM-DD`.
    Date,
    /// `HH:MM` or `HH:MM:SS`, 24 hours.
    Time {
        /// Whether it ends something: then `24:00` is good.
        #[serde(default)]
        end: bool,
    },
    /// Decimal degrees, 20 to 46.
    Latitude,
    /// Decimal degrees, 122 to 154.5.
    Longitude,
    /// One telephone number, or several between ` / `.
    Telephone,
    /// An http or https URL.
    Url,
    /// A mail address.
    Email,
    /// 郵便番号: seven digits without a hyphen.
    PostalCode,
    /// 法人番号: 13 digits, the first a check digit.
    CorporateNumber,
    /// 全国地方公共団体コード: 6 digits, the last a check digit.
    MunicipalityCode,
    /// One of a list of values.
    OneOf(Vec<String>),
    /// Weekdays by their first letter from Monday on, nothing between: `月火水木金`.
    Weekdays,
    /// Several texts with a half-width semicolon between.
    List,
}

/// A regular expression that a whole cell must match, compiled once when its schema is read.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Shape {
    whole: Regex,
    /// The same, where it is simple.
    steps: Option<Steps>,
}

impl Shape {
    /// Whether all of `cell` has this shape.
    pub fn fits(&self, cell: &str) -> bool {
        self.steps.as_ref().is_some_and(|steps| steps.take(cell.as_bytes())) || self.whole.is_match(cell)
    }

    /// The regular expression, anchored at both ends.
    pub fn as_str(&self) -> &str {
        self.whole.as_str()
    }
}

/// The text is no regular expression that a whole cell could be held against.
#[derive(Debug, thiserror::Error)]
pub enum BadShape {
    /// It would match a part of a cell.
    #[error("the shape `{0}` must begin with `^` and end with `$`")]
    NotAnchored(String),
    /// It is no regular expression.
    #[error(transparent)]
    Syntax(#[from] regex::Error),
}

impl TryFrom<String> for Shape {
    type Error = BadShape;

    fn try_from(text: String) -> Result<Shape, BadShape> {
        if !(text.starts_with('^') && text.ends_with('$')) {
            return Err(BadShape::NotAnchored(text));
        }
        Ok(Shape { whole: Regex::new(&text)?, steps: Steps::of(&text) })
    }
}

impl PartialEq for Shape {
    fn eq(&self, other: &Shape) -> bool {
        self.as_str() == other.as_str()
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shape({})", self.as_str())
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Kind {
    /// Its name in the TOML of a schema and in what is served: `postal_code`.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Ascii => "ascii",
            Kind::Katakana => "katakana",
            Kind::Code { .. } => "code",
            Kind::Integer { .. } => "integer",
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Time { .. } => "time",
            Kind::Latitude => "latitude",
            Kind::Longitude => "longitude",
            Kind::Telephone => "telephone",
            Kind::Url => "url",
            Kind::Email => "email",
            Kind::PostalCode => "postal_code",
            Kind::CorporateNumber => "corporate_number",
            Kind::MunicipalityCode => "municipality_code",
            Kind::OneOf(_) => "one_of",
            Kind::Weekdays => "weekdays",
            Kind::List => "list",
        }
    }

    /// How a cell of this kind is written, in one short sentence.
    pub fn describe(&self) -> Text {
        match self {
            Kind::Text => Text::new("文字で書きます。", "Any text."),
            Kind::Ascii => {
                Text::new("半角の英数字と記号で書きます。", "Half-width letters, digits and signs (ASCII).")
            }
            Kind::Katakana => Text::new("全角カタカナで書きます。", "Full-width katakana."),
            Kind::Code { .. } => Text::new(
                "決まった形の符号を半角で書きます。",
                "A code of a fixed shape, in half-width letters and digits.",
            ),
            Kind::Integer { min: Some(0) } => Text::new(
                "0以上の整数を半角数字だけで書きます。",
                "A whole number from 0 up, in half-width digits only.",
            ),
            Kind::Integer { min: Some(min) } => Text::new(
                format!("{min}以上の整数を半角数字だけで書きます。"),
                format!("A whole number from {min} up, in half-width digits only."),
            ),
            Kind::Integer { min: None } => {
                Text::new("整数を半角数字だけで書きます。", "A whole number, in half-width digits only.")
            }
            Kind::Number => Text::new(
                "数を半角数字だけで書きます（小数点は「.」、単位や桁区切りは付けません）。",
                "A number in half-width digits, with `.` as decimal point and neither unit nor thousands separator.",
            ),
            Kind::Date => Text::new("日付を西暦のYYYY-MM-DDの形で書きます。", "A date written YYYY-MM-DD."),
            Kind::Time { end: false } => Text::new(
                "時刻を24時間制のHH:MMの形で書きます（時は2桁）。",
                "A time of day written HH:MM, 24 hours, two digits each.",
            ),
            Kind::Time { end: true } => Text::new(
                "時刻を24時間制のHH:MMの形で書きます（時は2桁。24:00も使えます）。",
                "A time of day written HH:MM, 24 hours, two digits each; 24:00 is allowed.",
            ),
            Kind::Latitude => Text::new(
                "緯度を10進の度で書きます（日本では20から46の間）。",
                "The latitude in decimal degrees, 20 to 46 in Japan.",
            ),
            Kind::Longitude => Text::new(
                "経度を10進の度で書きます（日本では122から154.5の間）。",
                "The longitude in decimal degrees, 122 to 154.5 in Japan.",
            ),
            Kind::Telephone => Text::new(
                "電話番号を半角数字とハイフンで書きます（市外局番は( )で囲んでもよく、複数は「 / 」で区切ります）。",
                "A telephone number in half-width digits and hyphens; the area code may stand in ( ), several numbers are separated by ` / `.",
            ),
            Kind::Url => Text::new(
                "http:// か https:// で始まるURLを1つ書きます。",
                "One URL that begins with http:// or https://.",
            ),
            Kind::Email => {
                Text::new("メールアドレスを1つ、半角で書きます。", "One mail address, in half-width letters.")
            }
            Kind::PostalCode => Text::new(
                "郵便番号をハイフンなしの半角数字7桁で書きます。",
                "A postal code of 7 digits without a hyphen.",
            ),
            Kind::CorporateNumber => Text::new(
                "法人番号を半角数字13桁で書きます（先頭の1桁は検査数字）。",
                "A corporate number of 13 digits, the first a check digit.",
            ),
            Kind::MunicipalityCode => Text::new(
                "全国地方公共団体コードを半角数字6桁で書きます（先頭の0を落とさない。末尾の1桁は検査数字）。",
                "A municipality code of 6 digits with its leading 0, the last a check digit.",
            ),
            Kind::OneOf(values) => {
                let ja: Vec<String> = values.iter().map(|value| format!("「{value}」")).collect();
                let (only_ja, only_en) =
                    if values.len() == 1 { ("だけ", "Only") } else { ("のどれか1つ", "One of") };
                Text::new(
                    format!("{}{only_ja}を書きます。", ja.concat()),
                    format!("{only_en} {}.", values.join(", ")),
                )
            }
            Kind::Weekdays => Text::new(
                "曜日の1文字を月曜から順に、区切らずに書きます（月火水木金）。",
                "Weekdays by their first letter from Monday on, nothing between: 月火水木金.",
            ),
            Kind::List => Text::new(
                "複数あるときは半角セミコロン（;）で区切ります。",
                "Several values are separated by a half-width semicolon (;).",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_must_hold_for_the_whole_cell() {
        assert!(matches!(Shape::try_from("[0-9]{4}".to_owned()), Err(BadShape::NotAnchored(_))));
    }

    #[test]
    fn a_slip_in_a_shape_is_caught_when_the_schema_is_read() {
        assert!(matches!(Shape::try_from("^[0-9$".to_owned()), Err(BadShape::Syntax(_))));
    }

    #[test]
    fn a_shape_is_compared_and_shown_as_it_is_written() -> Result<(), BadShape> {
        let shape = Shape::try_from("^[0-9]{4}$".to_owned())?;
        assert_eq!(shape, shape.clone());
        assert_eq!(shape.to_string(), "^[0-9]{4}$");
        assert!(shape.fits("0225") && !shape.fits("02255") && !shape.fits("0225\n"));
        Ok(())
    }

    #[test]
    fn a_list_of_values_says_them_all() {
        let kind = Kind::OneOf(vec!["有".to_owned(), "無".to_owned()]);
        assert_eq!(kind.describe().ja, "「有」「無」のどれか1つを書きます。");
        assert_eq!(kind.describe().en, "One of 有, 無.");
    }
}

//! The municipality whose catalog this is. What is known of it is data (`datasets/city.toml`).

use std::fmt;
use std::str::FromStr;

use ingestion::{Bbox, CityArea};
use serde::{Deserialize, Serialize};

use crate::licence::Licence;

/// The municipality whose catalog this is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct City {
    /// 全国地方公共団体コード
    pub code: MunicipalityCode,
    /// 石巻市
    pub name: String,
    /// Ishinomaki City
    pub name_en: String,
    /// 宮城県
    pub prefecture: String,
    /// 法人番号, 13 digits.
    pub corporate_number: String,
    /// The catalog's title.
    pub catalog_title: String,
    /// The catalog's English title.
    pub catalog_title_en: String,
    /// What the catalog is, in a few sentences.
    pub catalog_description: String,
    /// Under what terms the descriptions themselves may be used.
    pub catalog_licence: Licence,
    /// The department that runs the catalog.
    pub department: crate::slug::Slug,
    /// The box around its area, in decimal degrees: a row that carries its code and lies far outside is a warning.
    /// Without it no place is held against the city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bbox: Option<Bbox>,
}

/// 対象地域: the area that a dataset speaks of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// The municipality itself.
    #[default]
    City,
    /// All of its prefecture.
    Prefecture,
}

/// 全国地方公共団体コード: six digits, the last of them a check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct MunicipalityCode(String);

/// The text is not six digits whose last is the check digit of the others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a 全国地方公共団体コード: six digits, the last a check digit")]
pub struct BadMunicipalityCode(String);

impl City {
    /// What a reader of its files is to know of it.
    pub fn place(&self) -> CityArea {
        CityArea { code: self.code.to_string(), bbox: self.bbox }
    }

    /// The municipality's or the prefecture's code and name: 宮城県石巻市, 宮城県.
    pub fn area(&self, area: Area) -> (MunicipalityCode, String) {
        match area {
            Area::City => (self.code.clone(), format!("{}{}", self.prefecture, self.name)),
            Area::Prefecture => (self.code.of_prefecture(), self.prefecture.clone()),
        }
    }
}

impl MunicipalityCode {
    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of the prefecture it lies in: `040002` for `042021`.
    pub fn of_prefecture(&self) -> MunicipalityCode {
        let body = format!("{}000", self.0.get(..2).unwrap_or_default());
        let check = check_digit(body.bytes().map(|digit| u32::from(digit - b'0')));
        MunicipalityCode(format!("{body}{check}"))
    }

    /// Its area in 統計LOD, which knows no check digits: `…/sac/C04202`.
    pub fn area_iri(&self) -> String {
        format!("http://data.e-stat.go.jp/lod/sac/C{}", self.0.get(..5).unwrap_or_default())
    }
}

/// Rule: 全国地方公共団体コード, check digit = last digit of 11 − (Σ digit × (6, 5, 4, 3, 2) mod 11).
fn check_digit(body: impl IntoIterator<Item = u32>) -> u32 {
    let sum: u32 = body.into_iter().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 10
}

impl FromStr for MunicipalityCode {
    type Err = BadMunicipalityCode;

    fn from_str(text: &str) -> Result<MunicipalityCode, BadMunicipalityCode> {
        let bad = || BadMunicipalityCode(text.to_owned());
        let digits: Vec<u32> = text.chars().map(|c| c.to_digit(10)).collect::<Option<_>>().ok_or_else(bad)?;
        match digits.as_slice() {
            [body @ .., check] if body.len() == 5 && *check == check_digit(body.iter().copied()) => {
                Ok(MunicipalityCode(text.to_owned()))
            }
            _ => Err(bad()),
        }
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for MunicipalityCode {
    type Error = BadMunicipalityCode;

    fn try_from(text: String) -> Result<MunicipalityCode, BadMunicipalityCode> {
        text.parse()
    }
}

impl From<MunicipalityCode> for String {
    fn from(code: MunicipalityCode) -> String {
        code.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::MunicipalityCode;

    #[test]
    fn a_code_is_known_by_its_check_digit() {
        for good in ["042021", "041009", "131016", "130001", "011002"] {
            assert!(good.parse::<MunicipalityCode>().is_ok(), "{good}");
        }
        for bad in ["", "42021", "042022", "0420210", "０４２０２１", "04202a"] {
            assert!(bad.parse::<MunicipalityCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_code_of_the_prefecture_has_a_check_digit_of_its_own() {
        let city: MunicipalityCode = "042021".parse().unwrap();
        assert_eq!(city.of_prefecture().as_str(), "040002");
        assert_eq!(city.of_prefecture().area_iri(), "http://data.e-stat.go.jp/lod/sac/C04000");
    }
}

//! The municipality whose catalog this is. What is known of it is data (`datasets/city.toml`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The municipality whose catalog this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The department that runs the catalog.
    pub department: crate::slug::Slug,
}

/// 全国地方公共団体コード: six digits, the last of them a check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct MunicipalityCode(String);

/// The text is not six digits whose last is the check digit of the others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a 全国地方公共団体コード: six digits, the last a check digit")]
pub struct BadMunicipalityCode(String);

impl MunicipalityCode {
    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The five digits without the check digit, as 統計LOD writes them in `C04202`.
    pub fn without_check_digit(&self) -> &str {
        self.0.get(..5).unwrap_or_default()
    }

    /// The two digits of the prefecture.
    pub fn prefecture(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }
}

impl FromStr for MunicipalityCode {
    type Err = BadMunicipalityCode;

    /// Rule: 全国地方公共団体コード, check digit = last digit of 11 − (Σ digit × (6, 5, 4, 3, 2) mod 11).
    fn from_str(text: &str) -> Result<MunicipalityCode, BadMunicipalityCode> {
        let bad = || BadMunicipalityCode(text.to_owned());
        let digits: Vec<u32> = text.chars().map(|c| c.to_digit(10)).collect::<Option<_>>().ok_or_else(bad)?;
        let [body @ .., check] = digits.as_slice() else { return Err(bad()) };
        let sum: u32 = body.iter().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
        if body.len() == 5 && *check == (11 - sum % 11) % 10 {
            Ok(MunicipalityCode(text.to_owned()))
        } else {
            Err(bad())
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
}

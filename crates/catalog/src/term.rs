//! A word of a controlled list: a 分類 (theme) or a 更新頻度 (frequency).
//!
//! The lists are the city's data (`datasets/themes.csv`, `datasets/frequencies.csv`), each word mapped to the
//! code of the European authority table that harvesters read.

use serde::{Deserialize, Serialize};

/// One word of a controlled list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its name in the API: `disaster-prevention`, `annual`.
    pub code: String,
    /// 防災・安全, 年1回
    pub label: String,
    /// Its English label.
    pub label_en: String,
    /// The code in the European authority table: `SOCI`, `ANNUAL`.
    pub eu: String,
}

/// Which controlled list a word belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// 分類
    Theme,
    /// 更新頻度
    Frequency,
}

impl TermKind {
    /// The name in the API and in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            TermKind::Theme => "theme",
            TermKind::Frequency => "frequency",
        }
    }
}

//! 利用条件: under what terms a dataset may be used.

use serde::{Deserialize, Serialize};

/// A licence of open data that harvesters know by its IRI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Licence {
    /// Creative Commons 表示 4.0 国際
    #[serde(rename = "CC-BY-4.0")]
    CcBy4,
    /// Creative Commons CC0 1.0
    #[serde(rename = "CC0-1.0")]
    Cc0,
    /// 公共データ利用規約（第1.0版）
    #[serde(rename = "PDL-1.0")]
    Pdl1,
}

impl Licence {
    /// All of them.
    pub const ALL: [Licence; 3] = [Licence::CcBy4, Licence::Cc0, Licence::Pdl1];

    /// The name in the API.
    pub fn id(self) -> &'static str {
        match self {
            Licence::CcBy4 => "CC-BY-4.0",
            Licence::Cc0 => "CC0-1.0",
            Licence::Pdl1 => "PDL-1.0",
        }
    }

    /// The licence named `id` in the API.
    pub fn from_id(id: &str) -> Option<Licence> {
        Licence::ALL.into_iter().find(|licence| licence.id() == id)
    }

    /// The canonical IRI.
    pub fn iri(self) -> &'static str {
        match self {
            Licence::CcBy4 => "https://creativecommons.org/licenses/by/4.0/",
            Licence::Cc0 => "https://creativecommons.org/publicdomain/zero/1.0/",
            Licence::Pdl1 => "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
        }
    }

    /// The name people read.
    pub fn title(self) -> &'static str {
        match self {
            Licence::CcBy4 => "クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）",
            Licence::Cc0 => "クリエイティブ・コモンズ CC0 1.0",
            Licence::Pdl1 => "公共データ利用規約（第1.0版）",
        }
    }

    /// The short name that オープンデータ一覧 writes: `CC BY 4.0`.
    pub fn short(self) -> &'static str {
        match self {
            Licence::CcBy4 => "CC BY 4.0",
            Licence::Cc0 => "CC0 1.0",
            Licence::Pdl1 => "PDL1.0",
        }
    }

    /// The English title by which a stock CKAN recognises the licence.
    pub fn title_en(self) -> &'static str {
        match self {
            Licence::CcBy4 => "Creative Commons Attribution",
            Licence::Cc0 => "Creative Commons CCZero",
            Licence::Pdl1 => "Public Data License (Version 1.0)",
        }
    }
}

//! 担当課: the office that answers for a dataset.

use serde::{Deserialize, Serialize};

use crate::slug::Slug;

/// 担当課: the office that answers for a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Its name in addresses.
    pub slug: Slug,
    /// 復興企画部ＤＸ推進課
    pub title: String,
    /// Its English name, where one is known.
    pub title_en: Option<String>,
}

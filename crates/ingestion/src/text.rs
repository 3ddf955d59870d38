//! What is said to people: every sentence in Japanese and in English.

use serde::{Deserialize, Serialize};

/// The language a reader asked for. Japanese unless they said otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 日本語
    #[default]
    Ja,
    /// English
    En,
}

/// One sentence, said in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// 日本語
    pub ja: String,
    /// English
    pub en: String,
}

impl Language {
    /// The one of two words that is in this language.
    pub(crate) fn say<'a>(self, ja: &'a str, en: &'a str) -> &'a str {
        match self {
            Language::Ja => ja,
            Language::En => en,
        }
    }
}

impl Text {
    /// The sentence `ja`, with `en` beside it.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Text {
        Text { ja: ja.into(), en: en.into() }
    }

    /// The sentence in `language`.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}

//! In which part of a document a word stands, and what that is worth.

/// A part of a document that is searched; the earlier part counts more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// 題名: its title, in every language it has.
    Title,
    /// キーワード
    Keywords,
    /// 説明
    Description,
    /// The office that answers for it, its schema, its name in addresses.
    About,
    /// 項目: the names of its columns.
    Fields,
}

impl Tier {
    /// All of them, the most important first.
    pub const ALL: [Tier; 5] = [Tier::Title, Tier::Keywords, Tier::Description, Tier::About, Tier::Fields];

    /// The name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Tier::Title => "title",
            Tier::Keywords => "keywords",
            Tier::Description => "description",
            Tier::About => "about",
            Tier::Fields => "fields",
        }
    }

    /// What a word is worth here. One place higher up is worth more than the exact wording, which is worth more than
    /// a synonym at the same place.
    pub(crate) fn worth(self, is_exact: bool) -> u16 {
        let place = match self {
            Tier::Title => 32,
            Tier::Keywords => 16,
            Tier::Description => 8,
            Tier::About => 4,
            Tier::Fields => 2,
        };
        place + u16::from(is_exact)
    }
}

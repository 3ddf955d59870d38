//! Names of regions (L3-06): the 47 prefectures in full and cut short, and what looks like the name of a
//! municipality.
//!
//! Rule: JIS X 0401. The 1,741 municipalities (JIS X 0402) are known by the end of their name only; one without
//! it (石巻 for 石巻市) is not told.

const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// The longest cell that may be the name of a prefecture or of a municipality, in bytes: seven letters.
pub(super) const NAME_BYTES_MAX: usize = 21;

/// What a cell says of a region.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Region {
    /// Nothing that is known.
    #[default]
    Unknown,
    /// 宮城県, 石巻市
    Official,
    /// 宮城
    Short,
}

impl Region {
    /// What `cell`, without blanks around it, says.
    pub fn of(cell: &str) -> Region {
        const NAME_CHARS_MIN: usize = 2;
        if cell.len() > NAME_BYTES_MAX || cell.is_ascii() {
            Region::Unknown
        } else if PREFECTURES.contains(&cell)
            || (cell.ends_with(['市', '区', '町', '村']) && cell.chars().count() >= NAME_CHARS_MIN)
        {
            Region::Official
        } else if PREFECTURES.iter().any(|name| cut_short(name) == Some(cell)) {
            Region::Short
        } else {
            Region::Unknown
        }
    }
}

/// 宮城 of 宮城県; 北海道 is never cut.
fn cut_short(name: &str) -> Option<&str> {
    name.strip_suffix(['都', '府', '県'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_names_are_told_from_those_cut_short() {
        for (cell, region) in [
            ("宮城県", Region::Official),
            ("北海道", Region::Official),
            ("京都府", Region::Official),
            ("石巻市", Region::Official),
            ("宮城", Region::Short),
            ("京都", Region::Short),
            ("東北", Region::Unknown),
            ("市", Region::Unknown),
            ("", Region::Unknown),
            ("042021", Region::Unknown),
        ] {
            assert_eq!(Region::of(cell), region, "{cell}");
        }
    }

    #[test]
    fn there_are_47_prefectures_and_each_has_its_kind_behind_its_name() {
        assert_eq!(PREFECTURES.iter().filter(|name| cut_short(name).is_some()).count(), 46);
        assert!(PREFECTURES.iter().all(|name| Region::of(name) == Region::Official));
    }
}

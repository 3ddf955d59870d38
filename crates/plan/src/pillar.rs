//! 柱: the two halves of the plan, the 項目 in each, and how many items are declared and on record.

use serde::{Deserialize, Serialize};

use crate::code::{InitiativeCode, PillarCode};

/// 柱: a pillar as the plan declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PillarDeclaration {
    /// Its letter.
    pub code: PillarCode,
    /// 「市民サービスの利便性向上」実現のための取組事項
    pub title: String,
    /// How many individual items the plan says there are over all its 項目.
    pub declared_items: u32,
    /// That number, as written: Ａ－①～⑤…９項目.
    pub declared_text: String,
    /// Its 項目 in the plan's order.
    #[serde(alias = "initiative")]
    pub initiatives: Vec<Heading>,
}

/// 項目: a heading under which individual items stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// `A-1`
    pub code: InitiativeCode,
    /// デジタル技術やデータを活用した市民サービスの利便性向上
    pub title: String,
}

/// 注: what the plan says in a note below its list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// ※１
    pub mark: String,
    /// The initiatives that carry the mark.
    pub on: Vec<InitiativeCode>,
    /// The note, in the city's words.
    pub text: String,
    /// What follows from it, in our words.
    pub remark: Option<String>,
}

/// 柱: a pillar beside what is on record under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pillar {
    /// Its letter.
    pub code: PillarCode,
    /// Its title.
    pub title: String,
    /// How many individual items the plan says there are.
    pub declared_items: u32,
    /// That number, as written.
    pub declared_text: String,
    /// How many individual items are on record and in force.
    pub items_on_record: u32,
    /// How the two numbers stand to each other, in a Japanese sentence.
    pub difference: String,
    /// Its 項目 in the plan's order.
    pub initiatives: Vec<HeadingOnRecord>,
}

/// 項目: a heading beside what is on record under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadingOnRecord {
    /// `A-1`
    pub code: InitiativeCode,
    /// ①
    pub mark: String,
    /// Its title.
    pub title: String,
    /// The marks of its notes: ※１.
    pub notes: Vec<String>,
    /// How many individual items are on record and in force under it.
    pub items_on_record: u32,
}

impl Pillar {
    /// The pillar `declared` beside the codes of all `items` on record and in force.
    pub fn on_record(declared: &PillarDeclaration, notes: &[Note], items: &[InitiativeCode]) -> Pillar {
        let count = |of: &dyn Fn(&InitiativeCode) -> bool| {
            u32::try_from(items.iter().filter(|item| of(item)).count()).unwrap_or(u32::MAX)
        };
        let initiatives = declared.initiatives.iter().map(|heading| HeadingOnRecord {
            code: heading.code,
            mark: heading.code.mark(),
            title: heading.title.clone(),
            notes: notes.iter().filter(|n| n.on.contains(&heading.code)).map(|n| n.mark.clone()).collect(),
            items_on_record: count(&|item| item.parent() == Some(heading.code)),
        });
        let items_on_record = count(&|item| item.pillar() == declared.code);
        Pillar {
            code: declared.code,
            title: declared.title.clone(),
            declared_items: declared.declared_items,
            declared_text: declared.declared_text.clone(),
            items_on_record,
            difference: difference(declared.declared_items, items_on_record),
            initiatives: initiatives.collect(),
        }
    }
}

/// Says openly how the declared number of items stands to the number on record.
fn difference(declared: u32, on_record: u32) -> String {
    let says = format!("個別の取組事項は{declared}項目と示されて");
    if on_record == declared {
        format!("{says}おり、記録も{on_record}項目です。")
    } else if on_record == 0 {
        format!("{says}いますが、題名が公開されていないため、記録は0項目です。")
    } else if on_record < declared {
        format!("{says}いますが、まだ登録されていないものがあるため、記録は{on_record}項目です。")
    } else {
        format!("{says}いますが、追加されたものを含め、記録は{on_record}項目です。")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(declared: u32, on_record: u32, expected: &str) {
        assert_eq!(difference(declared, on_record), expected);
    }

    #[test]
    fn the_difference_is_said_openly_whichever_way_it_goes() {
        says(9, 0, "個別の取組事項は9項目と示されていますが、題名が公開されていないため、記録は0項目です。");
        says(
            9,
            3,
            "個別の取組事項は9項目と示されていますが、まだ登録されていないものがあるため、記録は3項目です。",
        );
        says(9, 9, "個別の取組事項は9項目と示されており、記録も9項目です。");
        says(9, 10, "個別の取組事項は9項目と示されていますが、追加されたものを含め、記録は10項目です。");
    }
}

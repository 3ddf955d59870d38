//! How a question is asked, and what may be answered.

use super::words::excerpt;
use crate::question::QuestionCode;
use crate::text::Text;

/// What may be answered, in Japanese and in English.
pub(crate) struct Choice {
    /// The answer; the Japanese text is what is kept.
    pub text: [&'static str; 2],
    /// Whether it says that the column must not be published as it is.
    pub withholds: bool,
    /// Whether it says that what stands there stands for an empty cell.
    pub empties: bool,
}

/// How one kind of question is asked; the first text is Japanese.
struct Asking {
    code: QuestionCode,
    /// `{column}`, `{rows}` and `{seen}` are filled in.
    ask: [&'static str; 2],
    choices: &'static [Choice],
}

/// Of the rows, this many are named in the question itself.
const ROWS_NAMED_MAX: usize = 5;

/// The question in words.
pub(crate) fn question(
    code: QuestionCode,
    column: Option<&str>,
    rows: &[u64],
    words: &[[String; 2]],
) -> Text {
    let [ja, en] = asking(code).ask;
    let column = column.map(excerpt).unwrap_or_default();
    let of = |language: usize, between: &str| {
        let words: Vec<String> =
            words.iter().filter_map(|both| both.get(language)).map(|text| excerpt(text)).collect();
        words.join(between)
    };
    let numbers: Vec<String> = rows.iter().take(ROWS_NAMED_MAX).map(u64::to_string).collect();
    let more = rows.len() > ROWS_NAMED_MAX;
    let rows_ja = format!("{}行目{}", numbers.join("、"), if more { "など" } else { "" });
    let rows_en = format!(
        "row{} {}{}",
        if rows.len() == 1 { "" } else { "s" },
        numbers.join(", "),
        if more { " and others" } else { "" }
    );
    let fill = |template: &str, seen: &str, rows: &str| {
        template.replace("{seen}", seen).replace("{rows}", rows).replace("{column}", &column)
    };
    Text::new(fill(ja, &of(0, "、"), &rows_ja), fill(en, &of(1, ", "), &rows_en))
}

/// What may be answered.
pub(crate) fn choices(code: QuestionCode) -> Vec<Text> {
    asking(code).choices.iter().map(|choice| Text::new(choice.text[0], choice.text[1])).collect()
}

/// The choice that `answer` is: its text in either language, or its number from 1.
pub(crate) fn choice(code: QuestionCode, answer: &str) -> Option<&'static Choice> {
    let choices = asking(code).choices;
    let by_number = || choices.get(answer.parse::<usize>().ok()?.checked_sub(1)?);
    choices.iter().find(|choice| choice.text.contains(&answer)).or_else(by_number)
}

fn asking(code: QuestionCode) -> &'static Asking {
    ASKINGS.iter().find(|asking| asking.code == code).expect("a test finds a question for every code")
}

const PUBLISHABLE: Choice = choice_of(["公開してよい", "It may be published"]);
const WITHHELD: Choice = Choice {
    withholds: true,
    ..choice_of(["公開できない（消してから出し直す）", "It must not be published (it will be removed first)"])
};

const fn choice_of(text: [&'static str; 2]) -> Choice {
    Choice { text, withholds: false, empties: false }
}

const ASKINGS: &[Asking] = &[
    Asking {
        code: QuestionCode::PersonalData,
        ask: [
            "「{column}」に、個人の情報かもしれないものがあります（{seen}。{rows}）。公開してよいものですか。",
            "\"{column}\" may hold data about a person ({seen}; {rows}). May it be published?",
        ],
        choices: &[
            choice_of([
                "個人の情報ではない（施設や団体の連絡先など）",
                "It is no data about a person (it belongs to a facility or an organisation)",
            ]),
            choice_of([
                "個人の情報だが、公開してよいことを確かめた",
                "It is data about a person, and we have made sure that it may be published",
            ]),
            WITHHELD,
        ],
    },
    Asking {
        code: QuestionCode::MissingValue,
        ask: [
            "「{column}」の「{seen}」（{rows}）は、値がないことを表していますか。",
            "Does \"{seen}\" in \"{column}\" ({rows}) stand for no value?",
        ],
        choices: &[
            Choice {
                empties: true,
                ..choice_of(["値がない（空欄にする）", "There is no value (empty the cell)"])
            },
            choice_of(["書いてあるとおりの意味がある（そのまま残す）", "It means what it says (keep it)"]),
        ],
    },
    Asking {
        code: QuestionCode::HiddenRows,
        ask: [
            "表計算ソフトで隠されている行があります（{rows}）。公開すると、だれでも見ることができます。公開してよいものですか。",
            "The spreadsheet hides rows ({rows}). Once published, everybody can see them. May they be published?",
        ],
        choices: &[PUBLISHABLE, WITHHELD],
    },
    Asking {
        code: QuestionCode::HiddenColumns,
        ask: [
            "「{column}」は、表計算ソフトで隠されている列です。公開すると、だれでも見ることができます。公開してよいものですか。",
            "The spreadsheet hides the column \"{column}\". Once published, everybody can see it. May it be published?",
        ],
        choices: &[PUBLISHABLE, WITHHELD],
    },
    Asking {
        code: QuestionCode::HiddenSheets,
        ask: [
            "表計算ソフトで隠されているシートがあります（{seen}）。元のファイルと一緒に公開されます。公開してよいものですか。",
            "The workbook hides sheets ({seen}). They are published with the original file. May they be published?",
        ],
        choices: &[PUBLISHABLE, WITHHELD],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_can_be_asked_and_answered_in_both_languages() {
        for code in QuestionCode::all() {
            let seen = [["見本".to_owned(), "sample".to_owned()]];
            let Text { ja, en } = question(*code, Some("備考"), &[2, 3, 4, 5, 6, 7], &seen);
            assert!(ja.ends_with("か。") && en.ends_with('?'), "{code}: {ja} {en}");
            assert!(!ja.contains(['{', '}']) && !en.contains(['{', '}']), "{code}: {ja} {en}");
            for text in choices(*code) {
                assert!([&text.ja, &text.en].iter().all(|text| choice(*code, text).is_some()), "{code}");
            }
            assert!(choices(*code).len() > 1);
        }
    }

    #[test]
    fn a_question_names_its_column_what_was_seen_and_the_first_rows() {
        let seen = [["携帯電話の番号".to_owned(), "a mobile number".to_owned()]];
        let asked = question(QuestionCode::PersonalData, Some("備考"), &[2, 3, 4, 5, 6, 7], &seen);
        assert_eq!(
            asked.ja,
            "「備考」に、個人の情報かもしれないものがあります（携帯電話の番号。2、3、4、5、6行目など）。公開してよいものですか。"
        );
        let asked = question(QuestionCode::MissingValue, Some("電話番号"), &[9], &[["-".into(), "-".into()]]);
        assert_eq!(asked.en, "Does \"-\" in \"電話番号\" (row 9) stand for no value?");
    }
}

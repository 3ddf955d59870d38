//! The pages of `docs/findings`: what each finding means and how to mend it, what each repair does, what each
//! question asks; made from what is said of it.

use std::path::{Path, PathBuf};

use ingestion::{Code, Finding, Question, QuestionCode, Repair, RepairCode, Severity, Text};

use super::examples::Example;

/// The folder of the pages in the repository.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/findings")
}

/// Every page: its file's name and its text.
pub fn all() -> Vec<(String, String)> {
    let findings: Vec<Found> = Code::all().iter().filter_map(|code| Found::of(*code)).collect();
    let repairs: Vec<Mended> = RepairCode::all().iter().filter_map(|code| Mended::of(*code)).collect();
    let questions: Vec<Asked> = QuestionCode::all().iter().filter_map(|code| Asked::of(*code)).collect();
    let index = ("README.md".to_owned(), index(&findings, &repairs, &questions));
    let findings = findings.iter().map(|it| (format!("{}.md", it.code), it.page()));
    let repairs = repairs.iter().map(|it| (format!("repair-{}.md", it.repair.code), it.page()));
    let questions = questions.iter().map(|it| (format!("question-{}.md", it.question.code), it.page()));
    std::iter::once(index).chain(findings).chain(repairs).chain(questions).collect()
}

/// A finding with its example and what is found in it.
struct Found {
    code: Code,
    example: &'static Example,
    found: Finding,
}

/// A repair that is made in its example.
struct Mended {
    example: &'static Example,
    repair: Repair,
}

/// A question that its example raises.
struct Asked {
    example: &'static Example,
    question: Question,
}

impl Found {
    /// `None` where no example shows the code.
    fn of(code: Code) -> Option<Found> {
        let example = Example::of_finding(code)?;
        let found = example.finding(code)?;
        assert_eq!(example.finding_after(code), None, "the example of `{code}` is not mended");
        Some(Found { code, example, found })
    }
}

impl Mended {
    /// `None` where no example shows the code.
    fn of(code: RepairCode) -> Option<Mended> {
        let example = Example::of_repair(code)?;
        Some(Mended { example, repair: example.repair(code)? })
    }

    fn page(&self) -> String {
        let Repair { code, before, after, reason, .. } = &self.repair;
        let title = code.title();
        let change = |open: &str, close: &str| match before == after {
            true => String::new(),
            false => format!("{open}{before}{close} → {open}{after}{close}\n\n"),
        };
        let (change_ja, change_en) = (change("「", "」"), change("\"", "\""));
        let ([shown_ja, shown_en], [held_ja, held_en]) = (shown(self.example), held(self.example));
        format!(
            "# {}\n\n直しの符号: `{code}`　自動で直し、直したことを検証結果に残します。\n\n\
             ## 何をしたか\n\n> {}\n\n{change_ja}## 例{held_ja}\n\n{shown_ja}\n\
             受け取ったファイルはそのまま残ります。この直しをしないこともできます。そのときは同じところが指摘になります。\n\n\
             ---\n\n# {}\n\nCode of the repair: `{code}`. It is made by itself and recorded in the report.\n\n\
             ## What was done\n\n> {}\n\n{change_en}## Example{held_en}\n\n{shown_en}\n\
             The file as it came is kept. The repair can be switched off; the cell is then a finding.\n\n{BACK}",
            title.ja, reason.ja, title.en, reason.en,
        )
    }
}

impl Asked {
    /// `None` where no example shows the code.
    fn of(code: QuestionCode) -> Option<Asked> {
        let example = Example::of_question(code)?;
        Some(Asked { example, question: example.question(code)? })
    }

    fn page(&self) -> String {
        let Question { code, ask, choices, .. } = &self.question;
        let title = title_of(*code);
        let ([shown_ja, shown_en], [held_ja, held_en]) = (shown(self.example), held(self.example));
        let list = |of: fn(&Text) -> &str| -> String {
            choices.iter().map(|choice| format!("* {}\n", of(choice))).collect()
        };
        let (choices_ja, choices_en) = (list(|text| &text.ja), list(|text| &text.en));
        format!(
            "# {}\n\n質問の符号: `{code}`　機械には決められないことです。答えるまで公開できません（下書きにはできます）。\n\n\
             ## 質問\n\n> {}\n\n## 答え方\n\n{choices_ja}\n## 例{held_ja}\n\n{shown_ja}\n\
             ---\n\n# {}\n\nCode of the question: `{code}`. Only a person knows. Publication waits for the answer, a draft does not.\n\n\
             ## The question\n\n> {}\n\n## What may be answered\n\n{choices_en}\n## Example{held_en}\n\n{shown_en}\n{BACK}",
            title.ja, ask.ja, title.en, ask.en,
        )
    }
}

/// What a question is about in a few words.
fn title_of(code: QuestionCode) -> Text {
    match code {
        QuestionCode::PersonalData => {
            Text::new("個人の情報かもしれないもの", "What may be data about a person")
        }
        QuestionCode::MissingValue => Text::new("値がないことを表す印", "Marks for no value"),
        QuestionCode::HiddenRows => Text::new("隠されている行", "Hidden rows"),
        QuestionCode::HiddenColumns => Text::new("隠されている列", "Hidden columns"),
        QuestionCode::HiddenSheets => Text::new("隠されているシート", "Hidden sheets"),
        code => panic!("`{code}` has no title"),
    }
}

/// The last line of a page.
const BACK: &str = "[一覧 / All findings](README.md)\n";

/// The file of an example: as a table, or in words where a table says nothing.
fn shown(example: &Example) -> [String; 2] {
    match &example.shown {
        Some((ja, en)) => [format!("{ja}。\n"), format!("{}.\n", capitalised(en))],
        None => [table(example.text()), table(example.text())],
    }
}

/// The schema of an example, behind a heading.
fn held(example: &Example) -> [String; 2] {
    match example.schema() {
        Some(schema) => [format!("（{}）", schema.title), format!(" ({})", schema.id)],
        None => [String::new(), String::new()],
    }
}

/// What a severity means.
fn weight(severity: Severity) -> Text {
    match severity {
        Severity::Error => {
            Text::new("エラー（error）。直すまで公開できません。", "Error: stands in the way of publication.")
        }
        Severity::Warning => Text::new(
            "注意（warning）。できるだけ直してください。このままでも公開はできます。",
            "Warning: should be mended, does not stand in the way.",
        ),
        Severity::Note => {
            Text::new("参考（note）。直さなくてもかまいません。", "Note: nothing needs to be done.")
        }
    }
}

impl Found {
    fn page(&self) -> String {
        let Found { code, example, found } = self;
        let (title, weight) = (code.title(), weight(found.severity));
        let ([shown_ja, shown_en], [held_ja, held_en]) = (shown(example), held(example));
        let after = |heading: &str| match (&example.after, &example.shown) {
            (Some(after), None) => format!("{heading}\n\n{}", table(after)),
            _ => String::new(),
        };
        let (after_ja, after_en) = (after("直した後:"), after("After:"));
        format!(
            "# {}\n\n指摘の符号: `{code}`　例の重さ: {}\n\n\
             ## 何が起きているか\n\n> {}\n\n## 直し方\n\n> {}\n\n## 例{held_ja}\n\n直す前:\n\n{shown_ja}\n{after_ja}\n\
             ---\n\n# {}\n\nCode: `{code}`. {}\n\n\
             ## What happens\n\n> {}\n\n## How to mend it\n\n> {}\n\n## Example{held_en}\n\nBefore:\n\n{shown_en}\n{after_en}\n\
             {BACK}",
            title.ja,
            weight.ja,
            found.message.ja,
            found.hint.ja,
            title.en,
            weight.en,
            found.message.en,
            found.hint.en,
        )
    }
}

fn index(findings: &[Found], repairs: &[Mended], questions: &[Asked]) -> String {
    let mut lines = String::from(
        "# 指摘・直し・質問の一覧 / All findings, repairs and questions\n\n\
         ファイルを検証したときに出る指摘、自動でする直し、質問を1つずつ説明します。各ページは、画面に出る文と同じ表から作っています。\n\
         重さは例のものです。国の様式で確かでない項目（必須の印、選択肢、つづり）では「エラー」が「注意」になります。\n\n\
         One page for each finding, repair and question that a validation may show, made from the table of what is said of it.\n\
         The weight is that of the example: where the national schema is not sure (marks, lists of values, spelling), an error\n\
         becomes a warning.\n\n\
         `cargo run -p ingestion --example finding_pages` writes these pages.\n\n\
         ## 指摘 / Findings\n\n| 符号 code | 指摘 | Finding | 重さ severity |\n|---|---|---|---|\n",
    );
    for Found { code, found, .. } in findings {
        let (title, severity) = (code.title(), found.severity);
        lines.push_str(&format!("| [`{code}`]({code}.md) | {} | {} | {severity} |\n", title.ja, title.en));
    }
    lines.push_str("\n## 直し / Repairs\n\n| 符号 code | 直し | Repair |\n|---|---|---|\n");
    for Mended { repair: Repair { code, .. }, .. } in repairs {
        let title = code.title();
        lines.push_str(&format!("| [`{code}`](repair-{code}.md) | {} | {} |\n", title.ja, title.en));
    }
    lines.push_str("\n## 質問 / Questions\n\n| 符号 code | 質問 | Question |\n|---|---|---|\n");
    for Asked { question: Question { code, .. }, .. } in questions {
        let title = title_of(*code);
        lines.push_str(&format!("| [`{code}`](question-{code}.md) | {} | {} |\n", title.ja, title.en));
    }
    lines
}

/// A small CSV file as a block, with what nobody sees made visible.
fn table(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|letter| match letter {
            '\n' => "\n".to_owned(),
            '\r' => String::new(),
            '\u{202e}' | '\u{e000}' | '\u{200b}' | '\u{3000}' | '\u{3099}' => {
                format!("[U+{:04X}]", u32::from(letter))
            }
            letter if letter.is_control() => format!("[U+{:04X}]", u32::from(letter)),
            letter => letter.to_string(),
        })
        .collect();
    format!("```csv\n{}\n```\n", visible.trim_end_matches('\n'))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

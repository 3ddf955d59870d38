//! The questions of a report: what is asked, what may be answered, and how.

use std::io::{self, Write};

use ingestion::{Language, Question, Report};

use super::paint::{Ink, Paint};
use super::table::visible;

/// Writes the questions of `report`, if there are any.
///
/// # Errors
/// What `out` cannot do.
pub fn write(out: &mut impl Write, report: &Report, language: Language, paint: Paint) -> io::Result<()> {
    if report.questions.is_empty() {
        return Ok(());
    }
    let heading = match language {
        Language::Ja => "質問（人にしか分からないこと）",
        Language::En => "questions (what only a person knows)",
    };
    writeln!(out, "\n{heading}")?;
    for question in &report.questions {
        let ask = visible(question.ask.in_language(language));
        writeln!(out, "  {}  {ask}", paint.paint(Ink::Strong, &question.id))?;
        let said = answer(question, language);
        writeln!(out, "      {}", paint.paint(Ink::Faint, &visible(&said)))?;
    }
    Ok(())
}

/// The answer that was given, or how to give one.
fn answer(question: &Question, language: Language) -> String {
    if let Some(answer) = &question.answer {
        let given = question.choices.iter().find(|choice| choice.ja == *answer);
        let given = given.map_or(answer.as_str(), |choice| choice.in_language(language));
        return match language {
            Language::Ja => format!("答え: {given}"),
            Language::En => format!("answer: {given}"),
        };
    }
    let choices = question.choices.iter().zip(1..);
    let choices: Vec<String> =
        choices.map(|(choice, number)| format!("{number} {}", choice.in_language(language))).collect();
    let key = question.key();
    match language {
        Language::Ja => {
            format!("答えの候補: {}  → --answer \"{key}=番号\" を付けて、もう一度", choices.join(" / "))
        }
        Language::En => format!("choices: {}  → again, with --answer \"{key}=NUMBER\"", choices.join(" / ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report_view::sample;

    fn text(report: &Report, language: Language) -> String {
        let mut out = Vec::new();
        write(&mut out, report, language, Paint::OFF).expect("memory takes everything");
        String::from_utf8(out).expect("sentences are UTF-8")
    }

    #[test]
    fn an_open_question_says_how_it_is_answered() {
        let text = text(&sample::report(), Language::Ja);
        assert!(text.contains("q1  備考に個人の名前がありますか。"), "{text}");
        assert!(text.contains("1 ない / 2 ある  → --answer \"personal-data:備考=番号\""), "{text}");
    }

    #[test]
    fn an_answer_is_shown_in_the_readers_language() {
        let mut report = sample::report();
        report.questions.iter_mut().for_each(|question| question.answer = Some("ない".to_owned()));
        assert!(text(&report, Language::En).contains("answer: No\n"), "{}", text(&report, Language::En));
    }
}

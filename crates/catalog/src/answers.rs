//! Answers to what only a person knows about a file: which of them are known before it is read, and what somebody
//! may answer.
//!
//! What a sign stands for is a habit of whoever keeps the table, so such an answer is given again for the next file of
//! the same dataset. Whether something may be published is asked of every file anew.

use ingestion::{Question, QuestionCode, Report};

use crate::error::{CatalogError, NoAnswer};
use crate::revision::Answer;

/// What somebody answers: the key or the id of a question, and the text or the number (from 1) of a choice; `None`
/// leaves the question open again.
pub type Reply = (String, Option<String>);

/// Of the answers given on revision `number`, those that are given again for the next file.
pub(crate) fn carried(number: u32, answers: Vec<Answer>) -> Vec<Answer> {
    let habit = QuestionCode::MissingValue.to_string();
    answers
        .into_iter()
        .filter(|answer| answer.question.split(':').next() == Some(habit.as_str()))
        .map(|answer| Answer { carried_from: Some(answer.carried_from.unwrap_or(number)), ..answer })
        .collect()
}

/// The answers as the engine takes them.
pub(crate) fn pairs(answers: &[Answer]) -> Vec<(String, String)> {
    answers.iter().map(|answer| (answer.question.clone(), answer.choice.clone())).collect()
}

/// Of `answers`, those to questions that `report` asks.
pub(crate) fn asked(answers: Vec<Answer>, report: &Report) -> Vec<Answer> {
    let keys: Vec<String> = report.questions.iter().map(Question::key).collect();
    answers.into_iter().filter(|answer| keys.contains(&answer.question)).collect()
}

/// The answers that stand once `replies` are given to the questions of `report`; those that nobody replies to stay.
///
/// # Errors
/// [`CatalogError::BadAnswer`]
pub(crate) fn with(
    mut answers: Vec<Answer>,
    replies: &[Reply],
    report: &Report,
) -> Result<Vec<Answer>, CatalogError> {
    for (name, choice) in replies {
        let bad = |why, known| CatalogError::BadAnswer { question: name.clone(), why, known };
        let Some(question) = report.questions.iter().find(|it| it.id == *name || it.key() == *name) else {
            return Err(bad(NoAnswer::NotAsked, report.questions.iter().map(Question::key).collect()));
        };
        let key = question.key();
        answers.retain(|answer| answer.question != key);
        let Some(choice) = choice else { continue };
        let by_number = || question.choices.get(choice.parse::<usize>().ok()?.checked_sub(1)?);
        let chosen = question.choices.iter().find(|it| it.ja == *choice || it.en == *choice);
        let Some(chosen) = chosen.or_else(by_number) else {
            let known = question.choices.iter().map(|choice| choice.ja.clone()).collect();
            return Err(bad(NoAnswer::NotAChoice, known));
        };
        answers.push(Answer { question: key, choice: chosen.ja.clone(), carried_from: None });
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(question: &str, carried_from: Option<u32>) -> Answer {
        Answer { question: question.to_owned(), choice: "見本".to_owned(), carried_from }
    }

    #[test]
    fn what_a_sign_stands_for_is_not_asked_again_and_what_may_be_published_is() {
        let given = vec![
            answer("missing-value:電話番号", None),
            answer("missing-value:備考", Some(1)),
            answer("personal-data:備考", None),
            answer("hidden-rows", None),
        ];
        let expected = vec![answer("missing-value:電話番号", Some(3)), answer("missing-value:備考", Some(1))];
        assert_eq!(carried(3, given), expected);
    }
}

//! Answers to the questions of a report, as a caller writes them: `personal-data:備考=1`.
//!
//! What may be asked, and what the choices are, is the ingestion engine's business: an answer to nothing is passed over.

use std::str::FromStr;

/// One answer: the question, and the number of a choice or its words.
///
/// `None` where it is not written `QUESTION=CHOICE`. A question may hold a `=` of its own.
pub fn one(text: &str) -> Option<(String, String)> {
    let both = text.rsplit_once('=').filter(|(question, choice)| !(question.is_empty() || choice.is_empty()));
    both.map(|(question, choice)| (question.to_owned(), choice.to_owned()))
}

/// Answers with commas between them: `personal-data:備考=1,missing-value:電話番号=1`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Replies(pub Vec<(String, String)>);

impl FromStr for Replies {
    type Err = ();

    /// Reads them. The name of a column may hold a comma: a piece that answers nothing belongs to the next.
    fn from_str(text: &str) -> Result<Replies, ()> {
        let (mut replies, mut begun) = (Vec::new(), String::new());
        for piece in text.split(',') {
            begun.push_str(piece);
            match one(&begun) {
                Some(reply) => {
                    replies.push(reply);
                    begun.clear();
                }
                None => begun.push(','),
            }
        }
        if begun.is_empty() { Ok(Replies(replies)) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected
            .iter()
            .map(|(question, choice)| ((*question).to_owned(), (*choice).to_owned()))
            .collect();
        assert_eq!(text.parse(), Ok(Replies(expected)), "{text}");
    }

    #[test]
    fn several_answers_stand_between_commas() {
        reads("personal-data:備考=1", &[("personal-data:備考", "1")]);
        reads(
            "hidden-rows=1,missing-value:電話番号=2",
            &[("hidden-rows", "1"), ("missing-value:電話番号", "2")],
        );
    }

    #[test]
    fn a_name_may_hold_what_divides() {
        reads("personal-data:a,b=1", &[("personal-data:a,b", "1")]);
        reads("personal-data:a=b=2", &[("personal-data:a=b", "2")]);
    }

    #[test]
    fn what_answers_nothing_is_refused() {
        for text in ["", "personal-data:備考", "=1", "a=", "a=1,", "a=1,b"] {
            assert_eq!(text.parse::<Replies>(), Err(()), "{text}");
        }
    }
}

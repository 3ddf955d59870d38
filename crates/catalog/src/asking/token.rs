//! Cuts a CQL2-Text into names, texts, numbers and signs, each with the letters it stands at.

use super::misread::{Misread, Wanted, Why};

/// A piece of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub what: What,
    /// The letter it begins with, from 0.
    from: usize,
    /// The letter behind it.
    to: usize,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// A name, or a word of the language where it is bare.
    Name {
        /// Without its quotation marks.
        text: String,
        /// Whether it had some.
        quoted: bool,
    },
    /// A text, without its quotation marks.
    Text(String),
    /// A number without a sign before it.
    Number(String),
    /// A sign of the language.
    Sign(&'static str),
    /// A letter that begins nothing.
    Letter(char),
    /// The end.
    End,
}

/// The signs of the language; those of two letters first.
const SIGNS: [&str; 15] = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/", "%", "^"];

/// The pieces of a text, one after the other.
#[derive(Debug)]
pub(super) struct Tokens {
    letters: Vec<char>,
    at: usize,
    next: Option<Token>,
}

impl Tokens {
    pub(super) fn of(text: &str) -> Tokens {
        Tokens { letters: text.chars().collect(), at: 0, next: None }
    }

    /// The next piece, which is taken; behind the last it is [`What::End`], again and again.
    pub(super) fn next(&mut self) -> Result<Token, Misread> {
        match self.next.take() {
            Some(token) => Ok(token),
            None => self.cut(),
        }
    }

    /// The next piece, which stays.
    pub(super) fn peek(&mut self) -> Result<&Token, Misread> {
        let token = match self.next.take() {
            Some(token) => token,
            None => self.cut()?,
        };
        Ok(self.next.insert(token))
    }

    /// Whether the next piece is the `word` of the language; then it is taken.
    pub(super) fn takes(&mut self, word: &str) -> Result<bool, Misread> {
        let is_it = self.peek()?.word() == word;
        if is_it {
            self.next = None;
        }
        Ok(is_it)
    }

    fn cut(&mut self) -> Result<Token, Misread> {
        while self.letter(0).is_some_and(|letter| letter.is_whitespace()) {
            self.at += 1;
        }
        let from = self.at;
        let what = match self.letter(0) {
            None => What::End,
            Some('\'') => What::Text(self.quoted('\'')?),
            Some('"') => What::Name { text: self.quoted('"')?, quoted: true },
            Some(letter) if letter.is_ascii_digit() || (letter == '.' && self.is_digit(1)) => {
                What::Number(self.number())
            }
            Some(letter) if begins_name(letter) => {
                let text = self.take_while(goes_on_name);
                What::Name { text, quoted: false }
            }
            Some(letter) => match SIGNS.into_iter().find(|sign| self.stands(sign)) {
                Some(sign) => {
                    self.at += sign.len();
                    What::Sign(sign)
                }
                None => {
                    self.at += 1;
                    What::Letter(letter)
                }
            },
        };
        Ok(Token { what, from, to: self.at })
    }

    fn letter(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn is_digit(&self, ahead: usize) -> bool {
        self.letter(ahead).is_some_and(|letter| letter.is_ascii_digit())
    }

    fn stands(&self, sign: &str) -> bool {
        sign.chars().enumerate().all(|(ahead, letter)| self.letter(ahead) == Some(letter))
    }

    fn take_while(&mut self, goes_on: impl Fn(char) -> bool) -> String {
        let rest = self.letters.get(self.at..).unwrap_or_default();
        let taken: String = rest.iter().copied().take_while(|letter| goes_on(*letter)).collect();
        self.at += taken.chars().count();
        taken
    }

    /// What stands between two of `mark`, which is doubled where it is a letter, or has a `\` before it in a text.
    fn quoted(&mut self, mark: char) -> Result<String, Misread> {
        let from = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            match (self.letter(0), self.letter(1)) {
                (Some(letter), Some(next)) if letter == mark && next == mark => {
                    text.push(mark);
                    self.at += 2;
                }
                (Some('\\'), Some('\'')) if mark == '\'' => {
                    text.push(mark);
                    self.at += 2;
                }
                (Some(letter), _) if letter == mark => {
                    self.at += 1;
                    return Ok(text);
                }
                (Some(letter), _) => {
                    text.push(letter);
                    self.at += 1;
                }
                (None, _) => return Err(Misread::letters(from, 1, Why::Unclosed(mark))),
            }
        }
    }

    /// Digits, a fraction, an exponent.
    fn number(&mut self) -> String {
        let digit = |letter: char| letter.is_ascii_digit();
        let mut number = self.take_while(digit);
        if self.letter(0) == Some('.') {
            self.at += 1;
            number.push('.');
            number += &self.take_while(digit);
        }
        let signed = usize::from(matches!(self.letter(1), Some('+' | '-')));
        if matches!(self.letter(0), Some('e' | 'E')) && self.is_digit(1 + signed) {
            number.push('e');
            number.extend(self.letter(signed).filter(|_| signed == 1));
            self.at += 1 + signed;
            number += &self.take_while(digit);
        }
        number
    }
}

impl Token {
    /// Whether it is this sign.
    pub(super) fn is(&self, sign: &str) -> bool {
        matches!(self.what, What::Sign(own) if own == sign)
    }

    /// The word of the language that it may be, in small letters; nothing for any other piece.
    pub(super) fn word(&self) -> String {
        match &self.what {
            What::Name { text, quoted: false } => text.to_ascii_lowercase(),
            _ => String::new(),
        }
    }

    /// Whether it stands right behind `other`.
    pub(super) fn follows(&self, other: &Token) -> bool {
        self.from == other.to
    }

    /// Why it does not do.
    pub(super) fn says(&self, why: Why) -> Misread {
        Misread::letters(self.from, self.to - self.from, why)
    }

    /// It is not what should stand there.
    pub(super) fn is_not(&self, wanted: Wanted) -> Misread {
        let found = match &self.what {
            What::Name { text, .. } | What::Text(text) | What::Number(text) => {
                Some(super::misread::short(text))
            }
            What::Sign(sign) => Some((*sign).to_owned()),
            What::Letter(letter) => Some(letter.escape_debug().collect()),
            What::End => None,
        };
        self.says(Why::Wanted { wanted, found })
    }
}

/// Rule: OGC 21-065r2, annex B, `identifierStart`; blanks (U+3000) are none.
fn begins_name(letter: char) -> bool {
    matches!(letter,
        ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFE}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// Rule: OGC 21-065r2, annex B, `identifierPart`.
fn goes_on_name(letter: char) -> bool {
    begins_name(letter)
        || letter.is_ascii_digit()
        || matches!(letter, '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Result<Vec<What>, Misread> {
        let mut tokens = Tokens::of(text);
        let mut whats = Vec::new();
        loop {
            match tokens.next()?.what {
                What::End => return Ok(whats),
                what => whats.push(what),
            }
        }
    }

    #[track_caller]
    fn is_cut(text: &str, expected: &[What]) {
        assert_eq!(cut(text), Ok(expected.to_vec()), "{text}");
    }

    fn bare(text: &str) -> What {
        What::Name { text: text.to_owned(), quoted: false }
    }

    #[test]
    fn japanese_names_stand_bare_or_quoted() {
        is_cut("名称", &[bare("名称")]);
        is_cut("　収容人数（人）\t", &[bare("収容人数（人）")]);
        is_cut("\"a \"\"b\"\"\"", &[What::Name { text: "a \"b\"".to_owned(), quoted: true }]);
        is_cut("1階", &[What::Number("1".to_owned()), bare("階")]);
    }

    #[test]
    fn texts_double_their_quotation_mark_or_put_a_backslash_before_it() {
        is_cut("'it''s'", &[What::Text("it's".to_owned())]);
        is_cut(r"'it\'s'", &[What::Text("it's".to_owned())]);
        is_cut(r"'a\b'", &[What::Text(r"a\b".to_owned())]);
        assert_eq!(cut("a = 'b"), Err(Misread::letters(4, 1, Why::Unclosed('\''))));
    }

    #[test]
    fn numbers_have_fractions_and_exponents() {
        is_cut("1.5e-3", &[What::Number("1.5e-3".to_owned())]);
        is_cut(".5", &[What::Number(".5".to_owned())]);
        is_cut("2e", &[What::Number("2".to_owned()), bare("e")]);
        is_cut("<=-1", &[What::Sign("<="), What::Sign("-"), What::Number("1".to_owned())]);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_to_its_end(text in ".*") {
            let _ = cut(&text);
        }
    }
}

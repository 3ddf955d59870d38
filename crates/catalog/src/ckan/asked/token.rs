//! The words of a condition: what is quoted, escaped or set apart by signs.

use crate::asking::Pattern;

use super::{Misread, Why};

/// A piece of a condition, and where it begins, in letters from 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub at: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `OR`, `||`
    Or,
    /// `AND`, `&&`
    And,
    /// `NOT`, `-`, `!`
    Not,
    /// `+`
    Must,
    /// A name with its colon.
    Field(String),
    /// What is looked for.
    Value(Value),
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A word.
    Text(String),
    /// A phrase in quotation marks.
    Phrase(String),
    /// A word in which `*` or `?` stand for other letters; folded case.
    Like(Pattern),
    /// `*`
    Any,
    /// A span; each end with whether it belongs to it, `None` where it is open.
    Span {
        /// Its beginning.
        from: Option<(String, bool)>,
        /// Its end.
        to: Option<(String, bool)>,
    },
}

/// The pieces of `text`.
pub(super) fn all(text: &str) -> Result<Vec<Token>, Misread> {
    let letters: Vec<char> = text.chars().collect();
    let mut reader = Reader { letters: &letters, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = reader.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
}

/// Whether a letter ends a word that is not in quotation marks.
fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '(' | ')' | '"' | ':' | '^' | '~' | '[' | ']' | '{' | '}')
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn peek_second(&self) -> Option<char> {
        self.letters.get(self.at + 1).copied()
    }

    fn next(&mut self) -> Result<Option<Token>, Misread> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let at = self.at;
        let Some(letter) = self.peek() else { return Ok(None) };
        let before_something = self.peek_second().is_some_and(|next| !next.is_whitespace());
        let sign = match letter {
            '(' => Some((Kind::Open, 1)),
            ')' => Some((Kind::Close, 1)),
            '+' if before_something => Some((Kind::Must, 1)),
            '-' | '!' if before_something => Some((Kind::Not, 1)),
            '&' if self.peek_second() == Some('&') => Some((Kind::And, 2)),
            '|' if self.peek_second() == Some('|') => Some((Kind::Or, 2)),
            _ => None,
        };
        let kind = match (sign, letter) {
            (Some((kind, length)), _) => {
                self.at += length;
                return Ok(Some(Token { at, kind }));
            }
            (None, '"') => Kind::Value(Value::Phrase(self.quoted()?)),
            (None, '[' | '{') => Kind::Value(self.span()?),
            (None, ']' | '}' | '^' | '~' | ':') => {
                return Err(Misread { at, why: Why::Unexpected(letter.to_string()) });
            }
            _ => self.word(),
        };
        if matches!(kind, Kind::Value(_)) {
            self.pass_over_weight();
        }
        Ok(Some(Token { at, kind }))
    }

    /// A word that is not in quotation marks; the name of a field, or a word between conditions.
    fn word(&mut self) -> Kind {
        let mut text = String::new();
        let mut pattern = String::new();
        let (mut is_pattern, mut is_escaped) = (false, false);
        while let Some(letter) = self.peek().filter(|letter| !ends_word(*letter)) {
            self.at += 1;
            let letter = match letter {
                '*' | '?' => {
                    is_pattern = true;
                    pattern.push(if letter == '*' { '%' } else { '_' });
                    text.push(letter);
                    continue;
                }
                '\\' => {
                    is_escaped = true;
                    let Some(next) = self.peek() else { break };
                    self.at += 1;
                    next
                }
                other => other,
            };
            text.push(letter);
            if matches!(letter, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(letter.to_ascii_lowercase());
        }
        if self.peek() == Some(':') && !is_escaped {
            self.at += 1;
            return Kind::Field(text);
        }
        match text.as_str() {
            "OR" => Kind::Or,
            "AND" => Kind::And,
            "NOT" => Kind::Not,
            "*" if is_pattern => Kind::Value(Value::Any),
            _ if is_pattern => Kind::Value(Value::Like(Pattern::of(&pattern))),
            _ => Kind::Value(Value::Text(text)),
        }
    }

    fn quoted(&mut self) -> Result<String, Misread> {
        let begin = self.at;
        self.at += 1;
        let mut text = String::new();
        while let Some(letter) = self.peek() {
            self.at += 1;
            match letter {
                '"' => return Ok(text),
                '\\' => {
                    text.extend(self.peek());
                    self.at += 1;
                }
                other => text.push(other),
            }
        }
        Err(Misread { at: begin, why: Why::Unclosed('"') })
    }

    /// `[2026-01-01T00:00:00Z TO *]`; a curly bracket leaves the end out.
    fn span(&mut self) -> Result<Value, Misread> {
        let begin = self.at;
        let from_belongs = self.peek() == Some('[');
        self.at += 1;
        let mut words = Vec::new();
        let to_belongs = loop {
            match self.peek() {
                None => {
                    let bracket = if from_belongs { '[' } else { '{' };
                    return Err(Misread { at: begin, why: Why::Unclosed(bracket) });
                }
                Some(letter @ (']' | '}')) => {
                    self.at += 1;
                    break letter == ']';
                }
                Some(letter) if letter.is_whitespace() => self.at += 1,
                Some('"') => words.push(self.quoted()?),
                Some(_) => {
                    let mut word = String::new();
                    while let Some(letter) =
                        self.peek().filter(|letter| !letter.is_whitespace() && !matches!(letter, ']' | '}'))
                    {
                        self.at += 1;
                        // Colons are escaped by some.
                        if letter != '\\' {
                            word.push(letter);
                        }
                    }
                    words.push(word);
                }
            }
        };
        let end = |text: &String, belongs: bool| (text != "*").then(|| (text.clone(), belongs));
        match words.as_slice() {
            [from, to, until] if to == "TO" => {
                Ok(Value::Span { from: end(from, from_belongs), to: end(until, to_belongs) })
            }
            _ => Err(Misread { at: begin, why: Why::NoSpan }),
        }
    }

    /// How much a word weighs (`^2`) and how nearly it has to fit (`~1`) count nothing here.
    fn pass_over_weight(&mut self) {
        while matches!(self.peek(), Some('^' | '~')) {
            self.at += 1;
            while self.peek().is_some_and(|letter| letter.is_ascii_digit() || letter == '.') {
                self.at += 1;
            }
        }
    }
}

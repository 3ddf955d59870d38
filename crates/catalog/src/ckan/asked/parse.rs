//! Reads the pieces of a condition into what they mean together.

use std::iter::Peekable;
use std::vec::IntoIter;

use jiff::Timestamp;

use super::field::{self, Field};
use super::token::{self, Kind, Token};
use super::{Asked, DEPTH_MAX, LETTERS_MAX, Misread, NODES_MAX, Why};

/// The condition that `text` writes.
pub(super) fn read(text: &str, now: Timestamp) -> Result<Asked, Misread> {
    let length = text.chars().count();
    if length > LETTERS_MAX {
        return Err(too_much("letters", LETTERS_MAX));
    }
    let tokens = token::all(text)?;
    if tokens.len() > NODES_MAX {
        return Err(too_much("words", NODES_MAX));
    }
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), end: length, now };
    let asked = parser.side_by_side(None, 0)?;
    match parser.tokens.next() {
        None => Ok(asked),
        Some(Token { at, .. }) => Err(Misread { at, why: Why::Unexpected(")".to_owned()) }),
    }
}

fn too_much(what: &'static str, max: usize) -> Misread {
    Misread { at: 0, why: Why::TooMuch { what, max } }
}

struct Parser {
    tokens: Peekable<IntoIter<Token>>,
    /// Where the text ends.
    end: usize,
    now: Timestamp,
}

impl Parser {
    fn takes(&mut self, kind: &Kind) -> bool {
        self.tokens.next_if(|token| token.kind == *kind).is_some()
    }

    /// What stands side by side, up to the end or a closing parenthesis: all of it.
    fn side_by_side(&mut self, field: Option<Field>, depth: usize) -> Result<Asked, Misread> {
        let mut all = Vec::new();
        while self.tokens.peek().is_some_and(|token| token.kind != Kind::Close) {
            all.push(self.either(field, depth)?);
        }
        Ok(one_or(all, Asked::All))
    }

    fn either(&mut self, field: Option<Field>, depth: usize) -> Result<Asked, Misread> {
        let mut any = vec![self.both(field, depth)?];
        while self.takes(&Kind::Or) {
            any.push(self.both(field, depth)?);
        }
        Ok(one_or(any, Asked::Any))
    }

    fn both(&mut self, field: Option<Field>, depth: usize) -> Result<Asked, Misread> {
        let mut all = vec![self.one(field, depth)?];
        while self.takes(&Kind::And) {
            all.push(self.one(field, depth)?);
        }
        Ok(one_or(all, Asked::All))
    }

    /// One condition with the signs before it.
    fn one(&mut self, field: Option<Field>, depth: usize) -> Result<Asked, Misread> {
        let mut is_not = false;
        loop {
            if self.takes(&Kind::Not) {
                is_not = !is_not;
            } else if !self.takes(&Kind::Must) {
                break;
            }
        }
        let asked = self.bare(field, depth)?;
        Ok(if is_not { Asked::Not(Box::new(asked)) } else { asked })
    }

    fn bare(&mut self, field: Option<Field>, depth: usize) -> Result<Asked, Misread> {
        let missing = Misread { at: self.end, why: Why::Missing };
        let Token { at, kind } = self.tokens.next().ok_or(missing)?;
        match kind {
            Kind::Field(name) if field.is_none() => {
                let named = Field::of(&name).map_err(|why| Misread { at, why })?;
                self.bare(Some(named), depth)
            }
            Kind::Open => {
                if depth == DEPTH_MAX {
                    return Err(too_much("parentheses in one another", DEPTH_MAX));
                }
                let asked = self.side_by_side(field, depth + 1)?;
                if self.takes(&Kind::Close) {
                    Ok(asked)
                } else {
                    Err(Misread { at, why: Why::Unclosed('(') })
                }
            }
            Kind::Value(value) => field::meaning(field, value, self.now).map_err(|why| Misread { at, why }),
            Kind::Field(name) => Err(Misread { at, why: Why::Unexpected(format!("{name}:")) }),
            Kind::Close | Kind::Or | Kind::And | Kind::Not | Kind::Must => {
                Err(Misread { at, why: Why::Missing })
            }
        }
    }
}

fn one_or(mut parts: Vec<Asked>, together: fn(Vec<Asked>) -> Asked) -> Asked {
    match parts.len() {
        1 => parts.pop().unwrap_or(Asked::ANYTHING),
        _ => together(parts),
    }
}

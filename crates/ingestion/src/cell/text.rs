//! Names in katakana and in English.
//!
//! Rules: 定義書, 名称_カナ: 全角カタカナ; 名称_英字: 半角英数字. Both are rules of spelling: what one step of the
//! keyboard mends is never more than a warning.

use unicode_normalization::UnicodeNormalization;

use super::fold::{PROPOSAL_BYTES_MAX, full_width_kana, half_width, is_dash, is_narrow_kana};
use super::{Code, Fault, Value};
use crate::repair::{RepairCode, RepairSet};

/// Reads a name in full-width katakana; letters of other scripts and signs may stand in it.
pub(super) fn katakana(raw: &str, sure: bool) -> Result<Value<'_>, Fault> {
    if is_katakana(raw) {
        return Ok(Value::Text(raw));
    }
    if raw.len() > PROPOSAL_BYTES_MAX {
        return Err(Fault::error_if(sure, Code::NotKatakana));
    }
    let wide = full_width_kana(raw);
    if is_katakana(&wide) {
        let kinds = RepairSet::NONE.with(RepairCode::HalfWidthKana);
        return Err(Fault::warning(Code::NotKatakana).mended(kinds, wide));
    }
    let mended = Some(wide.chars().map(as_katakana).collect()).filter(|text: &String| is_katakana(text));
    Err(Fault::error_if(sure && mended.is_none(), Code::NotKatakana).proposing(mended))
}

fn is_katakana(text: &str) -> bool {
    !text.chars().any(|letter| matches!(letter, 'ぁ'..='ゖ' | '一'..='鿿' | '々') || is_narrow_kana(letter))
}

/// Hiragana as katakana, which stand in the same order.
fn as_katakana(letter: char) -> char {
    match letter {
        'ぁ'..='ゖ' => char::from_u32(u32::from(letter) + 0x60).unwrap_or(letter),
        _ => letter,
    }
}

/// Reads a name in printable ASCII.
pub(super) fn ascii(raw: &str, sure: bool) -> Result<Value<'_>, Fault> {
    if is_ascii(raw) {
        return Ok(Value::Text(raw));
    }
    let mended = (raw.len() <= PROPOSAL_BYTES_MAX)
        .then(|| half_width(raw).nfd().filter(|letter| !is_accent(*letter)).map(as_ascii).collect())
        .filter(|text: &String| is_ascii(text));
    Err(Fault::error_if(sure && mended.is_none(), Code::NotAscii).proposing(mended))
}

fn is_ascii(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}')
}

fn as_ascii(letter: char) -> char {
    match letter {
        '‘' | '’' | '´' => '\'',
        '“' | '”' => '"',
        _ if is_dash(letter) && letter != 'ー' => '-',
        _ => letter,
    }
}

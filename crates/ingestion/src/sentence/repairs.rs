//! What is said of a repair: what it is, and why it was made and loses nothing.

use super::About;
use super::words;
use crate::repair::RepairCode;
use crate::text::{Language, Text};

/// What is said of one kind of repair; the first text is Japanese.
struct Saying {
    code: RepairCode,
    /// A few words, as a heading: what becomes what.
    title: [&'static str; 2],
    /// Why it was made, and that nothing is lost. Words in braces are filled in by [`words`].
    reason: [&'static str; 2],
}

/// What a kind of repair is in a few words.
pub(crate) fn title(code: RepairCode) -> Text {
    let [ja, en] = saying(code).title;
    Text::new(ja, en)
}

/// Why `about.value` became `about.proposal`.
pub(crate) fn reason(code: RepairCode, about: &About<'_>) -> Text {
    let [ja, en] = saying(code).reason;
    Text::new(words::joined(Language::Ja, ja, "", about), words::joined(Language::En, en, "", about))
}

fn saying(code: RepairCode) -> &'static Saying {
    SAYINGS.iter().find(|saying| saying.code == code).expect("a test finds a saying for every code")
}

const SAYINGS: &[Saying] = &[
    Saying {
        code: RepairCode::SurroundingBlank,
        title: ["前後の空白や改行を削除", "Blanks around the cell taken off"],
        reason: [
            "{place}の前後の空白や改行を取りました。残っていると、同じ値でも別のものと扱われます。",
            "The blanks and line breaks around {place} were taken off. With them, equal values count as different.",
        ],
    },
    Saying {
        code: RepairCode::InvisibleCharacter,
        title: ["見えない文字を削除", "Invisible characters taken out"],
        reason: [
            "{place}から、幅がなく目に見えない文字を取りました（改行しない空白は普通の空白にしました）。見た目は変わりません。",
            "Characters that nobody sees were taken out of {place}, and no-break spaces made spaces. It looks the same.",
        ],
    },
    Saying {
        code: RepairCode::Decomposed,
        title: ["分かれた濁点などを1文字に", "Letters and their marks joined"],
        reason: [
            "{place}で、文字と濁点などが別々に書かれていた（NFD）ものを1文字にしました。見た目は変わらず、検索にかかるようになります。",
            "In {place}, letters and their marks were written apart (NFD) and are now one letter each. It looks the same and can be searched.",
        ],
    },
    Saying {
        code: RepairCode::FullWidth,
        title: ["全角→半角", "Full-width to half-width"],
        reason: [
            "{place}の全角の英数字や記号を半角にしました。この項目は半角で書く決まりです。",
            "Full-width letters, digits and signs in {place} were made half-width, as this field wants them.",
        ],
    },
    Saying {
        code: RepairCode::HalfWidthKana,
        title: ["半角カナ→全角カナ", "Half-width katakana to full-width"],
        reason: [
            "{place}の半角カナを全角にしました。この項目は全角カタカナで書く決まりです。",
            "Half-width katakana in {place} were made full-width, as this field wants them.",
        ],
    },
    Saying {
        code: RepairCode::ThousandsSeparator,
        title: ["桁区切りを削除", "Thousands separators taken out"],
        reason: [
            "{place}の桁区切りの「,」を取りました。数の大きさは変わりません。",
            "The commas between the thousands of {place} were taken out. The number is the same.",
        ],
    },
    Saying {
        code: RepairCode::Unit,
        title: ["単位を削除", "Unit taken off"],
        reason: [
            "{place}の後ろの単位を取り、数だけにしました。数の大きさは変わりません。",
            "The unit behind the number in {place} was taken off. The number is the same.",
        ],
    },
    Saying {
        code: RepairCode::MinusSign,
        title: ["▲→マイナス", "▲ to a minus sign"],
        reason: [
            "{place}の「▲」や「△」を負の数の「-」にしました。",
            "The ▲ or △ in {place} was made the minus sign of a negative number.",
        ],
    },
    Saying {
        code: RepairCode::JapaneseEra,
        title: ["和暦→西暦", "Japanese era to AD"],
        reason: [
            "{place}の元号の日付を、同じ日の西暦（YYYY-MM-DD）にしました。",
            "The date in {place} was in a Japanese era and is now the same day in the form YYYY-MM-DD.",
        ],
    },
    Saying {
        code: RepairCode::DateForm,
        title: ["日付の書き方", "Form of dates"],
        reason: [
            "{place}の日付を、同じ日のままYYYY-MM-DDの形にしました。",
            "The date in {place} is now written YYYY-MM-DD; it is the same day.",
        ],
    },
    Saying {
        code: RepairCode::TimeForm,
        title: ["時刻の書き方", "Form of times"],
        reason: [
            "{place}の時刻を、同じ時刻のまま24時間制のHH:MMの形にしました。",
            "The time in {place} is now written HH:MM on 24 hours; it is the same time.",
        ],
    },
    Saying {
        code: RepairCode::LostZero,
        title: ["落ちた先頭の0を補う", "Leading zero put back"],
        reason: [
            "{place}に、表計算ソフトで落ちた先頭の0を補いました。桁数から、ほかの読み方はありません。",
            "The leading 0 that a spreadsheet dropped was put back in {place}. Its length allows no other reading.",
        ],
    },
    Saying {
        code: RepairCode::LostCheckDigit,
        title: ["検査数字を補う", "Check digit put back"],
        reason: [
            "{place}に、抜けていた末尾の検査数字を補いました。ほかの5桁から計算で決まる数字です。",
            "The check digit that was missing in {place} was put back. The other five digits determine it.",
        ],
    },
    Saying {
        code: RepairCode::PostalCodeForm,
        title: ["郵便番号のハイフンなど", "Hyphens of postal codes"],
        reason: [
            "{place}の郵便番号から「〒」やハイフンを取りました。この項目は7桁の数字で書く決まりです。",
            "The hyphen or 〒 was taken out of the postal code in {place}: this field wants its 7 digits alone.",
        ],
    },
    Saying {
        code: RepairCode::TelephoneForm,
        title: ["電話番号の書き方", "Form of telephone numbers"],
        reason: [
            "{place}の電話番号を、番号は変えずに半角数字とハイフンの形にしました。",
            "The telephone number in {place} is now written in half-width digits and hyphens; it is the same number.",
        ],
    },
    Saying {
        code: RepairCode::ValueSpelling,
        title: ["決められた値にそろえる", "Values spelt as listed"],
        reason: [
            "{place}の「{value}」を、この項目で使う「{proposal}」にそろえました。",
            "\"{value}\" in {place} became \"{proposal}\", as the list of this field spells it.",
        ],
    },
    Saying {
        code: RepairCode::MissingValue,
        title: ["値なしの印を空欄に", "Marks for no value emptied"],
        reason: [
            "{place}の「{value}」は値がないことを表すという答えに従い、空欄にしました。",
            "\"{value}\" in {place} stands for no value, as was answered, and became an empty cell.",
        ],
    },
    Saying {
        code: RepairCode::SwappedCoordinates,
        title: ["緯度経度の入れ替え", "Latitude and longitude swapped back"],
        reason: [
            "{place}は緯度と経度が逆の列にあったので、入れ替えました。逆のままでは日本の外になります。",
            "Latitude and longitude stood in each other's column; {place} was swapped back. As it stood, it lay outside Japan.",
        ],
    },
    Saying {
        code: RepairCode::DegreesMinutesSeconds,
        title: ["度分秒→10進の度", "Degrees, minutes and seconds to decimal degrees"],
        reason: [
            "{place}の度分秒を、同じ場所を表す10進の度（小数6桁）にしました。",
            "The degrees, minutes and seconds in {place} are now decimal degrees (6 decimals); it is the same place.",
        ],
    },
    Saying {
        code: RepairCode::CoordinatesInOneCell,
        title: ["緯度経度を2列に分ける", "Coordinates put into two columns"],
        reason: [
            "1つのセルにあった緯度と経度を分け、{place}に「{proposal}」を入れました。",
            "Latitude and longitude stood in one cell; \"{proposal}\" was put into {place}.",
        ],
    },
    Saying {
        code: RepairCode::TrailingEmptyColumn,
        title: ["右端の空の列を削除", "Empty columns at the right end left out"],
        reason: [
            "{place}から下は名前も値もない列なので、除きました。",
            "The column below {place} has neither a name nor a value, and was left out.",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_repair_has_one_saying_in_both_languages() {
        let about =
            About { row: Some(3), column: Some(4), value: "２", proposal: Some("2"), ..About::default() };
        for code in RepairCode::all() {
            assert_eq!(SAYINGS.iter().filter(|saying| saying.code == *code).count(), 1, "{code}");
            let Text { ja, en } = reason(*code, &about);
            assert!(ja.contains("D3") && en.contains("D3"), "{code}: {ja} {en}");
            assert!(!ja.contains(['{', '}']) && !en.contains(['{', '}']), "{code}: {ja} {en}");
        }
    }
}

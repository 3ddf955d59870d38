//! What is said of a cell that is not what its kind must be.

use super::Saying;
use crate::finding::Code;

pub(super) const SAYINGS: &[Saying] = &[
    Saying {
        code: Code::RequiredMissing,
        title: ["必須の項目が空", "A required cell is empty"],
        message: ["{place}が空です。必須の項目なので、", "{place} is empty, and the field is required."],
        hint: ["このセルに「{name}」を入れてください。{how}", "Enter \"{name}\" in this cell. {how}"],
    },
    Saying {
        code: Code::NotInList,
        title: ["決められた値ではない", "Not one of the listed values"],
        message: [
            "{place}の「{value}」は、この項目で使える値の中にありません。書き方がそろわないと、数えたり絞り込んだりできません。",
            "{place} reads \"{value}\", which is none of the values of this field. Values that differ cannot be counted or filtered.",
        ],
        hint: ["{how}", "{how}"],
    },
    Saying {
        code: Code::NotANumber,
        title: ["数として読み取れない", "Not a number"],
        message: [
            "{place}の「{value}」は、数として読み取れません。地図に置いたり、計算したりできません。",
            "{place} reads \"{value}\", which is no number. It cannot be put on a map or reckoned with.",
        ],
        hint: [
            "{how}{unit}数で表せないことは備考に書いてください。{blank}",
            "{how} {unit} Put what is no number into the remarks. {blank}",
        ],
    },
    Saying {
        code: Code::NotAnInteger,
        title: ["整数として読み取れない", "Not a whole number"],
        message: [
            "{place}の「{value}」は、整数として読み取れません。数えたり、計算したりできません。",
            "{place} reads \"{value}\", which is no whole number. It cannot be counted or reckoned with.",
        ],
        hint: [
            "{how}{unit}数で表せないことは備考に書いてください。{blank}",
            "{how} {unit} Put what is no number into the remarks. {blank}",
        ],
    },
    Saying {
        code: Code::OutOfRange,
        title: ["ありえない大きさの数", "A number beyond what makes sense"],
        message: [
            "{place}の「{value}」は、この項目の値として考えられる範囲の外です。桁や列を間違えているおそれがあります。",
            "{place} reads \"{value}\", which lies beyond what makes sense in this field. A digit or the column may be wrong.",
        ],
        hint: ["{swapped}{how}", "{swapped} {how}"],
    },
    Saying {
        code: Code::NotADate,
        title: ["日付として読み取れない", "Not a date"],
        message: [
            "{place}の「{value}」は、日付の決まった書き方になっていません。並べ替えや期間での絞り込みができません。",
            "{place} reads \"{value}\", which is not how a date is written. It cannot be sorted or filtered by period.",
        ],
        hint: [
            "{how}日がまだ決まっていないときは、そのことを備考に書いてください。{blank}",
            "{how} Where the day is not known yet, say so in the remarks. {blank}",
        ],
    },
    Saying {
        code: Code::NoSuchDate,
        title: ["暦にない日付", "A date that no calendar has"],
        message: [
            "{place}の「{value}」は、暦にない日付です。打ち間違いのおそれがあります。",
            "{place} reads \"{value}\", a date that no calendar has. It may be a slip.",
        ],
        hint: [
            "月と日、元号と年を確かめて、正しい日付に直してください。{how}",
            "Check the month and the day, the era and its year. {how}",
        ],
    },
    Saying {
        code: Code::NotATime,
        title: ["時刻として読み取れない", "Not a time of day"],
        message: [
            "{place}の「{value}」は、時刻の決まった書き方になっていません。開いている時間で探せなくなります。",
            "{place} reads \"{value}\", which is not how a time is written. Nobody can then search by opening hours.",
        ],
        hint: [
            "{how}曜日や季節で違うときは、特記事項の列に書いてください。",
            "{how} Where it differs by weekday or season, say so in the remarks.",
        ],
    },
    Saying {
        code: Code::BeyondMidnight,
        title: ["24時を過ぎた時刻", "A time beyond midnight"],
        message: [
            "{place}の「{value}」は、1日の時刻の範囲を超えています。読み手によって、いつのことか受け取り方が変わります。",
            "{place} reads \"{value}\", which lies beyond the day. Readers will not agree on when that is.",
        ],
        hint: [
            "始まりの時刻は00:00から23:59、終わりの時刻は24:00までで書いてください。翌日にわたるときは、特記事項の列に書いてください。",
            "Write a begin from 00:00 to 23:59 and an end up to 24:00. Where it lasts into the next day, say so in the remarks.",
        ],
    },
    Saying {
        code: Code::EndsAtMidnight,
        title: ["24:00で終わる", "It ends at 24:00"],
        message: [
            "{place}の「{value}」は、その日の終わりとしてこのまま残します。",
            "{place} reads \"{value}\"; it is kept as the end of that day.",
        ],
        hint: ["直す必要はありません。", "Nothing needs to be done."],
    },
    Saying {
        code: Code::NotATelephone,
        title: ["電話番号の書き方が違う", "Not written as a telephone number"],
        message: [
            "{place}の「{value}」は、電話番号の決まった書き方になっていません。そのまま電話をかけたり、比べたりできません。",
            "{place} reads \"{value}\", which is not how a telephone number is written. It cannot be dialled or compared as it is.",
        ],
        hint: [
            "{how}先頭の0が消えていれば入れ直します。内線や担当の名前は別の列に書いてください。{blank}",
            "{how} Put a lost leading 0 back, and extensions and names in columns of their own. {blank}",
        ],
    },
    Saying {
        code: Code::NotAUrl,
        title: ["URLとして読み取れない", "Not a URL"],
        message: [
            "{place}の「{value}」は、URLとして読み取れません。リンクとして開けません。",
            "{place} reads \"{value}\", which is no URL. It cannot be opened as a link.",
        ],
        hint: ["{several}{how}{blank}", "{several} {how} {blank}"],
    },
    Saying {
        code: Code::NotAnEmail,
        title: ["メールアドレスとして読み取れない", "Not a mail address"],
        message: [
            "{place}の「{value}」は、メールアドレスとして読み取れません。連絡が届きません。",
            "{place} reads \"{value}\", which is no mail address. Nothing can be sent to it.",
        ],
        hint: ["{how}", "{how}"],
    },
    Saying {
        code: Code::NotAPostalCode,
        title: ["郵便番号の書き方が違う", "Not written as a postal code"],
        message: [
            "{place}の「{value}」は、郵便番号の決まった書き方になっていません。住所と突き合わせられません。",
            "{place} reads \"{value}\", which is not how a postal code is written. It cannot be matched with addresses.",
        ],
        hint: ["{how}", "{how}"],
    },
    Saying {
        code: Code::NotKatakana,
        title: ["全角カタカナではない", "Not full-width katakana"],
        message: [
            "{place}の「{value}」に、全角カタカナではない文字があります。読みでの並べ替えや検索にかかりません。",
            "{place} reads \"{value}\", which is not all full-width katakana. It is lost to sorting and searching by reading.",
        ],
        hint: ["{how}", "{how}"],
    },
    Saying {
        code: Code::NotAscii,
        title: ["半角英数字ではない", "Not ASCII"],
        message: [
            "{place}の「{value}」に、半角の英数字と記号ではない文字があります。日本語のない環境では表示できません。",
            "{place} reads \"{value}\", which is not all ASCII. It cannot be shown where there is no Japanese.",
        ],
        hint: ["{how}", "{how}"],
    },
    Saying {
        code: Code::NotACode,
        title: ["符号の形が違う", "Not a code of its shape"],
        message: [
            "{place}の「{value}」は、この項目の符号の形になっていません。ほかの表と突き合わせられません。",
            "{place} reads \"{value}\", which has not the shape of the codes of this field. It cannot be matched with other tables.",
        ],
        hint: [
            "{how}番号の代わりに「-」などを書かないでください。{blank}",
            "{how} Write no \"-\" in place of a number. {blank}",
        ],
    },
    Saying {
        code: Code::WrongLength,
        title: ["桁数が違う", "The wrong number of digits"],
        message: [
            "{place}の「{value}」は桁数が違います。表計算ソフトで先頭の0が落ちたか、検査数字が抜けているおそれがあります。",
            "{place} reads \"{value}\", which has the wrong number of digits. A spreadsheet may have dropped a leading 0, or the check digit is missing.",
        ],
        hint: [
            "{how}表計算ソフトでは、その列を「文字列」にしてから入れてください。",
            "{how} In a spreadsheet, set the column to \"text\" before you enter it.",
        ],
    },
    Saying {
        code: Code::WrongCheckDigit,
        title: ["検査数字が合わない", "The check digit does not fit"],
        message: [
            "{place}の「{value}」は、打ち間違いを見つけるための検査数字が合いません。別の団体や法人の番号になっているおそれがあります。",
            "The check digit of {place}, \"{value}\", does not fit. It may be somebody else's number.",
        ],
        hint: ["番号を元の資料と見比べて直してください。{how}", "Compare the number with its source. {how}"],
    },
    Saying {
        code: Code::LostDigits,
        title: ["桁が失われた番号", "Digits that were lost"],
        message: [
            "{place}の「{value}」は、表計算ソフトが長い番号を指数に変えたものです。元の番号はこのファイルからは分かりません。",
            "{place} reads \"{value}\": a spreadsheet has turned a long number into an exponent, and its digits cannot be told from this file.",
        ],
        hint: [
            "表計算ソフトでその列を「文字列」にしてから、元の番号を入れ直してください。{how}",
            "Set the column to \"text\" in your spreadsheet and enter the number again. {how}",
        ],
    },
    Saying {
        code: Code::NotWeekdays,
        title: ["曜日の書き方が違う", "Not written as weekdays"],
        message: [
            "{place}の「{value}」は、曜日の決まった書き方になっていません。曜日で探せなくなります。",
            "{place} reads \"{value}\", which is not how weekdays are written. Nobody can then search by weekday.",
        ],
        hint: [
            "{how}祝日や年末年始のことは、特記事項の列に書いてください。",
            "{how} Say in the remarks what holds on holidays.",
        ],
    },
    Saying {
        code: Code::NotAList,
        title: ["区切りが半角セミコロンではない", "Not separated by semicolons"],
        message: [
            "{place}の「{value}」は、複数の値の区切りが半角セミコロン（;）ではありません。1つずつに分けて使えません。",
            "{place} reads \"{value}\": its values are not separated by a half-width semicolon (;), so that they cannot be told apart.",
        ],
        hint: ["{how}", "{how}"],
    },
    Saying {
        code: Code::UnitTakenOff,
        title: ["単位を取った数", "A number that lost its unit"],
        message: [
            "{place}の「{value}」から単位を取り、数だけにしました。",
            "The unit was taken off \"{value}\" in {place}.",
        ],
        hint: [
            "この列のほかの値と同じ単位で数えたものか、確かめてください。",
            "See that it is counted in the same unit as the other values of the column.",
        ],
    },
    Saying {
        code: Code::SpreadsheetError,
        title: ["計算に失敗した式の跡", "What a failed formula left"],
        message: [
            "{place}の「{value}」は、表計算ソフトの式が失敗した跡です。元の値はこのファイルからは分かりません。",
            "{place} reads \"{value}\", which is what a formula leaves that failed. The value cannot be told from this file.",
        ],
        hint: [
            "元の表で式を直し、値として入れ直してください。",
            "Mend the formula in the original table and enter its value.",
        ],
    },
    Saying {
        code: Code::PlatformDependentCharacter,
        title: ["機種依存文字", "A letter that depends on the machine"],
        message: [
            "{place}の「{value}」に、機種によって表示や検索ができないことのある文字（機種依存文字）があります。",
            "{place} reads \"{value}\" and holds a letter that some machines cannot show or search.",
        ],
        hint: ["名前の文字であれば、そのままで構いません。", "Where it is a letter of a name, it may stay."],
    },
    Saying {
        code: Code::OutsideCity,
        title: ["市から遠く離れた場所", "A place far from the city"],
        message: [
            "{place}の「{value}」は、同じ行の団体コードの市区町村から遠く離れています。桁を間違えているおそれがあります。",
            "{place} reads \"{value}\", which lies far from the municipality whose code stands in the row. A digit may be wrong.",
        ],
        hint: [
            "地図で場所を確かめてください。市外の施設であれば、そのままで構いません。",
            "Look at the place on a map. Where the facility really lies elsewhere, it may stay.",
        ],
    },
    Saying {
        code: Code::MyNumber,
        title: ["マイナンバーらしい番号", "What looks like an Individual Number"],
        message: [
            "{place}に、マイナンバー（個人番号）の検査数字が合う12桁の数字があります。マイナンバーは、法律で決められた場合のほかは、集めることも公開することもできません。",
            "{place} holds twelve digits with the check digit of an Individual Number (My Number), which may not be collected or published but as the law says.",
        ],
        hint: [
            "番号を消してから出し直してください。このファイルをほかの人に渡さず、取扱いを個人情報保護の担当に確かめてください。",
            "Remove the number and hand the file in again. Do not pass this file on, and ask those in charge of personal data how to handle it.",
        ],
    },
];

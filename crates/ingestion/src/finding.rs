//! 指摘: one thing that was found in a file, at its place.
//!
//! What is looked for lives beside the thing it looks at ([`crate::validate()`] and what it calls); here is
//! only what a finding is. What is said about it is `sentence`'s business.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::place::column_letter;
use crate::sentence;
use crate::text::Text;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know; nothing needs to be done.
    Note,
    /// Should be mended, does not stand in the way.
    Warning,
    /// Stands in the way of publication.
    Error,
}

/// Writes an enum and, beside it, the list of its variants, so that neither is ever short of one.
macro_rules! listed {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident,)* }) => {
        $(#[$about])*
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them, in the order of their kinds.
            pub fn all() -> &'static [$name] {
                &[$($name::$variant,)*]
            }
        }
    };
}

pub(crate) use listed;

listed! {
    /// What kind of thing was found. The spelling in reports (kebab-case) is part of the contract.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[non_exhaustive]
    pub enum Code {
        // The file as a whole.
        /// There is not a single byte, or nothing but blanks.
        EmptyFile,
        /// The file is no table: a picture, a PDF, an archive.
        NotATable,
        /// A workbook that is larger, unpacked, than [`crate::Limits::workbook_bytes_max`].
        WorkbookTooLarge,
        /// A workbook that needs a password.
        LockedWorkbook,
        /// A workbook that is broken off, or not what it begins like.
        DamagedWorkbook,
        /// Sheets that hold something, beside the one that was read.
        OtherSheets,
        /// Bytes that no encoding reads; at the first such place.
        Undecodable,
        /// The bytes stopped coming before the end: what was read is judged all the same.
        Unreadable,
        /// Line ends of more than one kind.
        MixedLineEndings,
        /// There is a header and no row of data.
        NoData,
        /// The table fits no schema.
        NoSchema,
        /// Somebody answered that this must not be published.
        Withheld,
        /// More than [`crate::Limits::columns_max`].
        TooManyColumns,
        /// More than [`crate::Limits::cell_bytes_max`].
        CellTooLong,
        /// More than [`crate::Limits::row_bytes_max`].
        RowTooLong,

        // The shape of the table.
        /// A quote that is never closed.
        UnterminatedQuote,
        /// Letters between a closing quote and the end of the cell.
        TextAfterQuote,
        /// A quote inside a cell that is not quoted.
        BareQuote,
        /// More cells than the header has columns.
        TooManyCells,
        /// Fewer cells than the header has columns.
        TooFewCells,
        /// A row in which every cell is empty.
        BlankRow,
        /// Cells of a workbook that are merged: all but the first are empty.
        MergedCells,
        /// A title or a remark above the header.
        RowsAboveHeader,
        /// A header of two rows.
        TwoRowHeader,
        /// A remark or a total below the data.
        RemarkRow,

        // The header.
        /// Two columns of one name.
        DuplicateHeader,
        /// A column without a name.
        UnnamedColumn,
        /// A column that the schema does not know.
        UnknownColumn,
        /// A column whose name is spelt otherwise than in the schema, and was taken for a field.
        HeaderAssumed,
        /// A column of the schema that the file lacks.
        MissingColumn,
        /// A recommended column that is empty from top to bottom.
        EmptyColumn,

        // Letters in any cell.
        /// NUL or another control character.
        ControlCharacter,
        /// A character that changes the direction of writing.
        BidiControl,
        /// U+FFFD: the letter was lost before.
        ReplacementCharacter,
        /// 外字: a letter that only its maker's machine can show.
        PrivateUseCharacter,
        /// Blanks at an end of the cell.
        SurroundingBlank,
        /// `=`, `+`, `-` or `@` at the start of a text: a spreadsheet may run it.
        FormulaStart,
        /// `〃` or 同上: what another cell says.
        Ditto,

        // What a cell of its kind must be.
        /// A required cell is empty.
        RequiredMissing,
        /// A cell of the key is empty.
        KeyMissing,
        /// The key of an earlier row.
        DuplicateKey,
        /// Not one of the values the schema lists.
        NotInList,
        /// Not a number.
        NotANumber,
        /// Not a whole number.
        NotAnInteger,
        /// A number beyond what makes sense there.
        OutOfRange,
        /// Not written `YYYY-MM-DD`.
        NotADate,
        /// Written like a date, and in no calendar.
        NoSuchDate,
        /// Not written `HH:MM`.
        NotATime,
        /// 24:01 and beyond, or 24:00 where nothing ends.
        BeyondMidnight,
        /// 24:00 where something ends.
        EndsAtMidnight,
        /// Not a telephone number.
        NotATelephone,
        /// Not an http or https URL.
        NotAUrl,
        /// Not a mail address.
        NotAnEmail,
        /// Not a postal code of seven digits.
        NotAPostalCode,
        /// Not 全角カタカナ.
        NotKatakana,
        /// Not ASCII.
        NotAscii,
        /// Not a code of the shape that the schema gives.
        NotACode,
        /// Not 6 digits of a 全国地方公共団体コード, or not 13 of a 法人番号.
        WrongLength,
        /// The check digit does not fit.
        WrongCheckDigit,
        /// Digits lost to `4.20E+04`.
        LostDigits,
        /// Not weekdays as the schema writes them.
        NotWeekdays,
        /// Separated by something else than `;`.
        NotAList,

        // What cells say together.
        /// The full address does not begin with its own prefecture and city.
        IncompleteAddress,
        /// It ends when it begins.
        SameTimes,

        // What was mended and is good to know.
        /// A unit was taken off a number.
        UnitTakenOff,

        // What a cell of any kind must not be.
        /// `#REF!` and its kin: what a spreadsheet leaves of a formula that failed.
        SpreadsheetError,
        /// 機種依存文字: ①, ㈱, ㎡, 髙.
        PlatformDependentCharacter,
        /// マイナンバー: twelve digits with their check digit.
        MyNumber,
        /// A place far from the city whose code its row carries.
        OutsideCity,
    }
}

/// 指摘: one thing that was found, where it stands, and how to mend it.
///
/// `row` and `column` count from 1 as a spreadsheet shows them; both are `None` for what concerns the whole
/// file. A finding on the header stands in the header's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind of thing it is.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// Row as the spreadsheet shows it.
    pub row: Option<u64>,
    /// Column as the spreadsheet shows it; [`Finding::column_letter`] gives its letter.
    pub column: Option<u32>,
    /// The schema's name of the field, where the column is one of its fields.
    pub field: Option<String>,
    /// The cell as it stands, cut at 200 characters.
    pub value: String,
    /// Where it is, what is wrong and why that matters.
    pub message: Text,
    /// How to mend it.
    pub hint: Text,
    /// What the cell would be once mended, where there is only one reading.
    pub proposal: Option<String>,
}

impl Finding {
    /// The column's letter (`D`), where the finding has a column.
    pub fn column_letter(&self) -> Option<String> {
        self.column.map(column_letter)
    }
}

impl Code {
    /// What it is in a few words: 必須の項目が空, "A required cell is empty".
    pub fn title(self) -> Text {
        sentence::title(self)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

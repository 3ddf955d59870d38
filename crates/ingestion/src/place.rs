//! Where something stands, in the words of a spreadsheet.

/// The letter of a column as a spreadsheet shows it: 1 is `A`, 26 is `Z`, 27 is `AA`.
///
/// `column` counts from 1; 0 has no letter and gives an empty text.
pub fn column_letter(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::column_letter;

    #[test]
    fn columns_carry_the_letters_a_spreadsheet_shows() {
        for (column, letter) in
            [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")]
        {
            assert_eq!(column_letter(column), letter);
        }
    }
}

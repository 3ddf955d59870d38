//! What codes promise; the vectors are those of 共通ルール.

use super::*;

#[test]
fn a_postal_code_is_seven_digits() {
    good(Kind::PostalCode, &["9868501", "0600001"]);
    for (raw, code) in [
        ("753-0211", "7530211"),
        ("〒986-8501", "9868501"),
        ("９８６ー８５０１", "9868501"),
        ("600001", "0600001"),
    ] {
        error(Kind::PostalCode, raw, Code::NotAPostalCode, Some(code));
    }
    for raw in ["-", "なし", "98685", "98685011"] {
        error(Kind::PostalCode, raw, Code::NotAPostalCode, None);
    }
    error(Kind::PostalCode, "9.87E+06", Code::LostDigits, None);
}

mod municipality_codes {
    use super::*;

    #[test]
    fn with_their_check_digit_are_good() {
        good(
            Kind::MunicipalityCode,
            &[
                "042021", "042145", "041009", "041017", "011002", "131016", "170003", "202053", "222127",
                "130001", "040002",
            ],
        );
    }

    #[test]
    fn of_five_digits_are_errors_with_the_only_reading() {
        for (raw, code) in [
            ("42021", "042021"),
            ("37201", "372013"),
            ("45012", "045012"),
            ("11002", "011002"),
            ("04202", "042021"),
        ] {
            error(Kind::MunicipalityCode, raw, Code::WrongLength, Some(code));
        }
    }

    #[test]
    fn of_five_digits_and_two_readings_get_no_proposal() {
        error(Kind::MunicipalityCode, "11100", Code::WrongLength, None);
    }

    #[test]
    fn of_wrong_digits_are_errors() {
        error(Kind::MunicipalityCode, "131017", Code::WrongCheckDigit, None);
        error(Kind::MunicipalityCode, "0420210", Code::WrongLength, None);
        error(Kind::MunicipalityCode, "石巻市", Code::NotACode, None);
        error(Kind::MunicipalityCode, "4.20E+04", Code::LostDigits, None);
        error(Kind::MunicipalityCode, "０４２０２１", Code::NotACode, Some("042021"));
    }
}

mod corporate_numbers {
    use super::*;

    #[test]
    fn with_their_check_digit_are_good() {
        good(
            Kind::CorporateNumber,
            &["1000020042021", "2000020202053", "5000020172120", "2000020170003", "5220005000175"],
        );
    }

    #[test]
    fn of_wrong_digits_are_errors() {
        error(Kind::CorporateNumber, "1000020042022", Code::WrongCheckDigit, None);
        error(Kind::CorporateNumber, "220005004237", Code::WrongLength, None);
        error(Kind::CorporateNumber, "2200-01-002059", Code::WrongLength, None);
        error(Kind::CorporateNumber, "4.00E+12", Code::LostDigits, None);
        error(Kind::CorporateNumber, "-", Code::NotACode, None);
    }

    #[test]
    fn with_hyphens_are_errors_with_the_number() {
        error(Kind::CorporateNumber, "1-0000-2004-2021", Code::NotACode, Some("1000020042021"));
    }
}

mod codes_of_a_shape {
    use super::*;

    #[test]
    fn are_held_against_it_as_a_whole() {
        good(shape("^[0-9]{4}[a-z]?$"), &["1503a", "0205"]);
        breach(shape("^[0-9A-Za-z]+$"), "LL-1", Code::NotACode, None);
    }

    #[test]
    fn get_their_width_and_their_zeros_back() {
        breach(shape("^[0-9]{4}[a-z]?$"), "1399ａ", Code::NotACode, Some("1399a"));
        breach(shape("^[0-9]{4}[a-z]?$"), "205", Code::NotACode, Some("0205"));
        breach(shape("^[0-9]{4}-?[0-9]{3}$"), "11002", Code::NotACode, Some("0011002"));
    }

    #[test]
    fn that_a_spreadsheet_made_exponents_are_lost() {
        error(shape("^[0-9A-Za-z]+$"), "4.20E+04", Code::LostDigits, None);
    }
}

//! What numbers and coordinates promise.

use super::*;

mod numbers {
    use super::*;

    const COUNT: Kind = Kind::Integer { min: Some(0) };

    #[test]
    fn are_read_exactly() {
        for (raw, number) in [("0", 0), ("007", 7), ("9223372036854775807", i64::MAX)] {
            assert_eq!(read(&field(COUNT), raw), (Value::Integer(number), None));
        }
        for (raw, number) in [("36.40", 36.40), ("-1", -1.0), ("0.1", 0.1), ("2.5", 2.5)] {
            assert_eq!(read(&field(Kind::Number), raw), (Value::Number(number), None));
        }
    }

    #[test]
    fn of_a_program_are_no_numbers() {
        for raw in
            ["NaN", "inf", "-inf", "infinity", "1e5", "1E5", "0x10", "1_000", "5.", "--5", "-", "1 000"]
        {
            error(Kind::Number, raw, Code::NotANumber, None);
            error(COUNT, raw, Code::NotAnInteger, None);
        }
    }

    #[test]
    fn too_long_to_count_with_are_refused() {
        error(COUNT, "9223372036854775808", Code::NotAnInteger, None);
        error(Kind::Number, &"9".repeat(400), Code::NotANumber, None);
    }

    #[test]
    fn in_another_dress_are_errors_with_the_plain_number() {
        error(COUNT, "２", Code::NotAnInteger, Some("2"));
        error(COUNT, "1,234,567", Code::NotAnInteger, Some("1234567"));
        error(COUNT, "3.0", Code::NotAnInteger, Some("3"));
        error(COUNT, "+3", Code::NotAnInteger, Some("3"));
        error(Kind::Number, "▲1.5", Code::NotANumber, Some("-1.5"));
        error(Kind::Number, "．５", Code::NotANumber, Some("0.5"));
    }

    #[test]
    fn of_two_readings_get_no_proposal() {
        for raw in ["1,23", "12,3456", "1,234,56", "10²", "約100", "3～5", "1.000,5"] {
            error(Kind::Number, raw, Code::NotANumber, None);
        }
        error(COUNT, "2.5", Code::NotAnInteger, None);
        error(COUNT, "無料", Code::NotAnInteger, None);
    }

    #[test]
    fn lose_their_own_unit_and_no_other() {
        let fee = Field { unit: Some("円".to_owned()), ..field(COUNT) };
        found(&fee, "1,000円", Severity::Error, Code::NotAnInteger, Some("1000"));
        found(&fee, "1000人", Severity::Error, Code::NotAnInteger, None);
    }

    #[test]
    fn below_the_least_are_out_of_range() {
        error(COUNT, "-1", Code::OutOfRange, None);
    }
}

mod coordinates {
    use super::*;

    #[test]
    fn of_ishinomaki_are_read() {
        assert_eq!(read(&field(Kind::Latitude), "38.434250"), (Value::Number(38.43425), None));
        assert_eq!(read(&field(Kind::Longitude), "141.302720"), (Value::Number(141.30272), None));
    }

    #[test]
    fn that_are_swapped_or_far_from_japan_are_out_of_range() {
        error(Kind::Latitude, "141.302720", Code::OutOfRange, None);
        error(Kind::Longitude, "38.434250", Code::OutOfRange, None);
        error(Kind::Latitude, "0", Code::OutOfRange, None);
        error(Kind::Latitude, "384342", Code::OutOfRange, None);
        assert!(looks_swapped(&Kind::Latitude, "141.302720") && looks_swapped(&Kind::Longitude, "38.43"));
        assert!(!looks_swapped(&Kind::Latitude, "0") && !looks_swapped(&Kind::Number, "141.3"));
    }

    #[test]
    fn in_another_dress_are_errors_with_the_degrees() {
        error(Kind::Latitude, "３８．４３", Code::NotANumber, Some("38.43"));
        error(Kind::Latitude, "38.43°", Code::NotANumber, Some("38.43"));
        error(Kind::Latitude, "38度26分03秒", Code::NotANumber, None);
        error(Kind::Latitude, "38.43,141.30", Code::NotANumber, None);
    }
}

//! What telephone numbers, URLs and mail addresses promise.

use super::*;

mod telephones {
    use super::*;

    #[test]
    fn of_the_national_rule_are_good() {
        good(
            Kind::Telephone,
            &[
                "0120-123-456",
                "0570-064-777",
                "0120-999999",
                "(0225)95-1111",
                "0225-95-1111",
                "0225-95-1111 / 0120-123-456",
                "0800-123-4567",
                "0120123456",
                "090-1234-5678",
                "03-1234-5678",
                "(00)0000-0000",
            ],
        );
    }

    #[test]
    fn written_another_way_are_warnings_with_the_number() {
        for (raw, number) in [
            ("(076)2723695", "(076)272-3695"),
            ("(083)-922-7055", "(083)922-7055"),
            ("（0767）77-2200", "(0767)77-2200"),
            ("０２２５ー９５ー１１１１", "0225-95-1111"),
            ("0225(95)1111", "0225-95-1111"),
            ("0225.95.1111", "0225-95-1111"),
            ("0225 95 1111", "0225-95-1111"),
            ("09012345678", "090-1234-5678"),
            ("0312345678", "03-1234-5678"),
            ("0225-95-1111、0225-95-2222", "0225-95-1111 / 0225-95-2222"),
            ("0225-95-1111/0225-95-2222", "0225-95-1111 / 0225-95-2222"),
        ] {
            warning(Kind::Telephone, raw, Code::NotATelephone, Some(number));
        }
    }

    #[test]
    fn without_hyphens_are_a_warning_even_where_the_area_code_is_not_known() {
        warning(Kind::Telephone, "0225951111", Code::NotATelephone, None);
    }

    #[test]
    fn without_their_zero_are_errors_with_the_number() {
        error(Kind::Telephone, "225-95-1111", Code::NotATelephone, Some("0225-95-1111"));
        error(Kind::Telephone, "90-1234-5678", Code::NotATelephone, Some("090-1234-5678"));
        error(Kind::Telephone, "(225)95-1111", Code::NotATelephone, Some("(0225)95-1111"));
        error(Kind::Telephone, "9012345678", Code::NotATelephone, Some("090-1234-5678"));
        error(Kind::Telephone, "312345678", Code::NotATelephone, Some("03-1234-5678"));
    }

    #[test]
    fn without_zero_and_hyphens_get_the_zero_and_stay_a_warning() {
        error(Kind::Telephone, "225951111", Code::NotATelephone, Some("0225951111"));
        warning(Kind::Telephone, "0225951111", Code::NotATelephone, None);
    }

    #[test]
    fn that_are_text_are_errors() {
        for raw in ["なし", "-", "0", "0225-95-1111（総務課）", "内線123", "/", "11", "205951111"] {
            error(Kind::Telephone, raw, Code::NotATelephone, None);
        }
        error(Kind::Telephone, "2.26E+08", Code::LostDigits, None);
    }
}

mod urls {
    use super::*;

    #[test]
    fn of_the_web_are_good() {
        good(
            Kind::Url,
            &[
                "https://www.city.ishinomaki.lg.jp/",
                "http://127.0.0.1:8080/datasets/public-toilets/download.csv",
                "http://localhost:8080/",
                "http://[::1]:8080/",
                "https://例え.jp/トイレ?id=1#a",
                "HTTPS://example.jp",
                "https://web.archive.org/web/2020/https://example.jp/",
            ],
        );
    }

    #[test]
    fn of_anything_else_are_errors() {
        for raw in [
            "www.example.jp",
            "ftp://example.jp/",
            "https://",
            "https:///path",
            "https://なし",
            "https://exa mple.jp/",
            "https://example..jp/",
            "https://example.jp:port/",
            "https://example.jp/a\nhttps://example.jp/b",
            "https://example.jp/a;https://example.jp/b",
            "mailto:a@example.jp",
            "なし",
        ] {
            error(Kind::Url, raw, Code::NotAUrl, None);
        }
    }

    #[test]
    fn with_a_slip_in_their_scheme_are_proposed_without_it() {
        error(Kind::Url, "http//www.example.jp/a", Code::NotAUrl, Some("http://www.example.jp/a"));
        error(Kind::Url, "ｈｔｔｐｓ：／／example.jp／", Code::NotAUrl, Some("https://example.jp/"));
    }
}

#[test]
fn a_mail_address_has_one_at_and_a_domain() {
    good(Kind::Email, &["info@city.ishinomaki.lg.jp", "a.b+c@example.jp"]);
    error(Kind::Email, "info＠example.jp", Code::NotAnEmail, Some("info@example.jp"));
    for raw in [
        "info",
        "info@",
        "@example.jp",
        "a@b@c.jp",
        "a@example",
        "a b@example.jp",
        "a@-x.jp",
        "a@example.jp;b@example.jp",
        "あ@example.jp",
    ] {
        error(Kind::Email, raw, Code::NotAnEmail, None);
    }
}

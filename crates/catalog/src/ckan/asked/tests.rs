#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn now() -> Timestamp {
    "2026-11-26T00:00:00Z".parse().unwrap()
}

#[track_caller]
fn reads(text: &str, expected: Asked) {
    assert_eq!(Asked::read(text, now()), Ok(expected), "{text}");
}

#[track_caller]
fn is_refused(text: &str, at: usize, why: Why) {
    assert_eq!(Asked::read(text, now()), Err(Misread { at, why }), "{text}");
}

fn is(name: Name, text: &str) -> Asked {
    Asked::Is(name, Wanted::Exactly(text.to_owned()))
}

fn says(text: &str) -> Asked {
    Asked::Says(Word::of(text, false).unwrap())
}

fn phrase(text: &str) -> Asked {
    Asked::Says(Word::of(text, true).unwrap())
}

fn title(pattern: &str) -> Asked {
    Asked::Title(Pattern::of(pattern))
}

fn not(asked: Asked) -> Asked {
    Asked::Not(Box::new(asked))
}

fn since(text: &str) -> Asked {
    Asked::Within(Moment::Modified, Span { from: Some((text.parse().unwrap(), true)), to: None })
}

#[test]
fn what_harvesters_join_by_blanks_holds_together() {
    let either = Asked::Any(vec![is(Name::Organization, "a"), is(Name::Organization, "b")]);
    reads(
        "organization:a OR organization:b metadata_modified:[2026-01-01T00:00:00.123456Z TO *]",
        Asked::All(vec![either, since("2026-01-01T00:00:00.123456Z")]),
    );
    let none = [not(is(Name::Organization, "x")), not(is(Name::Organization, "y"))];
    reads("-organization:x -organization:y", Asked::All(none.to_vec()));
}

#[test]
fn and_holds_closer_than_or_and_parentheses_closest() {
    let [a, b, c] = ["a1", "b1", "c1"].map(says);
    let both = Asked::All(vec![a.clone(), b.clone()]);
    reads("a1 AND b1 OR c1", Asked::Any(vec![both, c.clone()]));
    let either = Asked::Any(vec![b, c]);
    reads("a1 && (b1 || c1)", Asked::All(vec![a, either]));
}

#[test]
fn signs_before_a_condition_want_it_or_do_not() {
    reads("+groups:health", is(Name::Group, "health"));
    reads("NOT tags:AED", not(is(Name::Tag, "AED")));
    reads("!tags:AED", not(is(Name::Tag, "AED")));
    reads("避難 -見本", Asked::All(vec![says("避難"), not(says("見本"))]));
    reads("Wi-Fi", says("wi-fi"));
}

#[test]
fn phrases_and_escaped_signs_are_taken_as_they_are() {
    reads(r#"tags:"公衆 トイレ""#, is(Name::Tag, "公衆 トイレ"));
    reads(r#"tags:"a \"b\"""#, is(Name::Tag, r#"a "b""#));
    reads(r"time\:out", says("time:out"));
    reads(r#""避難　場所""#, phrase("避難 場所"));
}

#[test]
fn a_field_holds_for_all_in_its_parentheses() {
    let wanted = ["a", "b"].map(|name| is(Name::Organization, name));
    reads("organization:(a OR b)", Asked::Any(wanted.to_vec()));
    reads("title:(避難 \"所\")", Asked::All(vec![title("%避難%"), title("%所%")]));
}

#[test]
fn signs_for_other_letters_are_taken_in_names_and_titles() {
    reads("name:sample-*", Asked::Is(Name::Package, Wanted::Like(Pattern::of("sample-%"))));
    reads("title:AED*所", title("%aed%所%"));
    reads("tags:*", Asked::Is(Name::Tag, Wanted::Some));
    reads("tags:[* TO *]", Asked::Is(Name::Tag, Wanted::Some));
    reads("避*所", Asked::All(vec![phrase("避"), phrase("所")]));
}

#[test]
fn everything_is_asked_for_in_several_ways() {
    for text in ["", "  ", "*:*", "*", "state:active", "private:false type:dataset"] {
        let asked = Asked::read(text, now()).unwrap();
        let is_anything = |asked: &Asked| matches!(asked, Asked::All(parts) if parts.iter().all(|part| *part == Asked::ANYTHING));
        assert!(is_anything(&asked), "{text}: {asked:?}");
    }
    reads("state:deleted", Asked::NOTHING);
}

#[test]
fn forms_and_licences_are_known_by_ckans_names() {
    reads("res_format:CSV", Asked::Format(vec![Format::Csv]));
    reads("res_format:geojson", Asked::Format(vec![Format::GeoJson]));
    reads("res_format:*json", Asked::Format(vec![Format::Json, Format::GeoJson]));
    reads("res_format:PDF", Asked::Format(vec![]));
    reads("license_id:cc-by", Asked::Licence(vec![Licence::CcBy4]));
}

#[test]
fn weights_count_nothing() {
    reads("title:AED^2", title("%aed%"));
    reads("避難~1", says("避難"));
}

#[test]
fn a_span_may_leave_its_ends_out() {
    let span = |from: bool, to: bool| {
        let at = |text: &str, is| Some((text.parse().unwrap(), is));
        Asked::Within(
            Moment::Created,
            Span { from: at("2026-01-01T00:00:00Z", from), to: at("2026-02-01T00:00:00Z", to) },
        )
    };
    reads("metadata_created:[2026-01-01T00:00:00Z TO 2026-02-01T00:00:00Z]", span(true, true));
    reads("metadata_created:{2026-01-01 TO \"2026-02-01T00:00:00Z\"]", span(false, true));
    reads(r"metadata_created:[2026-01-01T00\:00\:00Z TO 2026-02-01}", span(true, false));
}

#[test]
fn what_does_not_read_is_refused_with_its_place() {
    is_refused("tags:\"AED", 5, Why::Unclosed('"'));
    is_refused("(a OR b", 0, Why::Unclosed('('));
    is_refused("metadata_modified:[2026-01-01 TO", 18, Why::Unclosed('['));
    is_refused("metadata_modified:[2026-01-01]", 18, Why::NoSpan);
    is_refused("metadata_modified:[gestern TO *]", 18, Why::NoMoment("gestern".to_owned()));
    is_refused("a OR", 4, Why::Missing);
    is_refused("OR a", 0, Why::Missing);
    is_refused("a)", 1, Why::Unexpected(")".to_owned()));
    is_refused("避難 autor:x", 3, Why::NoField("autor".to_owned()));
    is_refused("title:tags:x", 6, Why::Unexpected("tags:".to_owned()));
    is_refused("name:[a TO b]", 5, Why::NoSpanOf(Field::Name));
}

#[test]
fn a_condition_has_an_end() {
    let deep = format!("{}a{}", "(".repeat(17), ")".repeat(17));
    assert!(matches!(Asked::read(&deep, now()), Err(Misread { why: Why::TooMuch { .. }, .. })));
    for long in ["a ".repeat(257), "a".repeat(8_001)] {
        assert!(matches!(Asked::looked_for(&long, now()), Err(Misread { why: Why::TooMuch { .. }, .. })));
    }
}

#[test]
fn words_that_are_no_condition_are_looked_for_as_words() {
    let looked_for = |text: &str| Asked::looked_for(text, now());
    assert_eq!(looked_for("避難所（仮） \"見本"), Ok(Asked::All(vec![says("避難所（仮）"), says("\"見本")])));
    assert_eq!(looked_for("避難 OR 公園"), Ok(Asked::Any(vec![says("避難"), says("公園")])));
    assert!(looked_for("http://example.jp").is_err());
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in ".*", signs in r#"[a-z():"*\\\[\]{}^~+!|&\- ]{0,40}"#) {
        let _ = Asked::looked_for(&text, now());
        let _ = Asked::read(&signs, now());
    }
}

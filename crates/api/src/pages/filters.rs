//! How pages write what views hold.

use ingestion::Need;

/// The day of an RFC 3339 moment: 2026年4月1日.
#[askama::filter_fn]
pub fn day(moment: &str, _: &dyn askama::Values) -> askama::Result<String> {
    let day: Option<jiff::civil::Date> = moment.get(..10).and_then(|day| day.parse().ok());
    Ok(day
        .map_or_else(|| moment.to_owned(), |day| format!("{}年{}月{}日", day.year(), day.month(), day.day())))
}

/// The day that it is in Japan at an RFC 3339 moment: 2026年4月1日.
#[askama::filter_fn]
pub fn day_in_japan(moment: &str, _: &dyn askama::Values) -> askama::Result<String> {
    let day = moment.parse().ok().map(catalog::asking::times::day_in_japan);
    Ok(day
        .map_or_else(|| moment.to_owned(), |day| format!("{}年{}月{}日", day.year(), day.month(), day.day())))
}

/// 追加, 削除, 変更
#[askama::filter_fn]
pub fn change(change: &&'static str, _: &dyn askama::Values) -> askama::Result<&'static str> {
    Ok(match *change {
        "added" => "追加",
        "removed" => "削除",
        _ => "変更",
    })
}

/// 必須, 推奨, 任意
#[askama::filter_fn]
pub fn need(need: &Need, _: &dyn askama::Values) -> askama::Result<&'static str> {
    Ok(match need {
        Need::Required => "必須",
        Need::Recommended => "推奨",
        Need::Optional => "任意",
        Need::Unknown => "不明",
    })
}

//! Times of day: `HH:MM`, and the other ways offices write them.
//!
//! Rule: GIF 441 日付及び時刻 (2026-03-17版): 24時間、2桁に0埋め、秒は省略可; 共通ルール, 時刻: 24:00 is for ends.

use super::fold::{PROPOSAL_BYTES_MAX, plain, width};
use super::number::all_digits;
use super::{Code, Fault, Value};
use crate::repair::RepairCode;

/// The latest hour that a day's business is written to last till.
const HOUR_MAX: u8 = 47;

/// A reading of a clock.
struct Clock {
    hour: u8,
    minute: u8,
    second: Option<u8>,
}

/// Reads a time of day; `end` says whether something ends then.
///
/// `24:00` is [`Code::EndsAtMidnight`], a note, where something ends and [`Code::BeyondMidnight`], an error,
/// where something begins. `25:30` is a warning where something ends.
pub(super) fn time(raw: &str, end: bool) -> Result<Value<'_>, Fault> {
    match strict(raw) {
        Some(clock) if clock.is_within_a_day() => Ok(Value::Text(raw)),
        Some(clock) if end && clock.is_midnight() => Err(Fault::note(Code::EndsAtMidnight)),
        Some(clock) if clock.hour <= HOUR_MAX => Err(Fault::error_if(!end, Code::BeyondMidnight)),
        _ => {
            let written = loose(raw, end);
            let only_wide = written.as_ref().is_some_and(|written| *written == plain(raw));
            let kinds = if only_wide { width(raw) } else { width(raw).with(RepairCode::TimeForm) };
            Err(Fault::error(Code::NotATime).mended(kinds, written))
        }
    }
}

impl Clock {
    fn is_within_a_day(&self) -> bool {
        self.hour < 24
    }

    fn is_midnight(&self) -> bool {
        self.hour == 24 && self.minute == 0 && self.second.unwrap_or(0) == 0
    }

    fn written(&self) -> String {
        let Clock { hour, minute, second } = self;
        match second {
            Some(second) => format!("{hour:02}:{minute:02}:{second:02}"),
            None => format!("{hour:02}:{minute:02}"),
        }
    }
}

fn strict(raw: &str) -> Option<Clock> {
    let two = |part: &str| (part.len() == 2 && all_digits(part)).then(|| part.parse().ok()).flatten();
    let mut parts = raw.split(':');
    let (hour, minute) = (two(parts.next()?)?, two(parts.next()?)?);
    let second = match parts.next() {
        Some(second) => Some(two(second)?),
        None => None,
    };
    let is_clock = minute < 60 && second.unwrap_or(0) < 60 && parts.next().is_none();
    is_clock.then_some(Clock { hour, minute, second })
}

/// `9:00`, `９：００`, `9時30分`, `9時半`, `午後5時`, `5:00 PM`.
fn loose(raw: &str, end: bool) -> Option<String> {
    if raw.len() > PROPOSAL_BYTES_MAX {
        return None;
    }
    let text: String = plain(raw).chars().filter(|letter| *letter != ' ').collect();
    let text = text.to_ascii_uppercase();
    let (half, text) = half_of_day(&text);
    let text = text.replace('時', ":").replace("半", "30");
    let text = text.strip_suffix('分').unwrap_or(&text);
    let mut parts = text.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
    let minute = if minute.is_empty() { "00" } else { minute };
    let short = |part: &str| all_digits(part) && part.len() <= 2;
    if parts.next().is_some() || !(short(hour) && short(minute) && second.is_none_or(short)) {
        return None;
    }
    let second = match second {
        Some(second) => Some(second.parse().ok()?),
        None => None,
    };
    let clock = Clock { hour: half.hour(hour.parse().ok()?)?, minute: minute.parse().ok()?, second };
    let in_range = clock.minute < 60 && clock.second.unwrap_or(0) < 60;
    let good = clock.is_within_a_day() || (end && clock.is_midnight());
    (in_range && good).then(|| clock.written())
}

/// Which half of the day a time says it is in.
enum Half {
    Unsaid,
    Morning,
    Afternoon,
}

impl Half {
    /// The hour of 24; whether 午後12時 is noon or midnight nobody can tell.
    fn hour(&self, hour: u8) -> Option<u8> {
        match self {
            Half::Unsaid => Some(hour),
            Half::Morning => (hour < 12).then_some(hour),
            Half::Afternoon => (1..12).contains(&hour).then(|| hour + 12),
        }
    }
}

fn half_of_day(text: &str) -> (Half, &str) {
    let without = |names: [&str; 2]| {
        text.strip_prefix(names[0]).or(text.strip_prefix(names[1])).or(text.strip_suffix(names[1]))
    };
    if let Some(rest) = without(["午前", "AM"]) {
        (Half::Morning, rest)
    } else if let Some(rest) = without(["午後", "PM"]) {
        (Half::Afternoon, rest)
    } else {
        (Half::Unsaid, text)
    }
}

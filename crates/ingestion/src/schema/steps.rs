//! A shape as steps: letters of a set, one after the other, each so many times.
//!
//! Most shapes are no more than that, and are then tried without the engine for regular expressions. What the steps take
//! fits the shape; what they do not may fit all the same.

/// The steps of a shape.
#[derive(Debug, Clone)]
pub(super) struct Steps(Vec<Step>);

#[derive(Debug, Clone)]
struct Step {
    /// Its ASCII letters, a bit each.
    letters: u128,
    least: usize,
    most: usize,
}

impl Steps {
    /// The steps of the regular expression `shape`; `None` where it is more than steps.
    pub fn of(shape: &str) -> Option<Steps> {
        let mut rest = shape.strip_prefix('^')?.strip_suffix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (letters, behind) = letters(rest)?;
            let ((least, most), behind) = times(behind)?;
            steps.push(Step { letters, least, most });
            rest = behind;
        }
        Some(Steps(steps))
    }

    /// Whether they take all of `cell`, each as much as it can.
    pub fn take(&self, cell: &[u8]) -> bool {
        let mut rest = cell;
        for step in &self.0 {
            let taken = rest.iter().take(step.most).take_while(|byte| step.has(**byte)).count();
            if taken < step.least {
                return false;
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
        rest.is_empty()
    }
}

impl Step {
    #[inline]
    fn has(&self, byte: u8) -> bool {
        let half = if byte < 64 { self.letters } else { self.letters >> 64 };
        byte < 0x80 && (half as u64) >> (byte % 64) & 1 == 1
    }
}

/// The letters that `text` begins with, and what follows.
fn letters(text: &str) -> Option<(u128, &str)> {
    let Some(set) = text.strip_prefix('[') else {
        let letter = text.chars().next().filter(|it| it.is_ascii_alphanumeric() || *it == '-')?;
        return Some((bit(letter)?, text.get(1..)?));
    };
    let (set, behind) = set.split_once(']')?;
    let mut all = 0;
    let mut set = set.chars().peekable();
    while let Some(letter) = set.next() {
        let letter = match letter {
            '\\' => set.next().filter(char::is_ascii_punctuation)?,
            letter if letter.is_ascii_alphanumeric() || letter == '_' => letter,
            _ => return None,
        };
        if set.next_if_eq(&'-').is_some() {
            let last = set.next().filter(char::is_ascii_alphanumeric)?;
            for between in letter..=last {
                all |= bit(between)?;
            }
        } else {
            all |= bit(letter)?;
        }
    }
    Some((all, behind))
}

fn bit(letter: char) -> Option<u128> {
    letter.is_ascii().then(|| 1 << u32::from(letter))
}

/// How many times what stands before `text` is wanted, and what follows.
fn times(text: &str) -> Option<((usize, usize), &str)> {
    if let Some(behind) = text.strip_prefix('?') {
        return Some(((0, 1), behind));
    }
    if let Some(behind) = text.strip_prefix('+') {
        return Some(((1, usize::MAX), behind));
    }
    let Some(counted) = text.strip_prefix('{') else { return Some(((1, 1), text)) };
    let (counts, behind) = counted.split_once('}')?;
    let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
    Some(((least.parse().ok()?, most.parse().ok()?), behind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    const SHAPES: [&str; 6] = [
        r"^[0-9A-Za-z_\-]+$",
        "^[0-9]{4}[a-z]?$",
        "^[0-9]{4}-?[0-9]{3}$",
        "^[0-9]{2,4}$",
        "^A[0-9]$",
        "^[0-9]+[0-9]$",
    ];

    proptest! {
        #[test]
        fn what_the_steps_take_fits_the_shape(cell in "[0-9A-Za-z_-]{0,9}|[0-9]{4}-[0-9]{3}|[0-9]{4}[a-z]|A[0-9]") {
            for shape in SHAPES {
                let steps = Steps::of(shape).expect("it is of steps");
                let regex = Regex::new(shape).expect("it is a regular expression");
                prop_assert!(!steps.take(cell.as_bytes()) || regex.is_match(&cell), "{shape}: {cell:?}");
            }
        }
    }

    #[test]
    fn usual_codes_are_taken() {
        for (shape, cell) in SHAPES.into_iter().zip(["AA042021-1_b", "1003", "0012-001", "042", "A1"]) {
            assert!(Steps::of(shape).is_some_and(|steps| steps.take(cell.as_bytes())), "{shape}: {cell}");
        }
    }

    #[test]
    fn what_is_more_than_steps_is_none() {
        for shape in
            ["^(a|b)$", "^[^0-9]$", r"^\d$", "^a*$", "^.$", "^a+?$", "^[a-]$", "^a{2,}$", "^a", "^[一-龠]$"]
        {
            assert!(Steps::of(shape).is_none(), "{shape}");
        }
    }
}

//! What only the reader of a workbook sees (L1-10 to L1-13, L2-06): objects, formats, merged and hidden cells,
//! formulas.

use super::breach::{Area, Place, What};
use super::rule::Weight;
use super::tally::Tally;

/// What a reader saw of the sheet it read, beside the values of its cells. `None` is what it did not look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SheetFacts {
    /// Merged ranges.
    pub merged: Vec<Area>,
    /// Hidden rows within the used range, from the first to the last of each run.
    pub hidden_rows: Vec<(u64, u64)>,
    /// Hidden columns within the used range, from the first to the last of each run.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Cells with a formula: row, column, and whether its value is an error.
    pub formulas: Option<Vec<(u64, u32, bool)>>,
    /// The cells at which shapes and pictures are anchored.
    pub objects: Option<Vec<(u64, u32)>>,
    /// How the cells that hold something look, column by column and from top to bottom.
    pub looks: Option<Vec<LookRun>>,
}

/// Cells of one column, one below the other, that look alike; those that hold nothing may stand between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LookRun {
    /// The column.
    pub column: u32,
    /// The first row.
    pub top: u64,
    /// The last row.
    pub bottom: u64,
    /// How they look.
    pub look: Look,
}

/// How a cell looks: its colours where they are other than black on white, as `0xrrggbb`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Of its letters.
    pub letters: Option<u32>,
    /// Behind them.
    pub fill: Option<u32>,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
}

/// Judges the table in `area` by `facts`, and gives the columns that a merged cell names.
pub(super) fn judge(facts: &SheetFacts, area: Area, header_rows: &[u64], tally: &mut Tally) -> Vec<u32> {
    // Merged cells may reach beyond the table, and there may be very many.
    let mut named_by_merged = vec![false; area.right.saturating_sub(area.left) as usize + 1];
    for merged in facts.merged.iter().filter(|merged| merged.meets(&area)) {
        if (merged.top..=merged.bottom).all(|row| header_rows.contains(&row)) {
            tally.add(Place::Area(*merged), What::HeaderMerge);
            if merged.right > merged.left {
                tally.add(Place::Area(*merged), What::MergedName);
            }
            let (first, last) =
                (merged.left.max(area.left) - area.left, merged.right.min(area.right) - area.left);
            if let Some(named) = named_by_merged.get_mut(first as usize..=last as usize) {
                named.fill(true);
            }
        } else {
            tally.add(Place::Area(*merged), What::DataMerge);
        }
    }
    // What the checker of the agency does, though its table says critical.
    let weight = if tally.has(What::DataMerge) { Weight::Fatal } else { Weight::Major };
    if !facts.merged.is_empty() {
        tally.weigh(What::DataMerge.rule(), weight);
    }
    for (first, last) in &facts.hidden_rows {
        tally.add(Place::Rows(*first, *last), What::HiddenRows);
    }
    for (first, last) in &facts.hidden_columns {
        tally.add(Place::Columns(*first, *last), What::HiddenColumns);
    }
    match &facts.objects {
        Some(objects) => objects
            .iter()
            .filter(|(row, column)| area.holds(*row, *column))
            .for_each(|(row, column)| tally.add(Place::Cell(*row, *column), What::Object)),
        None => tally.leave(What::Object.rule()),
    }
    match &facts.looks {
        Some(looks) => look_at_columns(looks, area, header_rows, tally),
        None => tally.leave(What::Bold.rule()),
    }
    match &facts.formulas {
        Some(formulas) => formulas.iter().filter(|(row, column, _)| area.holds(*row, *column)).for_each(
            |(row, column, is_broken)| {
                let what = if *is_broken { What::BrokenFormula } else { What::Formula };
                tally.add(Place::Cell(*row, *column), what);
            },
        ),
        None => tally.leave(What::Formula.rule()),
    }
    (area.left..).zip(named_by_merged).filter(|(_, named)| *named).map(|(column, _)| column).collect()
}

/// L1-11: columns whose cells of data differ in how they look.
fn look_at_columns(looks: &[LookRun], area: Area, header_rows: &[u64], tally: &mut Tally) {
    let first = header_rows.last().map_or(area.top, |last| last + 1);
    let of_data = |run: &&LookRun| run.bottom >= first && run.top <= area.bottom;
    for column in area.left..=area.right {
        let from = looks.partition_point(|run| run.column < column);
        let of_column = looks.iter().skip(from).take_while(|run| run.column == column);
        let of_column: Vec<Look> = of_column.filter(of_data).map(|run| run.look).collect();
        let mut of_letters: Vec<Option<u32>> = of_column.iter().map(|look| look.letters).collect();
        let mut fills: Vec<u32> = of_column.iter().filter_map(|look| look.fill).collect();
        of_letters.sort_unstable();
        of_letters.dedup();
        fills.sort_unstable();
        fills.dedup();
        let some = |is: fn(&Look) -> bool| of_column.iter().any(is) && !of_column.iter().all(is);
        for (differs, what) in [
            (of_letters.len() > 1, What::FontColour),
            (fills.len() > 1, What::FillColour),
            (some(|look| look.bold), What::Bold),
            (some(|look| look.italic), What::Italic),
        ] {
            if differs {
                tally.add(Place::Columns(column, column), what);
            }
        }
    }
}

/// Leaves all of these rules unjudged: nobody looked.
pub(super) fn leave(tally: &mut Tally) {
    [What::Object, What::Bold, What::DataMerge, What::HiddenRows, What::Formula]
        .into_iter()
        .for_each(|what| tally.leave(what.rule()));
}

#[cfg(test)]
mod tests {
    use super::super::rule::RuleId;
    use super::super::verdict::{Outcome, Verdict};
    use super::*;

    const TABLE: Area = Area { top: 1, left: 1, bottom: 6, right: 6 };

    fn verdict(facts: &SheetFacts, rule: (u8, u8)) -> Verdict {
        let mut tally = Tally::new(20);
        judge(facts, TABLE, &[1], &mut tally);
        let verdicts = tally.finish(true);
        let id = RuleId::new(rule.0, rule.1);
        verdicts.into_iter().find(|verdict| verdict.rule == id).expect("the rule speaks of workbooks")
    }

    fn looked() -> SheetFacts {
        SheetFacts {
            formulas: Some(Vec::new()),
            objects: Some(Vec::new()),
            looks: Some(Vec::new()),
            ..SheetFacts::default()
        }
    }

    #[track_caller]
    fn breaks(facts: &SheetFacts, rule: (u8, u8), place: &str) {
        let verdict = verdict(facts, rule);
        assert_eq!(verdict.outcome, Outcome::Broken);
        assert_eq!(verdict.breaches.first().map(|breach| breach.place.to_string()).as_deref(), Some(place));
    }

    #[test]
    fn a_plain_sheet_keeps_every_rule() {
        for rule in [(1, 10), (1, 11), (1, 12), (1, 13), (2, 6)] {
            assert_eq!(verdict(&looked(), rule).outcome, Outcome::Kept, "{rule:?}");
        }
    }

    #[test]
    fn what_nobody_looked_at_is_not_judged() {
        for rule in [(1, 10), (1, 11), (2, 6)] {
            assert_eq!(verdict(&SheetFacts::default(), rule).outcome, Outcome::NotJudged, "{rule:?}");
        }
    }

    #[test]
    fn merged_cells_of_the_data_cost_the_level() {
        let merged = vec![Area { top: 3, left: 1, bottom: 4, right: 1 }];
        let facts = SheetFacts { merged, ..looked() };
        breaks(&facts, (1, 12), "A3:A4");
        assert_eq!(verdict(&facts, (1, 12)).weight, Weight::Fatal);
    }

    #[test]
    fn merged_cells_of_the_header_break_another_rule() {
        let merged = vec![Area { top: 1, left: 2, bottom: 1, right: 6 }];
        let facts = SheetFacts { merged, ..looked() };
        assert_eq!(verdict(&facts, (1, 12)).outcome, Outcome::Kept);
        breaks(&facts, (2, 3), "B1:F1");
    }

    #[test]
    fn hidden_rows_and_columns_are_told_as_runs() {
        breaks(&SheetFacts { hidden_rows: vec![(5, 6)], ..looked() }, (1, 13), "行5-6");
        breaks(&SheetFacts { hidden_columns: vec![(4, 4)], ..looked() }, (1, 13), "列4");
    }

    #[test]
    fn cells_of_a_column_that_look_different_tell_data_apart() {
        let run = |rows: (u64, u64), look| LookRun { column: 1, top: rows.0, bottom: rows.1, look };
        let facts = |runs| SheetFacts { looks: Some(runs), ..looked() };
        let (plain, bold) = (Look::default(), Look { bold: true, ..Look::default() });
        let red = Look { letters: Some(0xff0000), ..plain };
        let filled = |colour| Look { fill: Some(colour), ..plain };
        breaks(&facts(vec![run((1, 2), plain), run((3, 3), bold), run((4, 6), plain)]), (1, 11), "列1");
        breaks(&facts(vec![run((1, 2), plain), run((3, 6), red)]), (1, 11), "列1");
        breaks(&facts(vec![run((1, 2), filled(1)), run((3, 6), filled(2))]), (1, 11), "列1");
        for kept in [
            vec![run((1, 1), bold), run((2, 6), plain)],
            vec![run((1, 1), filled(2)), run((2, 6), filled(1))],
            vec![run((1, 2), filled(2)), run((3, 6), plain)],
            vec![run((1, 6), red), run((7, 8), bold)],
        ] {
            assert_eq!(verdict(&facts(kept), (1, 11)).outcome, Outcome::Kept);
        }
    }

    #[test]
    fn objects_and_formulas_count_within_the_table() {
        breaks(&SheetFacts { objects: Some(vec![(6, 7), (2, 1)]), ..looked() }, (1, 10), "A2");
        breaks(&SheetFacts { formulas: Some(vec![(9, 1, false), (2, 6, true)]), ..looked() }, (2, 6), "F2");
    }
}

//! The words of our own in which the plan is told.

use catalog::dcat::Scope;
use catalog::dcat::description::Description;
use catalog::dcat::vocab::{prov, schema, skos};
use catalog::dcat::words::{self, Word, WordKind};

use crate::indicator::{Counting, IndicatorKind};
use crate::initiative::Stage;
use crate::progress::ProgressStatus;

pub(super) const INITIATIVE: Word = Word {
    name: "Initiative",
    kind: WordKind::Class(&[schema::PROJECT, prov::PLAN, skos::CONCEPT]),
    label: "取組事項",
    label_en: "initiative",
    definition: "推進計画の項目、または項目の下の個別の取組事項です。",
};
pub(super) const YEAR_STAGE: Word = Word {
    name: "YearStage",
    kind: WordKind::Class(&[prov::ENTITY]),
    label: "年度別の段階",
    label_en: "stage planned for a fiscal year",
    definition: "ある年度に、取組事項がどの段階まで進む予定かを表します。",
};
pub(super) const STAGE: Word = property("stage", ["段階", "stage"], "取組事項から、年度別の段階を指します。");
pub(super) const INDICATOR: Word =
    property("indicator", ["指標", "indicator"], "取組事項から、その成果や活動を測る指標を指します。");
pub(super) const BASELINE: Word =
    property("baseline", ["基準値", "baseline"], "指標から、計画の出発点となる値を指します。");
pub(super) const TARGET: Word =
    property("target", ["目標値", "target"], "指標から、ある年度の終わりまでに目指す値を指します。");
pub(super) const PROGRESS: Word =
    property("progress", ["進捗報告", "progress report"], "取組事項から、担当課の進捗報告を指します。");

const OTHERS: [Word; 15] = [
    concept("stage-study", ["検討", "study"], "年度別の段階のひとつで、進め方を検討します。"),
    concept("stage-preparation", ["準備", "preparation"], "年度別の段階のひとつで、実施の準備をします。"),
    concept("stage-implementation", ["実施", "implementation"], "年度別の段階のひとつで、取組を実施します。"),
    concept("stage-continuation", ["継続", "continuation"], "年度別の段階のひとつで、取組を続けます。"),
    concept("stage-completion", ["完了", "completion"], "年度別の段階のひとつで、取組を終えます。"),
    concept(
        "status-not-started",
        ["未着手", "not started"],
        "まだ始めておらず、予定でもまだ始めなくてよい状態です。",
    ),
    concept("status-on-track", ["予定どおり", "on track"], "予定どおり、または予定より進んでいる状態です。"),
    concept("status-behind", ["遅れている", "behind"], "予定より遅れている状態です。"),
    concept("status-completed", ["完了", "completed"], "終わった状態です。"),
    concept(
        "status-cannot-be-judged",
        ["判断できない", "cannot be judged"],
        "始めているが、判断の材料がまだない状態です。",
    ),
    concept("status-out-of-scope", ["対象外", "out of scope"], "その年度には予定がない状態です。"),
    concept("outcome", ["成果指標", "outcome indicator"], "取組によって得られた結果を測る指標です。"),
    concept("activity", ["活動指標", "activity indicator"], "取組として行ったことを測る指標です。"),
    concept("cumulative", ["累計", "cumulative"], "始めからの累計で数える値です。"),
    concept("per-year", ["単年度", "per year"], "その年度だけで数える値です。"),
];

/// The words of our own that descriptions of the plan use.
pub fn own_words() -> impl Iterator<Item = Word> {
    [INITIATIVE, YEAR_STAGE, STAGE, INDICATOR, BASELINE, TARGET, PROGRESS].into_iter().chain(OTHERS)
}

/// Tells those of our words that are named `names`.
pub(super) fn tell(out: &mut Description, scope: &Scope<'_>, names: &[&str]) {
    for word in own_words().filter(|word| names.contains(&word.name)) {
        words::tell(out, scope, word);
    }
}

pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Study => "stage-study",
        Stage::Preparation => "stage-preparation",
        Stage::Implementation => "stage-implementation",
        Stage::Continuation => "stage-continuation",
        Stage::Completion => "stage-completion",
    }
}

pub(super) fn status(status: ProgressStatus) -> &'static str {
    match status {
        ProgressStatus::NotStarted => "status-not-started",
        ProgressStatus::OnTrack => "status-on-track",
        ProgressStatus::Behind => "status-behind",
        ProgressStatus::Completed => "status-completed",
        ProgressStatus::CannotBeJudged => "status-cannot-be-judged",
        ProgressStatus::OutOfScope => "status-out-of-scope",
    }
}

pub(super) fn kind(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::Outcome => "outcome",
        IndicatorKind::Activity => "activity",
    }
}

pub(super) fn counting(counting: Counting) -> &'static str {
    match counting {
        Counting::Cumulative => "cumulative",
        Counting::PerYear => "per-year",
    }
}

const fn property(
    name: &'static str,
    [label, label_en]: [&'static str; 2],
    definition: &'static str,
) -> Word {
    Word { name, kind: WordKind::Property, label, label_en, definition }
}

const fn concept(name: &'static str, [label, label_en]: [&'static str; 2], definition: &'static str) -> Word {
    Word { name, kind: WordKind::Concept, label, label_en, definition }
}

//! The city's DX plan (which is at the same time its 市町村官民データ活用推進計画): what it promises, what was
//! reported, how it stands.
//!
//! Three floors, each calling only what stands below it:
//!
//! ```text
//! acts        load.rs  initiatives.rs  reporting.rs  browse.rs  made.rs   what people and the program do
//! keeping     store/                                                      the database
//! vocabulary  plan.rs  initiative.rs  progress.rs  folder.rs  …           what things are; no async, no database
//! ```
//!
//! The plan's facts are data (`datasets/plan`): the city's own words, and nothing that its papers do not say.

pub mod browse;
pub mod code;
pub mod comparison;
pub mod error;
pub mod fiscal_year;
pub mod folder;
pub mod indicator;
pub mod initiative;
pub mod initiatives;
pub mod legal;
pub mod load;
pub mod made;
pub mod meeting;
pub mod misfit;
pub mod month;
pub mod new_item;
pub mod new_report;
pub mod pillar;
pub mod plan;
pub mod predecessor;
pub mod progress;
pub mod promotion;
pub mod reporting;
pub mod searched;
pub mod state;
mod store;

pub use browse::{InitiativeFilter, change, initiative, initiatives, plan, reports};
pub use code::{BadCode, InitiativeCode, PillarCode};
pub use comparison::{Comparison, ComparisonRow};
pub use error::PlanError;
pub use fiscal_year::{BadFiscalYear, FiscalYear};
pub use indicator::{
    Baseline, Counting, Evidence, Indicator, IndicatorKind, Measurement, NewIndicator, Target,
};
pub use initiative::{
    Bpr, Change, ChangeKind, Ebpm, Initiative, InitiativeKind, Item, Origin, Stage, YearStage,
};
pub use initiatives::add_item;
pub use legal::{ComprehensivePlan, LegalBasis, Place, Position};
pub use load::load;
pub use made::initiatives_csv;
pub use meeting::{Certainty, Handling, Matter, Meeting, Milestone, Review, Verdict};
pub use misfit::{Fault, Misfit};
pub use month::{BadMonth, Month};
pub use new_item::NewItem;
pub use new_report::{NewMeasurement, NewReport};
pub use pillar::{HeadingOnRecord, Note, Pillar};
pub use plan::{Facts, Outline, Plan, PlanChange, PlanChangeKind, PlanPeriod, Source};
pub use predecessor::{Crossing, OwnInitiatives, Predecessor};
pub use progress::{ProgressReport, ProgressStatus};
pub use promotion::{Headquarters, ImprovementReport, Means, Promotion};
pub use reporting::report;
pub use searched::bring_up_search;
pub use state::{State, StatusCount};
pub use store::Plans;

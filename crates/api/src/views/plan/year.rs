//! A fiscal year as the API shows it everywhere: for programs and for people.

use serde::Serialize;
use utoipa::ToSchema;

use ::plan::FiscalYear;

/// 年度: from 1 April to 31 March.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FiscalYear)]
pub struct FiscalYearView {
    /// The calendar year in which it begins.
    #[schema(example = 2025)]
    pub year: i16,
    /// How people write it.
    #[schema(example = "令和7年度")]
    pub label: String,
}

impl From<FiscalYear> for FiscalYearView {
    fn from(year: FiscalYear) -> FiscalYearView {
        FiscalYearView { year: year.year(), label: year.label() }
    }
}

//! The one place where an error meets a status code (RFC 9457).
//!
//! A [`Problem`] is said in both languages; [`crate::middleware::language`] writes it in the reader's. `type`
//! and `code` are the contract, the sentences are not.

pub mod asking;
pub mod ckan;
mod kind;
pub mod responses;

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use catalog::error::NoAnswer;
use catalog::rules::Forbidden;
use catalog::token::BadName;
use catalog::words::{BadWords, Wrong};
use catalog::{CatalogError, RevisionState, Role, Trouble};
use ingestion::{Language, Report, Text};
use plan::PlanError;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub use kind::Kind;

use crate::log::chain;
use crate::metrics;
use crate::report_view::{CountsView, FindingView, QuestionView, ReportView};

/// `application/problem+json`
pub const PROBLEM: &str = "application/problem+json";

/// Why a request was not done, in both languages. Boxed, as it is carried in every `Result`.
#[derive(Debug, Clone)]
pub struct Problem(Box<Said>);

#[derive(Debug, Clone)]
struct Said {
    kind: Kind,
    detail: Text,
    report: Option<Report>,
    more: Map<String, Value>,
    wait_seconds: Option<u64>,
}

impl Problem {
    /// A problem of `kind`, with what is particular to this request.
    pub fn new(kind: Kind, ja: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem(Box::new(Said {
            kind,
            detail: Text::new(ja, en),
            report: None,
            more: Map::new(),
            wait_seconds: None,
        }))
    }

    /// The same problem with what was found in the file that it is about.
    #[must_use]
    pub fn finding(mut self, report: Report) -> Problem {
        self.0.report = Some(report);
        self
    }

    /// A fault of ours, or a trouble that passes: its cause goes to the log, the asker is told nothing but that we know.
    pub fn fault(cause: &(dyn std::error::Error + 'static)) -> Problem {
        let chain = chain(cause);
        tracing::error!(error = %chain, "a request failed: {chain}");
        match Trouble::beneath(cause) {
            Some(Trouble::NoRoom) => return Problem::no_room(),
            Some(Trouble::NotReady) => return Problem::not_ready(),
            None => {}
        }
        Problem::new(
            Kind::Fault,
            "こちらの不具合で応えられませんでした。記録はこちらに残っています。しばらくしてからもう一度お試しください。",
            "Something failed on our side and was logged. Please try again later.",
        )
    }

    /// The disk is full.
    fn no_room() -> Problem {
        Problem::new(
            Kind::NoRoom,
            "サーバーの空き容量が足りないため、書き込めませんでした。読むことはできます。場所が空けば、そのまま書き込めるようになります。",
            "The server has no room left, so nothing was written. Reading goes on; writing will again once there is room.",
        )
    }

    /// The database or the file store does not answer, or takes no writes.
    pub fn not_ready() -> Problem {
        Problem::new(
            Kind::NotReady,
            "データベースかファイルの置き場所が、いまは使えません。しばらくしてからもう一度お試しください。",
            "The database or the file store cannot be used just now. Please try again later.",
        )
    }

    /// A query parameter that does not read.
    pub fn bad_parameter(name: &str, ja: impl fmt::Display, en: impl fmt::Display) -> Problem {
        Problem::new(
            Kind::BadParameter,
            format!("引数 `{name}` が読めません。{ja}"),
            format!("The parameter `{name}` does not read: {en}"),
        )
        .with("parameter", name)
    }

    /// The same problem with one more member.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Problem {
        self.0.more.insert(name.to_owned(), value.into());
        self
    }

    /// A value of the body's member `name` that is not possible.
    pub fn bad_value(name: &str, ja: impl fmt::Display, en: impl fmt::Display) -> Problem {
        Problem::new(
            Kind::BadValue,
            format!("項目 `{name}` の値が使えません。{ja}"),
            format!("The member `{name}` is not possible: {en}"),
        )
        .with("member", name)
    }

    /// The same problem, which is worth another try after `seconds`.
    #[must_use]
    pub fn after(mut self, seconds: u64) -> Problem {
        self.0.wait_seconds = Some(seconds);
        self
    }

    /// The kind, which decides status and `code`.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What is shown to a reader of `language`.
    pub fn view(&self, language: Language) -> ProblemView {
        let report = self.0.report.as_ref().map(|report| ReportView::new(report, language));
        let (counts, findings, truncated, questions) = match report {
            Some(report) => {
                let open = report.questions.into_iter().filter(|question| question.answer.is_none());
                let questions = (self.0.kind == Kind::OpenQuestions).then(|| open.collect());
                (Some(report.counts), Some(report.findings), Some(report.truncated), questions)
            }
            None => (None, None, None, None),
        };
        ProblemView {
            r#type: self.0.kind.address(),
            code: self.0.kind.code(),
            title: self.0.kind.title().in_language(language).to_owned(),
            status: self.0.kind.status().as_u16(),
            detail: self.0.detail.in_language(language).to_owned(),
            counts,
            truncated,
            findings,
            questions,
            more: self.0.more.clone(),
        }
    }
}

/// A problem as it is answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemView {
    /// The address of the page that explains this kind of problem.
    #[schema(example = "/problems/no-such-dataset")]
    pub r#type: String,
    /// The stable name of this kind of problem.
    #[schema(example = "no-such-dataset")]
    pub code: &'static str,
    /// The kind of problem in a few words.
    #[schema(example = "データセットがありません")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 404)]
    pub status: u16,
    /// What is particular to this request.
    #[schema(example = "データセット `public-toilets` はありません。")]
    pub detail: String,
    /// What the report counted, where a file was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<CountsView>,
    /// Whether more was found than is listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
    /// What was found, where a file was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<FindingView>>,
    /// What only a person knows about the file, where that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questions: Option<Vec<QuestionView>>,
    /// What some kinds tell beside.
    #[serde(flatten)]
    #[schema(ignore)]
    pub more: Map<String, Value>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.kind.code(), self.0.detail.en)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.kind.status()
    }

    /// An empty answer that carries the problem; it is written where the reader's language is known.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        if let Some(seconds) = self.kind().retry_after_seconds() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(self.clone());
        if self.0.kind == Kind::Unauthorized {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.0.wait_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<CatalogError> for Problem {
    fn from(error: CatalogError) -> Problem {
        match &error {
            CatalogError::Database(_) => metrics::failed("database"),
            CatalogError::Files(_) | CatalogError::Damaged(_) => metrics::failed("store"),
            CatalogError::Disk(_) => metrics::failed("disk"),
            _ => {}
        }
        match error {
            CatalogError::NoSuchDataset(slug) => Problem::new(
                Kind::NoSuchDataset,
                format!("データセット `{slug}` はありません。一覧は /api/v1/datasets にあります。"),
                format!("There is no dataset `{slug}`. /api/v1/datasets lists them."),
            ),
            CatalogError::NoSuchRevision { slug, number } => Problem::new(
                Kind::NoSuchRevision,
                format!("データセット `{slug}` に第{number}版はありません。"),
                format!("The dataset `{slug}` has no revision {number}."),
            ),
            CatalogError::NothingPublishedThen { slug } => Problem::new(
                Kind::NothingPublishedThen,
                format!(
                    "データセット `{slug}` は、その時点ではまだ公開されていません。公開日時は /api/v1/datasets/{slug}/revisions にあります。"
                ),
                format!(
                    "Nothing of the dataset `{slug}` was published then. /api/v1/datasets/{slug}/revisions tells when."
                ),
            ),
            CatalogError::NoSuchDepartment(slug) => Problem::new(
                Kind::NoSuchDepartment,
                format!("担当課 `{slug}` はありません。一覧は /api/v1/departments にあります。"),
                format!("There is no department `{slug}`. /api/v1/departments lists them."),
            ),
            CatalogError::Withdrawn { slug, tombstone } => Problem::new(
                Kind::Withdrawn,
                format!("データセット `{slug}` は取り下げられました。理由: {}", tombstone.reason),
                format!("The dataset `{slug}` was withdrawn: {}", tombstone.reason),
            )
            .with("tombstone", serde_json::to_value(*tombstone).unwrap_or_default()),
            CatalogError::UnknownWord { what, value } => Problem::bad_value(
                what,
                format_args!("`{value}` は一覧にありません。"),
                format_args!("`{value}` is not on the list."),
            ),
            CatalogError::Forbidden(Forbidden::Role { needed }) => Problem::new(
                Kind::Forbidden,
                format!("この操作には役割 {needed}（{}）が要ります。", role(needed)),
                format!("This is for the role `{needed}`."),
            )
            .with("reason", "role")
            .with("needed", needed.as_str()),
            CatalogError::Forbidden(Forbidden::OwnWork) => Problem::new(
                Kind::Forbidden,
                "自分で作った版を自分で公開することはできません。ほかの承認者に頼んでください。",
                "Nobody publishes what they made themselves: ask another approver.",
            )
            .with("reason", "own-work"),
            CatalogError::NoSuchToken(id) => Problem::new(
                Kind::NoSuchToken,
                format!("番号 {id} のトークンはありません。一覧は /api/v1/tokens にあります。"),
                format!("There is no token {id}. /api/v1/tokens lists them."),
            ),
            CatalogError::NameTaken { name, department } => Problem::new(
                Kind::NameTaken,
                format!(
                    "「{name}」の有効なトークンが担当課 `{department}` にあります。異動したときは先に取り消し、別の人なら別の氏名にしてください。"
                ),
                format!(
                    "`{name}` has a good token in department `{department}`: revoke it first, or give another name."
                ),
            ),
            CatalogError::BadName(why) => Problem::bad_value("name", bad_name(&why), &why),
            CatalogError::Stale { slug } => Problem::new(
                Kind::Stale,
                format!("`{slug}` は読んだ後に変わりました。読み直してからもう一度お試しください。"),
                format!("`{slug}` has changed since it was read: read it again and retry."),
            ),
            CatalogError::Exists(slug) => Problem::new(
                Kind::Exists,
                format!("データセット `{slug}` はもうあります。"),
                format!("There is a dataset `{slug}` already."),
            ),
            CatalogError::NotThen { ref slug, number, state, wanted } => {
                let wanted = wanted.iter().copied().map(state_of).collect::<Vec<_>>().join("か");
                let is = state_of(state);
                Problem::new(
                    Kind::WrongState,
                    format!("`{slug}` の第{number}版は{is}です。この操作は{wanted}の版にするものです。"),
                    error.to_string(),
                )
                .with("state", state.as_str())
            }
            CatalogError::NotPublished(slug) => Problem::new(
                Kind::WrongState,
                format!(
                    "`{slug}` はまだ公開されていません。取り下げられるのは公開したデータセットだけです。"
                ),
                format!("Nothing of `{slug}` is published: only what is published can be withdrawn."),
            )
            .with("state", "draft"),
            CatalogError::Superseded { slug, number, current } => Problem::new(
                Kind::Superseded,
                format!("`{slug}` は第{current}版がもう公開されています。第{number}版は公開できません。"),
                format!("Revision {current} of `{slug}` is published: revision {number} comes too late."),
            )
            .with("current", current),
            CatalogError::OtherSchema { slug, number } => Problem::new(
                Kind::OtherSchema,
                format!(
                    "`{slug}` の第{number}版は、いまの様式で検証されていません。もう一度ファイルを送ってください。"
                ),
                format!(
                    "Revision {number} of `{slug}` was held against another schema: send the file again."
                ),
            ),
            CatalogError::SchemaStays(slug) => Problem::new(
                Kind::OtherSchema,
                format!("`{slug}` は公開されているので、様式は変えられません。"),
                format!("`{slug}` is published: its schema stays."),
            ),
            CatalogError::OpenQuestions(report) => Problem::new(
                Kind::OpenQuestions,
                "ファイルについて、答えていない質問があります。答えてから提出してください。",
                "There are open questions about the file: answer them first.",
            )
            .finding(*report),
            CatalogError::BadAnswer { question, why, known } => {
                let question = question.chars().take(100).collect::<String>();
                Problem::bad_value(
                    "answers",
                    match why {
                        NoAnswer::NotAsked => {
                            format!("`{question}` という質問はありません。`known` が質問の一覧です。")
                        }
                        NoAnswer::NotAChoice => {
                            format!(
                                "`{question}` の答えが選べるものの中にありません。`known` が選べるものです。"
                            )
                        }
                    },
                    format_args!("`{question}`: {why}; `known` tells what there is."),
                )
                .with("known", known)
            }
            CatalogError::BadWords(BadWords { what, why }) => Problem::bad_value(
                what,
                match why {
                    Wrong::Empty => "空です。".to_owned(),
                    Wrong::TooLong(max) => format!("長すぎます（{max} まで）。"),
                    Wrong::Letter => {
                        "使えない文字（制御文字、文字の向きを変える文字、外字など）が入っています。"
                            .to_owned()
                    }
                    Wrong::Backwards => "終わりが始まりより前です。".to_owned(),
                },
                format_args!("{why}."),
            ),
            CatalogError::Refused(report) => {
                let to_mend = report.counts.error;
                let mut problem = Problem::new(
                    Kind::Findings,
                    format!("様式に合わないところが{to_mend}件あります。"),
                    format!("{to_mend} findings stand in the way."),
                );
                problem.0.report = Some(*report);
                problem
            }
            CatalogError::BadCursor(why) => Problem::bad_parameter(
                "cursor",
                "前のページの next にある値をそのまま使います。並べ方を変えたときは、cursor なしで始めからたどってください。",
                why,
            ),
            CatalogError::RowsNotReady(slug) => Problem::new(
                Kind::RowsNotReady,
                format!(
                    "`{slug}` の行を、いま用意しているところです。しばらくしてからもう一度お試しください。"
                ),
                format!("The rows of `{slug}` are being made ready. Please try again in a while."),
            ),
            CatalogError::TooMuchWork => Problem::new(
                Kind::TooMuchWork,
                "この問い合わせは、1つの問い合わせに使える時間を超えました。条件を絞るか、並べ替えや合計（count）をやめるか、全体をダウンロードしてください。",
                "The question takes longer than one question may. Narrow it down, leave out sort or count, or download everything.",
            ),
            cause => Problem::fault(&cause),
        }
    }
}

/// What people call a state.
fn state_of(state: RevisionState) -> &'static str {
    match state {
        RevisionState::Draft => "下書き（draft）",
        RevisionState::Submitted => "審査待ち（submitted）",
        RevisionState::Returned => "差し戻し（returned）",
        RevisionState::Scheduled => "公開予定（scheduled）",
        RevisionState::Published => "公開済み（published）",
    }
}

/// What people call a role.
fn role(role: Role) -> &'static str {
    match role {
        Role::Editor => "作成者",
        Role::Approver => "承認者",
        Role::Admin => "管理者",
    }
}

fn bad_name(why: &BadName) -> String {
    match why {
        BadName::Length(length) => format!("氏名は1文字から100文字までです（{length}文字）。"),
        BadName::Blank => "氏名の前後に空白は置けません。".to_owned(),
        BadName::Invisible(code) => format!("見えない文字（U+{code:04X}）が入っています。"),
        BadName::Reserved => "operator と hiyori はこのプログラムが使う名前です。".to_owned(),
    }
}

impl From<PlanError> for Problem {
    fn from(error: PlanError) -> Problem {
        match error {
            PlanError::NoSuchInitiative(code) => Problem::new(
                Kind::NoSuchInitiative,
                format!("取組事項 `{code}` はありません。一覧は /api/v1/plan/initiatives にあります。"),
                format!("There is no initiative `{code}`. /api/v1/plan/initiatives lists them."),
            ),
            cause => Problem::fault(&cause),
        }
    }
}

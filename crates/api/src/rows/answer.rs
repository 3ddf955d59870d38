//! Answers what is asked of rows: a page, everything there is, or groups, in the form that is wanted.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BodyStream, SizedStream};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use bytes::Bytes;
use catalog::asking::{Cursor, Grouping};
use catalog::export::{self, Block, Shown, TableForm, Text};
use catalog::records::{Rows, Subject};
use catalog::{CatalogError, Format, browse};
use futures_util::{StreamExt, TryStreamExt, stream};
use ingestion::Sha256;
use serde::Serialize;
use serde_json::{Value, json};

use crate::answer::{attachment, tag_of, unchanged, unchanged_since};
use crate::named::{escape, form_pairs};
use crate::problem::{Kind, Problem};
use crate::rows::form::RowsForm;
use crate::rows::head::{self, HeadView};
use crate::rows::query::RecordsQuery;
use crate::rows::question::{Question, Unless};
use crate::scratch::chunks;
use crate::state::House;

/// Rows that are asked for at an address.
pub struct Asked<'a> {
    house: &'a House,
    subject: Arc<Subject>,
    request: &'a HttpRequest,
    form: RowsForm,
    /// Whether the address names the form.
    is_named: bool,
}

/// No browser runs anything of what was handed in.
const SANDBOX: (HeaderName, HeaderValue) =
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));

impl<'a> Asked<'a> {
    /// The rows of `subject`, in the form that the address ends in.
    pub fn named(
        house: &'a House,
        subject: Arc<Subject>,
        request: &'a HttpRequest,
        form: RowsForm,
    ) -> Asked<'a> {
        Asked { house, subject, request, form, is_named: true }
    }

    /// The rows of `subject`, in the form that the request likes best.
    ///
    /// # Errors
    /// [`Kind::NotAcceptable`] when it wants none of them.
    pub fn liked(
        house: &'a House,
        subject: Arc<Subject>,
        request: &'a HttpRequest,
    ) -> Result<Asked<'a>, Problem> {
        Ok(Asked { house, subject, request, form: RowsForm::of_request(request)?, is_named: false })
    }

    /// The answer to `query`.
    ///
    /// # Errors
    /// The problem with a parameter, with the form, or with what is kept.
    pub async fn answer(&self, query: &RecordsQuery) -> Result<HttpResponse, Problem> {
        let head = HeadView::of(&self.subject, &self.house.iris);
        let tag = self.tag(&head);
        let known = unchanged(self.request, &tag)
            .or_else(|| unchanged_since(self.request, &tag, head::modified(&self.subject)));
        let (mut answer, next) = match known {
            Some(known) => (known, None),
            None => self.made(query, &head, &tag).await?,
        };
        let location = self.address(None);
        head::add(&mut answer, &self.subject, &head, &location, &self.house.iris, next.as_deref());
        if !self.is_named {
            answer.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
        }
        Ok(answer)
    }

    async fn made(
        &self,
        query: &RecordsQuery,
        head: &HeadView,
        tag: &str,
    ) -> Result<(HttpResponse, Option<String>), Problem> {
        let rows = self.subject.rows(&self.house.store).await?;
        let columns = rows.columns();
        let unless = if self.is_named { Unless::Everything } else { Unless::Page };
        let of = format!("{} {}", self.subject.dataset.slug, self.subject.revision.number);
        let question = Question::read(query, columns, &of, unless)?;
        let mut answer = HttpResponse::Ok();
        answer.content_type(self.form.content_type()).insert_header((header::ETAG, tag.to_owned()));
        if !matches!(self.form, RowsForm::Json | RowsForm::GeoJson) {
            let name = format!("{}.{}", self.subject.dataset.slug, self.form.extension());
            answer.insert_header(attachment(&name)).insert_header(SANDBOX);
        }
        if let Some(grouping) = &question.grouping {
            return Ok((self.groups(&rows, &question, grouping, head, answer).await?, None));
        }
        match self.form {
            RowsForm::Json => self.texts(&rows, question, Text::Items, head, answer).await,
            RowsForm::NdJson => self.texts(&rows, question, Text::Lines, head, answer).await,
            RowsForm::Csv => self.texts(&rows, question, Text::Csv, head, answer).await,
            RowsForm::GeoJson if columns.places().is_none() => Err(self.no_form(
                "このデータセットの行には座標がないので、GeoJSON では渡せません。",
                "The rows of this dataset have no coordinates, so there is no GeoJSON of them.",
            )),
            RowsForm::GeoJson => self.texts(&rows, question, Text::Features, head, answer).await,
            RowsForm::Parquet => self.file(&rows, question, TableForm::Parquet, head, answer).await,
            RowsForm::Xlsx => self.file(&rows, question, TableForm::Xlsx, head, answer).await,
        }
    }

    /// The form there is not of these rows.
    fn no_form(&self, ja: &str, en: &str) -> Problem {
        let kind = if self.is_named { Kind::NoSuchFormat } else { Kind::NotAcceptable };
        Problem::new(kind, ja, en)
    }

    async fn texts(
        &self,
        rows: &Rows,
        question: Question,
        text: Text,
        head: &HeadView,
        mut answer: HttpResponseBuilder,
    ) -> Result<(HttpResponse, Option<String>), Problem> {
        let ask = question.ask;
        let around = Around { form: self.form, head: head.clone() };
        let begin = match text {
            Text::Csv => {
                let header = Shown::of(rows, &ask).and_then(|shown| shown.header());
                header.map_err(|error| Problem::fault(&error))?
            }
            _ => around.begin(),
        };
        if ask.limit.is_some() {
            let page = export::page(rows, &ask, text).await?;
            let next = page.last.map(|last| self.next(question.list, last));
            let end = around.end(page.count, page.total, next.as_deref());
            let body = [begin.as_slice(), &page.text, &end].concat();
            return Ok((answer.body(body), next));
        }
        if text == Text::Csv && ask.is_of_all_rows_as_they_are() {
            return Ok((self.whole_file(answer).await?, None));
        }
        let mut blocks = export::everything(rows, ask, text);
        // What cannot be begun is refused with a status; later there is only breaking off.
        let first = blocks.next().await.transpose()?;
        let count = Rc::new(Cell::new(0));
        let counted = count.clone();
        let blocks = stream::iter(first.map(Ok)).chain(blocks).map_ok(move |Block { text, count }| {
            counted.set(counted.get() + count);
            text
        });
        let end =
            stream::once(async move { Ok(Bytes::from(around.end(count.get(), Some(count.get()), None))) });
        let body = stream::once(async move { Ok(Bytes::from(begin)) }).chain(blocks).chain(end);
        Ok((answer.body(BodyStream::new(body.map_err(broken_off))), None))
    }

    /// All rows as they are: the file that they were loaded from.
    async fn whole_file(&self, mut answer: HttpResponseBuilder) -> Result<HttpResponse, Problem> {
        let (slug, revision) = (&self.subject.dataset.slug, &self.subject.revision);
        let csv = revision.distributions.iter().find(|form| form.format == Format::Csv);
        let no_csv = || CatalogError::NoSuchRevision { slug: slug.clone(), number: revision.number };
        let kept = browse::open(&self.house.store, &csv.ok_or_else(no_csv)?.sha256).await?;
        Ok(answer.body(SizedStream::new(kept.bytes, kept.stream)))
    }

    async fn file(
        &self,
        rows: &Rows,
        question: Question,
        form: TableForm,
        head: &HeadView,
        mut answer: HttpResponseBuilder,
    ) -> Result<(HttpResponse, Option<String>), Problem> {
        let staged = export::file(&self.house.store, rows, question.ask, form, head.notes()).await?;
        let staged = staged.ok_or_else(|| {
            self.no_form(
                "Excel（xlsx）の1枚のシートに入りません（1,048,575行まで、1つの値は32,767文字まで）。csv か parquet を使ってください。",
                "A sheet of Excel takes no more than 1,048,575 rows, and 32,767 letters a cell: ask for csv or parquet.",
            )
        })?;
        let next = staged.last.map(|last| self.next(question.list, last));
        Ok((answer.body(SizedStream::new(staged.bytes, chunks(staged.file))), next))
    }

    async fn groups(
        &self,
        rows: &Rows,
        question: &Question,
        grouping: &Grouping,
        head: &HeadView,
        mut answer: HttpResponseBuilder,
    ) -> Result<HttpResponse, Problem> {
        let columns = rows.columns();
        let read = async || rows.groups(&question.ask, grouping).await;
        match self.form {
            RowsForm::Json => {
                let groups = read().await?;
                let items = export::groups_objects(columns, grouping, &groups.rows);
                Ok(answer.json(GroupsView { items, truncated: groups.more, of: head }))
            }
            RowsForm::NdJson => {
                let items = export::groups_objects(columns, grouping, &read().await?.rows);
                Ok(answer.body(items.iter().map(|item| format!("{}\n", json!(item))).collect::<String>()))
            }
            RowsForm::Csv => {
                let csv = export::groups_csv(columns, grouping, &read().await?.rows);
                Ok(answer.body(csv.map_err(|error| Problem::fault(&error))?))
            }
            RowsForm::GeoJson | RowsForm::Parquet | RowsForm::Xlsx => Err(self.no_form(
                "集計（group_by, aggregate）は json, ndjson, csv で渡せます。",
                "Groups come as json, ndjson or csv.",
            )),
        }
    }

    /// The tag of the answer: of what it is made from, so that nobody looks for rows that the asker has.
    fn tag(&self, head: &HeadView) -> String {
        let (content, form) = (self.subject.revision.sha256, self.form.extension());
        let head = json!(head);
        let (query, version) = (self.request.query_string(), env!("CARGO_PKG_VERSION"));
        let made_from = format!("{version} {content} {head} {form} {} {query}", self.is_named);
        tag_of(&Sha256::of(made_from.as_bytes()))
    }

    /// The address of the page that begins behind the row `last`: of this revision, so that whoever walks from page to page
    /// sees one state of the rows.
    fn next(&self, list: u64, last: u64) -> String {
        let cursor = Cursor::behind(list, last).to_string();
        format!("{}{}", self.house.iris.base(), self.address(Some(&cursor)))
    }

    /// The address at which these rows can be had for ever; or another page of them.
    fn address(&self, cursor: Option<&str>) -> String {
        let revision = head::of_revision(&self.subject.dataset.slug, self.subject.revision.number);
        let extension = if self.is_named { format!(".{}", self.form.extension()) } else { String::new() };
        let kept = |name: &str| name != "as_of" && (cursor.is_none() || name != "cursor");
        let mut query: Vec<String> = form_pairs(self.request.query_string())
            .filter(|(name, _)| kept(name))
            .map(|(name, value)| format!("{}={}", escape(&name), escape(&value)))
            .collect();
        query.extend(cursor.map(|cursor| format!("cursor={cursor}")));
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{revision}/records{extension}{mark}{}", query.join("&"))
    }
}

/// What stands around rows in a form that has room for it.
struct Around {
    form: RowsForm,
    head: HeadView,
}

impl Around {
    fn begin(&self) -> Vec<u8> {
        match self.form {
            RowsForm::Json => b"{\"items\":[\n".to_vec(),
            RowsForm::GeoJson => b"{\"type\":\"FeatureCollection\",\"features\":[\n".to_vec(),
            _ => Vec::new(),
        }
    }

    fn end(&self, count: u64, total: Option<u64>, next: Option<&str>) -> Vec<u8> {
        let rest = match self.form {
            RowsForm::Json => json!(RestView { total, next, of: &self.head }),
            RowsForm::GeoJson => {
                let link = |href| json!({"rel": "next", "type": "application/geo+json", "href": href});
                let links: Vec<Value> = next.map(link).into_iter().collect();
                json!(FeaturesRestView {
                    number_returned: count,
                    number_matched: total,
                    links,
                    of: &self.head
                })
            }
            _ => return Vec::new(),
        };
        // An object without its opening brace goes on the one that was begun.
        let rest = rest.to_string();
        format!("\n],{}\n", rest.trim_start_matches('{')).into_bytes()
    }
}

/// What comes behind the items of a page.
#[derive(Serialize)]
struct RestView<'a> {
    total: Option<u64>,
    next: Option<&'a str>,
    #[serde(flatten)]
    of: &'a HeadView,
}

/// What comes behind the features of a page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FeaturesRestView<'a> {
    number_returned: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    number_matched: Option<u64>,
    links: Vec<Value>,
    #[serde(flatten)]
    of: &'a HeadView,
}

/// Groups, and whether there are more.
#[derive(Serialize)]
struct GroupsView<'a> {
    items: Vec<serde_json::Map<String, Value>>,
    truncated: bool,
    #[serde(flatten)]
    of: &'a HeadView,
}

/// An answer that ends before its end: the cause goes to the log where it is a fault of ours.
fn broken_off(error: CatalogError) -> actix_web::Error {
    Problem::from(error).into()
}

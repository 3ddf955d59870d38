//! Answers with features: a page of them, or one.
//!
//! Rule: OGC 17-069r4, requirements classes core and geojson; RFC 7946.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use catalog::asking::{Ask, Cursor};
use catalog::export::{self, Shown, Text};
use catalog::records::{self, Line, Rows, Subject, Which};
use catalog::{CatalogError, Slug};
use ingestion::Sha256;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::answer::{tag_of, unchanged, unchanged_since};
use crate::named::{escape, form_pairs};
use crate::ogc::addresses::{Addresses, is_free};
use crate::ogc::classes::{CONTENT_CRS, CRS84};
use crate::ogc::form::{Form, GEOJSON, HTML, JSON};
use crate::ogc::link::Link;
use crate::ogc::query::Given;
use crate::ogc::question::{FEATURES_MAX, FEATURES_SHOWN_MAX, PageCursor, Question, cursor};
use crate::problem::{Kind, Problem};
use crate::rows::head::{HeadView, modified};
use crate::state::House;

/// The media types of features.
pub const TYPES: [&str; 2] = [GEOJSON, JSON];

/// The rows of a dataset with coordinates, as a collection of features.
pub struct Collection {
    /// The revision.
    pub subject: Arc<Subject>,
    /// Its rows.
    pub rows: Rows,
}

/// A page of features for people.
pub struct FeaturesPage {
    /// The features, and what each is called.
    pub features: Vec<(String, Map<String, Value>)>,
    /// How many there are on all pages.
    pub total: u64,
    /// The next page.
    pub next: Option<String>,
}

/// The revision of the collection `slug` that `cursor` is of, the current one without.
///
/// # Errors
/// As [`records::find`]; a cursor of a revision that is not there is a bad one.
pub async fn subject(
    house: &House,
    slug: &Slug,
    cursor: Option<&PageCursor>,
) -> Result<Arc<Subject>, Problem> {
    if !is_free(slug) {
        return Err(CatalogError::NoSuchDataset(slug.clone()).into());
    }
    let which = cursor.map_or(Which::Current, |cursor| Which::Number(cursor.revision));
    match records::find(&house.store, &house.schemas, slug, which).await {
        Err(CatalogError::NoSuchRevision { .. }) => {
            Err(CatalogError::BadCursor(catalog::query::BadCursor).into())
        }
        found => Ok(found?),
    }
}

/// The collection of `subject`.
///
/// # Errors
/// [`Kind::NoSuchCollection`] where no row has coordinates.
pub async fn collection(house: &House, subject: Arc<Subject>) -> Result<Collection, Problem> {
    let rows = subject.rows(&house.store).await?;
    if !rows.has_places() {
        let slug = &subject.dataset.slug;
        return Err(Problem::new(
            Kind::NoSuchCollection,
            format!(
                "データセット `{slug}` の行には座標がないので、地図のデータとしては渡せません。行は /api/v1/datasets/{slug}/records にあります。"
            ),
            format!(
                "No row of the dataset `{slug}` has coordinates, so it is no collection of features. /api/v1/datasets/{slug}/records has its rows."
            ),
        ));
    }
    Ok(Collection { subject, rows })
}

/// A page of the features of the collection `slug`, as `given` asks for them; `page` makes what people read.
///
/// # Errors
/// The problem with a parameter or with what is kept.
pub async fn items(
    house: &House,
    slug: &Slug,
    given: &Given,
    request: &HttpRequest,
    page: impl AsyncFnOnce(&Collection, FeaturesPage) -> Result<String, Problem>,
) -> Result<HttpResponse, Problem> {
    let form = Form::of(request, given.get("f"), &TYPES)?;
    let cursor = cursor(given)?;
    let subject = subject(house, slug, cursor.as_ref()).await?;
    let head = HeadView::of(&subject, &house.iris);
    let tag = tag(&subject, &head, form, request);
    let known = unchanged(request, &tag).or_else(|| unchanged_since(request, &tag, modified(&subject)));
    let (mut answer, next) = match known {
        Some(known) => (known, None),
        None => {
            let collection = collection(house, Arc::clone(&subject)).await?;
            let max = if form == Form::Html { FEATURES_SHOWN_MAX } else { FEATURES_MAX };
            let question = Question::read(given, &collection.rows, cursor.as_ref(), max)?;
            let asked = Asked { house, collection: &collection, question, form, request };
            let (body, next) = match form {
                Form::Json(_) => asked.json(&head).await?,
                Form::Html => asked.html(page).await?,
            };
            let mut answer = HttpResponse::Ok();
            answer.content_type(content_type(form)).insert_header((header::ETAG, tag));
            (answer.body(body), next)
        }
    };
    headers(&mut answer, &subject, &head, next);
    Ok(answer)
}

struct Asked<'a> {
    house: &'a House,
    collection: &'a Collection,
    question: Question,
    form: Form,
    request: &'a HttpRequest,
}

impl Asked<'_> {
    async fn json(self, head: &HeadView) -> Result<(Vec<u8>, Option<Link>), Problem> {
        let found = export::page(&self.collection.rows, &self.question.ask, Text::Features).await?;
        let next = found.last.map(|last| self.next(last));
        let rest = json!({
            "numberMatched": found.total,
            "numberReturned": found.count,
            "timeStamp": now(),
            "links": self.links(next.as_ref()),
            "license": head.license,
            "attribution": head.source.name,
        });
        let mut body = b"{\"type\":\"FeatureCollection\",\"features\":[\n".to_vec();
        body.extend_from_slice(&found.text);
        // An object without its opening brace goes on the one that was begun.
        body.extend_from_slice(format!("\n],{}\n", rest.to_string().trim_start_matches('{')).as_bytes());
        Ok((body, next))
    }

    async fn html(
        self,
        page: impl AsyncFnOnce(&Collection, FeaturesPage) -> Result<String, Problem>,
    ) -> Result<(Vec<u8>, Option<Link>), Problem> {
        let found = self.collection.rows.lines(&self.question.ask).await?;
        let next = found.last.map(|last| self.next(last));
        let features = found.rows.iter().map(|line| Ok((line.key.clone(), properties(line)?)));
        let shown = FeaturesPage {
            features: features.collect::<Result<_, Problem>>()?,
            total: found.total.unwrap_or_default(),
            next: next.as_ref().map(|link| link.href.clone()),
        };
        Ok((page(self.collection, shown).await?.into_bytes(), next))
    }

    fn links(&self, next: Option<&Link>) -> Vec<Link> {
        let (addresses, slug) = (Addresses(&self.house.iris), self.collection.subject.dataset.slug.as_str());
        let mut links = self.form.links(&self.address(None), GEOJSON).to_vec();
        links.push(Link::new("collection", addresses.collection(slug, "")).of_type(JSON));
        links.extend(next.cloned());
        links
    }

    /// The page that begins behind the row `last`.
    fn next(&self, last: u64) -> Link {
        let place = Cursor::behind(self.question.list, last).to_string();
        let cursor = PageCursor { revision: self.collection.subject.revision.number, place }.to_string();
        let f = match self.form {
            Form::Json(_) => "json",
            Form::Html => "html",
        };
        let address = self.address(Some(&cursor));
        Link::new("next", format!("{address}&f={f}")).of_type(self.form.media_type())
    }

    /// The address of this page, or of the one that begins at `cursor`, without its form.
    fn address(&self, cursor: Option<&str>) -> String {
        let items =
            Addresses(&self.house.iris).collection(self.collection.subject.dataset.slug.as_str(), "/items");
        let kept = |name: &str| name != "f" && (cursor.is_none() || name != "cursor");
        let mut query: Vec<String> = form_pairs(self.request.query_string())
            .filter(|(name, _)| kept(name))
            .map(|(name, value)| format!("{}={}", escape(&name), escape(&value)))
            .collect();
        query.extend(cursor.map(|cursor| format!("cursor={cursor}")));
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{items}{mark}{}", query.join("&"))
    }
}

/// The feature `key` of the collection `slug`; `page` makes what people read.
///
/// # Errors
/// The problem with a parameter or with what is kept; [`Kind::NoSuchRecord`].
pub async fn item(
    house: &House,
    (slug, key): (&Slug, &str),
    f: Option<&str>,
    request: &HttpRequest,
    page: impl AsyncFnOnce(&Collection, &str, Map<String, Value>) -> Result<String, Problem>,
) -> Result<HttpResponse, Problem> {
    let form = Form::of(request, f, &TYPES)?;
    let subject = subject(house, slug, None).await?;
    let head = HeadView::of(&subject, &house.iris);
    let collection = collection(house, Arc::clone(&subject)).await?;
    let line = collection.rows.one(key).await?.ok_or_else(|| crate::handlers::record::no_such_record(key))?;
    let tag = tag(&subject, &head, form, request);
    let mut answer = match unchanged(request, &tag) {
        Some(known) => known,
        None => {
            let body = match form {
                Form::Json(_) => feature(house, &collection, &line, form)?,
                Form::Html => page(&collection, &line.key, properties(&line)?).await?.into_bytes(),
            };
            let mut answer = HttpResponse::Ok();
            answer.content_type(content_type(form)).insert_header((header::ETAG, tag)).body(body)
        }
    };
    headers(&mut answer, &subject, &head, None);
    Ok(answer)
}

/// One feature with its links.
fn feature(house: &House, collection: &Collection, line: &Line, form: Form) -> Result<Vec<u8>, Problem> {
    let shown = Shown::of(&collection.rows, &Ask::default());
    let written = shown.and_then(|shown| shown.written(std::slice::from_ref(line), Text::Features));
    let mut body = written.map_err(|error| Problem::fault(&error))?;
    let (addresses, slug) = (Addresses(&house.iris), collection.subject.dataset.slug.as_str());
    let mut links = form.links(&addresses.item(slug, &line.key), GEOJSON).to_vec();
    links.push(Link::new("collection", addresses.collection(slug, "")).of_type(JSON));
    // The feature is an object, which goes on.
    body.pop();
    body.extend_from_slice(format!(",\"links\":{}}}\n", json!(links)).as_bytes());
    Ok(body)
}

fn properties(line: &Line) -> Result<Map<String, Value>, Problem> {
    serde_json::from_str(&line.json).map_err(|error| Problem::fault(&error))
}

/// The tag of an answer: of what it is made from, so that nobody looks for rows that the asker has. Weak, as the time of the
/// answer stands in it.
fn tag(subject: &Subject, head: &HeadView, form: Form, request: &HttpRequest) -> String {
    let (content, head) = (subject.revision.sha256, json!(head));
    let (path, query, version) = (request.path(), request.query_string(), env!("CARGO_PKG_VERSION"));
    let made_from = format!("{version} {content} {head} {} {path} {query}", form.media_type());
    format!("W/{}", tag_of(&Sha256::of(made_from.as_bytes())))
}

fn content_type(form: Form) -> &'static str {
    match form {
        Form::Json(media_type) => media_type,
        Form::Html => "text/html; charset=utf-8",
    }
}

/// Now, to the second.
pub fn now() -> String {
    let now = Timestamp::now();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn headers(answer: &mut HttpResponse, subject: &Subject, head: &HeadView, next: Option<Link>) {
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.headers_mut().append(name, value);
        }
    };
    put(CONTENT_CRS, &format!("<{CRS84}>"));
    put(header::LINK, &Link::new("license", head.license_url).of_type(HTML).header());
    if let Some(next) = next {
        put(header::LINK, &next.header());
    }
    let changed = std::time::SystemTime::from(modified(subject));
    put(header::LAST_MODIFIED, &header::HttpDate::from(changed).to_string());
    put(header::VARY, "accept");
}

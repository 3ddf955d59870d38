//! `If-Match`: nobody changes what they have not read, or what somebody else changed since (RFC 9110 §13.1.1).
//!
//! What is compared is the tag of the dataset as its department sees it; every act's answer carries the new one.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use catalog::{CatalogError, City, Dataset, Deed, Permit, Slug, browse, permit};
use ingestion::Sha256;
use serde::Serialize;

use crate::answer::{same_content, tag_of};
use crate::problem::{Kind, Problem};
use crate::staff::Signed;
use crate::state::House;
use crate::views::dataset::DatasetView;

/// What stands in `If-Match`, if anything does.
#[derive(Debug)]
pub struct IfMatch(Option<String>);

impl FromRequest for IfMatch {
    type Error = Infallible;
    type Future = Ready<Result<IfMatch, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = request.headers().get_all(header::IF_MATCH).filter_map(|value| value.to_str().ok());
        let sent: Vec<&str> = sent.collect();
        ready(Ok(IfMatch((!sent.is_empty()).then(|| sent.join(",")))))
    }
}

impl IfMatch {
    /// The permit of whoever `signed` for `deed` on the dataset `slug`, or on its revision `number`, provided that the
    /// dataset is still in the state that was read.
    ///
    /// # Errors
    /// As [`permit()`]; [`Kind::IfMatchRequired`] where no state is told, [`Kind::Stale`] where it is another.
    pub async fn permit(
        &self,
        house: &House,
        signed: &Signed,
        deed: Deed,
        slug: &Slug,
        number: Option<u32>,
    ) -> Result<Permit, Problem> {
        let permit = permit(&house.store, house.rules, &signed.0, deed, slug, number).await?;
        self.holds(house, &permit).await?;
        Ok(permit)
    }

    /// Holds the dataset of `permit` against the state that was read.
    async fn holds(&self, house: &House, permit: &Permit) -> Result<(), Problem> {
        let Some(sent) = &self.0 else {
            return Err(Problem::new(
                Kind::IfMatchRequired,
                "変更には If-Match が要ります。データセットを自分のトークンで読み、その ETag を付けて送ってください。",
                "A change needs If-Match: read the dataset with your token, and send its ETag.",
            ));
        };
        let city = browse::city(&house.store).await?;
        let tags = tags(house, &city, permit.dataset());
        let known = |sent: &str| sent == "*" || tags.iter().any(|tag| same_content(sent, tag));
        let read = sent.split(',').map(str::trim).any(known);
        if !read {
            permit.refused(&house.store, CatalogError::Stale { slug: permit.dataset().slug.clone() }).await?;
        }
        Ok(())
    }
}

/// The tag of a dataset that its department sees as `view`.
fn tag(view: &DatasetView) -> String {
    let json = serde_json::to_vec(view).expect("views hold nothing that JSON cannot say");
    tag_of(&Sha256::of(&json))
}

/// Every tag that `dataset` has had since somebody last changed it. The forms of a publication follow it one after
/// the other, in the order of [`catalog::Format::ALL`], and one that arrives is no change that anybody made.
fn tags(house: &House, city: &City, dataset: &Dataset) -> Vec<String> {
    let mut then = dataset.clone();
    let tag_of = |dataset: &Dataset| tag(&DatasetView::inside(dataset, city, &house.iris));
    let mut tags = vec![tag_of(&then)];
    while let Some(current) = then.current.as_mut().filter(|current| current.distributions.len() > 1) {
        current.distributions.pop();
        tags.push(tag_of(&then));
    }
    tags
}

/// The answer to an act on `dataset`: `view` tells what came of it, the tag is the dataset's, for the next `If-Match`.
///
/// # Errors
/// What the database says.
pub async fn done(
    house: &House,
    status: StatusCode,
    dataset: &Dataset,
    view: &impl Serialize,
) -> Result<HttpResponse, Problem> {
    let city = browse::city(&house.store).await?;
    let tag = tag(&DatasetView::inside(dataset, &city, &house.iris));
    Ok(HttpResponse::build(status).insert_header((header::ETAG, tag)).json(view))
}

/// The answer to an act of which `dataset` itself tells what came.
///
/// # Errors
/// What the database says.
pub async fn done_with(
    house: &House,
    status: StatusCode,
    dataset: &Dataset,
) -> Result<HttpResponse, Problem> {
    let city = browse::city(&house.store).await?;
    let view = DatasetView::inside(dataset, &city, &house.iris);
    Ok(HttpResponse::build(status).insert_header((header::ETAG, tag(&view))).json(&view))
}

//! What goes with an answer, as `Link` headers (RFC 8288): where it is described, under which licence it stands, how the
//! API is described, and where there is more.

use catalog::dcat::Syntax;
use catalog::{Dataset, Iris};

use crate::answer::Answer;

/// `answer` about `dataset`.
pub fn of_dataset(answer: Answer, dataset: &Dataset, iris: &Iris) -> Answer {
    let described = iris.dataset_in(&dataset.slug, Syntax::JsonLd);
    answer
        .typed_link("describedby", &described, Syntax::JsonLd.media_type())
        .link("license", dataset.metadata.licence.iri())
        .link("collection", &iris.catalog())
        .typed_link("service-desc", &iris.openapi(), "application/json")
}

/// `answer` that lists things of the API.
pub fn of_list(answer: Answer, iris: &Iris) -> Answer {
    answer.typed_link("describedby", &iris.catalog(), Syntax::JsonLd.media_type()).typed_link(
        "service-desc",
        &iris.openapi(),
        "application/json",
    )
}

/// `answer` that is the way in.
pub fn of_home(answer: Answer, iris: &Iris) -> Answer {
    let base = iris.base();
    answer
        .typed_link("api-catalog", &format!("{base}/.well-known/api-catalog"), "application/linkset+json")
        .typed_link("service-desc", &iris.openapi(), "application/json")
        .typed_link("service-doc", &format!("{base}/docs/"), "text/html")
        .typed_link("describedby", &iris.catalog(), Syntax::JsonLd.media_type())
        .typed_link("alternate", &format!("{base}/feed.atom"), "application/atom+xml")
}

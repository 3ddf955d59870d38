//! CKAN's action API, for portals and clients that speak it: `/api/3/action/NAME` and `/api/action/NAME`, by GET and by
//! POST, over what is open to everybody.
//!
//! Calls that change something are not offered. Problems are told as CKAN tells them
//! ([`crate::views::ckan::failure`]).

pub mod actions;
mod datastore;
mod groups;
mod packages;
mod params;
mod resources;
mod site;

use std::collections::BTreeMap;

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, Responder, get, post};
use catalog::packages::Portal;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::problem::responses::{CkanDenied, CkanInvalid, CkanNotFound, CkanUnreadable};
use crate::problem::{Kind, Problem};
use crate::state::House;
use crate::views::ckan::failure::help;
use crate::views::ckan::{EnvelopeView, GivenView};

use self::actions::Action;
use self::params::{Params, short};

/// What a call takes, by name; which names there are, `help_show` tells.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"q": "避難", "rows": 10}))]
pub struct CkanParameters(#[allow(dead_code, reason = "read by the derive")] BTreeMap<String, Value>);

/// Which calls of CKAN's are answered
///
/// Their names, in CKAN's envelope; `help_show` tells what each takes. The descriptions in linked data name this address as that of the service.
#[utoipa::path(
    tag = "harvest",
    operation_id = "ckan_calls",
    responses((status = 200, description = "The names of the calls", body = GivenView), (status = 304, description = "Unchanged since the ETag in If-None-Match")),
)]
#[get("/api/3/action")]
pub async fn calls(house: Data<House>) -> Answer {
    let help = help(&house.iris, Action::HelpShow.name());
    let names: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
    Answer::json(&EnvelopeView { help: &help, success: true, result: names })
}

/// Ask as one asks CKAN
///
/// `package_list`, `package_show`, `package_search`, `current_package_list_with_resources`, `organization_list`, `organization_show`,
/// `group_list`, `group_show`, `tag_list`, `tag_show`, `license_list`, `resource_show`, `resource_search`, `status_show`, `site_read`,
/// `datastore_search`, `datastore_info` and `help_show`, which tells what each takes. Departments are organizations, themes are groups, the forms of a
/// dataset are its resources; ids are UUIDs of version 5 over IRIs. At most 1,000 datasets and 32,000 rows come at once. JSONP is not offered.
#[utoipa::path(
    tag = "harvest",
    operation_id = "ckan_asked",
    params(
        ("name" = String, Path, description = "The call", example = "status_show"),
        ("parameters" = Option<CkanParameters>, Query, description = "What the call takes", style = Form, explode),
    ),
    responses(
        (status = 200, description = "What it gives, in CKAN's envelope", body = GivenView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = CkanUnreadable),
        (status = 403, response = CkanDenied),
        (status = 404, response = CkanNotFound),
        (status = 409, response = CkanInvalid),
    ),
)]
#[get("/api/3/action/{name}")]
pub async fn ask(
    house: Data<House>,
    name: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    answer(&house, &name, &request, payload).await
}

/// Ask as one asks CKAN, by POST
///
/// As by GET: what the call takes comes as a JSON object or as a form.
#[utoipa::path(
    tag = "harvest",
    operation_id = "ckan_sent",
    params(("name" = String, Path, description = "The call", example = "status_show")),
    request_body(content((CkanParameters = "application/json"), (CkanParameters = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, description = "What it gives, in CKAN's envelope", body = GivenView),
        (status = 400, response = CkanUnreadable),
        (status = 403, response = CkanDenied),
        (status = 404, response = CkanNotFound),
        (status = 409, response = CkanInvalid),
    ),
)]
#[post("/api/3/action/{name}")]
pub async fn send(
    house: Data<House>,
    name: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    answer(&house, &name, &request, payload).await
}

/// Ask as one asks CKAN, without a version
///
/// As `/api/3/action/{name}`.
#[utoipa::path(
    tag = "harvest",
    operation_id = "ckan_asked_unversioned",
    params(
        ("name" = String, Path, description = "The call", example = "status_show"),
        ("parameters" = Option<CkanParameters>, Query, description = "What the call takes", style = Form, explode),
    ),
    responses(
        (status = 200, description = "What it gives, in CKAN's envelope", body = GivenView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = CkanUnreadable),
        (status = 403, response = CkanDenied),
        (status = 404, response = CkanNotFound),
        (status = 409, response = CkanInvalid),
    ),
)]
#[get("/api/action/{name}")]
pub async fn ask_unversioned(
    house: Data<House>,
    name: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    answer(&house, &name, &request, payload).await
}

/// Ask as one asks CKAN, without a version, by POST
///
/// As `/api/3/action/{name}`; ckanapi does so unless it is told otherwise.
#[utoipa::path(
    tag = "harvest",
    operation_id = "ckan_sent_unversioned",
    params(("name" = String, Path, description = "The call", example = "status_show")),
    request_body(content((CkanParameters = "application/json"), (CkanParameters = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, description = "What it gives, in CKAN's envelope", body = GivenView),
        (status = 400, response = CkanUnreadable),
        (status = 403, response = CkanDenied),
        (status = 404, response = CkanNotFound),
        (status = 409, response = CkanInvalid),
    ),
)]
#[post("/api/action/{name}")]
pub async fn send_unversioned(
    house: Data<House>,
    name: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    answer(&house, &name, &request, payload).await
}

/// A call with what was sent.
struct Call<'a> {
    house: &'a House,
    request: &'a HttpRequest,
    params: Params,
    help: String,
}

impl Call<'_> {
    /// What is open to everybody.
    fn portal(&self) -> Portal<'_> {
        Portal { store: &self.house.store, iris: &self.house.iris, directory: &self.house.directory }
    }

    /// `result` in CKAN's envelope.
    fn gives(&self, result: impl Serialize) -> HttpResponse {
        let envelope = EnvelopeView { help: &self.help, success: true, result };
        Answer::json(&envelope).respond_to(self.request)
    }

    /// As [`Call::gives`], of what is to be there.
    fn finds(&self, result: Option<impl Serialize>, what: &str, name: &str) -> Result<HttpResponse, Problem> {
        result.map(|result| self.gives(result)).ok_or_else(|| not_found(what, name))
    }
}

async fn answer(
    house: &House,
    name: &str,
    request: &HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let Some(action) = Action::named(name) else { return Err(no_such_call(name)) };
    let params = Params::of(request, payload).await?;
    let call = Call { house, request, params, help: help(&house.iris, action.name()) };
    match action {
        Action::PackageList => packages::list(&call).await,
        Action::PackageShow => packages::show(&call).await,
        Action::PackageSearch => packages::search(&call).await,
        Action::CurrentPackageListWithResources => packages::current(&call).await,
        Action::OrganizationList => groups::list(&call, groups::Kind::Organizations).await,
        Action::OrganizationShow => groups::show(&call, groups::Kind::Organizations).await,
        Action::GroupList => groups::list(&call, groups::Kind::Groups).await,
        Action::GroupShow => groups::show(&call, groups::Kind::Groups).await,
        Action::TagList => groups::tags(&call).await,
        Action::TagShow => groups::tag(&call).await,
        Action::LicenseList => Ok(site::licences(&call)),
        Action::ResourceShow => resources::show(&call).await,
        Action::ResourceSearch => resources::search(&call).await,
        Action::StatusShow => site::status(&call).await,
        Action::SiteRead => Ok(call.gives(true)),
        Action::HelpShow => site::help(&call),
        Action::DatastoreSearch => datastore::search(&call).await,
        Action::DatastoreInfo => datastore::info(&call).await,
    }
}

fn no_such_call(name: &str) -> Problem {
    let short = short(name);
    if actions::changes(name) {
        return Problem::new(
            Kind::Forbidden,
            format!(
                "`{short}` は、ここではできません。この API は読むためのものです。データを変える方法は /docs にあります。"
            ),
            format!(
                "Access denied: `{short}` is not offered, as this API is for reading. /docs tells how data are changed."
            ),
        );
    }
    let known = Action::ALL.iter().map(|action| action.name()).collect::<Vec<_>>().join(", ");
    Problem::new(
        Kind::BadRequest,
        format!("`{short}` という呼び出しはありません。使える呼び出し: {known}"),
        format!("Action name not known: `{short}`. There are: {known}."),
    )
}

fn not_found(what: &str, name: &str) -> Problem {
    let short = short(name);
    Problem::new(
        Kind::NoSuchPage,
        format!("見つかりません: {what} `{short}`"),
        format!("Not found: there is no {what} `{short}`."),
    )
}

//! What the site is, what its calls do, and which licences there are.

use actix_web::HttpResponse;
use catalog::{Licence, browse};

use super::actions::Action;
use super::{Call, not_found};
use crate::problem::Problem;
use crate::views::ckan::site::{LicenceView, StatusView};

pub(super) async fn status(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let city = browse::city(&call.house.store).await?;
    Ok(call.gives(StatusView::new(&city, &call.house.iris)))
}

pub(super) fn help(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let name = call.params.needed("name", &[])?;
    let action = Action::named(&name).ok_or_else(|| not_found("call", &name))?;
    Ok(call.gives(action.help()))
}

pub(super) fn licences(call: &Call<'_>) -> HttpResponse {
    call.gives(Licence::ALL.map(LicenceView::new))
}

//! The parameters of a question about rows, as they are sent: some that every dataset has, and the fields of this one.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use utoipa::IntoParams;

use crate::named::form_pairs;
use crate::problem::Problem;

/// Which rows, in which order, how many, and what of each.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecordsQuery {
    /// A condition in OGC CQL2: `地区 = '大街道' and 階数 > 2`. Taken are `and`, `or`, `not`, `=`, `<>`, `<`, `<=`, `>`, `>=`, `in`, `between`, `like`
    /// (`%`, `_`, `\`; case counts), `is null`, `DATE('2026-04-01')`, `S_INTERSECTS(geometry, POLYGON((…)))` with points, boxes and
    /// polygons, and `S_DWITHIN(geometry, POINT(141.3 38.4), 500)` in metres. Names stand bare or in double quotation marks.
    #[param(max_length = 20_000, example = "ID is not null")]
    pub filter: Option<String>,
    /// The language of `filter`: `cql2-text` (the default) or `cql2-json`.
    #[param(rename = "filter-lang", pattern = "^(cql2-text|cql2-json)?$", example = "cql2-text")]
    pub filter_lang: Option<String>,
    /// Words that all stand somewhere in the row's cells; width and case do not matter.
    #[param(example = "石巻")]
    pub q: Option<String>,
    /// A box: west, south, east, north in decimal degrees (WGS 84). One that crosses the 180th meridian has its west east
    /// of its east.
    #[param(pattern = "^([-+0-9.eE, ]*)$")]
    pub bbox: Option<String>,
    /// A point, longitude first: the answer tells how far each row is (`distance_m`, metres along the Earth), the nearest first
    /// unless `sort` says otherwise.
    #[param(pattern = "^([-+0-9.eE, ]*)$")]
    pub near: Option<String>,
    /// How far from `near` a row may be, in metres.
    #[param(pattern = "^([0-9.eE+-]*)$")]
    pub radius: Option<String>,
    /// The fields that are given, in this order: `ID,名称`. A name with a comma stands in double quotation marks.
    pub select: Option<String>,
    /// The fields to sort by, at most 8; a minus before one is the greatest first: `地区,-階数`. Blank cells come last either way; what
    /// is equal stands as in the file, the other way round where the last field has a minus.
    pub sort: Option<String>,
    /// How many rows on a page, 1 to 10,000; 100 unless told otherwise. An address that ends in a form (`records.csv`) gives
    /// everything unless told otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 10_000, example = 100)]
    pub limit: Option<String>,
    /// Where the page begins; only `next` of another page gives one.
    #[param(pattern = "^([0-9a-f]{32})?$")]
    pub cursor: Option<String>,
    /// `false` leaves the total out.
    #[param(pattern = "^(true|false)?$", example = "true")]
    pub count: Option<String>,
    /// The fields whose values make groups, at most 8; each group is one row of the answer.
    pub group_by: Option<String>,
    /// What is computed of each group (of all rows, without `group_by`): `count` (the default), `count_distinct(…)`, `sum(…)`,
    /// `avg(…)`, `min(…)` and `max(…)` of a field, at most 16; `sort` takes them too: `-count`.
    pub aggregate: Option<String>,
    /// The revision that was current then: a day (its end in Japan) or an RFC 3339 moment.
    #[param(example = "2030-12-31")]
    pub as_of: Option<String>,
    /// Every other parameter is the name of a field, and its value the one that the field has to have: `地区=大街道`. The same
    /// field several times is any of the values, an empty value a blank cell. A field that is called like one of the parameters
    /// above is written `field.limit=5`.
    #[param(style = Form, explode = true, required = false, value_type = Object, example = json!({"ID": "LL0420210001"}))]
    pub fields: Vec<(String, String)>,
}

impl RecordsQuery {
    /// The parameters that every dataset has.
    pub const PARAMETERS: [&str; 14] = [
        "filter",
        "filter-lang",
        "q",
        "bbox",
        "near",
        "radius",
        "select",
        "sort",
        "limit",
        "cursor",
        "count",
        "group_by",
        "aggregate",
        "as_of",
    ];

    /// The parameters in the query string `query`.
    ///
    /// # Errors
    /// When one that every dataset has is given twice.
    pub fn read(query: &str) -> Result<RecordsQuery, Problem> {
        let mut read = RecordsQuery::default();
        for (name, value) in form_pairs(query) {
            let Some(parameter) = read.parameter(&name) else {
                read.fields.push((name, value));
                continue;
            };
            if parameter.replace(value).is_some() {
                return Err(Problem::bad_parameter(&name, "一度だけ書けます。", "it stands once"));
            }
        }
        Ok(read)
    }

    fn parameter(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "filter" => &mut self.filter,
            "filter-lang" => &mut self.filter_lang,
            "q" => &mut self.q,
            "bbox" => &mut self.bbox,
            "near" => &mut self.near,
            "radius" => &mut self.radius,
            "select" => &mut self.select,
            "sort" => &mut self.sort,
            "limit" => &mut self.limit,
            "cursor" => &mut self.cursor,
            "count" => &mut self.count,
            "group_by" => &mut self.group_by,
            "aggregate" => &mut self.aggregate,
            "as_of" => &mut self.as_of,
            _ => return None,
        })
    }
}

impl FromRequest for RecordsQuery {
    type Error = Problem;
    type Future = Ready<Result<RecordsQuery, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(RecordsQuery::read(request.query_string()))
    }
}

//! The API, the pages and the command line: the only crate that knows HTTP, JSON shapes, OpenAPI, HTML and
//! environment variables. Its one program is `hiyori`.
//!
//! A request passes through [`middleware`] to a handler by way of the [`routes`] table, which is also the OpenAPI
//! document. Handlers translate; the acts themselves live in the crates below.

pub mod address;
pub mod answer;
pub mod ask;
pub mod body;
pub mod cli;
pub mod connection;
pub mod download;
pub mod due;
pub mod encoding;
pub mod feed;
pub mod follow;
pub mod handlers;
pub mod if_match;
pub mod kept;
pub mod language;
pub mod limits;
pub mod links;
pub mod log;
pub mod made;
pub mod metrics;
pub mod middleware;
pub mod named;
pub mod negotiate;
pub mod ogc;
pub mod openapi;
pub mod packing;
pub mod pages;
pub mod prepared;
pub mod problem;
pub mod ranges;
pub mod rates;
pub mod replies;
pub mod report_form;
pub mod report_view;
pub mod rounds;
pub mod routes;
pub mod rows;
pub mod scratch;
pub mod server;
pub mod settings;
pub mod sitemap;
pub mod staff;
pub mod start;
pub mod state;
pub mod sweep;
pub mod upload;
pub mod views;

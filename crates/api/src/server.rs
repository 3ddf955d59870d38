//! The server: routes within what every request passes through, until it is told to stop.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpServer, ResponseError};
use catalog::{Iris, PublicUrl};
use tracing::info;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::named::shown;
use crate::problem::{Kind, Problem};
use crate::settings::{Office, Serving};
use crate::staff::Guesses;
use crate::start::{CannotStart, Rooms};
use crate::state::House;
use crate::upload::UploadLimits;
use crate::{made, middleware, openapi, routes};

/// How long requests under way may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Serves until SIGTERM or SIGINT, then lets requests under way finish.
///
/// # Errors
/// [`CannotStart`] when the address cannot be listened on.
pub async fn serve(rooms: Rooms, serving: &Serving, office: Office) -> Result<(), CannotStart> {
    let cannot_listen = |error: std::io::Error| {
        CannotStart(format!(
            "{} で待ち受けられません（{error}）。ほかのプログラムが使っていないか確かめるか、`--listen` で別のアドレスにしてください。",
            serving.listen
        ))
    };
    let listener = TcpListener::bind(serving.listen).map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    let public_url = match &serving.public_url {
        Some(url) => url.clone(),
        None => PublicUrl::parse(&format!("http://{address}")).expect("a socket address makes a URL"),
    };
    let house = House {
        store: rooms.store,
        plans: rooms.plans,
        schemas: rooms.schemas,
        iris: Iris::new(public_url),
        upload: UploadLimits { bytes_max: serving.upload_bytes_max },
        rules: office.rules(),
        guesses: Arc::new(Guesses::new(office.guesses_per_minute)),
        token_days: office.token_days,
    };
    made::refresh(&house).await.map_err(|error| CannotStart(format!("made datasets: {error}")))?;
    let keeping_up = actix_web::rt::spawn(made::keep_up(house.clone()));

    let data = Data::new(house);
    let server = HttpServer::new(move || {
        let (app, document) = App::new()
            .into_utoipa_app()
            .openapi(openapi::Document::openapi())
            .configure(routes::all)
            .split_for_parts();
        app.app_data(data.clone())
            .service(
                SwaggerUi::new("/docs/{_:.*}")
                    .url("/docs/openapi.json", document)
                    .config(Config::from("/openapi.json").use_base_layout()),
            )
            .service(web::redirect("/docs", "/docs/"))
            .default_service(web::to(nothing_here))
            .wrap(from_fn(middleware::body::refuse_packed))
            .wrap(from_fn(middleware::language::write_problems))
            .wrap(Compress::default())
            .wrap(from_fn(middleware::tag::mark))
            .wrap(cors())
            .wrap(from_fn(middleware::head::as_get))
            .wrap(from_fn(middleware::headers::add))
            .wrap(from_fn(middleware::log::line))
    })
    .listen(listener)
    .map_err(cannot_listen)?
    .shutdown_timeout(GRACE.as_secs())
    .run();

    info!("listening on http://{address}");
    let served = server.await;
    keeping_up.abort();
    served.map_err(|error| CannotStart(error.to_string()))?;
    info!("stopped");
    Ok(())
}

/// Reads are open to every page on the web; nothing here goes by cookies.
fn cors() -> Cors {
    Cors::default()
        .allow_any_origin()
        .send_wildcard()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allow_any_header()
        .expose_headers([header::ETAG, header::LINK, header::CONTENT_LOCATION, header::CONTENT_DISPOSITION])
        .max_age(86_400)
}

/// What no route answers: 405 where the address answers other methods, 404 elsewhere.
async fn nothing_here(request: HttpRequest) -> actix_web::HttpResponse {
    let methods = openapi::methods_of(request.path());
    if methods.is_empty() {
        let path = shown(request.path());
        return Problem::new(
            Kind::NoSuchPage,
            format!("`{path}` には何もありません。入り口は / 、API の一覧は /docs にあります。"),
            format!("There is nothing at `{path}`. Start at / ; /docs lists the API."),
        )
        .error_response();
    }
    let allowed = methods.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ");
    let mut response = Problem::new(
        Kind::MethodNotAllowed,
        format!("このアドレスは {} では応えません。使える方法: {allowed}", request.method()),
        format!("This address does not answer {}: use {allowed}.", request.method()),
    )
    .error_response();
    if let Ok(value) = header::HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

//! The server: routes within what every request passes through, until it is told to stop.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_http::{HttpService, KeepAlive};
use actix_multipart::MultipartConfig;
use actix_server::Server;
use actix_service::{IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, ResponseError};
use catalog::{Iris, PublicUrl};
use tokio::signal::unix::{SignalKind, signal};
use tracing::info;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::address::Neighbours;
use crate::connection::{GATHERED_BYTES, Paced, Patience};
use crate::limits::{seconds, size};
use crate::named::shown;
use crate::prepared::Prepared;
use crate::prepared::door::{DoorTo, Porch};
use crate::problem::{Kind, Problem};
use crate::rates::Rates;
use crate::rounds::Beside;
use crate::settings::{Office, Serving};
use crate::staff::Guesses;
use crate::start::{CannotStart, Rooms};
use crate::state::House;
use crate::{due, follow, handlers, made, metrics, middleware, openapi, routes, sweep};

/// How long a client may take to close a connection that is done with.
const FAREWELL: Duration = Duration::from_secs(3);
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
        prepared: Prepared::new(rooms.store.clone(), rooms.plans.clone(), &serving.limits),
        store: rooms.store,
        plans: rooms.plans,
        schemas: rooms.schemas,
        iris: Iris::new(public_url),
        directory: Arc::default(),
        limits: serving.limits,
        rules: office.rules(),
        guesses: Arc::new(Guesses::new(serving.limits.guesses_per_minute)),
        token_days: office.token_days,
    };
    house.store.bound_search(size(house.limits.search_bytes_max));
    metrics::begin().map_err(|error| CannotStart(format!("metrics: {error}")))?;
    made::refresh(&house).await.map_err(|error| CannotStart(format!("made datasets: {error}")))?;
    let mut beside = Beside::nobody();
    beside.begin(made::PACE, |rounds| made::keep_up(house.clone(), rounds));
    beside.begin(follow::PACE, |rounds| follow::keep_up(house.clone(), rounds));
    beside.begin(follow::PACE, |rounds| follow::keep_up_rows(house.clone(), rounds));
    beside.begin(follow::PACE, |rounds| follow::keep_up_search(house.clone(), rounds));
    beside.begin(due::PACE, |rounds| due::keep_up(house.clone(), rounds));
    beside.begin(sweep::PACE, |rounds| sweep::keep_clean(house.store.clone(), rounds));
    beside.begin(metrics::UPKEEP, metrics::keep_up);
    allow_descriptors();

    let limits = serving.limits;
    let (house, rates) = (Data::new(house), Data::new(Rates::new(&limits)));
    let neighbours = Data::new(serving.neighbours.clone());
    let prepared = house.prepared.clone();
    let porch =
        Porch { prepared: house.prepared.clone(), rates: rates.clone(), neighbours: neighbours.clone() };
    let patience = Patience {
        idle: seconds(limits.head_seconds_max)
            .and_then(|head| Some(head + seconds(limits.idle_seconds_max)?)),
        reading: seconds(limits.reading_silence_seconds_max),
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let builder = Server::build()
        .workers(workers)
        .max_concurrent_connections(size(limits.connections_max).div_ceil(workers))
        .shutdown_timeout(GRACE.as_secs());
    // Heard from here on: whoever reads that it listens may tell it to stop.
    let told = told_to_stop().map_err(|error| CannotStart(format!("signals: {error}")))?;
    let stopped = async move {
        told.await;
        // Before the workers, with whose runtimes connections to the database end that everybody shares.
        beside.end(GRACE).await;
    };
    // Idle connections are told when the server stops, as `HttpServer` does it.
    let stopping = builder.graceful_shutdown_signal();
    let server = builder
        .listen("hiyori", listener, move || {
            let stopping = stopping.clone();
            let app = application(house.clone(), rates.clone(), neighbours.clone());
            let http = HttpService::build()
                .graceful_shutdown_signal(move || {
                    let stopping = stopping.clone();
                    async move { stopping.notified().await }
                })
                .keep_alive(seconds(limits.idle_seconds_max).map_or(KeepAlive::Os, KeepAlive::Timeout))
                .client_request_timeout(seconds(limits.head_seconds_max).unwrap_or_default())
                .client_disconnect_timeout(FAREWELL)
                .local_addr(address)
                .h1_write_buffer_size(GATHERED_BYTES)
                .on_connect_ext(|socket: &Paced<TcpStream>, data| {
                    data.insert(socket.pace());
                })
                .h1(DoorTo::new(
                    map_config(app.map_err(|error| error.error_response()), |()| AppConfig::default()),
                    porch.clone(),
                ));
            fn_service(move |socket: TcpStream| {
                let peer = socket.peer_addr().ok();
                // What is left of an answer goes out at once, and does not wait until the reader confirms what came before. A
                // socket that cannot be told so is only slower.
                let _ = socket.set_nodelay(true);
                async move { Ok((Paced::new(socket, patience), peer)) }
            })
            .and_then(http)
        })
        .map_err(cannot_listen)?
        .shutdown_signal(stopped)
        .run();

    info!("listening on http://{address}");
    server.await.map_err(|error| CannotStart(error.to_string()))?;
    prepared.rest().await;
    info!("stopped");
    Ok(())
}

/// Is over once the process gets SIGTERM or SIGINT.
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminated, mut interrupted) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
}

/// The routes within what every request passes through.
fn application(
    house: Data<House>,
    rates: Data<Rates>,
    neighbours: Data<Neighbours>,
) -> impl ServiceFactory<
    actix_http::Request,
    Config = AppConfig,
    Response = ServiceResponse<impl MessageBody>,
    Error = actix_web::Error,
    InitError = (),
> {
    let (app, document) = App::new()
        .into_utoipa_app()
        .openapi(openapi::Document::openapi())
        .configure(routes::all)
        .split_for_parts();
    let limits = house.limits;
    let app = app.app_data(house).app_data(rates).app_data(neighbours);
    app.app_data(MultipartConfig::default().buffer_limit(size(limits.part_header_bytes_max)))
        .service(
            SwaggerUi::new("/docs/{_:.*}")
                .url("/docs/openapi.json", document)
                .config(Config::from("/openapi.json").use_base_layout()),
        )
        .service(web::redirect("/docs", "/docs/"))
        .route("/ogc/", web::get().to(handlers::ogc::without_slash))
        .default_service(web::to(nothing_here))
        .wrap(from_fn(middleware::body::watch))
        .wrap(from_fn(middleware::body::refuse_packed))
        .wrap(from_fn(middleware::rate::limit))
        .wrap(from_fn(middleware::language::write_problems))
        .wrap(Compress::default())
        .wrap(from_fn(middleware::coding::give_plain))
        .wrap(from_fn(middleware::tag::mark))
        .wrap(cors())
        .wrap(from_fn(middleware::head::as_get))
        .wrap(from_fn(middleware::headers::add))
        .wrap(from_fn(middleware::log::line))
        .wrap(from_fn(middleware::pace::hold))
        .into_factory()
}

/// Lets the program have as many open files and sockets as the system allows it.
fn allow_descriptors() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: now.maximum, maximum: now.maximum }) {
        info!("the number of open files stays at {:?}: {error}", now.current);
    }
}

/// Reads are open to every page on the web; nothing here goes by cookies. Which headers a page may look at stands in every
/// answer ([`middleware::headers`]).
fn cors() -> Cors {
    Cors::default()
        .allow_any_origin()
        .send_wildcard()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allow_any_header()
        .disable_vary_header() // the answer is the same for every origin
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

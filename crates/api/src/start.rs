//! Opens the rooms of the house before anything is served, or builds them at the first start.

use std::path::Path;
use std::sync::Arc;

use catalog::finding::rows;
use catalog::store::{Alone, Place, Store};
use catalog::{CatalogError, folder, follow};
use ingestion::Schemas;
use plan::{PlanError, Plans};
use tracing::info;

use crate::log::chain;
use crate::settings::Keeping;

/// What every command that touches the catalog works with.
pub struct Rooms {
    /// Datasets and their revisions.
    pub store: Store,
    /// The plan's records.
    pub plans: Plans,
    /// The national schemas, read once.
    pub schemas: Arc<Schemas>,
}

/// Why a start failed, in words for whoever runs the server.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CannotStart(pub String);

/// Opens what is kept under `keeping`. Where nothing is kept yet, `init` names the folder that a first start
/// loads; without it a missing catalog is refused, since an empty one would look like a lost one.
///
/// # Errors
/// [`CannotStart`] says what is missing and how to go on.
pub async fn open(keeping: &Keeping, init: Option<&Path>) -> Result<Rooms, CannotStart> {
    let place = keeping.place()?;
    let schemas = Arc::new(Schemas::embedded());
    if Store::exists(&place).await.map_err(|error| CannotStart(explain(&error)))? {
        if let Some(folder) = init {
            info!(
                "`--init {}` changes nothing: the catalog in {} exists already",
                folder.display(),
                keeping.data.display()
            );
        }
        return open_rooms(&place, schemas).await;
    }
    match init {
        Some(folder) => first_start(&place, folder, schemas).await,
        None => Err(CannotStart(format!(
            "{there} にカタログがありません。初めて動かすときは `--init datasets` を付けてください。\
             すでに動かしていたなら、`--data`（HIYORI_DATA）や HIYORI_DATABASE_URL が前と同じか確かめてください。\n\
             There is no catalog in {there}. Start with `--init datasets` the first time; otherwise check `--data` and HIYORI_DATABASE_URL.",
            there = keeping.data.display(),
        ))),
    }
}

async fn open_rooms(place: &Place, schemas: Arc<Schemas>) -> Result<Rooms, CannotStart> {
    let store = Store::open(place).await.map_err(|error| CannotStart(explain(&error)))?;
    let plans = Plans::open(store.database()).await.map_err(|error| CannotStart(chain(&error)))?;
    plan::bring_up_search(&plans).await.map_err(|error| CannotStart(chain(&error)))?;
    info!("the database is {}, the files are in {}", place.database, place.files);
    Ok(Rooms { store, plans, schemas })
}

async fn first_start(place: &Place, from: &Path, schemas: Arc<Schemas>) -> Result<Rooms, CannotStart> {
    if !from.join("city.toml").is_file() {
        return Err(CannotStart(format!(
            "{} に city.toml がありません。`--init` には datasets のフォルダを指定してください。\n\
             There is no city.toml in {}: `--init` wants the folder `datasets`.",
            from.display(),
            from.display(),
        )));
    }
    let _alone = Alone::at(place).await.map_err(|error| CannotStart(explain(&error)))?;
    if Store::exists(place).await.map_err(|error| CannotStart(explain(&error)))? {
        info!("another program has made the catalog meanwhile");
        return open_rooms(place, schemas).await;
    }
    let store = Store::create(place).await.map_err(|error| CannotStart(explain(&error)))?;
    let loaded = folder::load(&store, &schemas, from).await.map_err(|error| CannotStart(explain(&error)))?;
    let plans = Plans::create(store.database()).await.map_err(|error| CannotStart(chain(&error)))?;
    match plan::load(&plans, &from.join("plan")).await {
        // Loaded whole by a first start that was cut short right after.
        Ok(()) | Err(PlanError::PlanExists) => {}
        Err(error) => return Err(CannotStart(chain(&error))),
    }
    plan::bring_up_search(&plans).await.map_err(|error| CannotStart(chain(&error)))?;
    follow::catch_up(&store, &schemas, u64::MAX).await.map_err(|error| CannotStart(explain(&error)))?;
    rows::catch_up(&store, &schemas, u64::MAX).await.map_err(|error| CannotStart(explain(&error)))?;
    store.finish_init().await.map_err(|error| CannotStart(explain(&error)))?;
    info!(
        datasets = loaded.len(),
        "made the catalog from {}: the database is {}, the files are in {}",
        from.display(),
        place.database,
        place.files
    );
    Ok(Rooms { store, plans, schemas })
}

/// An error of the catalog, with what lies beneath it and, for a refused file, the first things to mend.
pub fn explain(error: &CatalogError) -> String {
    let CatalogError::Refused(report) = error else { return chain(error) };
    let first = report.findings.iter().take(5).map(|finding| finding.message.ja.as_str());
    let first = first.collect::<Vec<_>>().join("\n  ");
    format!("{}: 様式に合わないところが{}件あります。\n  {first}", report.file.name, report.counts.error)
}

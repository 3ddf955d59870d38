//! What the tests of this crate share: the plan that we ship, in memory.

use std::path::{Path, PathBuf};

use plan::Plans;
use sea_orm::Database;

/// `datasets/` of this repository.
pub fn datasets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets")
}

/// The plan that we ship, loaded into an empty database in memory.
pub async fn the_city() -> Plans {
    the_city_in("sqlite::memory:").await
}

/// The plan that we ship, loaded into the empty database at `url`.
pub async fn the_city_in(url: &str) -> Plans {
    let plans = Plans::create(&Database::connect(url).await.unwrap()).await.unwrap();
    plan::load(&plans, &datasets().join("plan")).await.unwrap();
    plans
}

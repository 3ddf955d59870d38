#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::time::{Duration, SystemTime};

use ingestion::Sha256;

use super::*;
use crate::store::files::Staging;
use crate::testing::{TABLE, Town, slug};

/// Keeps a file that nothing names.
async fn orphan(town: &Town, bytes: &[u8]) -> Sha256 {
    let mut staging = Staging::begin(town.store.files().work()).unwrap();
    std::io::Write::write_all(&mut staging, bytes).unwrap();
    let staged = staging.end().unwrap();
    let name = staged.sha256;
    town.store.files().keep(staged).await.unwrap();
    name
}

/// Makes a file look as old as that.
fn age(path: &std::path::Path, hours: u64) {
    let then = SystemTime::now() - Duration::from_secs(hours * 3600);
    fs::File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
}

#[tokio::test]
async fn an_orphan_older_than_a_day_is_removed_and_a_younger_one_is_not() {
    let town = Town::open().await;
    let (old, young) = (orphan(&town, b"old").await, orphan(&town, b"young").await);
    age(&town.file_of(&old), 25);
    age(&town.file_of(&young), 23);
    assert_eq!(sweep(&town.store).await.unwrap(), 1);
    assert!(!town.file_of(&old).exists());
    assert!(town.file_of(&young).exists());
}

#[tokio::test]
async fn what_a_row_names_stays_however_old() {
    let town = Town::open().await;
    let published = town.publishes("toilets", TABLE).await.unwrap();
    town.publishes("toilets", "名称\r\n見本三号\r\n").await.unwrap();
    crate::publish::withdraw(&town.store, &crate::Actor::Operator, &slug("toilets"), "見本").await.unwrap();
    let kept = town.kept_files();
    for folder in
        fs::read_dir(town.file_of(&published.revision.sha256).parent().unwrap().parent().unwrap()).unwrap()
    {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            age(&file.unwrap().path(), 24 * 400);
        }
    }
    assert_eq!(sweep(&town.store).await.unwrap(), 0);
    assert_eq!(town.kept_files(), kept);
    assert_eq!(town.downloads(&published.revision.sha256).await.unwrap(), TABLE.as_bytes());
}

#[tokio::test]
async fn what_is_kept_again_while_it_is_swept_stays() {
    let town = Town::open().await;
    let name = orphan(&town, b"again").await;
    age(&town.file_of(&name), 25);
    let moment = now() - ORPHAN_AGE;
    orphan(&town, b"again").await; // after the sweep had found it
    assert_eq!(town.store.remove_orphans(&[name], moment).await.unwrap(), 0);
    assert!(town.file_of(&name).exists());
}

#[tokio::test]
async fn who_names_a_file_that_was_swept_is_told() {
    let town = Town::open().await;
    let name = orphan(&town, b"swept").await;
    age(&town.file_of(&name), 25);
    sweep(&town.store).await.unwrap();
    let refusal = town.store.naming(&[name]).await.unwrap_err();
    assert!(matches!(refusal, CatalogError::Missing(missing) if missing == name), "{refusal}");
}

#[tokio::test]
async fn what_a_killed_program_left_half_written_is_removed() {
    let town = Town::open().await;
    let published = town.publishes("toilets", TABLE).await.unwrap();
    let whole = town.file_of(&published.revision.sha256);
    let half = whole.with_file_name(format!("{}#1", published.revision.sha256));
    fs::write(&half, "名称").unwrap();
    sweep(&town.store).await.unwrap();
    assert!(half.exists(), "somebody may be writing it");
    age(&half, 25);
    sweep(&town.store).await.unwrap();
    assert!(!half.exists() && whole.exists());
}

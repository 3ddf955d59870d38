#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that failed")]

use super::*;
use crate::testing::Town;

/// Keeps `bytes` in `town`.
async fn kept(town: &Town, bytes: &[u8]) -> Sha256 {
    let mut staging = Staging::begin(town.store.files().work()).unwrap();
    staging.write_all(bytes).unwrap();
    let staged = staging.end().unwrap();
    let name = staged.sha256;
    town.store.files().keep(staged).await.unwrap();
    name
}

/// What is fetched of `name`.
async fn fetched(town: &Town, name: &Sha256) -> Vec<u8> {
    let mut bytes = Vec::new();
    town.store.files().fetch(name).await.unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[tokio::test]
async fn a_file_is_kept_and_fetched_whole_however_many_pieces_it_has() {
    let town = Town::open().await;
    for bytes in [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES + 7] {
        let content: Vec<u8> = (0..bytes).map(|place| (place % 251) as u8).collect();
        let name = kept(&town, &content).await;
        assert_eq!(name, Sha256::of(&content));
        assert!(fetched(&town, &name).await == content, "of {bytes} bytes");
    }
}

#[tokio::test]
async fn keeping_a_damaged_file_again_mends_it() {
    let town = Town::open().await;
    for bytes in [10, 2 * PIECE_BYTES] {
        let content = vec![b'x'; bytes];
        let name = kept(&town, &content).await;
        let place = town.store.files().folder.clone().unwrap().join(path(&name).as_ref());
        fs::write(&place, b"y").unwrap();
        assert!(matches!(town.store.files().fetch(&name).await, Err(CatalogError::Damaged(_))));
        kept(&town, &content).await;
        assert!(fetched(&town, &name).await == content, "of {bytes} bytes");
        fs::remove_file(&place).unwrap();
        assert!(matches!(town.store.files().fetch(&name).await, Err(CatalogError::Missing(_))));
    }
}

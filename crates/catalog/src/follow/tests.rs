#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::browse;
use crate::dataset::Metadata;
use crate::testing::{TABLE, Town, metadata, slug};

const EVERY_ROW: u64 = u64::MAX;

async fn current(town: &Town, name: &str) -> Revision {
    browse::dataset(&town.store, None, &slug(name)).await.unwrap().current.unwrap()
}

async fn formats(town: &Town, name: &str) -> Vec<Format> {
    current(town, name).await.distributions.iter().map(|form| form.format).collect()
}

async fn awaited(town: &Town, name: &str) -> Vec<Format> {
    let revision = current(town, name).await;
    let mut awaited = Vec::new();
    for format in Format::ALL {
        if awaits(&town.store, &town.schemas, &slug(name), &revision, format).await.unwrap() {
            awaited.push(format);
        }
    }
    awaited
}

#[tokio::test]
async fn a_publish_makes_the_csv_and_the_other_forms_follow() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    assert_eq!(formats(&town, "toilets").await, [Format::Csv]);
    assert_eq!(awaited(&town, "toilets").await, [Format::Json, Format::Parquet, Format::Xlsx]);

    assert_eq!(catch_up(&town.store, &town.schemas, EVERY_ROW).await.unwrap(), 1);
    let all = [Format::Csv, Format::Json, Format::Parquet, Format::Xlsx];
    assert_eq!(formats(&town, "toilets").await, all);
    assert_eq!(awaited(&town, "toilets").await, []);
    for form in current(&town, "toilets").await.distributions {
        let bytes = town.downloads(&form.sha256).await.unwrap();
        assert_eq!(bytes.len() as u64, form.bytes, "{}", form.format);
    }
}

#[tokio::test]
async fn every_text_is_kept_packed_as_well() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    catch_up(&town.store, &town.schemas, EVERY_ROW).await.unwrap();
    let revision = current(&town, "toilets").await;
    for (format, count) in [(Format::Csv, 2), (Format::Json, 2), (Format::Parquet, 0), (Format::Xlsx, 0)] {
        let packed = packed_of(&town.store, &slug("toilets"), &revision, format).await.unwrap();
        assert_eq!(packed.len(), count, "{format}");
        for packed in packed {
            assert_eq!(town.downloads(&packed.sha256).await.unwrap().len() as u64, packed.bytes);
        }
    }
}

#[tokio::test]
async fn what_is_made_is_made_once() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let before = town.store.change().await.unwrap();
    let revision = current(&town, "toilets").await;
    at_once(&town.store, &town.schemas, &slug("toilets"), &revision).await;
    assert_eq!(town.store.change().await.unwrap(), before + 1, "readers see all forms at one moment");
    let made = current(&town, "toilets").await;
    // Somebody who looked before all this was done does it again, to no effect.
    complete(&town.store, &town.schemas, &slug("toilets"), 1).await.unwrap();
    assert_eq!(catch_up(&town.store, &town.schemas, EVERY_ROW).await.unwrap(), 0);
    assert_eq!(town.store.change().await.unwrap(), before + 1);
    assert_eq!(current(&town, "toilets").await, made);
}

#[tokio::test]
async fn two_servers_at_once_make_the_same() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let name = slug("toilets");
    let both = || complete(&town.store, &town.schemas, &name, 1);
    let (one, other) = tokio::join!(both(), both());
    one.unwrap();
    other.unwrap();
    let all = [Format::Csv, Format::Json, Format::Parquet, Format::Xlsx];
    assert_eq!(formats(&town, "toilets").await, all);
}

#[tokio::test]
async fn a_map_follows_where_there_are_coordinates_and_is_not_waited_for_elsewhere() {
    let town = Town::open().await;
    let header: Vec<&str> = town
        .schemas
        .get(&"hyojun/public_toilet".parse().unwrap())
        .unwrap()
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let row = |latitude: &str, longitude: &str| {
        let cell = |name: &&str| match *name {
            "ID" => "T1".to_owned(),
            "名称" => "見本トイレ".to_owned(),
            "所在地_連結表記" => "宮城県石巻市見本町一丁目1-1".to_owned(),
            "所在地_都道府県" => "宮城県".to_owned(),
            "所在地_市区町村" => "石巻市".to_owned(),
            "設置位置" => "入口".to_owned(),
            "緯度" => latitude.to_owned(),
            "経度" => longitude.to_owned(),
            _ => String::new(),
        };
        format!("{}\r\n{}\r\n", header.join(","), header.iter().map(cell).collect::<Vec<_>>().join(","))
    };
    let schema = Some("hyojun/public_toilet".parse().unwrap());
    for (name, file, has_map) in [("map", row("38.43", "141.30"), true), ("list", row("", ""), false)] {
        town.publishes_with(name, &file, Metadata { schema: schema.clone(), ..metadata(name) })
            .await
            .unwrap();
        assert!(awaited(&town, name).await.contains(&Format::GeoJson), "nobody has looked yet");
        catch_up(&town.store, &town.schemas, EVERY_ROW).await.unwrap();
        assert_eq!(formats(&town, name).await.contains(&Format::GeoJson), has_map, "{name}");
        assert_eq!(awaited(&town, name).await, []);
    }
}

#[tokio::test]
async fn a_large_table_waits_for_the_background() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    assert_eq!(catch_up(&town.store, &town.schemas, 1).await.unwrap(), 0, "it has two rows");
    assert_eq!(formats(&town, "toilets").await, [Format::Csv]);
}

#[tokio::test]
async fn a_damaged_csv_stands_in_the_way_of_its_own_forms_alone() {
    let town = Town::open().await;
    town.publishes("broken", "名称\r\n見本\r\n").await.unwrap();
    town.publishes("whole", TABLE).await.unwrap();
    let name = current(&town, "broken").await.distributions[0].sha256;
    std::fs::write(town.file_of(&name), "x").unwrap();
    let failed = catch_up(&town.store, &town.schemas, EVERY_ROW).await.unwrap_err();
    assert!(matches!(failed, CatalogError::Damaged(_)), "{failed:?}");
    assert_eq!(formats(&town, "broken").await, [Format::Csv]);
    assert!(formats(&town, "whole").await.contains(&Format::Json));
}

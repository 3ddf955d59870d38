//! What others gather at night: オープンデータ一覧, data.json, the site map, the feed, the catalog of APIs, and what stands
//! inside the pages for search engines.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::city::{City, Visitor};
use crate::desk::slugs;
use crate::office::api;

const LIST: &str = "/042021_open_data_list.csv";

/// The rows of a CSV under their headers.
fn table(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv);
    let header = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
        })
        .collect()
}

/// What stands between `begin` and `end`, each time.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    text.split(begin).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// What a page holds for search engines.
async fn linked(visitor: &Visitor, path: &str) -> Value {
    let page = visitor.clone().taking("text/html").gets(path).await;
    let text = page.is(200).text().to_owned();
    let found = between(&text, "<script type=\"application/ld+json\">", "</script>");
    assert_eq!(found.len(), 1, "{path}");
    serde_json::from_str(found[0]).unwrap()
}

#[tokio::test]
async fn the_open_data_list_has_the_national_layout_and_every_address_and_size_is_filled() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let answer = visitor.gets(LIST).await;
    answer.is(200).says("content-type", "text/csv; charset=utf-8");
    answer.says("content-disposition", "attachment; filename=\"042021_open_data_list.csv\"");
    let rows = table(answer.body());
    let mut listed = BTreeSet::new();
    for row in &rows {
        assert_eq!(row.len(), 42, "{row:?}");
        assert_eq!(row["全国地方公共団体コード"], "042021");
        for filled in [
            "データセット_ID",
            "データセット_URL",
            "データセット_最終更新日",
            "ファイル_アクセスURL",
            "ファイル_ダウンロードURL",
            "ファイル_ライセンス",
            "ファイル形式",
        ] {
            assert!(!row[filled].is_empty(), "{filled} of {row:?}");
        }
        listed.insert(row["データセット_ID"].clone());
        let file = visitor.gets(&row["ファイル_ダウンロードURL"]).await;
        let is_itself = row["データセット_ID"] == "open-data-list";
        // Its own row carries the sizes of the revision before.
        assert!(is_itself || row["ファイル_サイズ"] == file.is(200).body().len().to_string(), "{row:?}");
    }
    assert_eq!(listed.into_iter().collect::<Vec<_>>(), slugs());
}

#[tokio::test]
async fn the_open_data_list_is_itself_a_dataset() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let list = visitor.gets(LIST).await;
    let download = visitor.gets("/api/v1/datasets/open-data-list/download.csv").await;
    assert!(list.is(200).body() == download.is(200).body());
    assert_eq!(list.tag(), download.tag());
    visitor.gets("/042022_open_data_list.csv").await.problem(404, "no-such-page");
    visitor.gets("/x_open_data_list.csv").await.problem(404, "no-such-page");
}

#[tokio::test]
async fn data_json_describes_every_dataset() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let all = visitor.gets("/data.json").await.is(200).json();
    assert_eq!(all["conformsTo"], "https://project-open-data.cio.gov/v1.1/schema");
    let mut described = BTreeSet::new();
    for dataset in all["dataset"].as_array().unwrap() {
        for member in
            ["title", "description", "modified", "license", "identifier", "accessLevel", "landingPage"]
        {
            assert!(dataset[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {dataset:#}");
        }
        assert!(!dataset["keyword"].as_array().unwrap().is_empty());
        assert!(dataset["publisher"]["name"].is_string() && dataset["contactPoint"]["fn"].is_string());
        for file in dataset["distribution"].as_array().unwrap() {
            let answer = visitor.gets(file["downloadURL"].as_str().unwrap()).await;
            assert_eq!(answer.is(200).media_type(), file["mediaType"], "{file}");
        }
        described.insert(dataset["identifier"].as_str().unwrap().to_owned());
    }
    let published: BTreeSet<_> =
        slugs().iter().map(|slug| format!("{}/datasets/{slug}", city.address())).collect();
    assert_eq!(described, published);
}

#[tokio::test]
async fn the_site_map_leads_to_pages_that_answer_and_says_when_they_changed() {
    let city = City::shared().await;
    let visitor = city.visitor().taking("text/html");
    let map = visitor.gets("/sitemap.xml").await;
    let text = map.is(200).text();
    assert_eq!(map.media_type(), "application/xml");
    for place in between(text, "<loc>", "</loc>") {
        visitor.gets(place).await.is(200);
    }
    for slug in slugs() {
        let entry = format!("<loc>{}/datasets/{slug}</loc><lastmod>", city.address());
        let modified = between(text, &entry, "</lastmod>");
        let dataset = visitor.gets(&api(&slug)).await.is(200).json();
        assert_eq!(modified, [dataset["modified"].as_str().unwrap()], "{slug}");
    }
    let first = visitor.gets("/sitemap/1.xml").await;
    assert!(first.is(200).text().contains(&format!("<loc>{}/plan</loc>", city.address())));
    assert!(visitor.gets("/sitemap/2.xml").await.is(200).text().contains("/datasets/sample-aed</loc>"));
    for beyond in ["/sitemap/3.xml", "/sitemap/0.xml", "/sitemap/x.xml", "/sitemap/99999999999.xml"] {
        assert_eq!(visitor.gets(beyond).await.status(), 404, "{beyond}");
    }
}

#[tokio::test]
async fn robots_are_told_where_the_site_map_is() {
    let city = City::shared().await;
    let robots = city.visitor().gets("/robots.txt").await;
    assert!(robots.is(200).text().contains("Allow: /\n"));
    assert!(robots.text().contains(&format!("Sitemap: {}/sitemap.xml\n", city.address())));
}

#[tokio::test]
async fn the_feed_tells_what_was_published_revised_and_withdrawn_and_no_more() {
    let city = City::open().await;
    let visitor = city.visitor();
    let office = city.office("mihon").await;
    let entries = async || {
        let feed = visitor.gets("/feed.atom").await;
        assert_eq!(feed.is(200).media_type(), "application/atom+xml");
        let entries = between(feed.text(), "<entry>", "</entry>");
        entries.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let before = entries().await;
    assert!(!before.is_empty());
    office.creates("hidden", "").await.is(201);
    office.uploads("hidden", "番号\r\n1\r\n").await.is(201);
    assert_eq!(entries().await, before, "a draft is nobody's business");

    office.opens("table", "番号\r\n1\r\n").await;
    let published = entries().await;
    assert!(published[0].contains("公開: 【見本】table"), "{}", published[0]);
    assert!(published[0].contains(&format!("{}/datasets/table\"", city.address())), "{}", published[0]);
    office.uploads("table", "番号\r\n2\r\n").await.is(201);
    office.submits("table", 2).await.is(200);
    office.publishes("table", 2).await.is(200);
    let revised = entries().await;
    assert!(revised[0].contains("更新: 【見本】table"), "{}", revised[0]);
    assert!(revised[0].contains("/revisions/2</id>"), "{}", revised[0]);

    office.approver().acts("table", "withdraw", &json!({"reason": "座標の誤り"})).await.is(200);
    let withdrawn = entries().await;
    assert!(withdrawn[0].contains("取下げ: table"), "{}", withdrawn[0]);
    assert!(withdrawn[0].contains("座標の誤り"), "{}", withdrawn[0]);
    let of_it = withdrawn.iter().filter(|entry| entry.contains("/datasets/table")).count();
    assert_eq!(of_it, 1, "what was withdrawn is not shown any more");
    for list in ["/sitemap.xml", "/data.json"] {
        let text = visitor.gets(list).await.is(200).text().to_owned();
        assert!(!text.contains("/datasets/table") && !text.contains("hidden"), "{list}");
    }
    city.close().await;
}

#[tokio::test]
async fn the_catalog_of_apis_names_what_answers() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let answer = visitor.gets("/.well-known/api-catalog").await;
    answer.is(200).says(
        "content-type",
        "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"",
    );
    let set = answer.json();
    let contexts = set["linkset"].as_array().unwrap();
    assert!(contexts.len() > 2, "{set:#}");
    let apis = contexts[0]["item"].as_array().unwrap();
    assert!(apis.iter().any(|api| api["href"] == format!("{}/api/v1", city.address())), "{set:#}");
    for context in &contexts[1..] {
        for relation in ["service-desc", "service-doc", "service-meta", "status"] {
            for target in context[relation].as_array().unwrap() {
                let answer = visitor.gets(target["href"].as_str().unwrap()).await;
                assert_eq!(answer.is(200).media_type(), target["type"], "{target}");
            }
        }
    }
}

#[tokio::test]
async fn the_page_of_a_dataset_tells_search_engines_what_it_is() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for slug in slugs() {
        let told = linked(&visitor, &format!("/datasets/{slug}")).await;
        let dataset = visitor.gets(&api(&slug)).await.is(200).json();
        assert_eq!(told["@type"], "Dataset");
        assert_eq!(told["name"], dataset["title"]);
        assert_eq!(told["license"], dataset["license_url"]);
        assert_eq!(told["dateModified"], dataset["modified"]);
        let description = told["description"].as_str().unwrap().chars().count();
        assert!((50..=5_000).contains(&description), "{description} characters");
        let files = told["distribution"].as_array().unwrap();
        assert_eq!(files.len(), dataset["distributions"].as_array().unwrap().len());
        for (file, form) in files.iter().zip(dataset["distributions"].as_array().unwrap()) {
            assert_eq!(file["contentUrl"], form["url"]);
            assert_eq!(file["sha256"], form["sha256"]);
        }
    }
    for path in ["/", "/datasets"] {
        let told = linked(&visitor, path).await;
        assert_eq!(told["@type"], "DataCatalog", "{path}");
        assert!(!told["dataset"].as_array().unwrap().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn markup_in_a_title_stays_words_on_every_page_and_in_every_list() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    let title = "</script><script>alert(1)</script><!-- & \"引用\"";
    let new = json!({"slug": "markup", "title": title, "description": title, "schema": null});
    office.editor().tells("/api/v1/datasets", &new).await.is(201);
    office.uploads("markup", "番号\r\n1\r\n").await.is(201);
    office.submits("markup", 1).await.is(200);
    office.publishes("markup", 1).await.is(200);
    let visitor = city.visitor();
    let told = linked(&visitor, "/datasets/markup").await;
    assert_eq!(told["name"], title);
    for path in ["/", "/datasets", "/datasets/markup", "/feed.atom", "/sitemap.xml"] {
        let text = visitor.clone().taking("text/html").gets(path).await.is(200).text().to_owned();
        assert!(!text.contains("<script>alert"), "{path}");
    }
    assert!(visitor.gets("/feed.atom").await.text().contains("&lt;/script&gt;"));
    assert!(visitor.gets("/data.json").await.is(200).json()["dataset"].to_string().contains("alert(1)"));
    city.close().await;
}

#[tokio::test]
async fn the_list_of_datasets_is_narrowed_down_without_a_script() {
    let city = City::shared().await;
    let visitor = city.visitor().taking("text/html");
    let page = visitor.gets("/datasets").await;
    let text = page.is(200).text();
    assert!(text.contains("絞り込む"), "{text}");
    let narrowed = between(text, "href=\"", "\"").into_iter().find(|href| href.contains("?format=geojson"));
    let address = narrowed.unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let page = visitor.gets(&address).await;
    let few = page.is(200).text();
    assert!(few.contains("絞り込みに当てはまるデータセットは"), "{few}");
    assert!(few.contains("sample-public-toilets") && !few.contains("municipality-dx-policies"), "{few}");
    assert!(!few.contains("<script src"), "no page needs a script");
}

//! The real program, with the rows published to it.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::port::{free_port, wait_for};
use crate::{Outcome, client, datasets, memory, program, run};

const DATASET: &str = r#"
department = "mihon"
title = "【見本】消防水利施設一覧"
description = "速さを測るための架空の行です。"
keywords = ["見本"]
theme = "health"
frequency = "irregular"
licence = "CC-BY-4.0"
schema = "hyojun/fire_hydrant"
"#;

/// A server that runs.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Makes a catalog in `folder`, publishes `file` and serves it.
    pub fn start(folder: &Path, file: &Path) -> Outcome<Server> {
        let (data, dataset) = (folder.join("hiyori"), folder.join("hydrants"));
        fs::create_dir(&dataset)?;
        fs::write(dataset.join("dataset.toml"), DATASET)?;
        fs::copy(file, dataset.join("data.csv"))?;
        // The first start makes the catalog; then the rows are published; then it is asked.
        let program = program::program()?;
        Server::serve(&program, &data)?;
        run(Command::new(&program).arg("publish").arg(&dataset).arg("--data").arg(&data))?;
        Server::serve(&program, &data)
    }

    fn serve(program: &Path, data: &Path) -> Outcome<Server> {
        let port = free_port()?;
        let address: SocketAddr = ([127, 0, 0, 1], port).into();
        let child = Command::new(program)
            .args(["serve", "--listen", &address.to_string(), "--data"])
            .arg(data)
            .arg("--init")
            .arg(datasets())
            .env("HIYORI_READS_PER_SECOND", "0")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        wait_for(port, Duration::from_secs(120))?;
        Ok(Server { child, address })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A cursor behind which the last 100 rows are.
    pub fn cursor_near_the_end(&self, rows: u64) -> Outcome<String> {
        // Page by page through all of it, in the largest pages there are.
        let mut path = "/api/v1/datasets/hydrants/records?count=false&limit=10000".to_owned();
        for _ in 0..(rows - 1) / 10_000 {
            path = self.next(&path)?;
        }
        // The last page of 10,000 in pages of 100.
        let mut path = path.replace("limit=10000", "limit=100");
        loop {
            match self.next(&path) {
                Ok(next) if self.next(&next).is_err() => {
                    let (_, cursor) = next.split_once("cursor=").ok_or("no cursor")?;
                    return Ok(cursor.split('&').next().unwrap_or_default().to_owned());
                }
                Ok(next) => path = next,
                Err(error) => return Err(error),
            }
        }
    }

    fn next(&self, path: &str) -> Outcome<String> {
        let body: serde_json::Value = serde_json::from_slice(&client::fetch(self.address, path)?)?;
        let next = body.get("next").and_then(|next| next.as_str()).ok_or("there is no next page")?;
        Ok(next.split_once("/api/").map_or(next.to_owned(), |(_, rest)| format!("/api/{rest}")))
    }

    /// A figure of its process, in bytes.
    pub fn memory_bytes(&self, name: &str) -> Outcome<u64> {
        memory::bytes(self.child.id(), name)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

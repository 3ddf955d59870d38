//! A temporary S3-compatible storage within this process, with one bucket.

use std::net::SocketAddr;
use std::sync::mpsc::channel;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;

const BUCKET: &str = "cities";
const KEY_ID: &str = "KEYOFATEST";
const SECRET: &str = "secret-of-a-test";

/// A storage that runs, as long as the process does.
pub struct Storage {
    address: SocketAddr,
}

impl Storage {
    /// Starts one.
    pub fn start() -> Storage {
        let (ready, listening) = channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.unwrap().block_on(async {
                let root = TempDir::new().unwrap();
                std::fs::create_dir(root.path().join(BUCKET)).unwrap();
                let mut service = S3ServiceBuilder::new(FileSystem::new(root.path()).unwrap());
                service.set_auth(SimpleAuth::from_single(KEY_ID, SECRET));
                let service = service.build();
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                ready.send(listener.local_addr().unwrap()).unwrap();
                loop {
                    let (socket, _) = listener.accept().await.unwrap();
                    let service = service.clone();
                    tokio::spawn(async move {
                        // A client that goes away is no concern of ours.
                        let _ = Builder::new(TokioExecutor::new())
                            .serve_connection(TokioIo::new(socket), service)
                            .await;
                    });
                }
            });
        });
        Storage { address: listening.recv().unwrap() }
    }

    /// The settings with which the program keeps its files here, under `prefix`.
    pub fn settings(&self, prefix: &str) -> [(&'static str, String); 4] {
        [
            ("HIYORI_FILES", format!("s3://{BUCKET}/{prefix}")),
            ("AWS_ENDPOINT_URL", format!("http://{}", self.address)),
            ("AWS_ACCESS_KEY_ID", KEY_ID.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", SECRET.to_owned()),
        ]
    }
}

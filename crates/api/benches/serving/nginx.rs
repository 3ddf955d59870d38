//! nginx with the same bytes as static files, as Debian sets it up: one worker, `sendfile`, a line a request.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::time::Duration;

use super::Outcome;
use super::port::{free_port, wait_for};
use super::rounds::Shown;
use super::server::on_first_core;

/// A running nginx, ended when it is dropped.
pub struct Nginx {
    program: Child,
    pub port: u16,
}

impl Nginx {
    /// Starts it in `folder`, with every answer of `shown` as a file; packed ones beside an empty plain one, by `gzip_static`.
    pub fn start(folder: &Path, shown: &[Shown]) -> Outcome<Nginx> {
        let root = folder.join("static");
        fs::create_dir_all(&root)?;
        let mut types = String::new();
        for it in shown {
            let name = it.static_name();
            match it.coding {
                None => fs::write(root.join(&name), &it.bytes)?,
                Some(_) => {
                    fs::write(root.join(&name), "")?;
                    fs::write(root.join(format!("{name}.gz")), &it.bytes)?;
                }
            }
            types += &format!("location = /{name} {{ default_type \"{}\"; types {{ }} }}\n", it.media_type);
        }
        let port = free_port()?;
        let work = folder.display();
        let configuration = format!(
            "worker_processes 1;\npid {work}/nginx.pid;\nerror_log {work}/nginx-error.log;\ndaemon off;\n\
             events {{ worker_connections 1024; }}\n\
             http {{\nsendfile on;\ntcp_nopush on;\nkeepalive_requests 1000000000;\naccess_log {work}/nginx.log;\n\
             client_body_temp_path {work}/t1; proxy_temp_path {work}/t2; fastcgi_temp_path {work}/t3;\n\
             uwsgi_temp_path {work}/t4; scgi_temp_path {work}/t5;\n\
             server {{\nlisten 127.0.0.1:{port};\nroot {};\ngzip_static on;\n{types}}}\n}}\n",
            root.display(),
        );
        let file = folder.join("nginx.conf");
        fs::write(&file, configuration)?;
        let program = on_first_core(Path::new("nginx")).arg("-c").arg(&file).spawn()?;
        let nginx = Nginx { program, port };
        wait_for(port, Duration::from_secs(10))?;
        Ok(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its worker ends with it only when it is asked to.
        let id = self.program.id().to_string();
        let _ = std::process::Command::new("kill").args(["-QUIT", &id]).status();
        let _ = self.program.wait();
    }
}

//! `docker-compose.yml` says only what the program understands. No container is started: there may be no engine.

use std::collections::BTreeSet;
use std::fs;

use crate::desk::repository;
use crate::terminal::hiyori;

fn compose() -> String {
    fs::read_to_string(repository().join("docker-compose.yml")).unwrap()
}

/// The services, each with its lines.
fn services() -> Vec<(String, Vec<String>)> {
    let compose = compose();
    let mut services: Vec<(String, Vec<String>)> = Vec::new();
    let lines = compose.lines().skip_while(|line| *line != "services:").skip(1);
    for line in lines.take_while(|line| line.is_empty() || line.starts_with([' ', '#'])) {
        match line.strip_prefix("  ").filter(|line| !line.starts_with([' ', '#'])) {
            Some(name) => services.push((name.trim_end_matches(':').to_owned(), Vec::new())),
            None => services.last_mut().map_or((), |service| service.1.push(line.trim().to_owned())),
        }
    }
    assert!(services.len() >= 5, "{services:?}");
    services
}

/// The names of the variables that the program reads, as its help tells them.
fn understood() -> BTreeSet<String> {
    let help = hiyori(&["serve", "--help"]);
    let names = help.exits(0).out().split("[env: ").skip(1).filter_map(|rest| rest.split(['=', ']']).next());
    let names: BTreeSet<String> = names.map(str::to_owned).collect();
    assert!(names.contains("HIYORI_DATABASE_URL") && names.contains("AWS_SECRET_ACCESS_KEY"), "{names:?}");
    names
}

#[test]
fn every_setting_is_one_that_the_program_understands() {
    let understood = understood();
    let compose = compose();
    let said: BTreeSet<_> = compose
        .lines()
        .filter_map(|line| line.trim().split_once(':'))
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("HIYORI_") || name.starts_with("AWS_"))
        .collect();
    for name in &said {
        assert!(understood.contains(*name) || *name == "HIYORI_LOG", "the program knows no {name}");
    }
    for name in ["HIYORI_DATABASE_URL", "HIYORI_FILES", "HIYORI_PUBLIC_URL", "AWS_ENDPOINT_URL"] {
        assert!(said.contains(name), "{name} is not said");
    }
}

#[test]
fn every_image_is_of_one_version_and_every_service_is_looked_after() {
    for (name, lines) in services() {
        let built = lines.iter().any(|line| line.starts_with("build:") || line.starts_with("<<: *"));
        let image = lines.iter().find_map(|line| line.strip_prefix("image: "));
        let pinned = image.is_some_and(|image| {
            image
                .rsplit_once(':')
                .is_some_and(|(_, tag)| tag.contains(|c: char| c.is_ascii_digit()) && tag != "latest")
        });
        assert!(built || pinned, "{name}: {image:?} is of no version");
        // The program's own image has its health check in the Dockerfile.
        assert!(built || lines.iter().any(|line| line == "healthcheck:"), "{name} has no health check");
    }
}

#[test]
fn whatever_is_kept_is_on_a_volume_and_every_volume_is_named() {
    let compose = compose();
    let declared: Vec<_> = compose
        .lines()
        .skip_while(|line| *line != "volumes:")
        .skip(1)
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .collect();
    for (name, lines) in services() {
        let mounted = lines.iter().filter_map(|line| line.strip_prefix("- ")?.split_once(":/"));
        let volumes: Vec<_> =
            mounted.map(|(volume, _)| volume).filter(|volume| !volume.starts_with('.')).collect();
        for volume in &volumes {
            assert!(declared.contains(volume), "{name}: there is no volume {volume} among {declared:?}");
        }
        assert!(name == "proxy" || !volumes.is_empty(), "{name} keeps nothing");
    }
    let file = "./deploy/nginx.conf";
    assert!(compose.contains(file) && repository().join(file).is_file(), "{file}");
}

#[test]
fn no_secret_is_written_down() {
    let compose = compose();
    let said = compose.lines().filter(|line| !line.trim_start().starts_with('#'));
    for line in said.filter(|line| line.contains("PASSWORD:") || line.contains("SECRET")) {
        assert!(line.contains("${"), "{line}");
    }
}

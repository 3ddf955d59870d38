//! The program `hiyori`.

fn main() -> std::process::ExitCode {
    // Only a program that was built for tests has points where `FAILPOINTS` lets it fail.
    let _points = fail::has_failpoints().then(fail::FailScenario::setup);
    api::cli::run()
}

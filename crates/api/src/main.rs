//! The program `hiyori`.

/// Descriptions and rows are made of many small pieces by several workers at once, and the C library's allocator made
/// them wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    // Only a program that was built for tests has points where `FAILPOINTS` lets it fail.
    let _points = fail::has_failpoints().then(fail::FailScenario::setup);
    api::cli::run()
}

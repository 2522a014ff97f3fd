//! The command line, case by case: what is typed and what comes out, as data in `cmd/`.
//!
//! `TRYCMD=overwrite cargo test --test cli` rewrites the cases; review what changed.

#[test]
fn cases() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml");
}

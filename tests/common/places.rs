//! Reports without the places where articles stood: what must be equal on every machine.

use regex::Regex;

/// The same JSON with `source`, `offset`, `line` and `seen` cut out of every article.
pub fn without_places(json: &str) -> String {
    const PLACE: &str = r#""source":"(?:[^"\\]|\\.)*","offset":\d+,"line":\d+"#;
    let fields = format!(r#"{PLACE},"seen":\[(?:\{{{PLACE}\}},?)*\],"#);
    Regex::new(&fields)
        .expect("a pattern")
        .replace_all(json, "")
        .into_owned()
}

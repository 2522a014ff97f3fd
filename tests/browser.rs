//! The page in a real browser: it opens, filters, shows a copy beside its canonical, runs nothing that a headline says.
//!
//! Needs Chromium; without one each test says that it is skipped (`WIREFOLD_BROWSER=1` makes that a failure).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use serde_json::{Value, json};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Starts no service and looks nothing up: the page must need nothing.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--dump-dom",
];

fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|file| file.is_file());
    if found.is_none() {
        assert!(
            std::env::var_os("WIREFOLD_BROWSER").is_none(),
            "WIREFOLD_BROWSER is set and there is no Chromium"
        );
        eprintln!("SKIPPED: no Chromium on this machine");
    }
    found
}

/// The page of these inputs.
fn page(input: &Path) -> String {
    let output = Command::cargo_bin("wirefold")
        .expect("the program")
        .args(["--no-config", "-q", "-f", "html"])
        .arg(input)
        .output()
        .expect("it runs");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Opens a page at a fragment, runs a function in it once it has loaded, gives what the function returns.
fn visit(browser: &Path, page: &str, fragment: &str, function: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let probe = format!(
        "<script>addEventListener('load', () => {{ let said; try {{ said = ({function})(); }} catch (error) {{ said = {{error: String(error)}}; }}
         const text = JSON.stringify(said); document.body.replaceChildren(); document.body.append('RESULT' + encodeURIComponent(text) + 'END'); }});</script></body>"
    );
    let (before, after) = page.rsplit_once("</body>").expect("a body");
    let file = folder.path().join("page.html");
    std::fs::write(&file, format!("{before}{probe}{after}")).expect("a file");
    let output = Process::new(browser)
        .args(FLAGS)
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .arg(format!("file://{}{fragment}", file.display()))
        .stderr(Stdio::null())
        .output()
        .expect("the browser runs");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = dom
        .rsplit_once("RESULT")
        .and_then(|(_, rest)| rest.split_once("END"))
        .unwrap_or_else(|| panic!("no result in: {}", &dom[..dom.len().min(2000)]))
        .0;
    let value: Value = serde_json::from_str(&decoded(said)).expect("JSON");
    assert_eq!(value["error"], Value::Null, "{value}");
    value
}

/// Undoes `encodeURIComponent`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex: String = rest.by_ref().take(2).map(char::from).collect();
            bytes.push(u8::from_str_radix(&hex, 16).expect("two hex digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn sample() -> String {
    page(&Path::new(ROOT).join("fixtures/syndicated/news.jsonl"))
}

/// The id of the first story that has a copy.
fn story(page: &str) -> String {
    let start = page.find("id=\"story-").expect("a story") + 4;
    page[start..start + "story-".len() + 16].to_owned()
}

#[test]
fn a_story_opens_by_its_address_and_shows_its_copy_side_by_side() {
    let Some(browser) = browser() else { return };
    let page = sample();
    let said = visit(
        &browser,
        &page,
        &format!("#{}", story(&page)),
        "() => { const story = document.querySelector('.story:target'); const view = story.querySelector('.view details');
            const hidden = view.querySelector('table').checkVisibility({contentVisibilityAuto: true}); view.querySelector('summary').click();
            return { open: story.querySelector('details').open, before: hidden, view: view.open,
                rows: view.querySelectorAll('.compare > tbody > tr').length, fates: [...new Set([...view.querySelectorAll('td.fate')].map((cell) => cell.textContent))],
                height: view.querySelector('table').getBoundingClientRect().height, marks: story.querySelectorAll('svg .mark').length }; }",
    );
    assert_eq!(
        (&said["open"], &said["before"], &said["view"]),
        (&json!(true), &json!(false), &json!(true)),
        "{said}"
    );
    assert!(said["rows"].as_u64() > Some(1), "{said}");
    assert!(said["height"].as_f64() > Some(40.0), "{said}");
    assert!(said["marks"].as_u64() >= Some(1), "{said}");
    let known = ["kept", "edited", "reworded", "cut", "added"];
    for fate in said["fates"].as_array().expect("a list") {
        assert!(known.contains(&fate.as_str().expect("text")), "{said}");
    }
}

#[test]
fn a_click_opens_a_story_and_another_closes_it() {
    let Some(browser) = browser() else { return };
    let said = visit(
        &browser,
        &sample(),
        "",
        "() => { const details = document.querySelector('.story > details'); const states = [details.open];
            for (let click = 0; click < 2; click++) { details.firstElementChild.click(); states.push(details.open); } return { states }; }",
    );
    assert_eq!(said["states"], json!([false, true, false]));
}

#[test]
fn filters_leave_the_stories_that_fit() {
    let Some(browser) = browser() else { return };
    let said = visit(
        &browser,
        &sample(),
        "",
        "() => { const form = document.getElementById('filters'); const all = [...document.querySelectorAll('.story')];
            const shown = (set) => { form.reset(); set(form.elements); form.requestSubmit(); return all.filter((story) => !story.hidden).length; };
            const title = all[0].querySelector('h3').textContent; const agency = all[0].dataset.agency;
            return { all: all.length, visible: !form.hidden, none: shown((el) => { el.find.value = 'zyxwvut'; }),
                title: shown((el) => { el.find.value = title.toUpperCase(); }), most: shown((el) => { el.copies.value = 1; }),
                agency: shown((el) => { el.agency.value = agency; }), same: all.filter((story) => story.dataset.agency === agency).length,
                said: document.getElementById('shown').textContent }; }",
    );
    let all = said["all"].as_u64().expect("a count");
    assert_eq!(said["visible"], true);
    assert_eq!(said["none"], 0, "{said}");
    assert!(
        (1..=all).contains(&said["title"].as_u64().expect("a count")),
        "{said}"
    );
    assert!(
        (1..all).contains(&said["most"].as_u64().expect("a count")),
        "{said}"
    );
    assert_eq!(said["agency"], said["same"], "{said}");
    assert!(
        said["said"].as_str().expect("text").ends_with("stories"),
        "{said}"
    );
}

#[test]
fn nothing_that_a_headline_says_becomes_an_element_or_runs() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::fs::read_to_string(Path::new(ROOT).join("fixtures/hostile/headlines.json"))
        .expect("the corpus")
        .replace("\\ud800", "\u{fffd}");
    let attacks: Vec<Value> = serde_json::from_str(&file).expect("a list");
    let mut rows = String::new();
    for (at, attack) in attacks.iter().enumerate() {
        let text = attack["text"].as_str().expect("text");
        let row = json!({"id": at.to_string(), "title": text, "publisher": text, "url": text, "language": text,
            "text": format!("{text} The keeper number {at} of the outer light wrote down the weather of day {at}. {text}")});
        writeln!(rows, "{row}").expect("a string takes it");
    }
    let input = folder.path().join("hostile.jsonl");
    std::fs::write(&input, rows).expect("a file");
    let said = visit(
        &browser,
        &page(&input),
        "",
        "() => { const all = [...document.querySelectorAll('body *')];
            return { stories: document.querySelectorAll('.story').length, scripts: document.scripts.length, names: [...new Set(all.map((node) => node.localName))],
                handlers: all.filter((node) => [...node.attributes].some((attribute) => attribute.name.startsWith('on'))).length,
                links: [...document.links].map((link) => link.protocol).filter((name) => !['http:', 'https:', 'file:'].includes(name)),
                loaded: performance.getEntriesByType('resource').length }; }",
    );
    assert!(said["stories"].as_u64() > Some(30), "{said}");
    // the page's own and the test's
    assert_eq!(said["scripts"], 2, "{said}");
    assert_eq!(
        (&said["handlers"], &said["loaded"]),
        (&json!(0), &json!(0)),
        "{said}"
    );
    assert_eq!(said["links"], json!([]), "{said}");
    for name in ["img", "iframe", "object", "embed", "base", "video"] {
        assert!(
            !said["names"]
                .as_array()
                .expect("a list")
                .contains(&json!(name)),
            "{said}"
        );
    }
}

#[test]
fn a_phone_needs_no_sideways_scrolling() {
    let Some(browser) = browser() else { return };
    let page = sample().replace("<body>", "<body style=\"width:390px\">");
    let said = visit(
        &browser,
        &page,
        "",
        "() => { for (const details of document.querySelectorAll('details')) details.open = true;
            for (const story of document.querySelectorAll('.story')) story.style.contentVisibility = 'visible';
            return { wide: document.body.scrollWidth }; }",
    );
    assert!(said["wide"].as_u64() <= Some(391), "{said}");
}

#[test]
fn five_thousand_stories_open_in_two_seconds() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("many.jsonl");
    std::fs::write(&input, many(5_000)).expect("a file");
    let page = page(&input);
    // the best of nine, asked no longer than needed: what else the machine does is not the page's doing
    let mut opened = (0..9).map(|_| {
        let said = visit(
            &browser,
            &page,
            "",
            "() => { document.body.getBoundingClientRect(); return { stories: document.querySelectorAll('.story').length, milliseconds: performance.now() }; }",
        );
        assert_eq!(said["stories"], 5_000);
        said["milliseconds"].as_f64().expect("a time")
    });
    let best = opened.try_fold(f64::INFINITY, |best, time| match best.min(time) {
        quick if quick < 2_000.0 => Err(quick),
        slow => Ok(slow),
    });
    let (Ok(best) | Err(best)) = best;
    eprintln!(
        "5,000 stories, {} kB: open after {best:.0} ms",
        page.len() / 1000
    );
    assert!(best < 2_000.0, "open after {best:.0} ms");
}

/// So many articles that share no run of words, each with some 60 words.
fn many(count: usize) -> String {
    const WORDS: [&str; 24] = [
        "harbour", "council", "winter", "bridge", "ferry", "market", "school", "island", "keeper",
        "storm", "budget", "railway", "garden", "museum", "border", "forest", "river", "festival",
        "hospital", "theatre", "tunnel", "village", "library", "station",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut rows = String::new();
    for at in 0..count {
        let mut body = String::new();
        for word in 0..60 {
            body += WORDS[next() % WORDS.len()];
            write!(body, "{} ", next() % 1000).expect("a string takes it");
            if word % 12 == 11 {
                body = format!("{}. ", body.trim_end());
            }
        }
        let row = json!({"id": format!("n{at}"), "title": format!("Report {at} from the {}", WORDS[next() % WORDS.len()]),
            "publisher": format!("Paper {}", next() % 300), "published": format!("2025-08-{:02}T{:02}:00:00Z", 1 + next() % 28, next() % 24), "text": body});
        writeln!(rows, "{row}").expect("a string takes it");
    }
    rows
}

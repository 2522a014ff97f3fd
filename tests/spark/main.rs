//! The job on a real Spark gives the stories of one machine, byte for byte: a standalone master with one and two
//! workers on loopback, 4 and 32 partitions, a worker killed on the way, a run that goes on where another stopped.
//!
//! Runs with `WIREFOLD_SPARK=1` (as `.ci/run` does) where Java and PySpark are there; `WIREFOLD_PYTHON` names the Python
//! that has pyspark and pyarrow (default: `target/pyspark/bin/python`, then `python3`). Else it says that it is skipped.

mod cluster;
#[path = "../common/mod.rs"]
mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use cluster::Cluster;
use common::corpus::corpus;
use common::places::without_places;

const BINARY: &str = env!("CARGO_BIN_EXE_wirefold");

/// What a command that succeeds prints.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// What one machine says.
fn single(inputs: &Path, more: &[&str]) -> String {
    let words = ["--no-config", "--no-events", "-f", "jsonl"];
    let stories = printed(Command::new(BINARY).args(words).args(more).arg(inputs));
    without_places(&stories)
}

/// Writes an invented corpus in three files.
fn generated(cluster: &Cluster, name: &str, seed: u64, articles: usize) -> PathBuf {
    let folder = cluster.path().join(name);
    fs::create_dir(&folder).unwrap();
    let lines = corpus(seed, articles);
    for part in 0..3 {
        let lines: Vec<&str> = lines
            .iter()
            .skip(part)
            .step_by(3)
            .map(String::as_str)
            .collect();
        fs::write(
            folder.join(format!("part-{part}.jsonl")),
            lines.join("\n") + "\n",
        )
        .unwrap();
    }
    folder
}

/// Our own fixtures in one folder: dumps of pages, feeds, HTML, JSON of many archives, WARC.
fn fixtures(cluster: &Cluster) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folder = cluster.path().join("fixtures");
    fs::create_dir(&folder).unwrap();
    let checked = fs::read_to_string(root.join("checked.txt")).unwrap();
    let warc = ["fixtures/formats/warc", "fixtures/formats/wet"];
    for name in checked.lines().chain(warc) {
        let path = root.parent().unwrap().join(name);
        let files = match fs::read_dir(&path) {
            Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
            Err(_) => vec![path],
        };
        let inputs = files
            .iter()
            .filter(|path| !path.to_string_lossy().contains("expected"));
        for (number, file) in inputs.enumerate() {
            let name = name.replace('/', "-");
            fs::copy(file, folder.join(format!("{number}-{name}"))).unwrap();
        }
    }
    folder
}

/// A job's stories are those of one machine.
fn equal(cluster: &Cluster, inputs: &Path, output: &str, partitions: usize, more: &[&str]) {
    let start = Instant::now();
    cluster.run(inputs, output, partitions, more);
    let window = more.iter().position(|&word| word == "--window");
    let window = window.map_or(&[][..], |at| &more[at..at + 2]);
    let expected = single(inputs, window);
    assert!(expected.lines().count() > 20);
    assert_eq!(
        without_places(&cluster.stories(output)),
        expected,
        "{output}"
    );
    eprintln!(
        "{output}: equal after {:.1} s",
        start.elapsed().as_secs_f64()
    );
}

#[test]
fn spark_gives_the_stories_of_one_machine() {
    let python = match cluster::python() {
        Ok(python) => python,
        Err(why) => {
            eprintln!("SKIPPED: tests/spark: {why}");
            return;
        }
    };
    let mut cluster = Cluster::start(python, 1);
    let files = fixtures(&cluster);
    equal(
        &cluster,
        &files,
        "one-worker",
        4,
        &["--read", "files", "--export"],
    );
    loads(&cluster, &files, "one-worker");
    cluster.add_worker();
    let small = generated(&cluster, "small", 12, 300);
    equal(&cluster, &small, "two-workers", 32, &["--window", "36h"]);
    let large = generated(&cluster, "large", 13, 1500);
    a_killed_worker_changes_nothing(&mut cluster, &large);
    a_run_goes_on_where_another_stopped(&cluster, &large, &small);
    parquet_goes_in_and_out(&cluster, &small);
}

/// The archive of what the job exports is that of the inputs; its stories can be added, too.
fn loads(cluster: &Cluster, inputs: &Path, output: &str) {
    let archive = |name: &str, inputs: &[PathBuf]| {
        let archive = cluster.path().join(name);
        let wirefold = |words: &[&str], inputs: &[PathBuf]| {
            printed(Command::new(BINARY).args(words).arg(&archive).args(inputs))
        };
        wirefold(&["add", "-q", "--archive"], inputs);
        without_places(&wirefold(
            &["stories", "--no-events", "-f", "jsonl", "--archive"],
            &[],
        ))
    };
    let expected = archive("inputs.db", &[inputs.to_owned()]);
    let exported = cluster.parts(&format!("{output}/articles"));
    assert_eq!(archive("exported.db", &exported), expected);
    // its stories can be added, too: as printed, without the lines that recur
    let stories = archive("stories.db", &cluster.parts(&format!("{output}/stories")));
    let articles = |text: &str| text.matches("\"relation\":").count() + text.lines().count();
    assert_eq!(articles(&stories), articles(&expected));
}

fn a_killed_worker_changes_nothing(cluster: &mut Cluster, inputs: &Path) {
    let mut job = cluster.job(inputs, "killed", 8, &[]);
    job.says("wirefold: 2-sketch");
    cluster.workers[0].kill();
    assert!(job.ends(), "{}", job.said);
    assert!(job.said.contains("Lost executor"), "{}", job.said);
    assert_eq!(
        without_places(&cluster.stories("killed")),
        single(inputs, &[])
    );
}

/// The steps that are there are not done again; another corpus does not belong into the folder.
fn a_run_goes_on_where_another_stopped(cluster: &Cluster, inputs: &Path, other: &Path) {
    let work = cluster.path().join("killed/work");
    for step in ["4-components", "6-recurring", "7-stories"] {
        fs::remove_dir_all(work.join(step)).unwrap();
    }
    let log = cluster.run(inputs, "killed", 8, &[]);
    assert!(
        log.contains("3-pairs: done before") && !log.contains("4-components: done before"),
        "{log}"
    );
    assert_eq!(
        without_places(&cluster.stories("killed")),
        single(inputs, &[])
    );
    let mut refused = cluster.job(other, "killed", 8, &[]);
    assert!(!refused.ends());
    assert!(refused.said.contains("another run"), "{}", refused.said);
}

/// Rows of Parquet are records, and stories are written as rows; components come from DataFrames.
fn parquet_goes_in_and_out(cluster: &Cluster, inputs: &Path) {
    let python = |script: &str, words: &[&Path]| {
        let mut command = Command::new(&cluster.python);
        let output = command.args(["-c", script]).args(words).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let rows = cluster.path().join("rows");
    fs::create_dir(&rows).unwrap();
    python(
        "import sys, pathlib, pyarrow.json as j, pyarrow.parquet as p, pyarrow as a\n\
         names = ['id', 'publisher', 'published', 'title', 'text']\n\
         o = j.ParseOptions(explicit_schema=a.schema([(name, a.string()) for name in names]))\n\
         files = sorted(pathlib.Path(sys.argv[1]).iterdir())\n\
         p.write_table(a.concat_tables(j.read_json(f, parse_options=o) for f in files), sys.argv[2])",
        &[inputs, &rows.join("rows.parquet")],
    );
    let words = [
        "--read",
        "parquet",
        "--format",
        "parquet",
        "--components",
        "frames",
    ];
    cluster.run(&rows, "parquet", 4, &words);
    let script = "import sys, pyarrow.parquet as p\n\
                  for f in sys.argv[1:]: print(*p.read_table(f)['story'].to_pylist(), sep='\\n')";
    let parts = cluster.parts("parquet/stories");
    let parts: Vec<&Path> = parts.iter().map(PathBuf::as_path).collect();
    assert_eq!(without_places(&python(script, &parts)), single(inputs, &[]));
}

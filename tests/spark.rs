//! The job on a real Spark gives the stories of one machine, byte for byte: a standalone master with one and two
//! workers on loopback, 4 and 32 partitions, a worker killed on the way, a run that goes on where another stopped.
//!
//! Runs with `WIREFOLD_SPARK=1` (as `.ci/run` does) where Java and PySpark are there; `WIREFOLD_PYTHON` names the Python
//! that has pyspark and pyarrow (default: `target/pyspark/bin/python`, then `python3`). Else it says that it is skipped.

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use common::corpus::corpus;
use common::places::without_places;
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_wirefold");

/// The Python to use, or why there is none.
fn python() -> Result<PathBuf, String> {
    if std::env::var_os("WIREFOLD_SPARK").is_none() {
        return Err("WIREFOLD_SPARK is not set".into());
    }
    let runs = |program: &Path, words: &[&str]| {
        let status = Command::new(program)
            .args(words)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    if !runs(Path::new("java"), &["-version"]) {
        return Err("no java".into());
    }
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pyspark/bin/python");
    let named = std::env::var_os("WIREFOLD_PYTHON").map(PathBuf::from);
    named
        .into_iter()
        .chain([own, "python3".into()])
        .find(|python| runs(python, &["-c", "import pyspark, pyarrow"]))
        .ok_or_else(|| "no Python with pyspark and pyarrow".into())
}

/// A standalone master and workers on loopback; killed when dropped.
struct Cluster {
    python: PathBuf,
    class: PathBuf,
    folder: TempDir,
    url: String,
    master: Child,
    workers: Vec<Child>,
}

impl Cluster {
    fn start(python: PathBuf, workers: usize) -> Self {
        let home = Command::new(&python)
            .args([
                "-c",
                "import pyspark, os; print(os.path.dirname(pyspark.__file__))",
            ])
            .output()
            .unwrap();
        let home = PathBuf::from(String::from_utf8(home.stdout).unwrap().trim());
        let class = home.join("bin/spark-class");
        let words = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"];
        let mut master = Command::new(&class);
        master
            .arg("org.apache.spark.deploy.master.Master")
            .args(words);
        let (master, url) = started(&mut master, "Starting Spark master at ");
        let mut cluster = Self {
            python,
            class,
            folder: tempfile::tempdir().unwrap(),
            url,
            master,
            workers: Vec::new(),
        };
        for _ in 0..workers {
            cluster.add_worker();
        }
        cluster
    }

    fn add_worker(&mut self) {
        let mut worker = Command::new(&self.class);
        worker
            .arg("org.apache.spark.deploy.worker.Worker")
            .args([
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "2g",
                "--work-dir",
            ])
            .arg(self.folder.path().join("workers"))
            .arg(&self.url);
        self.workers
            .push(started(&mut worker, "Successfully registered with master").0);
    }

    /// Writes a corpus in three files.
    fn corpus(&self, name: &str, lines: &[String]) -> PathBuf {
        let folder = self.folder.path().join(name);
        fs::create_dir(&folder).unwrap();
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

    /// The job as `wirefold spark` says to submit it.
    fn job(&self, inputs: &Path, output: &str, partitions: usize, more: &[&str]) -> Command {
        let job = self.folder.path().join("job.py");
        let said = Command::new(BINARY)
            .args([
                "spark", "--master", &self.url, "--memory", "2GiB", "--python",
            ])
            .arg(&self.python)
            .arg("--job")
            .arg(&job)
            .args(["--partitions", &partitions.to_string(), "--output"])
            .arg(self.folder.path().join(output))
            .args(more)
            .arg(inputs)
            .output()
            .unwrap();
        assert!(
            said.status.success(),
            "{}",
            String::from_utf8_lossy(&said.stderr)
        );
        let line = String::from_utf8(said.stdout).unwrap();
        assert!(line.starts_with("spark-submit --master "), "{line}");
        let mut command = Command::new("sh");
        let path = format!(
            "{}:{}",
            self.class.parent().unwrap().display(),
            std::env::var("PATH").unwrap_or_default()
        );
        // exec: what is killed is the job itself
        command
            .args(["-c", &format!("exec {line}")])
            .env("PATH", path)
            .env("PYSPARK_DRIVER_PYTHON", &self.python)
            .env("SPARK_LOCAL_IP", "127.0.0.1");
        command
    }

    /// What the job wrote.
    fn stories(&self, output: &str) -> String {
        let folder = self.folder.path().join(output).join("stories");
        let mut parts: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|kind| kind == "txt"))
            .collect();
        parts.sort();
        parts
            .iter()
            .map(|part| fs::read_to_string(part).unwrap())
            .collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for child in self.workers.iter_mut().chain([&mut self.master]) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Starts a process and waits until its log says that it runs; gives what stands behind that on the line.
fn started(command: &mut Command, sign: &str) -> (Child, String) {
    let mut child = command
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let log = BufReader::new(child.stderr.take().unwrap());
    let (tell, told) = channel();
    let sign = sign.to_owned();
    std::thread::spawn(move || {
        for line in log.lines().map_while(Result::ok) {
            if let Some(at) = line.find(&sign) {
                let _ = tell.send(line[at + sign.len()..].trim().to_owned());
            }
        }
    });
    let said = told
        .recv_timeout(Duration::from_secs(120))
        .expect("Spark starts");
    (child, said)
}

fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{log}");
    log
}

/// What one machine says.
fn single(inputs: &Path, more: &[&str]) -> String {
    let output = Command::new(BINARY)
        .args(["--no-config", "--no-events", "-f", "jsonl"])
        .args(more)
        .arg(inputs)
        .output()
        .unwrap();
    assert!(output.status.success());
    without_places(&String::from_utf8(output.stdout).unwrap())
}

#[test]
fn spark_gives_the_stories_of_one_machine() {
    let python = match python() {
        Ok(python) => python,
        Err(why) => {
            eprintln!("SKIPPED: tests/spark.rs: {why}");
            return;
        }
    };
    let mut cluster = Cluster::start(python, 1);

    // one worker, 4 partitions
    let small = cluster.corpus("small", &corpus(11, 300));
    succeed(&mut cluster.job(&small, "one", 4, &[]));
    let expected = single(&small, &[]);
    assert!(expected.lines().count() > 50);
    assert_eq!(without_places(&cluster.stories("one")), expected);

    // the same, read as whole files that are told from their bytes
    succeed(&mut cluster.job(&small, "files", 4, &["--read", "files"]));
    assert_eq!(without_places(&cluster.stories("files")), expected);

    // two workers, 32 partitions, a window
    cluster.add_worker();
    let windowed = cluster.corpus("windowed", &corpus(12, 500));
    succeed(&mut cluster.job(&windowed, "two", 32, &["--window", "36h"]));
    assert_eq!(
        without_places(&cluster.stories("two")),
        single(&windowed, &["--window", "36h"])
    );

    // a worker killed on the way changes nothing
    let large = cluster.corpus("large", &corpus(13, 1500));
    let mut job = cluster.job(&large, "killed", 8, &[]);
    let mut job = job.stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(job.stderr.take().unwrap()).lines();
    let reached = log.any(|line| line.is_ok_and(|line| line.contains("wirefold: 2-sketch")));
    assert!(reached, "the job got to the sketches");
    kill_tree(&mut cluster.workers[0]);
    let rest: Vec<String> = log.map_while(Result::ok).collect();
    assert!(job.wait().unwrap().success(), "{}", rest.join("\n"));
    assert_eq!(
        without_places(&cluster.stories("killed")),
        single(&large, &[])
    );

    // a run that lost its last steps goes on where they start
    let work = cluster.folder.path().join("killed/work");
    for step in ["6-compare", "7-components", "8-stories"] {
        fs::remove_dir_all(work.join(step)).unwrap();
    }
    let log = succeed(&mut cluster.job(&large, "killed", 8, &[]));
    assert!(
        log.contains("5-blocks: done before") && !log.contains("6-compare: done before"),
        "{log}"
    );
    assert_eq!(
        without_places(&cluster.stories("killed")),
        single(&large, &[])
    );
    // another corpus does not belong into that folder
    let other = cluster.job(&small, "killed", 8, &[]).output().unwrap();
    assert!(!other.status.success());
    assert!(String::from_utf8_lossy(&other.stderr).contains("another run"));
}

/// Kills a worker with the executor that it started.
fn kill_tree(worker: &mut Child) {
    let children = Command::new("pgrep")
        .args(["-P", &worker.id().to_string()])
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    for child in children.split_whitespace() {
        let _ = Command::new("kill").args(["-9", child]).status();
    }
    let _ = worker.kill();
    let _ = worker.wait();
}

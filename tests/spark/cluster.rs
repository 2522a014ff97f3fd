//! A Spark of the test's own: a standalone master and workers on loopback, and jobs on them. Everything that was
//! started is killed with its children when it is dropped, and all files lie in one temporary folder.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_wirefold");

/// Seconds until something must have happened, on a slow machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Options of a Spark that lives for seconds: no time for the second compiler, no page, errors alone in the log.
const SPARK: &str = "\
spark.ui.enabled false
spark.driver.bindAddress 127.0.0.1
spark.driver.host 127.0.0.1
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.sql.codegen.wholeStage false
spark.cores.max 2
spark.locality.wait 0s
";

const LOG: &str = "\
rootLogger.level = error
rootLogger.appenderRef.console.ref = console
logger.spark.name = org.apache.spark.deploy
logger.spark.level = info
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c{1}: %m%n
";

/// The Python to use, or why there is none.
pub fn python() -> Result<PathBuf, String> {
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

/// A process that leads a group of its own; the group is killed when it is dropped.
pub struct Started {
    child: Child,
    log: Receiver<String>,
    /// What it said until now.
    pub said: String,
}

impl Started {
    fn new(command: &mut Command) -> Self {
        let mut child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (tell, log) = channel();
        // spark-submit says on standard output what its Python says on either
        let (out, err) = (child.stdout.take(), child.stderr.take());
        listen(out.expect("a pipe"), tell.clone());
        listen(err.expect("a pipe"), tell);
        Self {
            child,
            log,
            said: String::new(),
        }
    }

    /// Waits until it says this; gives what stands behind it on the line.
    pub fn says(&mut self, sign: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(line) = self.log.recv_timeout(left) else {
                panic!("it never said \"{sign}\" but:\n{}", self.said);
            };
            self.said.push_str(&line);
            self.said.push('\n');
            if let Some(at) = line.find(sign) {
                return line[at + sign.len()..].trim().to_owned();
            }
        }
    }

    /// Waits for its end; gives whether it succeeded.
    pub fn ends(&mut self) -> bool {
        let until = Instant::now() + PATIENCE;
        loop {
            while let Ok(line) = self.log.try_recv() {
                self.said.push_str(&line);
                self.said.push('\n');
            }
            if let Some(status) = self.child.try_wait().expect("a child") {
                std::thread::sleep(Duration::from_millis(50));
                self.said
                    .extend(self.log.try_iter().map(|line| line + "\n"));
                return status.success();
            }
            assert!(Instant::now() < until, "it never ended:\n{}", self.said);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Kills it with all that it started.
    pub fn kill(&mut self) {
        let group = format!("kill -9 -{}", self.child.id());
        let _ = Command::new("sh")
            .args(["-c", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends the lines of a pipe on, and reads it to its end, so that nobody waits for a reader.
fn listen(pipe: impl Read + Send + 'static, tell: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
            let _ = tell.send(String::from_utf8_lossy(&line).into_owned());
        }
    });
}

impl Drop for Started {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A standalone master with workers of one core each.
pub struct Cluster {
    pub python: PathBuf,
    home: PathBuf,
    folder: TempDir,
    url: String,
    _master: Started,
    pub workers: Vec<Started>,
}

impl Cluster {
    /// A master and so many workers.
    pub fn start(python: PathBuf, workers: usize) -> Self {
        let place = "import pyspark, os; print(os.path.dirname(pyspark.__file__))";
        let home = Command::new(&python)
            .args(["-c", place])
            .output()
            .expect("Python runs");
        let home = PathBuf::from(String::from_utf8(home.stdout).expect("a path").trim());
        let folder = tempfile::tempdir().expect("a folder");
        let conf = folder.path().join("conf");
        fs::create_dir(&conf).expect("a folder");
        fs::write(conf.join("spark-defaults.conf"), SPARK).expect("a file");
        fs::write(conf.join("log4j2.properties"), LOG).expect("a file");
        let words = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"];
        let mut master = Started::new(daemon(&home, folder.path(), "master.Master").args(words));
        let url = master.says("Starting Spark master at ");
        let mut cluster = Self {
            python,
            home,
            folder,
            url,
            _master: master,
            workers: Vec::new(),
        };
        for _ in 0..workers {
            cluster.add_worker();
        }
        cluster
    }

    /// One more worker.
    pub fn add_worker(&mut self) {
        let words = "--host 127.0.0.1 --webui-port 0 --cores 1 --memory 2g --work-dir";
        let mut worker = daemon(&self.home, self.path(), "worker.Worker");
        worker
            .args(words.split(' '))
            .arg(self.path().join("workers"))
            .arg(&self.url);
        let mut worker = Started::new(&mut worker);
        worker.says("Successfully registered with master");
        self.workers.push(worker);
    }

    /// Where everything lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The job as `wirefold spark` says to submit it.
    pub fn job(&self, inputs: &Path, output: &str, partitions: usize, more: &[&str]) -> Started {
        let said = Command::new(BINARY)
            .args([
                "spark", "--master", &self.url, "--memory", "2GiB", "--python",
            ])
            .arg(&self.python)
            .arg("--job")
            .arg(self.path().join("job.py"))
            .args(["--partitions", &partitions.to_string(), "--output"])
            .arg(self.path().join(output))
            .args(more)
            .arg(inputs)
            .output()
            .expect("wirefold runs");
        assert!(
            said.status.success(),
            "{}",
            String::from_utf8_lossy(&said.stderr)
        );
        let line = String::from_utf8(said.stdout).expect("a line");
        assert!(line.starts_with("spark-submit --master "), "{line}");
        let bin = self.home.join("bin");
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("sh");
        command.args(["-c", &format!("exec {line}")]);
        Started::new(
            environment(&mut command, self.path())
                .env("PATH", format!("{}:{path}", bin.display()))
                .env("PYSPARK_DRIVER_PYTHON", &self.python),
        )
    }

    /// Runs the job to its end, which must be a good one; gives what it said.
    pub fn run(&self, inputs: &Path, output: &str, partitions: usize, more: &[&str]) -> String {
        let mut job = self.job(inputs, output, partitions, more);
        assert!(job.ends(), "{}", job.said);
        std::mem::take(&mut job.said)
    }

    /// The files of a part of what the job wrote, in their order.
    pub fn parts(&self, output: &str) -> Vec<PathBuf> {
        let mut parts: Vec<PathBuf> = fs::read_dir(self.path().join(output))
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|kind| kind == "txt" || kind == "parquet")
            })
            .collect();
        parts.sort();
        parts
    }

    /// The stories that the job wrote.
    pub fn stories(&self, output: &str) -> String {
        let parts = self.parts(&format!("{output}/stories"));
        let read = |part: &PathBuf| fs::read_to_string(part).expect("text");
        parts.iter().map(read).collect()
    }
}

fn daemon(home: &Path, folder: &Path, class: &str) -> Command {
    let mut command = Command::new(home.join("bin/spark-class"));
    command.arg(format!("org.apache.spark.deploy.{class}"));
    environment(&mut command, folder)
        .env("SPARK_DAEMON_MEMORY", "256m")
        .env(
            "SPARK_DAEMON_JAVA_OPTS",
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        );
    command
}

/// What all of them need: loopback alone, and nothing outside the folder.
fn environment<'c>(command: &'c mut Command, folder: &Path) -> &'c mut Command {
    command
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .env("SPARK_LOCAL_HOSTNAME", "127.0.0.1")
        .env("SPARK_CONF_DIR", folder.join("conf"))
        .env("SPARK_LOCAL_DIRS", folder.join("local"))
        .env_remove("SPARK_HOME")
        .env_remove("PYTHONPATH")
}

//! `wirefold spark`: writes the PySpark job and prints the line that submits it.

use std::io::Write;

use anyhow::{Context, Result};
use wirefold::spark::{GUIDE, JOB};

use super::args::spark::{ComponentsChoice, SparkArgs, StoryFormat};
use super::exit::Exit;
use super::output::Output;

/// Writes the job, or prints what was asked for.
pub fn run(args: &SparkArgs) -> Result<Exit> {
    if args.guide || args.print {
        let mut output = Output::open(None)?;
        output.write_all(if args.guide { GUIDE } else { JOB }.as_bytes())?;
        output.finish()?;
        return Ok(Exit::Done);
    }
    let mut job = Output::open(Some(&args.job))?;
    job.write_all(JOB.as_bytes())?;
    job.finish()?;
    let binary = std::env::current_exe().context("cannot tell where this program lies")?;
    let line: Vec<String> = submit(args, &binary.to_string_lossy())
        .iter()
        .map(|word| quoted(word))
        .collect();
    let mut output = Output::open(None)?;
    writeln!(output, "{}", line.join(" "))?;
    output.finish()?;
    Ok(Exit::Done)
}

/// The words of the submit line.
fn submit(args: &SparkArgs, binary: &str) -> Vec<String> {
    let (cluster, data) = (&args.cluster, &args.data);
    let half = (cluster.memory >> 21).max(512);
    let mut words = vec![
        "spark-submit".to_owned(),
        "--master".into(),
        cluster.master.clone(),
    ];
    let mut conf = |name: &str, value: String| {
        words.extend(["--conf".into(), format!("{name}={value}")]);
    };
    if cluster.master.starts_with("local") {
        conf("spark.driver.memory", format!("{half}m"));
    } else {
        conf("spark.executor.memory", format!("{half}m"));
        conf("spark.executor.memoryOverhead", format!("{half}m"));
        conf("spark.executor.cores", cluster.cores.to_string());
    }
    if let Some(python) = &cluster.python {
        conf("spark.pyspark.python", python.clone());
    }
    words.push(args.job.to_string_lossy().into_owned());
    let mut option = |name: &str, value: &str| words.extend([name.to_owned(), value.to_owned()]);
    option("--binary", binary);
    option("--output", data.output.as_deref().unwrap_or_default());
    if let Some(checkpoint) = &data.checkpoint {
        option("--work", checkpoint);
    }
    option("--read", data.read.as_str());
    option(
        "--format",
        match data.format {
            StoryFormat::Jsonl => "jsonl",
            StoryFormat::Parquet => "parquet",
        },
    );
    option("--partitions", &cluster.partitions.to_string());
    if cluster.components == ComponentsChoice::Frames {
        option("--components", "frames");
    }
    if let Some(window) = &data.window {
        option("--window", window);
    }
    for (name, value) in [("fetched", &data.fetched), ("timezone", &data.timezone)] {
        if let Some(value) = value {
            words.push(format!("--articles=--{name}={value}"));
        }
    }
    if data.export {
        words.push("--export".into());
    }
    words.push("--".into());
    words.extend(args.inputs.iter().cloned());
    words
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn line(words: &str) -> String {
        let cli = crate::cli::args::Cli::parse_from(words.split(' '));
        let Some(crate::cli::args::Command::Spark(args)) = cli.command else {
            panic!("another command");
        };
        let words: Vec<String> = submit(&args, "/bin/wirefold")
            .iter()
            .map(|w| quoted(w))
            .collect();
        words.join(" ")
    }

    #[test]
    fn the_line_says_where_it_runs_and_what_it_reads() {
        assert_eq!(
            line(
                "wirefold spark --master yarn --memory 4GiB --window 30d --timezone Asia/Tokyo --output o hdfs:///a/*"
            ),
            "spark-submit --master yarn --conf spark.executor.memory=2048m --conf spark.executor.memoryOverhead=2048m \
             --conf spark.executor.cores=1 wirefold_job.py --binary /bin/wirefold --output o --read lines --format jsonl \
             --partitions 32 --window 30d --articles=--timezone=Asia/Tokyo -- 'hdfs:///a/*'"
        );
        assert!(
            line("wirefold spark --output o a")
                .contains("'local[*]' --conf spark.driver.memory=1024m")
        );
    }

    #[test]
    fn words_are_quoted_for_the_shell() {
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}

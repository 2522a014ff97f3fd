#!/usr/bin/env python3
"""wirefold on Apache Spark: the stories of one machine, byte for byte, from many.

Written by `wirefold spark`; `wirefold spark --guide` explains it. Spark only moves lines here: every rule lives in the
wirefold binary, which runs as a filter in every task (`wirefold stage NAME`). Between two stages lines go to their
buckets and are sorted; what a stage wrote is kept in the work folder, so that a failed run goes on where it stopped.

    articles -> sketch -> links -> pairs -> blocks (one task) -> compare -> components (one task) -> stories

Needs PySpark 3.5 or later and pyarrow on every worker; no pandas, no jar.
"""

import argparse
import base64
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# a line of the stages' stream; payloads that stand there in base64 are bytes here
ROW = "kind string, bucket long, ordering string, payload binary"
COLUMNS = ["kind", "bucket", "ordering", "payload"]
PACKED = {b"postings", b"links", b"pairs", b"route", b"matches"}

# bytes and rows of a batch that goes back to Spark
BATCH_BYTES = 8 << 20
BATCH_ROWS = 4096

# counts of which the largest counts, not the sum
LARGEST = {"largest_component"}


# ---------------------------------------------------------------- in the workers


def binary():
    """The wirefold binary that came with the job."""
    path = SparkFiles.get("wirefold")
    if not os.access(path, os.X_OK):
        os.chmod(path, 0o755)
    return path


def through(words, header, blocks):
    """Runs `wirefold stage WORDS` on blocks of bytes; gives batches of rows."""
    errors = tempfile.TemporaryFile()
    process = subprocess.Popen(
        [binary(), "stage", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, bufsize=1 << 18
    )
    failed = []

    def feed():
        try:
            for block in blocks:
                process.stdin.write(block)
        except BrokenPipeError:
            pass  # its exit status says more
        except BaseException as error:  # noqa: B902: raised again in the task's own thread
            failed.append(error)
        finally:
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    try:
        first = process.stdout.readline().decode()
        if first and first != header:
            raise RuntimeError(f"a worker has another wirefold: {first!r}, the driver's is {header!r}")
        last = None
        for batch, last in batches_of(process.stdout):
            yield batch
        feeder.join()
        if failed:
            raise failed[0]
        status = process.wait()
        # 2 with all lines written: an input was unreadable, which is counted and not fatal
        if status != 0 and not (status == 2 and words[0] == "articles" and last == b"count"):
            errors.seek(0)
            message = errors.read()[-2000:].decode(errors="replace")
            raise RuntimeError(f"wirefold stage {' '.join(words)} ended with {status}: {message}")
    finally:
        process.kill()
        process.wait()
        errors.close()


def batches_of(lines):
    """Lines of a stream -> pairs of a batch and the kind of its last line."""
    columns, size = ([], [], [], []), 0
    for line in lines:
        kind, bucket, ordering, payload = line.split(b"\t", 3)
        payload = payload[:-1]
        if kind in PACKED:
            payload = base64.b64decode(payload)
        for column, value in zip(columns, (kind.decode(), int(bucket), ordering.decode(), payload)):
            column.append(value)
        size += len(payload) + 64
        if size >= BATCH_BYTES or len(columns[0]) >= BATCH_ROWS:
            yield batch_of(columns), kind
            columns, size = ([], [], [], []), 0
    if columns[0]:
        yield batch_of(columns), columns[0][-1].encode()


def batch_of(columns):
    types = (pa.string(), pa.int64(), pa.string(), pa.binary())
    return pa.RecordBatch.from_arrays([pa.array(c, t) for c, t in zip(columns, types)], COLUMNS)


def as_stream(batches, header):
    """Batches of rows -> the bytes of a stream."""
    yield header.encode()
    for batch in batches:
        kinds, buckets, orderings, payloads = (column.to_pylist() for column in batch.columns)
        lines = []
        for kind, bucket, ordering, payload in zip(kinds, buckets, orderings, payloads):
            kind = kind.encode()
            if kind in PACKED:
                payload = base64.b64encode(payload)
            lines.append(b"%b\t%d\t%b\t%b\n" % (kind, bucket, ordering.encode(), payload))
        yield b"".join(lines)


def stage(header, *words):
    """A stage, for mapInArrow. Nothing is started where there is nothing to do."""

    def run(batches):
        batches = iter(batches)
        first = next((batch for batch in batches if batch.num_rows), None)
        if first is not None:
            yield from through(words, header, as_stream(itertools.chain([first], batches), header))

    return run


def reader(header, words, end):
    """`wirefold stage articles`, for mapInArrow over (bytes, source): one process for what follows of one source."""

    def pieces(batches):
        for batch in batches:
            contents, sources = (column.to_pylist() for column in batch.columns)
            for source, run in itertools.groupby(zip(sources, contents), lambda pair: pair[0]):
                yield source, [content for _, content in run]

    def run(batches):
        for source, runs in itertools.groupby(pieces(batches), lambda piece: piece[0]):
            blocks = (content + end for _, contents in runs for content in contents)
            yield from through([*words, "--source", source], header, blocks)

    return run


def routes(batches):
    """Routes -> a row for each article's number and a bucket that needs it."""
    for batch in batches:
        for bucket, payload in zip(batch.column("bucket").to_pylist(), batch.column("payload").to_pylist()):
            count = len(payload) // 4
            numbers = pa.Array.from_buffers(pa.uint32(), count, [None, pa.py_buffer(payload)]).cast(pa.int64())
            yield pa.RecordBatch.from_arrays([numbers, pa.array([bucket] * count, pa.int64())], ["number", "bucket"])


def lines(batches):
    """Sorted pieces of stories -> stories, a line each."""
    pieces, ready, size = [], [], 0
    for batch in batches:
        for piece, payload in zip(batch.column("bucket").to_pylist(), batch.column("payload").to_pylist()):
            if piece == 0 and pieces:
                ready.append(b"".join(pieces))
                size += len(ready[-1])
                pieces = []
            if size >= BATCH_BYTES:
                yield text_batch(ready)
                ready, size = [], 0
            pieces.append(payload)
    if pieces:
        ready.append(b"".join(pieces))
        del pieces
    if ready:
        yield text_batch(ready)


def text_batch(values):
    # the bytes are UTF-8: the core wrote them
    return pa.RecordBatch.from_arrays([pa.array(values, pa.binary()).cast(pa.string())], ["value"])


# ---------------------------------------------------------------- in the driver


class Run:
    """The steps of a run, each kept in the work folder."""

    def __init__(self, spark, options):
        self.spark = spark
        self.options = options
        self.counts = {}
        self.times = {}
        command = [options.binary, "stage", "fingerprint", "--header"]
        self.header = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()
        self.buckets = options.buckets or 4 * options.partitions
        self.check_manifest()

    def check_manifest(self):
        """A work folder belongs to one set of inputs and settings."""
        o = self.options
        wanted = {
            "header": self.header,
            "inputs": sorted(o.inputs),
            "settings": [o.read, o.articles, o.window, self.buckets],
        }
        path = f"{o.work}/manifest"
        if self.exists(path):
            found = json.loads(self.spark.read.text(path).first()[0])
            if found != wanted:
                sys.exit(f"{o.work} was made by another run: {found}; name another folder with --work")
            return
        self.note(path, json.dumps(wanted))

    def note(self, path, text):
        """Writes a line of text."""
        rows = self.spark.createDataFrame([(text,)], "value string")
        rows.coalesce(1).write.mode("overwrite").text(path)

    def exists(self, path):
        path = self.spark._jvm.org.apache.hadoop.fs.Path(f"{path}/_SUCCESS")
        return path.getFileSystem(self.spark._jsc.hadoopConfiguration()).exists(path)

    def size(self, path):
        """Bytes below a folder."""
        path = self.spark._jvm.org.apache.hadoop.fs.Path(path)
        files = path.getFileSystem(self.spark._jsc.hadoopConfiguration())
        return files.getContentSummary(path).getLength() if files.exists(path) else 0

    def step(self, name, make):
        """Does a step, unless an earlier run did it; gives its rows."""
        path = f"{self.options.work}/{name}"
        start = time.monotonic()
        done = self.exists(path)
        if not done:
            rows = make().write.mode("overwrite").option("parquet.block.size", 16 << 20)
            rows.partitionBy("kind").parquet(path)
        rows = self.spark.read.schema(ROW).parquet(path).select(COLUMNS)
        for row in rows.where("kind = 'count'").collect():
            for key, count in json.loads(bytes(row.payload)).items():
                before = self.counts.get(key, 0)
                self.counts[key] = max(before, count) if key in LARGEST else before + count
        seconds = time.monotonic() - start
        self.times[name] = round(seconds, 1)
        said = "done before" if done else f"{seconds:.1f} s"
        print(f"wirefold: {name}: {said}, {self.size(path) / 1e6:.1f} MB", file=sys.stderr, flush=True)
        return rows

    def stage(self, *words):
        return stage(self.header, *words)

    def spread(self, rows):
        """Each bucket to one task, in order."""
        return rows.repartition(self.options.partitions, "bucket").sortWithinPartitions("bucket", "ordering")

    # -- the steps

    def read(self):
        """Inputs -> articles."""
        o, spark = self.options, self.spark
        words = ["articles", "--threads", "1", "--buckets", str(self.buckets), *o.articles]
        place = F.col("_metadata.file_path")
        start = F.col("_metadata.file_block_start")
        # offset and line count from the start of the block that a task reads
        source = F.when(start == 0, place).otherwise(F.concat(place, F.lit("@"), start))
        if o.read == "files":
            rows = spark.read.format("binaryFile").load(o.inputs).select("content", F.col("path"))
            # one file a batch: they may be large
            spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 1)
            return rows.mapInArrow(reader(self.header, words, b""), ROW)
        words += ["--input", "json"]
        if o.read == "parquet":
            rows = spark.read.parquet(*o.inputs)
            rows = rows.select(F.to_json(F.struct("*")).cast("binary"), source.alias("source"))
        else:
            rows = spark.read.option("lineSep", "\n").text(o.inputs)
            rows = rows.select(F.col("value").cast("binary"), source.alias("source"))
        return rows.mapInArrow(reader(self.header, words, b"\n"), ROW)

    def settled(self, read):
        """Articles, with what only all of them together tell: first numbers and ids that clash."""
        ranks = read.where("kind = 'article'").groupBy("bucket").agg(F.countDistinct("ordering").alias("count"))
        counts = dict(ranks.collect())
        first, firsts = 0, []
        for bucket in sorted(counts):
            firsts.append(("first", bucket, "", str(first).encode()))
            first += counts[bucket]
        ids = read.where("kind = 'id'").groupBy("bucket", "ordering").agg(F.min("payload").alias("id"))
        claimed = ids.groupBy("id").count().where("count > 1")
        clashes = ids.join(claimed, "id", "left_semi")
        clashes = clashes.select(F.lit("clash").alias("kind"), "bucket", "ordering", F.lit(b"").alias("payload"))
        rows = read.where("kind in ('article', 'headline')")
        return rows.unionByName(self.spark.createDataFrame(firsts, ROW)).unionByName(clashes)

    def needed(self, members, rows):
        """Members where the routes among `rows` send them, and the routes."""
        wanted = rows.where("kind = 'route'").mapInArrow(routes, "number long, bucket long")
        numbered = members.withColumnRenamed("bucket", "number")
        return numbered.join(wanted, "number").select(COLUMNS), numbered, wanted

    def compare(self, members, blocks):
        needed, _, _ = self.needed(members, blocks)
        words = ["compare"] + (["--window", self.options.window] if self.options.window else [])
        rows = needed.unionByName(blocks.where("kind = 'pairs'"))
        return self.spread(rows).mapInArrow(self.stage(*words), ROW)

    def cluster(self, members, components):
        needed, numbered, wanted = self.needed(members, components)
        rows = needed.unionByName(components.where("kind = 'matches'"))
        together = self.spread(rows).mapInArrow(self.stage("cluster"), ROW)
        # articles without a match stay where they are
        alone = numbered.join(wanted, "number", "left_anti")
        alone = alone.withColumn("bucket", F.monotonically_increasing_id()).select(COLUMNS)
        return together.unionByName(alone.mapInArrow(self.stage("cluster"), ROW))

    def run(self):
        buckets = ["--buckets", str(self.buckets)]
        read = self.step("1-articles", self.read)
        self.spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 256)
        sketched = self.step(
            "2-sketch", lambda: self.spread(self.settled(read)).mapInArrow(self.stage("sketch", *buckets), ROW)
        )
        postings = sketched.where("kind = 'postings'")
        links = self.step(
            "3-links", lambda: self.spread(postings).mapInArrow(self.stage("pairs", "--part", *buckets), ROW)
        ).where("kind = 'links'")
        pairs = self.step("4-pairs", lambda: self.spread(links).mapInArrow(self.stage("pairs"), ROW))
        pairs = pairs.where("kind = 'pairs'")
        blocks = self.step("5-blocks", lambda: pairs.coalesce(1).mapInArrow(self.stage("blocks"), ROW))
        members = sketched.where("kind = 'member'")
        matches = self.step("6-compare", lambda: self.compare(members, blocks)).where("kind = 'matches'")
        components = self.step(
            "7-components", lambda: matches.coalesce(1).mapInArrow(self.stage("components", *buckets), ROW)
        )
        stories = self.step("8-stories", lambda: self.cluster(members, components)).where("kind = 'story'")
        self.write(stories, sketched.where("kind = 'headline'"), read.where("kind = 'skipped'"))

    def write(self, stories, headlines, skipped):
        """Writes the stories in the order of the report, and what else a person may want."""
        start = time.monotonic()
        out = self.options.output
        text = F.col("payload").cast("string").alias("value")
        ordered = stories.repartitionByRange(self.options.partitions, "ordering")
        ordered = ordered.sortWithinPartitions("ordering", "bucket").mapInArrow(lines, "value string")
        if self.options.format == "parquet":
            fields = "id string, event string, title string, agency string, published string"
            ordered = ordered.select(F.from_json("value", fields).alias("f"), F.col("value").alias("story"))
            ordered.select("f.*", "story").write.mode("overwrite").parquet(f"{out}/stories")
        else:
            ordered.write.mode("overwrite").text(f"{out}/stories")
        headlines.select(text).write.mode("overwrite").text(f"{out}/headlines")
        skipped.select(text).write.mode("overwrite").text(f"{out}/skipped")
        self.times["9-output"] = round(time.monotonic() - start, 1)
        report = json.dumps({"counts": self.counts, "seconds": self.times}, sort_keys=True)
        self.note(f"{out}/counts", report)
        print(report)


def options():
    p = argparse.ArgumentParser(description="wirefold on Apache Spark; see wirefold spark --guide")
    p.add_argument("inputs", nargs="+", metavar="PATH", help="files, folders or patterns that Hadoop can read")
    p.add_argument("--output", required=True, help="folder for stories, headlines, skipped and counts")
    p.add_argument("--work", help="folder for what the steps keep, on storage that all workers see [OUTPUT/work]")
    p.add_argument("--binary", default="wirefold", help="the wirefold binary, where the driver runs")
    p.add_argument("--read", choices=["lines", "parquet", "files"], default="lines",
                   help="lines: JSON Lines; parquet: a record a row; files: whole files (WARC, WET, pages)")
    p.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl", help="form of the stories")
    p.add_argument("--partitions", type=int, default=32, help="tasks of a step")
    p.add_argument("--buckets", type=int, help="buckets of a step [4 x partitions]")
    p.add_argument("--window", help="two articles match only if their times lie within this: 36h, 30d")
    p.add_argument("--articles", action="append", default=[], metavar="OPTION",
                   help="an option for reading, as in --articles=--timezone=Asia/Tokyo; may be repeated")
    o = p.parse_args()
    if os.path.basename(o.binary) != "wirefold":
        p.error("the binary must be named wirefold: workers look for it under that name")
    o.work = o.work or f"{o.output}/work"
    return o


def main():
    o = options()
    spark = (
        SparkSession.builder.appName("wirefold")
        .config("spark.sql.shuffle.partitions", o.partitions)
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 256)
        .config("spark.sql.maxConcurrentOutputFileWriters", 16)
        .config("spark.sql.files.ignoreCorruptFiles", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.addFile(os.path.abspath(o.binary))
    run = Run(spark, o)
    run.run()
    spark.stop()
    unreadable = run.counts.get("unreadable", 0)
    if unreadable:
        print(f"wirefold: error: {unreadable} inputs could not be read to their ends; see skipped", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""wirefold on Apache Spark: the stories of one machine, byte for byte, from many.

Written by `wirefold spark`; `wirefold spark --guide` explains it. Spark only moves lines here: every rule lives in the
wirefold binary, which runs as a filter in every task (`wirefold stage NAME`). Between two stages lines go to their
buckets and are sorted; what a step wrote is kept in the work folder, so that a failed run goes on where it stopped.

    articles -> sketch -> lists -> pairs -> blocks (one task) -> compare -> components (one task, or DataFrames)
             -> lines -> recurring -> cluster -> stories

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
PACKED = {b"id", b"claims", b"lines", b"postings", b"lists", b"pairs", b"route", b"matches", b"marks", b"recurring"}

# bytes and rows of a batch that goes back to Spark
BATCH_BYTES = 8 << 20
BATCH_ROWS = 4096

# numbers of articles in routes up to which they are sent to every worker, so that no text moves to be looked up
BROADCAST = 2_000_000

# pieces (64 KiB) of a story from which on it is written by the driver, piece by piece: no task holds its line
LARGE = 512

# counts of every run
COUNTS = ["articles", "candidates", "copies", "headlines", "matches", "pages", "seen_again", "skipped", "stories"]


# ---------------------------------------------------------------- in the workers


def binary():
    """The wirefold binary that came with the job."""
    path = SparkFiles.get("wirefold")
    if not os.access(path, os.X_OK):
        os.chmod(path, 0o755)
    return path


def through(words, header, blocks):
    """Runs `wirefold stage WORDS` on blocks of bytes; gives batches of rows, the last of which counts what it took."""
    errors = tempfile.TemporaryFile()
    process = subprocess.Popen(
        [binary(), "stage", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, bufsize=1 << 18
    )
    failed, taken = [], [0]

    def feed():
        try:
            for block in blocks:
                taken[0] += len(block)
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
        size = json.dumps({f"largest_input_{words[0]}": taken[0]}).encode()
        yield batch_of([["count"], [0], [""], [size]])
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


def as_stream(batches, header, first):
    """Batches of rows -> the bytes of a stream; `first` are lines that every process gets."""
    yield header.encode() + first
    for batch in batches:
        kinds, buckets, orderings, payloads = (column.to_pylist() for column in batch.columns)
        lines = []
        for kind, bucket, ordering, payload in zip(kinds, buckets, orderings, payloads):
            kind = kind.encode()
            if kind in PACKED:
                payload = base64.b64encode(payload)
            lines.append(b"%b\t%d\t%b\t%b\n" % (kind, bucket, ordering.encode(), payload))
        yield b"".join(lines)


def stage(header, words, first=b""):
    """A stage, for mapInArrow. Nothing is started where there is nothing to do."""

    def run(batches):
        batches = iter(batches)
        head = next((batch for batch in batches if batch.num_rows), None)
        if head is not None:
            yield from through(words, header, as_stream(itertools.chain([head], batches), header, first))

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
        self.counts = dict.fromkeys(COUNTS, 0)
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
            "settings": [o.read, o.articles, o.window, self.buckets, o.components],
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
                self.counts[key] = max(before, count) if key.startswith("largest_") else before + count
        seconds = time.monotonic() - start
        self.times[name] = round(seconds, 1)
        said = "done before" if done else f"{seconds:.1f} s"
        print(f"wirefold: {name}: {said}, {self.size(path) / 1e6:.1f} MB", file=sys.stderr, flush=True)
        return rows

    def stage(self, rows, *words, first=b""):
        """Rows through a stage."""
        return rows.mapInArrow(stage(self.header, words, first), ROW)

    def spread(self, rows):
        """Each bucket to one task, in order."""
        tasks = self.options.partitions
        if hasattr(rows, "repartitionById"):  # Spark 4.1: as many buckets to each
            rows = rows.repartitionById(tasks, F.pmod("bucket", F.lit(tasks)).cast("int"))
        else:
            rows = rows.repartition(tasks, "bucket")
        return rows.sortWithinPartitions("bucket", "ordering")

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
        sizes = dict(read.where("kind = 'article'").groupBy("bucket").count().collect())
        first, firsts = 0, []
        for bucket in sorted(sizes):
            firsts.append(("first", bucket, "", str(first).encode()))
            first += sizes[bucket]
        claims = self.stage(self.spread(read.where("kind = 'id'")), "ids", "--part", "--buckets", str(self.buckets))
        clashes = self.stage(self.spread(claims), "ids", "--buckets", str(self.buckets)).where("kind = 'clash'")
        rows = read.where("kind in ('article', 'headline')")
        return rows.unionByName(self.spark.createDataFrame(firsts, ROW)).unionByName(clashes)

    def pairs(self, sketched):
        """Kept hashes -> blocks of candidate pairs."""
        # a list goes to every bucket that holds its articles: few of them
        parts = max(1, self.options.partitions // 2)
        lists = self.stage(self.spread(sketched.where("kind = 'postings'")), "pairs", "--part", "--buckets", str(parts))
        pairs = self.stage(self.spread(lists), "pairs")
        return self.stage(pairs.repartition(1), "blocks")

    def needed(self, articles, rows, count):
        """Articles where the routes among `rows` send them, and those that these do not name."""
        wanted = rows.where("kind = 'route'").mapInArrow(routes, "number long, bucket long")
        return self.sent(articles, wanted, count)

    def sent(self, articles, wanted, count):
        """The same for rows of a number and a bucket, so many of them."""
        wanted = F.broadcast(wanted) if count <= BROADCAST else wanted
        numbered = articles.withColumnRenamed("bucket", "number")
        alone = numbered.join(wanted, "number", "left_anti")
        alone = alone.withColumn("bucket", F.monotonically_increasing_id())
        return numbered.join(wanted, "number").select(COLUMNS), alone.select(COLUMNS)

    def window(self):
        """What the stages that look at times are told."""
        return ["--window", self.options.window] if self.options.window else []

    def compare(self, members, blocks):
        """Blocks with their articles -> matches."""
        needed, _ = self.needed(members, blocks, self.counts.get("texts_shipped", 0))
        words = ["compare"] + self.window()
        return self.stage(self.spread(needed.unionByName(blocks.where("kind = 'pairs'"))), *words)

    def components(self, members, blocks):
        """Matches -> each in the bucket of its component, and the articles of each bucket."""
        if self.options.components == "core":
            words = ["components", "--buckets", str(self.buckets)]
            return self.step("4-components", lambda: self.stage(self.compare(members, blocks).repartition(1), *words))
        edges = self.step("4-edges", lambda: self.stage(self.compare(members, blocks), "components", "--edges"))
        edges = edges.where("kind = 'matches'")
        return self.step("5-components", lambda: self.frames(edges))

    def frames(self, edges):
        """The same on DataFrames, for more articles than one task can hold: stars that grow and shrink in turns.

        Rows of edges are a match each, from `bucket` (the larger number) to `ordering`.
        """
        rows = edges.select(F.col("bucket").alias("u"), F.col("ordering").cast("long").alias("v"))
        before = None
        for turn in itertools.count():
            both = rows.unionByName(rows.select(F.col("v").alias("u"), F.col("u").alias("v")))
            least = both.groupBy("u").agg(F.min("v").alias("low")).select("u", F.least("u", "low").alias("low"))
            # large star: all larger neighbours to the least
            rows = both.join(least, "u").where("v > u").select(F.col("v").alias("u"), F.col("low").alias("v")).distinct()
            # small star: the node and its smaller neighbours to the least of these
            least = rows.groupBy("u").agg(F.min("v").alias("low"))
            linked = rows.join(least, "u").where("v != low").select(F.col("v").alias("u"), F.col("low").alias("v"))
            rows = linked.unionByName(least.withColumnRenamed("low", "v")).distinct()
            # on disk, so that a lost worker costs no turn
            path = f"{self.options.work}/turns/{turn}"
            rows.write.mode("overwrite").parquet(path)
            rows = self.spark.read.parquet(path)
            after = rows.agg(F.count("*"), F.sum(F.xxhash64("u", "v").cast("decimal(38,0)"))).first()
            if after == before:
                break
            before = after
        routes = rows.select(F.col("u").alias("number"), F.col("v").alias("bucket"))
        routes = routes.unionByName(routes.select(F.col("bucket").alias("number"), "bucket").distinct())
        sizes = routes.groupBy("bucket").count()
        found = sizes.agg(F.count("*"), F.sum("count"), F.max("count")).first()
        names = ["components", "texts_clustered", "largest_component"]
        counts = json.dumps({name: count or 0 for name, count in zip(names, found)}).encode()
        matches = edges.join(routes.withColumnRenamed("bucket", "root"), edges.bucket == F.col("number"))
        matches = matches.select("kind", F.col("root").alias("bucket"), F.lit("").alias("ordering"), "payload")
        # a route's number stands in its ordering here
        routes = routes.select(F.lit("numbered").alias("kind"), "bucket", F.col("number").cast("string").alias("ordering"),
                               F.lit(b"").alias("payload"))
        counts = self.spark.createDataFrame([("count", 0, "", counts)], ROW)
        return matches.unionByName(routes).unionByName(counts)

    def clustered(self, articles, components):
        """Rows of articles with the matches of their components, in order; and those of articles without a match."""
        count = self.counts.get("texts_clustered", 0)
        if self.options.components == "core":
            needed, alone = self.needed(articles, components, count)
        else:
            wanted = components.where("kind = 'numbered'").select(F.col("ordering").cast("long").alias("number"), "bucket")
            needed, alone = self.sent(articles, wanted, count)
        return self.spread(needed.unionByName(components.where("kind = 'matches'"))), alone

    def recurring(self, lines, components):
        """Lines that recur over the stories of all."""
        words = ["lines", "--buckets", str(self.buckets)]
        together, alone = self.clustered(lines, components)
        marks = self.stage(together, *words).unionByName(self.stage(alone, *words))
        return self.stage(self.spread(marks), "recurring")

    def cluster(self, members, components, recurring):
        """Components with their articles -> stories."""
        first = b"".join(
            b"recurring\t0\t\t%b\n" % base64.b64encode(row.payload)
            for row in recurring.where("kind = 'recurring'").collect()
        )
        together, alone = self.clustered(members, components)
        return self.stage(together, "cluster", first=first).unionByName(self.stage(alone, "cluster", first=first))

    def run(self):
        read = self.step("1-articles", self.read)
        self.spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 256)
        words = ["sketch", "--buckets", str(self.buckets)] + self.window()
        sketched = self.step("2-sketch", lambda: self.stage(self.spread(self.settled(read)), *words))
        blocks = self.step("3-pairs", lambda: self.pairs(sketched))
        members, lines = sketched.where("kind = 'member'"), sketched.where("kind = 'lines'")
        components = self.components(members, blocks)
        recurring = self.step("6-recurring", lambda: self.recurring(lines, components))
        stories = self.step("7-stories", lambda: self.cluster(members, components, recurring)).where("kind = 'story'")
        self.write(stories, sketched.where("kind = 'headline'"), read)

    def write(self, stories, headlines, read):
        """Writes the stories in the order of the report, and what else a person may want."""
        start = time.monotonic()
        out = self.options.output
        text = F.col("payload").cast("string").alias("value")
        large = sorted(row.ordering for row in stories.where(f"bucket = {LARGE}").select("ordering").collect())
        known = F.broadcast(self.spark.createDataFrame([(ordering,) for ordering in large], "ordering string"))
        rest = stories.join(known, "ordering", "left_anti") if large else stories
        if self.options.format == "parquet":
            fields = "id string, event string, title string, agency string, published string"
            ordered = self.ordered(rest).select(F.from_json("value", fields).alias("f"), F.col("value").alias("story"))
            ordered.select("f.*", "story").write.mode("overwrite").parquet(f"{out}/stories")
            self.remove(f"{out}/large")
            for at, ordering in enumerate(large):
                self.write_large(stories, ordering, f"{out}/large/story-{at:05}.txt")
        elif not large:
            self.ordered(rest).write.mode("overwrite").text(f"{out}/stories")
        else:
            self.write_around(stories, rest, large)
        if self.options.export:
            self.export(read)
        headlines.select(text).write.mode("overwrite").text(f"{out}/headlines")
        read.where("kind = 'skipped'").select(text).write.mode("overwrite").text(f"{out}/skipped")
        self.times["8-output"] = round(time.monotonic() - start, 1)
        report = json.dumps({"counts": self.counts, "seconds": self.times}, sort_keys=True)
        self.note(f"{out}/counts", report)
        print(report)

    def export(self, read):
        """Writes the articles as `wirefold archive export` does."""
        rows = read.where("kind in ('article', 'headline')").select(F.col("payload").cast("string").alias("value"))
        # the object goes on behind its first brace
        lines = rows.select(F.concat(F.lit('{"exported":true,'), F.col("value").substr(F.lit(2), F.length("value"))))
        lines.write.mode("overwrite").text(f"{self.options.output}/articles")

    def ordered(self, stories):
        """Pieces of stories -> lines in the order of the report."""
        ranges = stories.repartitionByRange(self.options.partitions, "ordering")
        return ranges.sortWithinPartitions("ordering", "bucket").mapInArrow(lines, "value string")

    def write_around(self, stories, rest, large):
        """Writes large stories, each as a part of its own, and the others before, between and after them."""
        out = f"{self.options.output}/stories"
        self.remove(out)
        before = F.lit(0)
        for ordering in large:
            before = before + (F.col("ordering") > ordering).cast("int")
        rest = rest.withColumn("segment", before)
        filled = {row.segment for row in rest.select("segment").distinct().collect()}
        for at in range(len(large) + 1):
            if at in filled:
                self.ordered(rest.where(F.col("segment") == at).drop("segment")).write.text(f"{out}/_segment")
                for number, file in enumerate(self.files(f"{out}/_segment")):
                    self.move(file, f"{out}/part-{2 * at:05}-{number:05}.txt")
                self.remove(f"{out}/_segment")
            if at < len(large):
                self.write_large(stories, large[at], f"{out}/part-{2 * at + 1:05}-00000.txt")
        self.put(f"{out}/_SUCCESS", [])

    def write_large(self, stories, ordering, path):
        pieces = stories.where(F.col("ordering") == ordering).orderBy("bucket").select("payload")
        self.put(path, itertools.chain((row.payload for row in pieces.toLocalIterator()), [b"\n"]))

    # -- files of Hadoop

    def path(self, path):
        path = self.spark._jvm.org.apache.hadoop.fs.Path(path)
        return path, path.getFileSystem(self.spark._jsc.hadoopConfiguration())

    def put(self, path, blocks):
        path, files = self.path(path)
        stream = files.create(path, True)
        for block in blocks:
            stream.write(bytes(block))
        stream.close()

    def files(self, folder):
        path, files = self.path(folder)
        found = (status.getPath() for status in files.listStatus(path))
        return sorted(str(file) for file in found if file.getName().startswith("part-"))

    def move(self, source, target):
        source, files = self.path(source)
        if not files.rename(source, self.path(target)[0]):
            raise OSError(f"cannot move {source}")

    def remove(self, path):
        path, files = self.path(path)
        files.delete(path, True)

    def exists(self, path):
        path, files = self.path(f"{path}/_SUCCESS")
        return files.exists(path)

    def size(self, path):
        """Bytes below a folder."""
        path, files = self.path(path)
        return files.getContentSummary(path).getLength() if files.exists(path) else 0


def options():
    p = argparse.ArgumentParser(description="wirefold on Apache Spark; see wirefold spark --guide")
    p.add_argument("inputs", nargs="+", metavar="PATH", help="files, folders or patterns that Hadoop can read")
    p.add_argument("--output", required=True, help="folder for stories, headlines, skipped and counts")
    p.add_argument("--work", help="folder for what the steps keep, on storage that all workers see [OUTPUT/work]")
    p.add_argument("--binary", default="wirefold", help="the wirefold binary, where the driver runs")
    p.add_argument("--read", choices=["lines", "parquet", "files"], default="lines",
                   help="lines: JSON Lines; parquet: a record a row; files: whole files (WARC, WET, pages)")
    p.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl", help="form of the stories")
    p.add_argument("--export", action="store_true", help="also write all articles as `wirefold add` reads them")
    p.add_argument("--components", choices=["core", "frames"], default="core",
                   help="core: in one task, 4 bytes an article; frames: on DataFrames, for more")
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
        .config("spark.sql.execution.arrow.maxBytesPerBatch", BATCH_BYTES)  # Spark 4: not many rows where they are long
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

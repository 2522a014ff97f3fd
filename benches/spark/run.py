#!/usr/bin/env python3
"""Seconds of every step on two workers of loopback against one machine, at several sizes.

usage: run.py BINARY [SIZE]...          sizes: 10000 100000 500000

Needs Java, a Python with pyspark and pyarrow (this one), and ../shared/bench/make_corpus.py (or WIREFOLD_SHARED).
The workers are processes of their own (`local-cluster`), a core and 1 GiB of heap each. Both sides run without events;
their stories are compared byte for byte. Prints a row a size; what was seen stands in README.md beside this file.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyspark

PLACE = r'"source":"(?:[^"\\]|\\.)*","offset":\d+,"line":\d+'
PLACES = re.compile(PLACE + r',"seen":\[(?:\{' + PLACE + r"\},?)*\],")


def digest(files):
    """Hash of stories without their places."""
    whole = hashlib.sha256()
    for path in sorted(files):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                whole.update(PLACES.sub("", line).encode())
    return whole.hexdigest()


def single(binary, corpus, folder):
    """One machine: seconds and stories."""
    start = time.monotonic()
    with open(folder / "single.jsonl", "wb") as out:
        subprocess.run([binary, "--no-config", "--no-events", "-f", "jsonl", corpus], check=True, stdout=out)
    return time.monotonic() - start, digest([folder / "single.jsonl"])


def spark(binary, corpus, folder, partitions):
    """Two workers: seconds, seconds of every step, counts, stories."""
    home = Path(pyspark.__file__).parent
    job = folder / "job.py"
    job.write_bytes(subprocess.run([binary, "spark", "--print"], check=True, stdout=subprocess.PIPE).stdout)
    env = dict(os.environ, SPARK_HOME=str(home), PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable)
    words = [home / "bin/spark-submit", "--master", "local-cluster[2,1,1024]", "--conf", "spark.driver.memory=1g"]
    words += ["--conf", "spark.executor.memory=1024m", "--conf", "spark.ui.enabled=false", job]
    words += ["--binary", binary, "--output", folder / "out", "--partitions", str(partitions), "--", corpus]
    start = time.monotonic()
    done = subprocess.run(list(map(str, words)), env=env, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    seconds = time.monotonic() - start
    report = json.loads(done.stdout.decode().strip().splitlines()[-1])
    for line in done.stderr.decode().splitlines():
        if line.startswith("wirefold: "):
            print("   ", line.removeprefix("wirefold: "))
    return seconds, report, digest((folder / "out/stories").glob("part-*"))


def main():
    binary = os.path.abspath(sys.argv[1])
    sizes = [int(size) for size in sys.argv[2:]] or [10_000, 100_000, 500_000]
    shared = Path(os.environ.get("WIREFOLD_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    maker = shared / "bench/make_corpus.py"
    if not maker.exists():
        sys.exit(f"SKIPPED: no {maker}")
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            folder = Path(folder)
            subprocess.run([sys.executable, maker, str(size), folder / "corpus"], check=True, stdout=subprocess.DEVNULL)
            corpus = folder / "corpus/corpus.jsonl"
            print(f"{size} articles, {corpus.stat().st_size / 1e6:.0f} MB", flush=True)
            alone, expected = single(binary, corpus, folder)
            seconds, report, found = spark(binary, corpus, folder, max(8, min(64, size // 10_000)))
            same = "the same stories" if found == expected else "OTHER STORIES"
            print(f"  one machine {alone:.1f} s, two workers {seconds:.1f} s: {seconds / alone:.1f} x; {same}")
            print(f"  {json.dumps(report)}", flush=True)


if __name__ == "__main__":
    main()

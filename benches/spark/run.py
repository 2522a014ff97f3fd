#!/usr/bin/env python3
"""Seconds of every step on two workers of loopback against one machine, and the memory of a worker.

usage: run.py BINARY [SIZE | FILE | story:N | frame:N | chain:N]...          default: 10000 100000 500000

A size is a corpus of ../shared/bench/make_corpus.py (or WIREFOLD_SHARED), a name with a size one of skew.py beside this
file. Needs Java and a Python with pyspark and pyarrow (this one). The workers are processes of their own
(`local-cluster`), a core and 1 GiB of heap each. Both sides run without events; their stories are compared byte for byte.
Prints what was measured, a block a corpus; what was seen stands in README.md beside this file.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyspark

PLACE = r'"source":"(?:[^"\\]|\\.)*","offset":\d+,"line":\d+'
PLACES = re.compile(PLACE + r',"seen":\[(?:\{' + PLACE + r"\},?)*\],")
HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("WIREFOLD_SHARED", HERE.parents[2] / "shared"))


def digest(files):
    """Hash of stories without their places."""
    whole, stories = hashlib.sha256(), 0
    for path in sorted(files):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                whole.update(PLACES.sub("", line).encode())
                stories += 1
    return whole.hexdigest(), stories


def cpu():
    """CPU seconds of children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def single(binary, corpus, folder):
    """One machine: seconds, CPU seconds and stories."""
    start, before = time.monotonic(), cpu()
    out = folder / "single.jsonl"
    with open(out, "wb") as file:
        subprocess.run([binary, "--no-config", "--no-events", "-f", "jsonl", corpus], check=True, stdout=file)
    seconds, used = time.monotonic() - start, cpu() - before
    found = digest([out])
    out.unlink()
    return seconds, used, found


class Memory(threading.Thread):
    """The largest resident size of an executor with its Python and the core, of each alone, and CPU seconds of all."""

    def __init__(self, root):
        super().__init__(daemon=True)
        self.root, self.done, self.most, self.cpu = root, threading.Event(), {}, {}

    def run(self):
        while not self.done.wait(0.5):
            self.look()

    def look(self):
        parents, sizes, names = {}, {}, {}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                stat = (path / "stat").read_text().rsplit(")", 1)[1].split()
                names[path.name] = (path / "cmdline").read_text().replace("\0", " ")
                sizes[path.name] = int((path / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            except (OSError, IndexError):
                continue
            parents[path.name] = stat[1]
            if self.mine(path.name, parents):
                self.cpu[path.name] = sum(map(int, stat[11:13])) / os.sysconf("SC_CLK_TCK")
        trees = {}
        for process, size in sizes.items():
            executor = self.executor(process, parents, names)
            if executor:
                name = "core" if " stage " in names[process] else "java" if process == executor else "python"
                trees.setdefault(executor, {}).setdefault(name, []).append(size)
        for tree in trees.values():
            each = {name: max(sizes) for name, sizes in tree.items()}
            each["worker"] = sum(sum(sizes) for sizes in tree.values())
            for name, size in each.items():
                self.most[name] = max(self.most.get(name, 0), size)

    def mine(self, process, parents):
        while process in parents and process != str(self.root):
            process = parents[process]
        return process == str(self.root)

    def executor(self, process, parents, names):
        if not self.mine(process, parents):
            return None
        while process in names and "CoarseGrainedExecutorBackend" not in names[process]:
            process = parents.get(process)
        return process if process in names else None


def spark(binary, corpus, folder, partitions):
    """Two workers: seconds, what the job reports, memory, stories."""
    home = Path(pyspark.__file__).parent
    job = folder / "job.py"
    job.write_bytes(subprocess.run([binary, "spark", "--print"], check=True, stdout=subprocess.PIPE).stdout)
    env = dict(os.environ, SPARK_HOME=str(home), PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable)
    env.update(SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_DIRS=str(folder / "local"))
    words = [home / "bin/spark-submit", "--master", "local-cluster[2,1,1024]", "--conf", "spark.driver.memory=1g"]
    words += ["--conf", "spark.executor.memory=1024m", "--conf", "spark.ui.enabled=false", job]
    words += ["--binary", binary, "--output", folder / "out", "--partitions", str(partitions), "--", corpus]
    start = time.monotonic()
    with subprocess.Popen(
        list(map(str, words)), env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as run:
        memory = Memory(run.pid)
        memory.start()
        report = {}
        # spark-submit passes on here what the job says
        for line in run.stdout:
            if line.startswith("wirefold: "):
                print("   ", line.removeprefix("wirefold: "), end="", flush=True)
            elif line.startswith("{"):
                report = json.loads(line)
    seconds = time.monotonic() - start
    memory.done.set()
    memory.join()
    if run.returncode != 0:
        sys.exit(f"the job ended with {run.returncode}")
    return seconds, report, memory, digest((folder / "out/stories").glob("part-*"))


def corpus_of(word, folder):
    """The corpus that a word names."""
    kind, _, size = word.partition(":")
    if size:
        file = folder / f"{kind}.jsonl"
        subprocess.run([sys.executable, HERE / "skew.py", kind, size, file], check=True)
        return file, int(size)
    if not word.isdigit():
        return Path(word), Path(word).stat().st_size // 3000
    maker = SHARED / "bench/make_corpus.py"
    if not maker.exists():
        sys.exit(f"SKIPPED: no {maker}")
    subprocess.run([sys.executable, maker, word, folder / "corpus"], check=True, stdout=subprocess.DEVNULL)
    return folder / "corpus/corpus.jsonl", int(word)


def main():
    binary = os.path.abspath(sys.argv[1])
    if os.path.basename(binary) != "wirefold":
        sys.exit(f"{binary}: the program must be named wirefold: workers look for it under that name")
    for word in sys.argv[2:] or ["10000", "100000", "500000"]:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            folder = Path(folder)
            corpus, size = corpus_of(word, folder)
            print(f"{word}: {corpus.stat().st_size / 1e6:.0f} MB", flush=True)
            alone, used, expected = single(binary, corpus, folder)
            seconds, report, memory, found = spark(binary, corpus, folder, max(8, min(64, size // 30_000)))
            same = f"the same {found[1]} stories" if found == expected else "OTHER STORIES"
            print(f"  one machine {alone:.1f} s, two workers {seconds:.1f} s: {seconds / alone:.1f} x; {same}")
            busy = sum(memory.cpu.values())
            print(f"  CPU: one machine {used:.1f} s, two workers at least {busy:.1f} s: {busy / used:.1f} x")
            print("  memory:", ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in sorted(memory.most.items())))
            print(f"  {json.dumps(report, sort_keys=True)}", flush=True)


if __name__ == "__main__":
    main()

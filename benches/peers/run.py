#!/usr/bin/env python3
"""Runs wirefold and its rivals on one corpus of planted copies and prints a Markdown table: time, memory, quality.

usage: run.py [ARTICLES] [--shared DIR] [--wirefold PROGRAM] [--venv DIR] [--only NAME,...]

The rivals are installed into VENV (target/peers) from requirements.txt. The floor, `wc -w` on the same file, is timed before and
after each; seconds are wall clock from reading to clusters on all cores, memory is the peak of the process and its children.
"""
import argparse, datetime, json, os, platform, shutil, subprocess, sys, tempfile, time, venv

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RIVALS = ["gaoya", "rensa", "datasketch", "text-dedup"]


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("articles", nargs="?", type=int, default=10000)
    p.add_argument("--shared", default=os.environ.get("WIREFOLD_SHARED", os.path.join(ROOT, "..", "shared")))
    p.add_argument("--wirefold", default=os.path.join(ROOT, "target", "release", "wirefold"))
    p.add_argument("--venv", default=os.path.join(ROOT, "target", "peers"))
    p.add_argument("--corpora", default=os.path.join(tempfile.gettempdir(), "wirefold-corpora"))
    p.add_argument("--only", default=",".join(RIVALS))
    return p.parse_args()


def measured(command, out=None):
    """Wall seconds and peak memory in MB (this process or the largest of its children, whichever is more)."""
    report = tempfile.NamedTemporaryFile("r", suffix=".json")
    watch = (
        "import json, resource, subprocess, sys, time\n"
        "start = time.monotonic()\n"
        "subprocess.run(sys.argv[2:], check=True, stdout=open(sys.argv[1] + '.out', 'w'))\n"
        "json.dump([time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024], open(sys.argv[1], 'w'))\n"
    )
    subprocess.run([sys.executable, "-c", watch, report.name, *command], check=True)
    if out:
        shutil.move(report.name + ".out", out)
    else:
        os.remove(report.name + ".out")
    return json.load(report)


def floor(corpus):
    env = dict(os.environ, LC_ALL="C.UTF-8")
    start = time.monotonic()
    subprocess.run(["wc", "-w", corpus], check=True, env=env, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def row(o, name, command, corpus, truth, clusters, printed):
    before = min(floor(corpus) for _ in range(2))
    seconds, memory = measured(command, clusters if printed else None)
    least = min(before, floor(corpus))
    scored = subprocess.run([sys.executable, os.path.join(o.shared, "bench", "score.py"), truth, clusters], check=True, capture_output=True, text=True)
    score = json.loads(scored.stdout.splitlines()[-1])
    quality = " | ".join(f"{score[key]:.4f}" for key in ("P", "R", "F1"))
    print(f"| {name} | {seconds:.2f} | {seconds / least:.1f} | {memory:.0f} | {quality} |", flush=True)


def main():
    o = options()
    folder = os.path.join(o.corpora, f"{o.articles}-1")
    corpus, truth = os.path.join(folder, "corpus.jsonl"), os.path.join(folder, "clusters.tsv")
    if not os.path.exists(os.path.join(folder, "stats.json")):
        os.makedirs(folder, exist_ok=True)
        subprocess.run([sys.executable, os.path.join(o.shared, "bench", "make_corpus.py"), str(o.articles), folder, "1"], check=True, stdout=subprocess.DEVNULL)
    python = os.path.join(o.venv, "bin", "python")
    if not os.path.exists(python):
        venv.create(o.venv, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", os.path.join(HERE, "requirements.txt")], check=True)
    megabytes = os.path.getsize(corpus) / 1e6
    print(f"{o.articles} articles, {megabytes:.0f} MB, {os.cpu_count()} cores ({platform.machine()}), {datetime.date.today()}\n")
    print("| program | seconds | × `wc -w` | peak MB | precision | recall | F1 |\n|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        clusters = os.path.join(scratch, "clusters.tsv")
        row(o, "wirefold", [o.wirefold, "-q", "-f", "tsv", "--no-events", corpus], corpus, truth, clusters, True)
        for name in o.only.split(","):
            script = os.path.join(HERE, f"with_{name.replace('-', '_')}.py")
            row(o, name, [python, script, corpus, clusters], corpus, truth, clusters, False)


if __name__ == "__main__":
    main()

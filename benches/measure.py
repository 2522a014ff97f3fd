#!/usr/bin/env python3
"""Prints the README's tables of quality and speed, as Markdown.

usage: measure.py [quality] [split] [leave-one-out] [html] [pages] [speed] [--wirefold PROGRAM] [--shared DIR] [--corpora DIR] [--sizes 10000,100000]

quality  the corpus of planted copies (every transformation), the labelled sets, the relations that `compare` names
split    the labelled page dumps and HTML pages, next to a naive splitter
leave-one-out
         the labelled text pages by their layout family, with all site data, without that of the family, and without any
html     the labelled HTML pages, from files and from one WARC, against trafilatura in one process on the same pages (the
         package must be installed): seconds, taking turns, best of five; F1 of the bodies
pages    splitting page text of all labelled layouts, repeated to 40 MB, with and without form feeds between pages, against `wc -w` on
         the same file, best of five
speed    the whole job against `wc -w` on the same file, taking turns, best of three; peak memory

SHARED is the folder with the labelled sets and scorers; corpora are made there by make_corpus.py when missing.
"""
import argparse, gzip, importlib.metadata, importlib.util, json, os, random, re, resource, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("what", nargs="*", default=[])
    p.add_argument("--wirefold", default=os.path.join(ROOT, "target", "release", "wirefold"))
    p.add_argument("--shared", default=os.environ.get("WIREFOLD_SHARED", os.path.join(ROOT, "..", "shared")))
    p.add_argument("--corpora", default=os.path.join(tempfile.gettempdir(), "wirefold-corpora"))
    p.add_argument("--sizes", default="10000,100000")
    p.add_argument("--seeds", default="1")
    o = p.parse_args()
    if not os.path.isdir(o.shared):
        sys.exit(f"no folder {o.shared}: name it with --shared")
    if not os.path.exists(o.wirefold):
        sys.exit(f"no program {o.wirefold}: cargo build --release, or name it with --wirefold")
    o.wirefold = os.path.abspath(o.wirefold)
    return o


def run(command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


def score(o, script, *args):
    return json.loads(run([sys.executable, os.path.join(o.shared, script), *args]).splitlines()[-1])


def corpus(o, size, seed):
    folder = os.path.join(o.corpora, f"{size}-{seed}")
    if not os.path.exists(os.path.join(folder, "stats.json")):
        os.makedirs(folder, exist_ok=True)
        run([sys.executable, os.path.join(o.shared, "bench", "make_corpus.py"), str(size), folder, str(seed)])
    return folder


def stories(o, path, out):
    with open(out, "w") as f:
        subprocess.run([o.wirefold, "-q", "-f", "tsv", "--no-events", path], check=True, stdout=f)
    return out


def quality(o, scratch):
    print("| corpus | precision | recall | F1 | B³ F1 | least recall of a transformation |\n|---|---|---|---|---|---|")
    for size in o.sizes.split(","):
        for seed in o.seeds.split(","):
            c = corpus(o, int(size), int(seed))
            r = score(o, "bench/score.py", os.path.join(c, "clusters.tsv"), stories(o, os.path.join(c, "corpus.jsonl"), scratch + "/p.tsv"))
            kind, least = min(r["rec_by_transform"].items(), key=lambda t: t[1])
            print(f"| {size} articles, seed {seed} | {r['P']} | {r['R']} | {r['F1']} | {r['bcF']} | {least} ({kind}) |")
    print("\n| set | pairs put together, by their label (share, number) |\n|---|---|")
    for name in ("syndication", "fnc1_tune"):
        d = os.path.join(o.shared, "sets", name)
        r = score(o, "sets/score_copies.py", d, stories(o, os.path.join(d, "docs.jsonl"), scratch + "/p.tsv"))
        print(f"| {name} | " + ", ".join(f"{k} {v[0]} ({v[1]})" for k, v in r["together"].items()) + " |")
    print("\n| set | relation named right | kept apart right |\n|---|---|---|")
    for name in ("syndication", "fnc1_tune"):
        r = score(o, "sets/score_relations.py", os.path.join(o.shared, "sets", name), o.wirefold)
        print(f"| {name} | {r['named right']} | {r['kept apart right']} |")


def naive(o, labels):
    """What a short script does: the first line is the title, the rest the body."""
    for page in labels:
        path = os.path.join(o.shared, "dumps", page["file"])
        text = open(path, encoding="utf-8", errors="replace").read()
        text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", "", text, flags=re.S) if path.endswith(("html", "xml")) else text
        lines = [l.strip() for l in text.split("\n") if l.strip()]
        yield {"source": page["file"], "title": lines[0] if lines else None, "body": "\n".join(lines[1:])}


def split(o, scratch):
    dumps = os.path.join(o.shared, "dumps")
    print("| labels | splitter | title | publisher | time | dateline | byline | agency | agency precision | exact body | leaks | missing |\n|---|---|---|---|---|---|---|---|---|---|---|---|")
    for name in ("labels.jsonl", "labels_more.jsonl"):
        labels = [json.loads(l) for l in open(os.path.join(dumps, name), encoding="utf-8")]
        paths = [os.path.join(dumps, p["file"]) if os.path.exists(os.path.join(dumps, p["file"])) else os.path.join(dumps, "pages", p["file"]) for p in labels]
        ours, simple = scratch + "/ours.jsonl", scratch + "/naive.jsonl"
        with open(ours, "w") as f:
            subprocess.run([o.wirefold, "split", "-q", *paths], check=True, stdout=f)
        with open(simple, "w") as f:
            for page, path in zip(labels, paths):
                page["file"] = os.path.relpath(path, dumps)
            f.writelines(json.dumps(r) + "\n" for r in naive(o, labels))
        for who, pred in (("wirefold", ours), ("naive", simple)):
            r = score(o, "dumps/score_split.py", os.path.join(dumps, name), pred)
            row = [r.get(k) for k in ("title", "publisher", "published_raw", "dateline", "byline", "agency", "agency_precision", "body")]
            print(f"| {name} | {who} | " + " | ".join(map(str, row)) + f" | {r['leaks']} of {r['articles']} | {r['missing']} |")
    r = body_score(o, scratch, html_pages(o)[0])
    print(f"\n95 HTML pages, article bodies by word 4-grams: precision {r['P']}, recall {r['R']}, F1 {r['F1']}.")


def html_pages(o):
    """Paths of the labelled HTML pages."""
    pages = os.path.join(o.shared, "dumps", "html")
    return sorted(os.path.join(pages, n) for n in os.listdir(pages) if n.endswith(".html.gz")), pages


def page_name(path):
    return os.path.basename(path)[: -len(".html.gz")]


def body_score(o, scratch, paths, bodies=None):
    """Scores the bodies of wirefold, or those given by the name of their page."""
    if bodies is None:
        rows = [json.loads(l) for l in run([o.wirefold, "split", "-q", *paths]).splitlines()]
        bodies = [(page_name(row["source"]), row["body"]) for row in rows]
    pred = scratch + "/html.jsonl"
    with open(pred, "w") as f:
        f.writelines(json.dumps({"page": page, "body": body}) + "\n" for page, body in bodies)
    return score(o, "dumps/score_body.py", os.path.join(html_pages(o)[1], "truth.json"), pred)


def warc(path, pages):
    """Writes the pages as one WARC of responses, each a gzip member, as crawlers do."""
    with open(path, "wb") as out:
        for at, page in enumerate(pages):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n" + page
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://page.example/{at}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
                    f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{at:012}>\r\nContent-Type: application/http; msgtype=response\r\n"
                    f"Content-Length: {len(http)}\r\n\r\n").encode()
            out.write(gzip.compress(head + http + b"\r\n\r\n", 6))


def html(o, scratch):
    paths, _ = html_pages(o)
    if importlib.util.find_spec("trafilatura") is None:
        print("html: NOT MEASURED, no trafilatura to compare with: pip install trafilatura")
        return
    import trafilatura
    pages = [gzip.open(path).read() for path in paths]
    bodies = [(page_name(path), trafilatura.extract(page, include_comments=False) or "") for path, page in zip(paths, pages)]
    warc(scratch + "/pages.warc.gz", pages)
    jobs = {"files": [o.wirefold, "split", "-q", *paths], "one WARC": [o.wirefold, "split", "-q", scratch + "/pages.warc.gz"],
            "files, one thread": [o.wirefold, "split", "-q", "--threads", "1", *paths]}
    theirs, ours = [], {name: [] for name in jobs}
    for _ in range(5):
        before = time.perf_counter()
        for page in pages:
            trafilatura.extract(page, include_comments=False)
        theirs.append(time.perf_counter() - before)
        for name, job in jobs.items():
            ours[name].append(timed(job)[0])
    print(f"| {len(pages)} HTML pages, {sum(map(len, pages)) / 1e6:.1f} MB | s | times trafilatura's speed | F1 |\n|---|---|---|---|")
    version = importlib.metadata.version("trafilatura")
    print(f"| trafilatura {version}, pages in memory, one process | {min(theirs):.3f} | 1 | {body_score(o, scratch, paths, bodies)['F1']} |")
    f1 = body_score(o, scratch, paths)["F1"]
    for name, times in ours.items():
        print(f"| wirefold split, {name} | {min(times):.3f} | {min(theirs) / min(times):.1f} | {f1 if name == 'files' else ''} |")


# rows of src/split/layouts.tsv that name a site, and which labelled pages are of it
FAMILIES = {
    "daily8": r"daily8", "yahoo": r"yahoo|aol", "reuters": r"reuters|silicon", "physorg": r"physorg", "jina": r"jina|\.md$",
    "nyt": r"nytimes", "lynx": r"afpbb|yahoo-japan", "other": r".",
}


def families(o):
    """Labelled text pages by family: the first of FAMILIES whose pattern fits the name."""
    dumps = os.path.join(o.shared, "dumps")
    found = {}
    for name in ("labels.jsonl", "labels_more.jsonl"):
        for line in open(os.path.join(dumps, name), encoding="utf-8"):
            page = json.loads(line)
            if not page["file"].endswith((".txt", ".md")):
                continue
            path = os.path.join(dumps, page["file"])
            page["path"] = path if os.path.exists(path) else os.path.join(dumps, "pages", page["file"])
            family = next(f for f, pattern in FAMILIES.items() if re.search(pattern, page["file"]))
            found.setdefault(family, []).append(page)
    return found


def leave_one_out(o, scratch):
    fields = ("title", "publisher", "published_raw", "agency", "body")
    print("| family | pages | articles | splitter | " + " | ".join(fields) + " | leaks | missing |\n|---|---|---|---|" + "---|" * (len(fields) + 2))
    for family, pages in sorted(families(o).items()):
        labels, pred = scratch + "/labels.jsonl", scratch + "/pred.jsonl"
        with open(labels, "w") as f:
            f.writelines(json.dumps(page) + "\n" for page in pages)
        known = family in {row.split("\t")[0] for row in open(os.path.join(ROOT, "src", "split", "layouts.tsv"), encoding="utf-8")}
        ways = [("all site data", []), ("no site data", ["--leave-out", "all"]), ("naive", None)]
        if known:
            ways.insert(1, ("without its own", ["--leave-out", family]))
        for who, how in ways:
            with open(pred, "w") as f:
                if how is None:
                    f.writelines(json.dumps(r) + "\n" for r in naive(o, [{**p, "file": os.path.relpath(p["path"], os.path.join(o.shared, "dumps"))} for p in pages]))
                else:
                    subprocess.run([o.wirefold, "split", "-q", *how, *(p["path"] for p in pages)], check=True, stdout=f)
            r = score(o, "dumps/score_split.py", labels, pred)
            print(f"| {family} | {len(pages)} | {r['articles']} | {who} | " + " | ".join(str(r.get(k, '–')) for k in fields) + f" | {r['leaks']} | {r['missing']} |", flush=True)


def timed(command):
    """Wall seconds and peak KiB of one run."""
    before = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command}: status {status}")
    return time.perf_counter() - before, usage.ru_maxrss


def varied(text, dice):
    """The text with two words of every long line put out of joint, so that no long line stands in it twice."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        words = line.split(" ")
        plain = [n for n, word in enumerate(words) if len(word) > 4 and word.isalpha() and word.islower()]
        for n in dice.sample(plain, min(2, len(plain))) if len(line) > 60 else []:
            words[n] = "".join(dice.sample(words[n], len(words[n])))
        lines[at] = " ".join(words)
    return "\n".join(lines)


def pages(o, scratch):
    dumps = os.path.join(o.shared, "dumps")
    names = [os.path.join(dumps, "daily8.txt")] + sorted(os.path.join(dumps, "pages", n) for n in os.listdir(os.path.join(dumps, "pages")) if n.endswith((".txt", ".md")))
    texts = [open(name, encoding="utf-8").read().strip("\n") + "\n" for name in names]
    dice = random.Random(7)
    kinds = {
        "all layouts": lambda: "\f".join(texts) + "\f",
        "without form feeds": lambda: "\n".join(texts) + "\n",
        "no long line twice": lambda: "\f".join(varied(text, dice) for text in texts) + "\f",
        "Daily8, one behind the other": lambda: texts[0].strip("\n"),
    }
    print(f"| {len(texts)} pages, repeated | bytes | `wc -w` s | split s | ratio | peak memory / file |\n|---|---|---|---|---|---|")
    for kind, some in kinds.items():
        path = scratch + "/pages.txt"
        with open(path, "w", encoding="utf-8", newline="") as f:
            while f.tell() < 40 << 20:
                f.write(some())
        turns = [(timed(["wc", "-w", path])[0], timed([o.wirefold, "split", "-q", path])) for _ in range(5)]
        floor, (best, peak) = min(t[0] for t in turns), min(t[1] for t in turns)
        length = os.path.getsize(path)
        print(f"| {kind} | {length} | {floor:.3f} | {best:.3f} | {best / floor:.2f} | {peak * 1024 / length:.2f} |", flush=True)


def speed(o, scratch):
    print("| corpus | bytes | `wc -w` s | job | s | ratio | peak memory / file |\n|---|---|---|---|---|---|---|")
    for size in o.sizes.split(","):
        path = os.path.join(corpus(o, int(size), 1), "corpus.jsonl")
        length = os.path.getsize(path)
        jobs = {
            "split": [o.wirefold, "split", "-q", path],
            "fold, no events": [o.wirefold, "-q", "--no-events", path],
            "fold with events": [o.wirefold, "-q", path],
            "fold with events, -f json": [o.wirefold, "-q", "-f", "json", path],
        }
        for name, job in jobs.items():
            timed(["wc", "-w", path])
            turns = [(timed(["wc", "-w", path]), timed(job)) for _ in range(3)]
            floor, best = min(t[0][0] for t in turns), min(t[1][0] for t in turns)
            peak = max(t[1][1] for t in turns) * 1024
            print(f"| {size} | {length} | {floor:.3f} | {name} | {best:.3f} | {best / floor:.2f} | {peak / length:.2f} |", flush=True)


def main():
    o = options()
    with tempfile.TemporaryDirectory() as scratch:
        for what in o.what or ["quality", "split", "leave-one-out", "html", "pages", "speed"]:
            {"quality": quality, "split": split, "leave-one-out": leave_one_out, "html": html, "pages": pages, "speed": speed}[what](o, scratch)
            print()


main()

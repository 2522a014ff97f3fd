#!/usr/bin/env python3
"""Makes a set of news texts that were read pair by pair: reworded reports, and notices and follow-ups that only look like it.

usage: make_read.py OUTDIR [SHARED]

Takes the pairs of read_pairs.tsv and the texts of SHARED/bench/base.jsonl.xz (SHARED: ../shared beside the project, or
WIREFOLD_SHARED); writes OUTDIR/docs.jsonl and OUTDIR/pairs.tsv, which `cargo bench --bench verify_sets -- sets OUTDIR` scores.
"""
import json, lzma, os, sys

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    shared = sys.argv[2] if len(sys.argv) > 2 else os.environ.get("WIREFOLD_SHARED", os.path.join(HERE, "..", "..", "shared"))
    with open(os.path.join(HERE, "read_pairs.tsv"), encoding="utf-8") as f:
        pairs = [line for line in f if not line.startswith("#")]
    wanted = {name for line in pairs for name in line.split("\t")[:2]}
    os.makedirs(sys.argv[1], exist_ok=True)
    with lzma.open(os.path.join(shared, "bench", "base.jsonl.xz"), "rt", encoding="utf-8") as base, \
            open(os.path.join(sys.argv[1], "docs.jsonl"), "w", encoding="utf-8") as docs:
        for number, line in enumerate(base):
            collection, paragraphs = json.loads(line)
            name = f"{collection}-{number}"
            if name in wanted:
                docs.write(json.dumps({"id": name, "title": "", "text": "\n".join(paragraphs)}) + "\n")
    with open(os.path.join(sys.argv[1], "pairs.tsv"), "w", encoding="utf-8") as out:
        out.writelines(pairs)
    print(f"{sys.argv[1]}: {len(wanted)} texts, {len(pairs)} pairs")


main()

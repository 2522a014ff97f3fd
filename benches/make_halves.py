#!/usr/bin/env python3
"""Writes labelled sets of stand-ins for independent reports: the sentences of one article, dealt to two, three or four.

usage: make_halves.py BASE.jsonl.xz DIR

BASE holds lines of [source, paragraphs] (`../shared/bench/base.jsonl.xz`). Every part has its own sentences, so that the
parts of one article share its names and its matter and not its wording; parts of other articles are other events. Sets
of several sizes and shares of single reports are written to DIR, each a folder with docs.jsonl and clusters.tsv.
"""
import json, lzma, os, random, re, sys

# name, articles, share of them that stay single, sources
SETS = [
    ("mixed30", 30, .1, ("bbc", "True.csv", "reuters")),
    ("mixed30single", 30, .5, ("bbc", "True.csv", "reuters")),
    ("mixed300", 300, .4, ("bbc", "True.csv", "reuters")),
    ("politics100", 100, .3, ("True.csv",)),
    ("markets100", 100, .3, ("reuters",)),
]

# sentences and words that an article must have
LEAST = (8, 180)


def sentences(paragraphs):
    parts = (re.split(r'(?<=[.!?])\s+(?=[A-Z"“])', paragraph) for paragraph in paragraphs)
    return [one for part in parts for one in part if len(one.split()) >= 4]


def articles(base):
    found = {}
    for line in lzma.open(base, "rt", encoding="utf-8"):
        source, paragraphs = json.loads(line)[:2]
        text = sentences(paragraphs)
        if len(text) >= LEAST[0] and sum(len(one.split()) for one in text) >= LEAST[1]:
            found.setdefault(source, []).append(text)
    return found


def deal(chosen, single, chance):
    for number, text in enumerate(chosen):
        parts = 1 if chance.random() < single else chance.choice([2, 2, 3, 4])
        parts = min(parts, max(1, len(text) // 4))
        for part in range(parts):
            report = {"id": f"{number}_{part}", "title": None, "text": " ".join(text[part::parts]), "lang": "en"}
            yield report, f"event{number}"


def main(base, folder):
    pool = articles(base)
    chance = random.Random(5)
    for name, count, single, sources in SETS:
        texts = [text for source in sources for text in pool.get(source, [])[:2500]]
        reports = list(deal(chance.sample(texts, count), single, chance))
        chance.shuffle(reports)
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        with open(os.path.join(folder, name, "docs.jsonl"), "w", encoding="utf-8") as docs:
            docs.writelines(json.dumps(report) + "\n" for report, _ in reports)
        with open(os.path.join(folder, name, "clusters.tsv"), "w", encoding="utf-8") as clusters:
            clusters.writelines(f"{report['id']}\t{event}\n" for report, event in reports)
        print(name, len(reports))


main(*sys.argv[1:])

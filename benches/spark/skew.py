#!/usr/bin/env python3
"""Writes the corpora that are hard to spread: one story in many papers, one frame on many pages, one long chain.

usage: skew.py story|frame|chain ARTICLES FILE [SEED]

Invented words; the same arguments give the same bytes. `run.py` folds them (see its --help).

story   one report of 300 words; each paper cuts it, adds a sentence of its own, or prints it as it is
frame   pages with a text of 120 words each, all in the same frame of 200 words
chain   each article carries on nine tenths of the one before: one component, however long
"""

import json
import random
import sys

SYLLABLES = "ka lo rim tes vu nor pi dal shu gren mo fi zat bel co jun ar eth ul wy sto dri ham qua".split()


def sentence(mix):
    words = ["".join(mix.choices(SYLLABLES, k=mix.randint(2, 3))) for _ in range(mix.randint(12, 18))]
    return " ".join(words).capitalize() + "."


def sentences(mix, words):
    found = []
    while sum(len(s.split()) for s in found) < words:
        found.append(sentence(mix))
    return found


def story(mix, articles):
    report = sentences(mix, 300)
    for _ in range(articles):
        kept = report[: mix.randint(len(report) // 2, len(report))]
        if mix.random() < 0.5:
            kept = kept + [sentence(mix)]
        yield kept


def frame(mix, articles):
    around = sentences(mix, 200)
    for _ in range(articles):
        yield sentences(mix, 120) + around


def chain(mix, articles):
    window = sentences(mix, 300)
    for _ in range(articles):
        yield window
        window = window[2:] + [sentence(mix), sentence(mix)]


def main():
    kinds = {"story": story, "frame": frame, "chain": chain}
    kind, articles, file = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    mix = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    with open(file, "w", encoding="utf-8") as out:
        for n, text in enumerate(kinds[kind](mix, articles)):
            row = {"id": f"{kind}{n}", "publisher": f"Paper {n}", "title": f"Report {n}", "text": " ".join(text)}
            print(json.dumps(row), file=out)


if __name__ == "__main__":
    main()

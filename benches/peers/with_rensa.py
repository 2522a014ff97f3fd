"""rensa: RMinHash sketches of shingles made in Python, its LSH index in Rust."""
from rensa import RMinHash, RMinHashLSH

import common


def find(texts, join):
    index = RMinHashLSH(threshold=common.JACCARD, num_perm=common.HASHES, num_bands=common.BANDS)
    sketches = []
    for at, text in enumerate(texts):
        sketch = RMinHash(num_perm=common.HASHES, seed=42)
        sketch.update(common.shingles(text))
        index.insert(at, sketch)
        sketches.append(sketch)
    for at, sketch in enumerate(sketches):
        for other in index.query(sketch):
            if other < at and sketch.jaccard(sketches[other]) >= common.JACCARD:
                join(at, other)


if __name__ == "__main__":
    common.main(find)

"""datasketch: MinHash and MinHashLSH, both in Python and NumPy."""
from datasketch import MinHash, MinHashLSH

import common


def find(texts, join):
    index = MinHashLSH(num_perm=common.HASHES, params=(common.BANDS, common.ROWS))
    for at, text in enumerate(texts):
        sketch = MinHash(num_perm=common.HASHES)
        sketch.update_batch([shingle.encode() for shingle in common.shingles(text)])
        for other in index.query(sketch):
            join(at, other)
        index.insert(at, sketch)


if __name__ == "__main__":
    common.main(find)

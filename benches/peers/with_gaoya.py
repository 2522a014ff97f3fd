"""gaoya: its own tokeniser and its index in Rust, on all cores."""
from gaoya.minhash import MinHashStringIndex

import common


def find(texts, join):
    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=common.JACCARD, num_bands=common.BANDS, band_size=common.ROWS, num_hashes=None,
        analyzer="word", lowercase=True, ngram_range=(common.WORDS, common.WORDS), id_container="vec",
    )
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    for at, others in enumerate(index.par_bulk_query(texts)):
        for other in others:
            join(at, other)


if __name__ == "__main__":
    common.main(find)

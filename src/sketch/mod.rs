//! A body → its scaled MinHash (FracMinHash) of word 4-grams.

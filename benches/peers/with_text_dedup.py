"""text-dedup: its own command for MinHash, with the clusters that it writes beside its output when it debugs."""
import os, pickle, subprocess, sys, tempfile

import common


def main():
    ids, _ = common.corpus(sys.argv[1])
    clusters = common.Clusters(len(ids))
    with tempfile.TemporaryDirectory() as scratch:
        output = os.path.join(scratch, "kept")
        subprocess.run([
            sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", sys.argv[1], "--split", "train",
            "--column", "text", "--cache_dir", os.path.join(scratch, "cache"), "--output", output, "--debug",
            "--ngram", str(common.WORDS), "--num_perm", str(common.HASHES), "--b", str(common.BANDS), "--r", str(common.ROWS),
            "--min_length", "1", "--hash_func", "xxh3", "--hash_bits", "32", "--num_proc", str(os.cpu_count()),
        ], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(os.path.join(output, "uf.pkl"), "rb") as file:
            parents = pickle.load(file).parent
    for node, parent in parents.items():
        clusters.join(int(node), int(parent))
    clusters.write(ids, sys.argv[2])


if __name__ == "__main__":
    main()

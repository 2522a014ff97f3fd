//! What each stage costs on its own, on invented articles of news length: `cargo bench --bench stages`.
//!
//! Throughput is in bytes of text where a stage reads text, in items otherwise.
#![allow(missing_docs)]

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use wirefold::article::{Key, Rank};
use wirefold::candidates::{Postings, Threshold};
use wirefold::sketch::{Kept, Sketcher};
use wirefold::text::{TokenSink, tokenise};
use wirefold::verify::{Judge, Prepared, Thresholds};

fn main() {
    divan::main();
}

/// Deterministic pseudo-random numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) % below
    }
}

/// An article of about 450 words; common words recur as they do in real text.
fn article(random: &mut Random) -> String {
    let mut text = String::new();
    for sentence in 0..20 {
        for word in 0..22 {
            let number = random
                .next(20_000)
                .min(random.next(20_000))
                .min(random.next(20_000));
            let mut word_text = String::new();
            let mut rest = number + 3;
            while rest > 0 {
                word_text.push_str(
                    ["ka", "to", "ri", "men", "sol", "ve", "an", "der"][(rest % 8) as usize],
                );
                rest /= 8;
            }
            if word == 0 {
                text.push_str(&word_text[..1].to_uppercase());
                text.push_str(&word_text[1..]);
            } else {
                text.push(' ');
                text.push_str(&word_text);
            }
        }
        text.push_str(if sentence % 3 == 2 { ".\n" } else { ". " });
    }
    text
}

fn articles(count: usize) -> Vec<String> {
    let mut random = Random(42);
    (0..count).map(|_| article(&mut random)).collect()
}

struct Sum(u64);

impl TokenSink for Sum {
    fn word(&mut self, hash: u64, _: usize, _: usize) {
        self.0 ^= hash;
    }

    fn bigram(&mut self, hash: u64, _: usize, _: usize) {
        self.0 ^= hash;
    }
}

fn bytes(texts: &[String]) -> BytesCount {
    BytesCount::new(texts.iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn tokens(bencher: Bencher) {
    let texts = articles(200);
    bencher.counter(bytes(&texts)).bench(|| {
        let mut sum = Sum(0);
        for text in &texts {
            tokenise(black_box(text), &mut sum);
        }
        sum.0
    });
}

#[divan::bench]
fn sketches(bencher: Bencher) {
    let texts = articles(200);
    let mut sketcher = Sketcher::default();
    bencher.counter(bytes(&texts)).bench_local(|| {
        texts
            .iter()
            .map(|text| sketcher.sketch(black_box(text)).len())
            .sum::<usize>()
    });
}

/// Sketches of which every fourth copies most of an earlier one.
fn postings(count: u64) -> (Postings, Vec<Rank>) {
    let mut random = Random(7);
    let mut postings = Postings::default();
    let mut earlier: Vec<Vec<u32>> = Vec::new();
    for n in 0..count {
        let mut hashes: Vec<u32> = (0..120).map(|_| random.next(1 << 30) as u32).collect();
        if n % 4 == 3 {
            let source = &earlier[random.next(earlier.len() as u64) as usize];
            hashes[..90].copy_from_slice(&source[..90]);
        }
        earlier.push(hashes.clone());
        hashes.sort_unstable();
        hashes.dedup();
        let kept: Vec<Kept> = hashes
            .iter()
            .zip(0..)
            .map(|(&hash, at)| Kept((u64::from(hash) << 32) | (at * 4)))
            .collect();
        postings.push(&kept, 480);
    }
    let ranks = (0..count)
        .map(|n| Rank(n.wrapping_mul(0x9e37_79b9_7f4a_7c15), Key(n)))
        .collect();
    (postings, ranks)
}

#[divan::bench(args = [1_000, 20_000], sample_count = 10)]
fn join(bencher: Bencher, count: u64) {
    bencher
        .counter(ItemsCount::new(count))
        .with_inputs(|| postings(count))
        .bench_values(|(postings, ranks)| postings.seal(&ranks).pairs(Threshold::default()).len());
}

#[divan::bench]
fn prepare(bencher: Bencher) {
    let texts = articles(200);
    bencher.counter(bytes(&texts)).bench(|| {
        texts
            .iter()
            .map(|text| Prepared::new(black_box(text), None).len())
            .sum::<usize>()
    });
}

#[divan::bench]
fn judge_copies(bencher: Bencher) {
    let texts = articles(200);
    let cut: Vec<String> = texts
        .iter()
        .map(|text| text.lines().take(5).collect::<Vec<_>>().join("\n"))
        .collect();
    let prepared: Vec<_> = texts.iter().map(|text| Prepared::new(text, None)).collect();
    let cut: Vec<_> = cut.iter().map(|text| Prepared::new(text, None)).collect();
    let mut judge = Judge::new(Thresholds::default());
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench_local(|| {
            prepared
                .iter()
                .zip(&cut)
                .filter(|(whole, part)| judge.verdict(whole, part).is_some())
                .count()
        });
}

#[divan::bench]
fn judge_unrelated(bencher: Bencher) {
    let texts = articles(201);
    let prepared: Vec<_> = texts.iter().map(|text| Prepared::new(text, None)).collect();
    let mut judge = Judge::new(Thresholds::default());
    bencher
        .counter(ItemsCount::new(texts.len() - 1))
        .bench_local(|| {
            prepared
                .windows(2)
                .filter(|pair| judge.verdict(&pair[0], &pair[1]).is_some())
                .count()
        });
}

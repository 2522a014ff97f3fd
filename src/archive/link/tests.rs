//! The join with an archive against the join of a fold, on sketches that share a few popular hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use proptest::prelude::*;

use super::super::sketches::{Packed, pack};
use super::super::star::Star;
use super::*;
use crate::article::Key;
use crate::candidates::Postings;
use crate::sketch::Kept;

/// An archive as far as the join sees it.
#[derive(Default)]
struct Past {
    sketches: Vec<(Sketched, Vec<u8>)>,
    stars: BTreeMap<u32, Star>,
    pairs: BTreeSet<Found>,
}

impl Past {
    fn add(&mut self, batch: Vec<(Sketched, Vec<u8>)>) {
        let fresh = self.sketches.len() as u32 + 1;
        let mut linker = Linker::default();
        for (article, sketch) in &batch {
            linker.push(*article, Packed::new(sketch));
        }
        let hashes = linker.hashes();
        let stars = hashes
            .iter()
            .filter_map(|hash| Some((*hash, self.stars.get(hash)?.clone())));
        linker.know(stars.collect());
        for (article, sketch) in &self.sketches {
            linker.pass(*article, Packed::new(sketch));
        }
        let linked = linker.join(Threshold::default(), &|no| no < fresh);
        self.sketches.extend(batch);
        self.stars.extend(linked.stars);
        let loosened = |no: &u32| linked.loosened.contains(no);
        let (sketches, stars) = (&self.sketches, &self.stars);
        self.pairs.retain(|(a, b)| {
            let side = |no: u32| {
                let (article, sketch) = &sketches[no as usize - 1];
                (*article, Packed::new(sketch))
            };
            let mut star = |hash: u32| Ok::<_, Infallible>(stars.get(&hash).cloned());
            !(loosened(a) || loosened(b))
                || still_candidates(side(*a), side(*b), Threshold::default(), &mut star).unwrap()
        });
        self.pairs
            .extend(linked.pairs.iter().map(|&(a, b)| (a.min(b), a.max(b))));
    }
}

/// A sketch: some of the popular hashes, a run of hashes that few share, some of its own.
fn sketch(no: u32, popular: u32, from: u32) -> Vec<Kept> {
    let own = (0..10).map(|n| 1_000_000 + no * 16 + n);
    let run = (0..12).map(|n| 1000 + from * 4 + n);
    let popular = (0..16)
        .filter(|bit| popular >> bit & 1 == 1)
        .map(|bit| bit + 1);
    let mut hashes: Vec<u32> = own
        .chain(run)
        .chain(popular)
        .map(|hash| hash << 6)
        .collect();
    hashes.sort_unstable();
    let place = |hash: u32| u64::from(hash.wrapping_mul(2_654_435_761) >> 22);
    hashes
        .into_iter()
        .map(|hash| Kept(u64::from(hash) << 32 | place(hash)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_history_of_joins_is_one_join(
        articles in prop::collection::vec((any::<u16>(), any::<u16>(), 0u32..40, any::<u32>()), 60..220),
        cuts in prop::collection::vec(0usize..220, 0..6),
    ) {
        let mut postings = Postings::default();
        let mut all = Vec::new();
        for (no, &(one, other, from, rank)) in (1..).zip(&articles) {
            let kept = sketch(no, u32::from(one | other), from);
            let tokens = kept.len() as u32 * 4;
            postings.push(&kept, tokens);
            let mut packed = Vec::new();
            pack(&kept, &mut packed);
            let size = Size { kept: kept.len() as u32, tokens };
            let rank = Rank(u64::from(rank), Key(u64::from(no)));
            all.push((Sketched { no, rank, size }, packed));
        }
        let ranks: Vec<Rank> = all.iter().map(|(article, _)| article.rank).collect();
        let once: BTreeSet<Found> = postings
            .seal(&ranks)
            .pairs(Threshold::default())
            .iter()
            .map(|pair| (pair.b.0 + 1, pair.a.0 + 1))
            .collect();
        let mut past = Past::default();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(all.len())).collect();
        cuts.push(all.len());
        cuts.sort_unstable();
        let mut start = 0;
        for cut in cuts {
            past.add(all[start..cut].to_vec());
            start = cut;
        }
        prop_assert_eq!(past.pairs, once);
    }
}

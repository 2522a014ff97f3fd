//! The join of a focus against the join of a fold, on sketches that share a few popular hashes; with a window against the
//! rule in plain words.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use proptest::prelude::*;

use super::*;
use crate::article::Key;
use crate::sketch::{Kept, pack};

/// Two rows, the lower one first.
type Found = (u32, u32);

/// What was added before, as far as the join sees it.
#[derive(Default)]
struct Past {
    sketches: Vec<(Sketched, Vec<u8>)>,
    stars: BTreeMap<(u32, Stretch), Star>,
    pairs: BTreeSet<Found>,
}

impl Past {
    fn add(&mut self, batch: Vec<(Sketched, Vec<u8>)>) {
        let fresh = self.sketches.len() as u32 + 1;
        let mut linker = Linker::default();
        for (article, sketch) in &batch {
            linker.push(*article, Packed::new(sketch));
        }
        let stretches = linker.stretches();
        let near = |stretch: Stretch| stretches.iter().any(|other| other.is_beside(stretch));
        let hashes: BTreeSet<u32> = linker.hashes().into_iter().collect();
        let mut stars: ByHash<Stars> = ByHash::default();
        for (&(hash, stretch), star) in &self.stars {
            if hashes.contains(&hash) && near(stretch) {
                stars.entry(hash).or_default().push((stretch, star.clone()));
            }
        }
        linker.know(stars);
        for (article, sketch) in self.sketches.iter().filter(|(a, _)| near(a.stretch)) {
            linker.pass(*article, Packed::new(sketch));
        }
        let linked = linker.join(Threshold::default(), &|no| no < fresh);
        self.sketches.extend(batch);
        let stars = linked.stars.into_iter();
        self.stars
            .extend(stars.map(|(hash, stretch, star)| ((hash, stretch), star)));
        let loosened = |no: &u32| linked.loosened.contains(no);
        let (sketches, stars) = (&self.sketches, &self.stars);
        self.pairs.retain(|(a, b)| {
            let side = |no: u32| {
                let (article, sketch) = &sketches[no as usize - 1];
                (*article, Packed::new(sketch))
            };
            let mut star =
                |hash, stretch| Ok::<_, Infallible>(stars.get(&(hash, stretch)).cloned());
            !(loosened(a) || loosened(b))
                || still_candidates(side(*a), side(*b), Threshold::default(), &mut star).unwrap()
        });
        self.pairs.extend(linked.pairs.iter().map(found));
    }
}

fn found(pair: &Pair) -> Found {
    (pair.a.0.min(pair.b.0), pair.a.0.max(pair.b.0))
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

/// An article as it is drawn: popular hashes (two masks), its run, its rank, its stretch.
type Drawn = (u16, u16, u32, u32, i64);

/// Rows from 1 on.
fn rows(drawn: &[Drawn]) -> Vec<(Sketched, Vec<Kept>)> {
    let row = |(no, &(one, other, from, rank, stretch)): (u32, &Drawn)| {
        let kept = sketch(no, u32::from(one | other), from);
        let article = Sketched {
            no,
            rank: Rank(u64::from(rank), Key(u64::from(no))),
            size: Size {
                kept: kept.len() as u32,
                tokens: kept.len() as u32 * 4,
            },
            stretch: Stretch(stretch),
        };
        (article, kept)
    };
    (1..).zip(drawn).map(row).collect()
}

/// The pairs after additions that end at these cuts.
fn history(rows: &[(Sketched, Vec<Kept>)], cuts: &[usize]) -> BTreeSet<Found> {
    let mut past = Past::default();
    let mut cuts: Vec<usize> = cuts.iter().map(|&cut| cut.min(rows.len())).collect();
    cuts.push(rows.len());
    cuts.sort_unstable();
    let mut start = 0;
    for cut in cuts {
        let packed = rows[start..cut].iter().map(|(article, kept)| {
            let mut packed = Vec::new();
            pack(kept, &mut packed);
            (*article, packed)
        });
        past.add(packed.collect());
        start = cut;
    }
    past.pairs
}

/// The rule for a window, pair by pair.
fn plainly(rows: &[(Sketched, Vec<Kept>)]) -> BTreeSet<Found> {
    let mut lists: BTreeMap<(u32, Stretch), Vec<(Rank, u32)>> = BTreeMap::new();
    for (article, kept) in rows {
        for kept in kept {
            let list = lists.entry((kept.hash(), article.stretch)).or_default();
            list.push((article.rank, article.no));
        }
    }
    for list in lists.values_mut() {
        list.sort_unstable();
    }
    let is_centre = |hash, article: &Sketched| -> Option<bool> {
        let list = &lists[&(hash, article.stretch)];
        let is_centre = list[..list.len().min(CENTRES)]
            .iter()
            .any(|&(_, no)| no == article.no);
        (list.len() > STAR).then_some(is_centre)
    };
    let mut pairs = BTreeSet::new();
    for (at, (a, one)) in rows.iter().enumerate() {
        for (b, other) in rows[at + 1..]
            .iter()
            .filter(|(b, _)| a.stretch.is_beside(b.stretch))
        {
            let mut shared = Shared::default();
            for kept in one {
                let Some(same) = other.iter().find(|other| other.hash() == kept.hash()) else {
                    continue;
                };
                let central = [is_centre(kept.hash(), a), is_centre(kept.hash(), b)];
                let linked = if a.stretch == b.stretch {
                    central == [None, None] || central.contains(&Some(true))
                } else {
                    !central.contains(&Some(false))
                };
                if linked {
                    shared.count(kept.place(), same.place());
                }
            }
            if Threshold::default().passes(&shared, a.size, b.size) {
                pairs.insert((a.no, b.no));
            }
        }
    }
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_history_of_joins_is_one_join(
        drawn in prop::collection::vec((any::<u16>(), any::<u16>(), 0u32..40, any::<u32>(), Just(0)), 60..220),
        cuts in prop::collection::vec(0usize..220, 0..6),
    ) {
        let rows = rows(&drawn);
        let mut postings = Postings::default();
        for (article, kept) in &rows {
            postings.push(kept, article.size.tokens);
        }
        let ranks: Vec<Rank> = rows.iter().map(|(article, _)| article.rank).collect();
        let pairs = postings.seal(&ranks).pairs(Threshold::default());
        let once: BTreeSet<Found> = pairs.iter().map(|pair| (pair.b.0 + 1, pair.a.0 + 1)).collect();
        prop_assert_eq!(&plainly(&rows), &once);
        prop_assert_eq!(history(&rows, &cuts), once);
    }

    #[test]
    fn in_a_window_every_stretch_has_lists_of_its_own(
        drawn in prop::collection::vec(
            (any::<u16>(), any::<u16>(), 0u32..40, any::<u32>(),
                prop_oneof![6 => Just(7i64), 3 => Just(8), 1 => 3i64..12, 1 => Just(i64::MIN)]),
            100..300,
        ),
        cuts in prop::collection::vec(0usize..300, 0..6),
    ) {
        let rows = rows(&drawn);
        let plainly = plainly(&rows);
        let mut postings = Postings::default();
        for (article, kept) in &rows {
            postings.push(kept, article.size.tokens);
        }
        let focus: Vec<_> = rows.iter().map(|(article, _)| Some(*article)).collect();
        let linked = Linker::of(postings, &focus).join(Threshold::default(), &|_| false);
        prop_assert_eq!(linked.pairs.iter().map(found).collect::<BTreeSet<_>>(), plainly.clone());
        prop_assert_eq!(history(&rows, &cuts), plainly);
    }
}

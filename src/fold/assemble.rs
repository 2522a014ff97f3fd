//! Clusters and what is left over → a [`Fold`], every list in its defined order.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::{Fold, Folder, Member};
use crate::article::ArticleNo;
use crate::cluster::Clustering;
use crate::elect::{Members, Story, alone, by_time, elect};
use crate::verify::Match;

/// Elects every story and orders the whole.
pub fn assemble(
    mut folder: Folder,
    clustering: &Clustering,
    matches: &[Match],
    candidates: u64,
) -> Fold {
    let has_body = |no| folder.texts.has_body(no);
    let mut stories = tell(&mut folder.members, &has_body, clustering, matches);
    let numbers = || (0..folder.members.len() as u32).map(ArticleNo);
    let mut headlines: Vec<ArticleNo> = numbers().filter(|&no| !has_body(no)).collect();
    headlines.sort_by(|a, b| {
        by_time(
            &folder.members[a.index()].article,
            &folder.members[b.index()].article,
        )
    });
    order(&mut stories, &folder.members);
    for story in &stories {
        for no in story
            .copies
            .iter()
            .map(|copy| copy.article)
            .chain([story.canonical])
        {
            folder.members[no.index()].story = Some(story.id);
        }
    }
    let mut counts = folder.counts;
    counts.candidates = candidates;
    Fold {
        articles: folder.members,
        headlines,
        stories,
        events: Vec::new(),
        skipped: folder.skipped,
        counts,
        recurring: Vec::new(),
        bodies: Box::new(folder.texts),
    }
}

/// The stories of all `members` that have a body, in no order; marks those that cover several.
pub fn tell(
    members: &mut [Member],
    has_body: &dyn Fn(ArticleNo) -> bool,
    clustering: &Clustering,
    matches: &[Match],
) -> Vec<Story> {
    let mut stories = elect_all(members, clustering, matches);
    let mut clustered = vec![false; members.len()];
    for member in clustering
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.members)
    {
        clustered[member.index()] = true;
    }
    for &no in &clustering.roundups {
        members[no.index()].roundup = true;
    }
    stories.extend(
        (0..members.len() as u32)
            .map(ArticleNo)
            .filter(|&no| !clustered[no.index()] && has_body(no))
            .map(|no| alone(no, &members[no.index()].article)),
    );
    stories
}

/// The stories of two articles or more.
fn elect_all(members: &[Member], clustering: &Clustering, matches: &[Match]) -> Vec<Story> {
    const NONE: u32 = u32::MAX;
    let mut cluster_of = vec![NONE; members.len()];
    for (cluster, at) in clustering.clusters.iter().zip(0..) {
        for member in &cluster.members {
            cluster_of[member.index()] = at;
        }
    }
    let mut inside: Vec<Vec<Match>> = vec![Vec::new(); clustering.clusters.len()];
    for m in matches {
        let (a, b) = (cluster_of[m.a.index()], cluster_of[m.b.index()]);
        if a == b && a != NONE {
            inside[a as usize].push(*m);
        }
    }
    let elected = clustering
        .clusters
        .par_iter()
        .zip(&inside)
        .map(|(cluster, matches)| {
            let articles: Vec<_> = cluster
                .members
                .iter()
                .map(|&no| (no, &members[no.index()].article))
                .collect();
            elect(&Members::new(&articles, matches))
        });
    elected.flatten().collect()
}

/// By number of copies, then the newest first (unknown last), then id.
pub fn order(stories: &mut [Story], members: &[Member]) {
    stories.par_sort_by_cached_key(|story| {
        let numbers = story
            .copies
            .iter()
            .map(|copy| copy.article)
            .chain([story.canonical]);
        let earliest = numbers
            .filter_map(|no| members[no.index()].article.published.at)
            .min();
        (
            Reverse(story.copies.len()),
            earliest.is_none(),
            Reverse(earliest),
            story.id,
        )
    });
}

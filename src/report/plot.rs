//! Plots as inline SVG: a time line of who carried a story when, and bars of shares.
//!
//! Positions across are per cent of the width and there is no view box: a plot takes the width that it gets, and its
//! words keep their size. Colours are classes that the page's style sheet knows.

use std::fmt::Write as _;

use crate::article::Moment;
use crate::report::columns::truncate;
use crate::report::escape;

/// One article on a time line.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Who carried it.
    pub label: String,
    /// When; a day is drawn as long as it is.
    pub at: Moment,
    /// What it is to the story: `canonical`, `copy` …
    pub class: &'static str,
}

/// Lanes of one time line; later articles stand only in the table beside it.
pub const LANES: usize = 40;

/// Pixels of a lane, and of the axis below the lanes.
const LANE: usize = 24;
const AXIS: usize = 22;

/// Columns of a label beside its mark: half of a phone's width.
const LABEL: usize = 24;

const DAY: i64 = 86_400;

/// Steps between ticks, in seconds.
const STEPS: [i64; 14] = [
    60,
    300,
    900,
    1_800,
    3_600,
    3 * 3_600,
    6 * 3_600,
    12 * 3_600,
    DAY,
    2 * DAY,
    7 * DAY,
    28 * DAY,
    91 * DAY,
    365 * DAY,
];

/// Ticks that fit beside one another on a phone.
const TICKS: i64 = 3;

/// The range of a time line in seconds.
#[derive(Clone, Copy)]
struct Range {
    from: i64,
    to: i64,
}

impl Range {
    fn of(marks: &[Mark]) -> Option<Self> {
        let from = marks.iter().map(|mark| mark.at.seconds).min()?;
        let to = marks.iter().map(|mark| end(mark.at)).max()?;
        // a single moment gets an hour around it
        let room = if to > from { 0 } else { 1_800 };
        Some(Self {
            from: from.saturating_sub(room),
            to: to.saturating_add(room),
        })
    }

    fn span(self) -> i64 {
        self.to.saturating_sub(self.from).max(1)
    }

    /// Hundredths of a per cent of the width, with a margin on both sides.
    fn across(self, seconds: i64) -> i64 {
        let part = i128::from(seconds.saturating_sub(self.from)) * 9_600;
        let part = i64::try_from(part / i128::from(self.span())).unwrap_or(0);
        200 + part.clamp(0, 9_600)
    }

    fn ticks(self) -> (i64, Vec<i64>) {
        let fits = |step: &i64| (self.span() - 1) / step <= TICKS;
        let step = STEPS.into_iter().find(fits);
        let step = step.unwrap_or_else(|| (self.span() / TICKS).max(1));
        let first = self.from.div_euclid(step).saturating_add(1);
        let ticks = (first..=first.saturating_add(TICKS)).map(|at| at.saturating_mul(step));
        (step, ticks.filter(|&at| at < self.to).collect())
    }
}

/// The end of a moment: a day lasts until the next.
fn end(at: Moment) -> i64 {
    at.seconds.saturating_add(if at.day_only { DAY } else { 0 })
}

/// `12.34%` of hundredths of a per cent.
fn percent(hundredths: i64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// A time line, one lane an article, in the order given; at most [`LANES`]. Empty without marks.
#[must_use]
pub fn timeline(marks: &[Mark]) -> String {
    let marks = marks.get(..LANES).unwrap_or(marks);
    let Some(range) = Range::of(marks) else {
        return String::new();
    };
    let bottom = marks.len() * LANE;
    let mut svg = format!(
        "<svg class=\"timeline\" role=\"img\" aria-label=\"{}\" width=\"100%\" height=\"{}\">",
        escape::markup(&spoken(marks)),
        bottom + AXIS
    );
    let (step, ticks) = range.ticks();
    for at in ticks {
        tick(range.across(at), &tick_label(at, step), bottom, &mut svg);
    }
    for (number, mark) in marks.iter().enumerate() {
        lane(range, mark, number * LANE + LANE / 2, &mut svg);
    }
    svg += "</svg>";
    svg
}

/// The time line in words: its first and its last mark; the table beside it has all.
fn spoken(marks: &[Mark]) -> String {
    let say = |mark: Option<&Mark>| {
        mark.map(|mark| format!("{}, {}", mark.label, mark.at))
            .unwrap_or_default()
    };
    let first = marks.iter().min_by_key(|mark| mark.at);
    let last = marks.iter().max_by_key(|mark| mark.at);
    format!(
        "Time line of {}: first {}; last {}",
        marks.len(),
        say(first),
        say(last)
    )
}

fn tick(across: i64, label: &str, bottom: usize, svg: &mut String) {
    let x = percent(across);
    let anchor = match across {
        ..1_500 => "start",
        8_500.. => "end",
        _ => "middle",
    };
    let _ = write!(
        svg,
        "<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{bottom}\"/>\
         <text class=\"tick\" x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{label}</text>",
        bottom + 16
    );
}

fn tick_label(seconds: i64, step: i64) -> String {
    let pattern = if step >= DAY {
        "%Y-%m-%d"
    } else {
        "%b %-d %H:%M"
    };
    let moment = Moment {
        seconds,
        day_only: false,
    };
    moment.timestamp().map_or_else(String::new, |stamp| {
        let clock = jiff::tz::TimeZone::UTC.to_datetime(stamp);
        clock.strftime(pattern).to_string()
    })
}

fn lane(range: Range, mark: &Mark, y: usize, svg: &mut String) {
    let (from, to) = (range.across(mark.at.seconds), range.across(end(mark.at)));
    let class = mark.class;
    let _ = write!(
        svg,
        "<g class=\"mark {class}\"><title>{}, {}</title>",
        escape::markup(&mark.label),
        mark.at
    );
    if mark.at.day_only {
        let (x, width) = (percent(from), percent((to - from).max(50)));
        let _ = write!(
            svg,
            "<rect x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"6\" rx=\"3\"/>",
            y + 3
        );
    } else {
        let _ = write!(svg, "<circle cx=\"{}\" cy=\"{y}\" r=\"5\"/>", percent(from));
    }
    // the label stands on the side that has room, a day's inside or beside its bar
    let middle = i64::midpoint(from, to);
    let (x, shift, anchor) = match (mark.at.day_only, middle) {
        (true, ..=5_000) => (from, 4, "start"),
        (true, _) => (to, -4, "end"),
        (false, ..=5_000) => (from, 10, "start"),
        (false, _) => (from, -10, "end"),
    };
    let y = if mark.at.day_only { y - 1 } else { y + 4 };
    let _ = write!(
        svg,
        "<text x=\"{}\" dx=\"{shift}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text></g>",
        percent(x),
        escape::markup(&truncate(&mark.label, LABEL))
    );
}

/// One bar of two parts that follow one another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How many stories it has the canonical of.
    pub stories: u64,
    /// How many copies it has.
    pub copies: u64,
}

impl Bar {
    fn all(&self) -> u64 {
        self.stories + self.copies
    }
}

/// Pixels of a bar with its words.
const BAR: usize = 34;

/// Bars, the longest as wide as the plot. `name` is what a screen reader says; the numbers stand in a table beside it.
#[must_use]
pub fn bars(name: &str, bars: &[Bar]) -> String {
    let longest = bars.iter().map(Bar::all).max().unwrap_or(0).max(1);
    let share = |count: u64| {
        percent(i64::try_from(u128::from(count) * 10_000 / u128::from(longest)).unwrap_or(0))
    };
    let mut svg = format!(
        "<svg class=\"bars\" role=\"img\" aria-label=\"{}\" width=\"100%\" height=\"{}\">",
        escape::markup(name),
        bars.len() * BAR
    );
    for (at, bar) in bars.iter().enumerate() {
        let top = at * BAR;
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{y}\">{}</text><text class=\"count\" x=\"100%\" y=\"{y}\" text-anchor=\"end\">{}</text>\
             <rect class=\"track\" width=\"100%\" y=\"{bar_y}\" height=\"8\" rx=\"2\"/>\
             <rect class=\"stories\" width=\"{}\" y=\"{bar_y}\" height=\"8\" rx=\"2\"/>\
             <rect class=\"copies\" x=\"{}\" width=\"{}\" y=\"{bar_y}\" height=\"8\" rx=\"2\"/>",
            escape::markup(&truncate(&bar.label, 36)),
            bar.all(),
            share(bar.stories),
            share(bar.stories),
            share(bar.copies),
            y = top + 14,
            bar_y = top + 20,
        );
    }
    svg += "</svg>";
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(label: &str, at: &str) -> Mark {
        Mark {
            label: label.to_owned(),
            at: Moment::parse(at).expect("a time"),
            class: "copy",
        }
    }

    #[test]
    fn marks_stand_in_proportion_to_their_times() {
        let svg = timeline(&[
            mark("First", "2025-08-17T00:00:00Z"),
            mark("Half", "2025-08-17T06:00:00Z"),
            mark("Last", "2025-08-17T12:00:00Z"),
        ]);
        for x in ["2.00%", "50.00%", "98.00%"] {
            assert!(svg.contains(&format!("<circle cx=\"{x}\"")), "{svg}");
        }
        assert!(svg.contains(">Aug 17 06:00</text>"), "{svg}");
        assert!(svg.contains("first First, 2025-08-17T00:00:00Z; last Last"));
    }

    #[test]
    fn a_day_is_as_long_as_a_day() {
        let svg = timeline(&[
            mark("Clock", "2025-08-17T00:00:00Z"),
            mark("Day", "2025-08-17"),
        ]);
        assert!(
            svg.contains("<rect x=\"2.00%\" y=\"39\" width=\"96.00%\""),
            "{svg}"
        );
    }

    #[test]
    fn no_time_makes_a_line_that_breaks() {
        assert_eq!(timeline(&[]), "");
        let edge = |seconds| Mark {
            at: Moment {
                seconds,
                day_only: true,
            },
            ..mark("Edge", "2025-08-17")
        };
        for marks in [
            vec![edge(i64::MIN), edge(i64::MAX)],
            vec![edge(i64::MAX)],
            vec![mark("One", "2025-08-17T00:00:00Z")],
        ] {
            let svg = timeline(&marks);
            assert_eq!(svg.matches("<title>").count(), marks.len());
        }
        let many = vec![mark("One", "2025-08-17"); 100];
        assert_eq!(timeline(&many).matches("<title>").count(), LANES);
    }

    #[test]
    fn labels_are_markup_of_nobody_else() {
        let svg = timeline(&[mark("<script>\"", "2025-08-17")]);
        assert!(!svg.contains("<script>"));
        let hostile = Bar {
            label: "</svg><b>".to_owned(),
            stories: 1,
            copies: 0,
        };
        assert!(!bars("\"", &[hostile]).contains("<b>"));
    }

    #[test]
    fn the_longest_bar_fills_the_plot() {
        let bar = |label: &str, stories, copies| Bar {
            label: label.to_owned(),
            stories,
            copies,
        };
        let svg = bars("Agencies", &[bar("Reuters", 1, 3), bar("AP", 1, 0)]);
        assert!(
            svg.contains("x=\"25.00%\" width=\"75.00%\"")
                && svg.contains("x=\"25.00%\" width=\"0.00%\""),
            "{svg}"
        );
        assert!(!bars("None", &[]).contains("rect"));
    }
}

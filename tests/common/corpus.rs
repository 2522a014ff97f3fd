//! An invented corpus as JSON Lines: originals of made-up words, and what syndication makes of them.

/// Words that no two stories share by chance in a row of four.
const SYLLABLES: [&str; 24] = [
    "ka", "lo", "rim", "tes", "vu", "nor", "pi", "dal", "shu", "gren", "mo", "fi", "zat", "bel",
    "co", "jun", "ar", "eth", "ul", "wy", "sto", "dri", "ham", "qua",
];

/// A small generator of numbers (SplitMix64), the same everywhere.
pub struct Mix(pub u64);

impl Mix {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number below `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    /// Puts items into any order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at as u64 + 1) as usize);
        }
    }

    fn word(&mut self) -> String {
        (0..2 + self.below(2))
            .map(|_| SYLLABLES[self.below(24) as usize])
            .collect()
    }

    /// A sentence of its own.
    pub fn sentence(&mut self) -> String {
        let words: Vec<String> = (0..8 + self.below(12)).map(|_| self.word()).collect();
        let mut text = words.join(" ");
        text.get_mut(0..1)
            .into_iter()
            .for_each(str::make_ascii_uppercase);
        text.push('.');
        text
    }

    /// So many sentences of its own.
    pub fn story(&mut self, sentences: u64) -> Vec<String> {
        (0..sentences).map(|_| self.sentence()).collect()
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// One row; `n` makes its id, `hour` its time.
fn row(id: &str, publisher: u64, hour: u64, title: &str, body: &str) -> String {
    let date = format!("2025-03-{:02}T{:02}:00:00Z", 1 + hour / 24 % 28, hour % 24);
    format!(
        "{{\"id\":{},\"publisher\":\"Paper {publisher}\",\"published\":\"{date}\",\"title\":{},\"text\":{}}}",
        quoted(id),
        quoted(title),
        quoted(body)
    )
}

/// About so many rows, of which about half are copies: whole, cut, edited, framed, seen again, under claimed ids, with
/// lines that recur.
pub fn corpus(seed: u64, articles: usize) -> Vec<String> {
    let mut mix = Mix(seed);
    let footer = mix.story(12).join(" ");
    let notices = mix.story(3);
    let mut originals: Vec<(String, Vec<String>)> = Vec::new();
    let mut rows: Vec<String> = Vec::new();
    for n in 0..articles {
        let fresh = originals.is_empty() || mix.below(2) == 0;
        if fresh {
            let sentences = 4 + mix.below(30);
            originals.push((mix.sentence(), mix.story(sentences)));
        }
        let at = if fresh {
            originals.len() - 1
        } else {
            // a few stories are printed everywhere
            let among = originals.len() as u64;
            let among = if mix.below(3) == 0 {
                among.min(2)
            } else {
                among
            };
            mix.below(among) as usize
        };
        let (title, text) = &originals[at];
        let (title, mut text) = (title.clone(), text.clone());
        if !fresh {
            change(&mut text, &mut mix);
        }
        if mix.below(3) == 0 {
            text.push(footer.clone());
        }
        let id = if mix.below(40) == 0 {
            "twice".to_owned()
        } else {
            format!("a{n}")
        };
        let hour = mix.below(200);
        let publisher = mix.below(30);
        let mut body = text.join(" ");
        // lines of a site's own, which recur over its stories
        if mix.below(4) == 0 {
            let notice = &notices[mix.below(3) as usize];
            body = format!("{body}\n{notice}\nPaper {publisher} {}", mix.sentence());
        }
        rows.push(row(&id, publisher, hour, &title, &body));
        match mix.below(25) {
            0 => rows.extend(rows.last().cloned()),
            1 => {
                let hour = hour + 1;
                rows.push(row(&format!("h{n}"), 1, hour, &mix.sentence(), ""));
            }
            _ => {}
        }
    }
    rows
}

/// What a paper does with a story.
fn change(text: &mut Vec<String>, mix: &mut Mix) {
    let sentences = text.len() as u64;
    match mix.below(5) {
        0 => {}
        1 => text.truncate(1 + (sentences * (30 + mix.below(50)) / 100) as usize),
        2 => {
            let at = mix.below(sentences) as usize;
            text[at] = mix.sentence();
        }
        3 => {
            text.insert(0, mix.sentence());
            text.push(mix.sentence());
        }
        _ => {
            let at = mix.below(sentences) as usize;
            text.rotate_left(at);
        }
    }
}

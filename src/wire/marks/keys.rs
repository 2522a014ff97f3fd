//! What both searches look up: which marks may stand around some bytes.

/// What may stand where some bytes do.
#[derive(Debug)]
pub(super) struct Keys {
    /// A bit for each key that is looked for.
    bits: Box<[u64; WORDS]>,
    /// For each such key the place in `standing` of what may stand there, plus one.
    lists: Vec<u16>,
    standing: Vec<Vec<Standing>>,
}

/// A mark that may stand around some bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    pub(super) number: u16,
    /// The place of the bytes in the mark, from -1.
    pub(super) place: i16,
    /// What tells most other words apart without a look at the mark itself: its last place, and its first and last byte
    /// with the bit set that is set in all bytes before they are looked up.
    pub(super) last: u16,
    pub(super) ends: [u8; 2],
}

impl Standing {
    /// That of a mark of which nothing is said about places yet.
    pub(super) fn of(mark: &[u8], number: u16, fold: u8) -> Option<Self> {
        let (&one, &other) = (mark.first()?, mark.last()?);
        Some(Self {
            number,
            place: 0,
            last: mark.len() as u16 - 1,
            ends: [one | fold, other | fold],
        })
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            bits: Box::new([0; WORDS]),
            lists: vec![0; 1 << 16],
            standing: Vec::new(),
        }
    }
}

impl Keys {
    pub(super) fn insert(&mut self, key: u16, standing: Standing) {
        self.bits[usize::from(key / 64)] |= 1 << (key % 64);
        let Some(list) = self.lists.get_mut(usize::from(key)) else {
            return;
        };
        if *list == 0 {
            self.standing.push(Vec::new());
            *list = self.standing.len() as u16;
        }
        if let Some(marks) = self.standing.get_mut(usize::from(*list) - 1) {
            marks.push(standing);
        }
    }

    /// Whether a key is looked for.
    #[inline]
    pub(super) fn has(&self, key: u16) -> bool {
        // a key has 16 bits: in bounds for every one
        self.bits[usize::from(key / 64)] >> (key % 64) & 1 == 1
    }

    pub(super) fn at(&self, key: u16) -> &[Standing] {
        let list = self.lists.get(usize::from(key)).copied();
        let list = usize::from(list.unwrap_or_default()).checked_sub(1);
        let here = list.and_then(|list| self.standing.get(list));
        here.map(Vec::as_slice).unwrap_or_default()
    }
}

/// Words of a bit for each key.
const WORDS: usize = (1 << 16) / 64;

/// How common bytes are in news text, in steps of a factor of about 1.4; all others are rare.
const COMMON: [(&[u8], u32); 8] = [
    (b" ", 14),
    (b"e", 13),
    (b"taonisr", 12),
    (b"hld", 10),
    (b"cumpf", 9),
    (b"gwyb", 8),
    (b"v", 7),
    (b"k,.", 5),
];

/// How common a byte is, in those steps.
pub(super) fn commonness(byte: u8) -> u32 {
    let found = COMMON.iter().find(|(bytes, _)| bytes.contains(&byte));
    found.map_or(0, |&(_, much)| much)
}

-- An archive of wirefold, schema 1. Times are RFC 3339 in UTC, or a date where no clock was printed.
-- articles.no, the handle of a row, is the order of arrival: nothing is elected by it.

CREATE TABLE meta (              -- name and value: window, fingerprint, program
  name TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

CREATE TABLE runs (              -- one row an `add`, `prune` or `rebuild`
  run INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  program TEXT NOT NULL,
  command TEXT NOT NULL,         -- add | prune | rebuild
  pages INTEGER NOT NULL,        -- 0 for a run that brought nothing: a repetition
  furniture INTEGER NOT NULL,
  new_articles INTEGER NOT NULL,
  seen_again INTEGER NOT NULL,
  new_stories INTEGER NOT NULL,
  new_copies INTEGER NOT NULL,
  updates INTEGER NOT NULL
);

CREATE TABLE articles (          -- each article once, whatever it was seen in
  no INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  id TEXT NOT NULL,              -- the row's own, or the key
  claim TEXT,                    -- the row's own id where it has one; two articles with one claim both show their keys
  run INTEGER NOT NULL,
  role TEXT NOT NULL,
  url TEXT,
  title TEXT,
  publisher TEXT,
  byline TEXT,
  language TEXT,
  published TEXT,
  published_raw TEXT,
  published_unit TEXT,
  fetched TEXT,
  agency TEXT,
  agency_evidence TEXT,
  agency_known INTEGER,
  dateline TEXT,
  words INTEGER NOT NULL,
  bytes INTEGER NOT NULL,        -- of the body; 0: a headline, which stands in no story
  partial INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  roundup INTEGER NOT NULL,
  weak TEXT,
  content INTEGER NOT NULL       -- XXH3 of the body
);
CREATE INDEX articles_claim ON articles (claim) WHERE claim IS NOT NULL;

CREATE TABLE bodies (            -- a frame of zstd each
  article INTEGER PRIMARY KEY,
  zstd BLOB NOT NULL
);

CREATE TABLE sightings (         -- every place where an article stood, in the order of arrival
  article INTEGER NOT NULL,
  n INTEGER NOT NULL,
  run INTEGER NOT NULL,
  source TEXT NOT NULL,
  "offset" INTEGER NOT NULL,
  line INTEGER NOT NULL,
  PRIMARY KEY (article, n)
) WITHOUT ROWID;

CREATE TABLE skipped (           -- parts of the inputs that gave no article
  source TEXT NOT NULL,
  "offset" INTEGER NOT NULL,
  reason TEXT NOT NULL,
  line INTEGER NOT NULL,
  input INTEGER NOT NULL,        -- 1: the whole input from there on
  run INTEGER NOT NULL,
  PRIMARY KEY (source, "offset", reason)
) WITHOUT ROWID;

CREATE TABLE sketches (          -- derived: kept hashes (4 bytes each, ascending), then their places (2 bytes each)
  article INTEGER PRIMARY KEY,
  tokens INTEGER NOT NULL,
  content INTEGER NOT NULL,      -- the article's rank, once more: a scan reads nothing else
  key INTEGER NOT NULL,
  kept BLOB NOT NULL
);

CREATE TABLE stars (             -- derived: the hashes that many articles hold, with their centres
  hash INTEGER PRIMARY KEY,
  centres BLOB NOT NULL
);

CREATE TABLE matches (           -- derived: proven pairs, a < b
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  relation TEXT NOT NULL,
  figures BLOB NOT NULL,         -- jaccard, containment, verbatim of a, of b: numerator and denominator, 4 bytes each
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX matches_b ON matches (b);

CREATE TABLE stories (           -- derived: every article with a body stands in exactly one
  id TEXT PRIMARY KEY,
  canonical INTEGER NOT NULL,
  copies INTEGER NOT NULL,
  title TEXT,                    -- the canonical's
  agency TEXT,                   -- the origin's
  published TEXT,                -- the earliest member's
  reason TEXT NOT NULL,
  origin INTEGER,
  origin_reason TEXT NOT NULL,
  run INTEGER NOT NULL,          -- that first had it under this id
  changed INTEGER NOT NULL       -- that last changed it
) WITHOUT ROWID;

CREATE TABLE members (           -- derived: the canonical at place 0, then the copies in the order of the report
  article INTEGER PRIMARY KEY,
  story TEXT NOT NULL,
  place INTEGER NOT NULL,
  relation TEXT NOT NULL,        -- canonical | identical | copy | excerpt | rewrite | update
  jaccard REAL,
  containment REAL,
  verbatim REAL,
  holds TEXT,
  via INTEGER,
  uncredited INTEGER NOT NULL,
  run INTEGER NOT NULL           -- that brought it into this story
);
CREATE INDEX members_story ON members (story, place);

CREATE TABLE lineage (           -- ids that stories had before
  old TEXT NOT NULL,
  new TEXT NOT NULL,
  run INTEGER NOT NULL,
  PRIMARY KEY (old, run)
) WITHOUT ROWID;

-- for people: one row an article of a story
CREATE VIEW copies AS
  SELECT s.id AS story, m.place, m.relation, a.id, a.publisher, a.title, a.url, a.published, a.agency,
         m.verbatim, m.containment, m.uncredited, a.key
  FROM stories s JOIN members m ON m.story = s.id JOIN articles a ON a.no = m.article;

-- for people: the stories, with what their canonicals say
CREATE VIEW front AS
  SELECT s.id, s.title, s.agency, s.published, s.copies, a.publisher, a.url, s.reason, s.run
  FROM stories s JOIN articles a ON a.no = s.canonical;

-- for people: who carries agency text without naming the agency
CREATE VIEW uncredited AS
  SELECT s.agency, a.publisher, a.title, a.url, a.published, m.verbatim, s.id AS story
  FROM members m JOIN stories s ON s.id = m.story JOIN articles a ON a.no = m.article
  WHERE m.uncredited;

-- for people: articles that stood in several places
CREATE VIEW places AS
  SELECT a.id, a.title, s.source, s."offset", s.line, r.started AS seen, a.key
  FROM sightings s JOIN articles a ON a.no = s.article JOIN runs r ON r.run = s.run;

-- Schema 2: what an addition reads of an archive with a window is bounded by the window.

ALTER TABLE sketches ADD COLUMN
  stretch INTEGER NOT NULL DEFAULT 0;  -- the article's time over the window, rounded down; the least number: no time; 0: no window

DROP TABLE stars;
CREATE TABLE stars (             -- derived: the hashes that many articles of a stretch hold, with their centres
  hash INTEGER NOT NULL,
  stretch INTEGER NOT NULL,
  centres BLOB NOT NULL,
  PRIMARY KEY (hash, stretch)
) WITHOUT ROWID;

-- what is derived is made again
DELETE FROM meta WHERE name = 'fingerprint';

-- The journal: one gapless, hash-chained sequence. SQLite itself refuses to change it: UPDATE and DELETE by
-- trigger, and INSERT OR REPLACE because a new row must carry the next number (REPLACE fires no DELETE
-- trigger).
CREATE TABLE workspace(
  id TEXT NOT NULL PRIMARY KEY,
  format TEXT NOT NULL
) STRICT;

CREATE TABLE journal(
  seq INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL CHECK(kind BETWEEN 0 AND 9),
  batch INTEGER NOT NULL CHECK(batch BETWEEN 1 AND seq),
  hash BLOB NOT NULL CHECK(length(hash) = 32),
  shape INTEGER,
  unscaled INTEGER,
  scale INTEGER CHECK(scale BETWEEN 0 AND 18),
  start INTEGER,
  "end" INTEGER CHECK("end" > start),
  evidence INTEGER,
  "row" INTEGER,
  body TEXT,
  CHECK((kind = 1) = (body IS NULL)),
  CHECK((kind = 1) = (shape IS NOT NULL AND unscaled IS NOT NULL AND scale IS NOT NULL AND start IS NOT NULL
    AND "end" IS NOT NULL AND evidence IS NOT NULL AND "row" IS NOT NULL))
) STRICT;

-- Everything but entries is few; this finds it without reading the entries.
CREATE INDEX journal_other ON journal(kind, seq) WHERE kind <> 1;

CREATE TRIGGER journal_next BEFORE INSERT ON journal
WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM journal), 0) + 1
BEGIN SELECT RAISE(ABORT, 'the journal only grows at its end'); END;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'a record is never changed; write a reversal'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'a record is never deleted; write a reversal'); END;

-- What many entries share is kept once. Its text is part of every entry's hashed line.
CREATE TABLE shape(
  id INTEGER PRIMARY KEY,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  resource TEXT NOT NULL,
  unit TEXT NOT NULL,
  calorific INTEGER NOT NULL CHECK(calorific BETWEEN 0 AND 2),
  basis INTEGER NOT NULL CHECK(basis BETWEEN 0 AND 4),
  facts TEXT NOT NULL
) STRICT;
CREATE TRIGGER shape_next BEFORE INSERT ON shape
WHEN NEW.id IS NOT coalesce((SELECT max(id) FROM shape), 0) + 1
BEGIN SELECT RAISE(ABORT, 'shapes only grow at their end'); END;
CREATE TRIGGER shape_no_update BEFORE UPDATE ON shape
BEGIN SELECT RAISE(ABORT, 'a shape is never changed'); END;
CREATE TRIGGER shape_no_delete BEFORE DELETE ON shape
BEGIN SELECT RAISE(ABORT, 'a shape is never deleted'); END;

CREATE TABLE evidence(
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL CHECK(kind BETWEEN 0 AND 2),
  ref TEXT NOT NULL,
  name TEXT NOT NULL,
  sheet TEXT NOT NULL,
  through INTEGER NOT NULL
) STRICT;
CREATE TRIGGER evidence_next BEFORE INSERT ON evidence
WHEN NEW.id IS NOT coalesce((SELECT max(id) FROM evidence), 0) + 1
BEGIN SELECT RAISE(ABORT, 'evidence only grows at its end'); END;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;

-- Outside the chain: names of people, which may be erased; how far the chain was checked; import templates.
CREATE TABLE actor(
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
CREATE TABLE checked(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TABLE template(
  key TEXT NOT NULL PRIMARY KEY,
  map TEXT NOT NULL
) STRICT;

-- What became or ceased to be furniture after articles that hold it were judged:
-- a run judges them again at its end. Rows are there while a run is at work, and
-- after one that was broken off, for the next. Articles before first were judged
-- before; shingles and keys (of the index, by which those who hold one of them
-- are found) hold 8 bytes big-endian each.
CREATE TABLE stale (
  id INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  shingles BLOB NOT NULL,
  keys BLOB NOT NULL
) STRICT;

-- The first and the last article of a segment, by which those outside the window
-- are not looked at; 0 in what an older program wrote: unknown.
ALTER TABLE segment ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE segment ADD COLUMN last INTEGER NOT NULL DEFAULT 0;

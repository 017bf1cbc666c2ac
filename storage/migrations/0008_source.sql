-- How each place went that articles come from: a row for each source of config.yaml and,
-- of a list of feeds or a page's, one for each feed. Times are Unix seconds, 0 is never.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                 -- in config.yaml; a plain string is its own name
  place TEXT NOT NULL,                -- path or address
  checked INTEGER NOT NULL,           -- last looked at
  succeeded INTEGER NOT NULL,         -- last read without an error
  failing INTEGER NOT NULL,           -- since when it cannot be read; 0: it can
  failures INTEGER NOT NULL,          -- so often in a row
  next INTEGER NOT NULL,              -- it is left alone until then
  error TEXT NOT NULL,                -- why it cannot be read; '' it can
  told TEXT NOT NULL,                 -- the error that was reported last
  found INTEGER NOT NULL,             -- records when it was read last
  new INTEGER NOT NULL,               -- of these, articles that were stored
  rejected INTEGER NOT NULL,          -- of these, not taken
  moved TEXT NOT NULL,                -- where it has moved for good; '' it has not
  etag TEXT NOT NULL,                 -- validators of the last answer
  modified TEXT NOT NULL,
  content INTEGER NOT NULL            -- hash of the last content
) STRICT;
CREATE UNIQUE INDEX source_place ON source(name, place);

-- Items of feeds and files of inboxes that were taken, so that pages are not fetched and
-- files not read twice. item is the hash of its identity, version that of the rest.
CREATE TABLE taken (
  source INTEGER NOT NULL,
  item INTEGER NOT NULL,
  version INTEGER NOT NULL,
  seen INTEGER NOT NULL,              -- last met
  PRIMARY KEY (source, item)
) STRICT, WITHOUT ROWID;

-- Which source a reject is of, '' none of config.yaml, and the beginning of what was rejected.
ALTER TABLE reject ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE reject ADD COLUMN head TEXT NOT NULL DEFAULT '';

-- Whether what was received is a summary of a text that could not be had.
ALTER TABLE article ADD COLUMN summary INTEGER NOT NULL DEFAULT 0;

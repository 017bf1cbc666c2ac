-- Versions of articles that are taken out: 0 for good, 1 it may come back, 2 it stays, and which
-- texts of its id are one article is settled anew after the others are gone. Rows are there
-- until the last byte of them is gone.
CREATE TABLE leaving (article INTEGER PRIMARY KEY, how INTEGER NOT NULL) STRICT;

-- Numbers of versions that were taken out, in ranges that do not touch. None is given again.
CREATE TABLE gone (first INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;

-- What was taken out for good and may not come back: hashes of its identity and of each of its
-- texts. entry has those of one article.
CREATE TABLE forgotten (
  hash BLOB PRIMARY KEY,              -- 16 bytes: storage.HashOfKey, storage.HashOfText
  entry INTEGER NOT NULL,             -- the number that the article had
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

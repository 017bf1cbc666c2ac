-- Pairs that a person was asked about and did not decide: review asks about all
-- others first. Article keys, a < b.
CREATE TABLE skip (
  a BLOB NOT NULL,
  b BLOB NOT NULL,
  skipped INTEGER NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

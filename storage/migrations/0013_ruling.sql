-- What people decided, command by command or key by key, so that each can be
-- taken back: a split is one ruling, though it decides on many pairs.
CREATE TABLE ruling (
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,              -- such as "cluster split"
  decided INTEGER NOT NULL,
  undoes INTEGER,                     -- the ruling that this one took back
  undone INTEGER NOT NULL             -- 1: it was taken back, and not restored since
) STRICT;

-- What a ruling said of two articles (keys, a < b), or of one that represents its
-- cluster (a = b): what held before, and what since. NULL: nothing was decided.
CREATE TABLE ruled (
  ruling INTEGER NOT NULL,            -- ruling.id
  a BLOB NOT NULL,
  b BLOB NOT NULL,
  pin INTEGER NOT NULL,               -- 1: of a representative
  was INTEGER,                        -- decision.same; 1 of a pin
  was_decided INTEGER,
  was_note TEXT,
  now INTEGER,
  now_decided INTEGER,
  now_note TEXT
) STRICT;
CREATE INDEX ruled_ruling ON ruled(ruling);
CREATE INDEX ruled_a ON ruled(a);

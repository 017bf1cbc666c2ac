-- What of an old article was pruned: bits 1 it is out of the index and is not judged any more,
-- 2 its pairs with other such articles are gone, 4 its text is gone. See storage/prune.go.
ALTER TABLE article ADD COLUMN frozen INTEGER NOT NULL DEFAULT 0;

-- Which passages of an article are furniture by what it shares with unrelated
-- ones: pairs of uvarints, words before the passage (from the end of the one
-- before) and words in it. Articles without such passages have no row. When an
-- article's vote changes, furniture.votes follows.
CREATE TABLE vote (article INTEGER PRIMARY KEY, passages BLOB NOT NULL) STRICT;

-- Of each of the shingles, how many articles vote for it, as uvarints; NULL in
-- what an older program learned: one each, which nothing takes back.
ALTER TABLE furniture ADD COLUMN votes BLOB;

-- Articles on which a run still has to work, and the next step of each: 0 find whom it
-- displaces, 1 learn boilerplate, 2 decide by stored figures, 3 link, 4 group. A run that
-- was broken off leaves rows, and the next one goes on with them.
CREATE TABLE work (article INTEGER PRIMARY KEY, step INTEGER NOT NULL) STRICT;

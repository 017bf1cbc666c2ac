-- What readers have seen of the clusters. A reader has a place for each choice of clusters
-- that was asked for: chosen is the flags of it, '' for none. All up to run was shown, and of
-- shown clusters what they had up to a later run; notes on sources, up to noted.
CREATE TABLE reader (
  name TEXT NOT NULL,
  chosen TEXT NOT NULL,
  run INTEGER NOT NULL,
  noted INTEGER NOT NULL,
  PRIMARY KEY (name, chosen)
) STRICT, WITHOUT ROWID;
CREATE TABLE shown (
  name TEXT NOT NULL,
  chosen TEXT NOT NULL,
  cluster INTEGER NOT NULL,
  run INTEGER NOT NULL,
  PRIMARY KEY (name, chosen, cluster)
) STRICT, WITHOUT ROWID;
INSERT INTO reader SELECT 'default', '', CAST(value AS INTEGER), CAST(value AS INTEGER) FROM meta WHERE name = 'report.last_run';
DELETE FROM meta WHERE name = 'report.last_run';

-- The run in which an article came into its cluster; a later version has that of the one
-- before. 0 is before any reader.
ALTER TABLE article ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;

-- A reject that is met again by each run is one row: first is the run that met it first, run
-- the one that did last. It is new again where a run of the command did not meet it.
ALTER TABLE reject ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
UPDATE reject SET first = same.first
FROM (SELECT max(id) AS id, min(run) AS first FROM reject GROUP BY path, line, reason, head, kept) same WHERE reject.id = same.id;
DELETE FROM reject WHERE first = 0;
CREATE UNIQUE INDEX reject_same ON reject(path, line, reason, head, kept);

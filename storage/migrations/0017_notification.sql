-- Clusters of which notify's receiver is told, each once, as a queue: told is 0 while an event
-- waits. made tells the cluster from an earlier one of its number, and event is the identifier
-- by which a receiver drops repeats; '' where there was none, for the cluster was there before.
CREATE TABLE notification (
  cluster INTEGER PRIMARY KEY,
  made INTEGER NOT NULL,              -- cluster.made
  event TEXT NOT NULL,
  tries INTEGER NOT NULL,             -- that failed
  told INTEGER NOT NULL
) STRICT;
-- An event that fails goes behind the others.
CREATE INDEX notification_waiting ON notification(tries, cluster) WHERE told = 0;

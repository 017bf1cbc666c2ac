-- Schema 1 of a dedupe database. Times are Unix seconds UTC, hashes are stable
-- for ever, texts are UTF-8. Enumerations are small integers whose meaning is
-- written beside them; the views at the end spell them out.

-- Facts of the whole file, such as the hash of the settings its figures were made with.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- One execution of run, ingest or recluster.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  started INTEGER NOT NULL,
  finished INTEGER,                   -- NULL: still running, or died
  settings TEXT NOT NULL,             -- hash of the settings that change what is stored
  summary TEXT NOT NULL DEFAULT '{}'  -- JSON of counters
) STRICT;

-- Input that could not be taken, or was taken with a doubt.
CREATE TABLE reject (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id),
  path TEXT NOT NULL,                 -- as the user named it; '-' is standard input
  line INTEGER NOT NULL,              -- from 1; 0: the file as a whole
  reason TEXT NOT NULL,
  kept INTEGER NOT NULL               -- 1: the article was stored nevertheless
) STRICT;
CREATE INDEX reject_run ON reject(run);  -- `run` is asked for by number, and is a foreign key

CREATE TABLE outlet (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- One version of one article. Rows are never changed but for current and cluster.
CREATE TABLE article (
  seq INTEGER PRIMARY KEY,            -- order of arrival, from 1
  key BLOB NOT NULL,                  -- 16 bytes: identity (article.Key)
  external TEXT NOT NULL,             -- the input's own id, '' when none
  outlet INTEGER NOT NULL REFERENCES outlet(id),
  url TEXT NOT NULL,
  headline TEXT NOT NULL,
  byline TEXT NOT NULL,
  published TEXT NOT NULL,            -- as given
  effective INTEGER NOT NULL,         -- the date used
  effective_reason INTEGER NOT NULL,  -- article.DateReason
  first_seen INTEGER NOT NULL,
  language TEXT NOT NULL,             -- learned, BCP 47; '' when unsure
  credit TEXT NOT NULL,               -- learned: the agency whose copy it is, or ''
  agency INTEGER NOT NULL,            -- 1: the wire agency itself published it
  words INTEGER NOT NULL,             -- words compared (frames and boilerplate left out)
  text_hash BLOB NOT NULL,            -- 8 bytes of the received text: tells "the same again" from "changed"
  version INTEGER NOT NULL,           -- 1, 2, ... under one key
  current INTEGER NOT NULL,           -- 1: newest version of its key; only these are compared and clustered
  state INTEGER NOT NULL,             -- 0 compared, 1 too short to judge
  run INTEGER NOT NULL REFERENCES run(id),
  cluster INTEGER                     -- NULL: alone
) STRICT;
CREATE UNIQUE INDEX article_key ON article(key, version);
-- Members of a cluster in time order. The outlet stands in it so that "clusters
-- with a member of outlet X" is answered from the index alone.
CREATE INDEX article_cluster ON article(cluster, effective, outlet) WHERE cluster IS NOT NULL;

-- Bodies stand apart, so that a walk over articles does not read them. First
-- byte of data: 0 the body follows as it is, 1 as one zstd frame.
CREATE TABLE body (seq INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

-- Every pair that was compared and is worth remembering. a stands before b in
-- canonical order (effective date, key).
CREATE TABLE pair (
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  kind INTEGER NOT NULL,              -- 0 distinct 1 identical 2 near 3 excerpt 4 rewrite 5 revision
  resemblance REAL NOT NULL,
  containment_a REAL NOT NULL,        -- share of a's shingles found in b
  containment_b REAL NOT NULL,        -- share of b's shingles found in a
  evidence BLOB NOT NULL,             -- the other figures, packed by package similarity
  PRIMARY KEY (b, a)
) STRICT, WITHOUT ROWID;
-- The other way round. With the kind in it the kinds of a cluster are counted
-- from indexes alone.
CREATE INDEX pair_a ON pair(a, kind);

CREATE TABLE cluster (
  id INTEGER PRIMARY KEY,
  made INTEGER NOT NULL REFERENCES run(id),
  changed INTEGER NOT NULL REFERENCES run(id),
  representative INTEGER NOT NULL,    -- article.seq
  reason TEXT NOT NULL,               -- why that one: pinned, agency, earliest, longest
  size INTEGER NOT NULL,              -- members
  outlets INTEGER NOT NULL,           -- distinct outlets of the members
  first INTEGER NOT NULL,             -- effective date of the first member
  last INTEGER NOT NULL,              -- effective date of the last member
  successor INTEGER                   -- NULL: alive; else the cluster that most of its members went to, or 0: dissolved
) STRICT;
-- The two orders of the report, each with its ties, so that a page is a walk
-- from the end of an index and never a sort.
CREATE INDEX cluster_last ON cluster(last) WHERE successor IS NULL;
CREATE INDEX cluster_size ON cluster(outlets, size, last) WHERE successor IS NULL;

-- What happened to clusters: made, joined, merged, split, dissolved.
CREATE TABLE cluster_log (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id),
  cluster INTEGER NOT NULL,
  event TEXT NOT NULL,
  other INTEGER,                      -- the other cluster of a merge or split
  members INTEGER NOT NULL            -- size after the event
) STRICT;
CREATE INDEX cluster_log_cluster ON cluster_log(cluster);

-- What people decided; outranks every verdict. Article keys, a < b.
CREATE TABLE decision (
  a BLOB NOT NULL,
  b BLOB NOT NULL,
  same INTEGER NOT NULL,              -- 1 must-link, 0 cannot-link
  decided INTEGER NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- The inverted index of sampled shingles: sorted runs of postings in blocks, as
-- written by package candidate. A segment is written once and deleted when it
-- has been merged into a larger one. fences holds the first posting of each
-- block, 8 bytes big-endian each.
CREATE TABLE segment (
  id INTEGER PRIMARY KEY,
  postings INTEGER NOT NULL,
  fences BLOB NOT NULL
) STRICT;
-- id is segment * 2^24 + block. A table by rowid, because its pages hold blobs of
-- this size whole; an index organised one would give each an overflow page.
CREATE TABLE posting (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

-- What the index must know of articles, packed: 22 bytes an article from seq
-- first on: date (8, big-endian, max when unknown), hash of the key (8), sampled
-- anchors (2), outlet (4), whose highest bit is set for a dead article.
CREATE TABLE place (first INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

-- Furniture: passages that are no part of any story. shingles holds 8 bytes
-- big-endian each.
CREATE TABLE furniture (
  id INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,             -- 0 learned, 1 allowed by a person, 2 blocked by a person
  run INTEGER NOT NULL REFERENCES run(id),
  example INTEGER NOT NULL,           -- article.seq; 0: a person gave the text
  passage TEXT NOT NULL,              -- as it stands in the example
  shingles BLOB NOT NULL
) STRICT;

-- Views for people who bring their own SQL. Their columns are a promise: later
-- schemas add to them and take nothing away. Dates are ISO 8601 in UTC. Bodies
-- are compressed and in no view: `dedupe export articles` prints them.

-- Every current article. article is the input's own id, or the key in
-- hexadecimal where the input had none.
CREATE VIEW articles AS
SELECT a.seq,
       CASE a.external WHEN '' THEN lower(hex(a.key)) ELSE a.external END AS article,
       lower(hex(a.key)) AS key,
       o.name AS outlet, a.url, a.headline, a.byline, a.published,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.effective, 'unixepoch') AS date,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen, 'unixepoch') AS first_seen,
       a.language, a.credit, a.words, a.version,
       CASE a.state WHEN 0 THEN 'compared' WHEN 1 THEN 'too short' END AS state,
       a.cluster,
       coalesce(c.representative = a.seq, 0) AS representative
FROM article a JOIN outlet o ON o.id = a.outlet
LEFT JOIN cluster c ON c.id = a.cluster
WHERE a.current = 1;

-- Every living cluster, with the headline and outlet of its representative.
CREATE VIEW clusters AS
SELECT c.id AS cluster, a.headline, o.name AS outlet, c.outlets, c.size,
       strftime('%Y-%m-%dT%H:%M:%SZ', c.first, 'unixepoch') AS first,
       strftime('%Y-%m-%dT%H:%M:%SZ', c.last, 'unixepoch') AS last,
       c.representative, c.reason, a.language, a.credit, c.made, c.changed
FROM cluster c JOIN article a ON a.seq = c.representative JOIN outlet o ON o.id = a.outlet
WHERE c.successor IS NULL;

-- Every link between current articles, the earlier one as a; and same_cluster,
-- which is 0 for a link that the cluster rules did not follow.
CREATE VIEW links AS
SELECT p.a AS seq_a, p.b AS seq_b,
       CASE a.external WHEN '' THEN lower(hex(a.key)) ELSE a.external END AS article_a,
       CASE b.external WHEN '' THEN lower(hex(b.key)) ELSE b.external END AS article_b,
       CASE p.kind WHEN 1 THEN 'identical' WHEN 2 THEN 'near' WHEN 3 THEN 'excerpt'
                   WHEN 4 THEN 'rewrite' WHEN 5 THEN 'revision' END AS kind,
       p.resemblance, p.containment_a, p.containment_b,
       coalesce(a.cluster = b.cluster, 0) AS same_cluster
FROM pair p JOIN article a ON a.seq = p.a JOIN article b ON b.seq = p.b
WHERE p.kind > 0 AND a.current = 1 AND b.current = 1;

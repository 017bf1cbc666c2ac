-- Articles that a person chose to represent their clusters; they outrank every
-- rule of choice. Of several in one cluster the last one pinned counts.
CREATE TABLE pin (
  key BLOB PRIMARY KEY,               -- article.key: a new version stays pinned
  decided INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What people decided, for their own SQL. article_a and article_b are NULL
-- where an article is not stored (yet): decisions can be brought from elsewhere.
CREATE VIEW decisions AS
SELECT lower(hex(d.a)) AS key_a, lower(hex(d.b)) AS key_b,
       CASE a.external WHEN '' THEN lower(hex(a.key)) ELSE a.external END AS article_a,
       CASE b.external WHEN '' THEN lower(hex(b.key)) ELSE b.external END AS article_b,
       CASE d.same WHEN 1 THEN 'same' ELSE 'different' END AS decision,
       strftime('%Y-%m-%dT%H:%M:%SZ', d.decided, 'unixepoch') AS decided, d.note,
       a.cluster = b.cluster AS same_cluster
FROM decision d
LEFT JOIN article a ON a.key = d.a AND a.current = 1
LEFT JOIN article b ON b.key = d.b AND b.current = 1;

-- A date without a time of day is known to the day, which effective_reason 5 says; effective
-- is then the midnight of UTC that begins the day as it is written. published_day is a
-- function of the program: that midnight for such a date, else NULL.
UPDATE article SET effective_reason = 5, effective = published_day(published)
WHERE effective_reason = 0 AND published_day(published) IS NOT NULL;

-- Who published first is told from the index alone.
DROP INDEX article_cluster;
CREATE INDEX article_cluster ON article(cluster, effective, outlet, effective_reason) WHERE cluster IS NOT NULL;

-- The first and the last of those members that have a date, where any has.
UPDATE cluster SET first = d.first, last = d.last
FROM (SELECT cluster, min(effective) AS first, max(effective) AS last FROM article
      WHERE cluster IS NOT NULL AND effective_reason IN (0, 5) GROUP BY cluster) d
WHERE cluster.id = d.cluster AND cluster.successor IS NULL AND (cluster.first, cluster.last) <> (d.first, d.last);

-- A date that is known to the day is written as one. date_known is minute, day or unknown;
-- where it is unknown, date is when the article was first seen.
DROP VIEW articles;
CREATE VIEW articles AS
SELECT a.seq,
       CASE a.external WHEN '' THEN lower(hex(a.key)) ELSE a.external END AS article,
       lower(hex(a.key)) AS key,
       o.name AS outlet, a.url, a.headline, a.byline, a.published,
       strftime(CASE a.effective_reason WHEN 5 THEN '%Y-%m-%d' ELSE '%Y-%m-%dT%H:%M:%SZ' END, a.effective, 'unixepoch') AS date,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen, 'unixepoch') AS first_seen,
       a.language, a.credit, a.words, a.version,
       CASE a.state WHEN 0 THEN 'compared' WHEN 1 THEN 'too short' END AS state,
       a.cluster,
       coalesce(c.representative = a.seq, 0) AS representative,
       CASE a.effective_reason WHEN 0 THEN 'minute' WHEN 5 THEN 'day' ELSE 'unknown' END AS date_known
FROM article a JOIN outlet o ON o.id = a.outlet
LEFT JOIN cluster c ON c.id = a.cluster
WHERE a.current = 1;

-- first_known says how exactly the first date of a cluster is known: minute, day or unknown.
-- first_outlet published first; it is NULL where several may have: their dates are one day
-- or one second, or none is known.
DROP VIEW clusters;
CREATE VIEW clusters AS
SELECT c.id AS cluster, a.headline, o.name AS outlet, c.outlets, c.size,
       strftime(CASE WHEN EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective = c.first AND m.effective_reason = 5)
                THEN '%Y-%m-%d' ELSE '%Y-%m-%dT%H:%M:%SZ' END, c.first, 'unixepoch') AS first,
       strftime(CASE WHEN EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective > c.last - 86400 AND m.effective_reason = 5)
                THEN '%Y-%m-%d' ELSE '%Y-%m-%dT%H:%M:%SZ' END, c.last, 'unixepoch') AS last,
       c.representative, c.reason, a.language, a.credit, c.made, c.changed,
       CASE WHEN EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective = c.first AND m.effective_reason = 5) THEN 'day'
            WHEN EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective_reason = 0) THEN 'minute'
            ELSE 'unknown' END AS first_known,
       (SELECT name FROM outlet WHERE id =
          (SELECT CASE WHEN min(m.outlet) = max(m.outlet) THEN min(m.outlet) END FROM article m
           WHERE m.cluster = c.id AND m.effective_reason IN (0, 5) AND m.effective <=
             (SELECT min(d.effective + CASE d.effective_reason WHEN 5 THEN 86399 ELSE 0 END)
              FROM article d WHERE d.cluster = c.id AND d.effective_reason IN (0, 5)))) AS first_outlet
FROM cluster c JOIN article a ON a.seq = c.representative JOIN outlet o ON o.id = a.outlet
WHERE c.successor IS NULL;

-- The view says which articles are not compared any more, and of which the text is pruned.
DROP VIEW articles;
CREATE VIEW articles AS
SELECT a.seq,
       CASE a.external WHEN '' THEN lower(hex(a.key)) ELSE a.external END AS article,
       lower(hex(a.key)) AS key,
       o.spelling AS outlet, a.url, a.headline, a.byline, a.published,
       strftime(CASE a.effective_reason WHEN 5 THEN '%Y-%m-%d' ELSE '%Y-%m-%dT%H:%M:%SZ' END, a.effective, 'unixepoch') AS date,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen, 'unixepoch') AS first_seen,
       a.language, a.credit, a.words, a.version,
       CASE a.state WHEN 0 THEN 'compared' WHEN 1 THEN 'too short' END AS state,
       a.cluster,
       coalesce(c.representative = a.seq, 0) AS representative,
       CASE a.effective_reason WHEN 0 THEN 'minute' WHEN 5 THEN 'day' ELSE 'unknown' END AS date_known,
       o.name AS outlet_key,
       a.summary,
       a.frozen & 1 AS frozen, a.frozen >> 2 & 1 AS text_pruned
FROM article a JOIN outlet o ON o.id = a.outlet
LEFT JOIN cluster c ON c.id = a.cluster
WHERE a.current = 1;

-- Names of outlets as they came with articles and as people write them.
CREATE TABLE spelling (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,          -- article.SpellOutlet; '' no name came
  outlet TEXT NOT NULL,               -- its canonical form
  articles INTEGER NOT NULL           -- stored versions that came under it
) STRICT;
CREATE INDEX spelling_outlet ON spelling(outlet);

-- The name that came with a version; 0: it was stored before names were kept.
ALTER TABLE article ADD COLUMN given INTEGER NOT NULL DEFAULT 0;

-- What is shown of an outlet; alias is 1 where a person gave it, and 0 where it is the most
-- frequent spelling.
ALTER TABLE outlet ADD COLUMN spelling TEXT NOT NULL DEFAULT '';
ALTER TABLE outlet ADD COLUMN alias INTEGER NOT NULL DEFAULT 0;
UPDATE outlet SET spelling = name;

-- Outlets are shown as people write them; outlet_key is the name by which they are told apart.
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
       o.name AS outlet_key
FROM article a JOIN outlet o ON o.id = a.outlet
LEFT JOIN cluster c ON c.id = a.cluster
WHERE a.current = 1;

DROP VIEW clusters;
CREATE VIEW clusters AS
SELECT c.id AS cluster, a.headline, o.spelling AS outlet, c.outlets, c.size,
       strftime(CASE WHEN EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective = c.first AND m.effective_reason = 5)
                THEN '%Y-%m-%d' ELSE '%Y-%m-%dT%H:%M:%SZ' END, c.first, 'unixepoch') AS first,
       strftime(CASE WHEN EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective > c.last - 86400 AND m.effective_reason = 5)
                THEN '%Y-%m-%d' ELSE '%Y-%m-%dT%H:%M:%SZ' END, c.last, 'unixepoch') AS last,
       c.representative, c.reason, a.language, a.credit, c.made, c.changed,
       CASE WHEN EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective = c.first AND m.effective_reason = 5) THEN 'day'
            WHEN EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective_reason = 0) THEN 'minute'
            ELSE 'unknown' END AS first_known,
       (SELECT spelling FROM outlet WHERE id =
          (SELECT CASE WHEN min(m.outlet) = max(m.outlet) THEN min(m.outlet) END FROM article m
           WHERE m.cluster = c.id AND m.effective_reason IN (0, 5) AND m.effective <=
             (SELECT min(d.effective + CASE d.effective_reason WHEN 5 THEN 86399 ELSE 0 END)
              FROM article d WHERE d.cluster = c.id AND d.effective_reason IN (0, 5)))) AS first_outlet,
       o.name AS outlet_key
FROM cluster c JOIN article a ON a.seq = c.representative JOIN outlet o ON o.id = a.outlet
WHERE c.successor IS NULL;

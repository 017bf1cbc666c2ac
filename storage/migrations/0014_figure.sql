-- What a link was decided by and what that needed at least, shares from 0 to 1: of near the
-- resemblance, of excerpt and revision the containment, of rewrite the order of the words, of
-- identical 1. NULL of what is no link, and in what an older program judged, until it is judged again.
ALTER TABLE pair ADD COLUMN figure REAL;
ALTER TABLE pair ADD COLUMN needs REAL;

DROP VIEW links;
CREATE VIEW links AS
SELECT p.a AS seq_a, p.b AS seq_b,
       CASE a.external WHEN '' THEN lower(hex(a.key)) ELSE a.external END AS article_a,
       CASE b.external WHEN '' THEN lower(hex(b.key)) ELSE b.external END AS article_b,
       CASE p.kind WHEN 1 THEN 'identical' WHEN 2 THEN 'near' WHEN 3 THEN 'excerpt'
                   WHEN 4 THEN 'rewrite' WHEN 5 THEN 'revision' END AS kind,
       p.resemblance, p.containment_a, p.containment_b,
       coalesce(a.cluster = b.cluster, 0) AS same_cluster,
       CASE WHEN p.needs IS NOT NULL THEN
         CASE p.kind WHEN 1 THEN 'same text' WHEN 2 THEN 'resemblance' WHEN 3 THEN 'containment'
                     WHEN 4 THEN 'order' WHEN 5 THEN 'containment' END END AS decided_by,
       p.figure, p.needs
FROM pair p JOIN article a ON a.seq = p.a JOIN article b ON b.seq = p.b
WHERE p.kind > 0 AND a.current = 1 AND b.current = 1;

-- What the members of a cluster are linked with outside of it: links that the clustering did not
-- follow, because they would have joined two stories. other is NULL where article is in no cluster.
CREATE VIEW related AS
SELECT m.cluster, o.cluster AS other, m.seq AS seq, o.seq AS seq_other,
       CASE m.external WHEN '' THEN lower(hex(m.key)) ELSE m.external END AS article,
       CASE o.external WHEN '' THEN lower(hex(o.key)) ELSE o.external END AS article_other,
       CASE p.kind WHEN 1 THEN 'identical' WHEN 2 THEN 'near' WHEN 3 THEN 'excerpt'
                   WHEN 4 THEN 'rewrite' WHEN 5 THEN 'revision' END AS kind,
       max(p.containment_a, p.containment_b) AS share
FROM pair p JOIN article m ON m.seq = p.a JOIN article o ON o.seq = p.b
WHERE p.kind > 0 AND m.current = 1 AND o.current = 1 AND m.cluster IS NOT NULL AND o.cluster IS NOT m.cluster
UNION ALL
SELECT m.cluster, o.cluster, m.seq, o.seq,
       CASE m.external WHEN '' THEN lower(hex(m.key)) ELSE m.external END,
       CASE o.external WHEN '' THEN lower(hex(o.key)) ELSE o.external END,
       CASE p.kind WHEN 1 THEN 'identical' WHEN 2 THEN 'near' WHEN 3 THEN 'excerpt'
                   WHEN 4 THEN 'rewrite' WHEN 5 THEN 'revision' END,
       max(p.containment_a, p.containment_b)
FROM pair p JOIN article m ON m.seq = p.b JOIN article o ON o.seq = p.a
WHERE p.kind > 0 AND m.current = 1 AND o.current = 1 AND m.cluster IS NOT NULL AND o.cluster IS NOT m.cluster;

-- The input's own ids, by which people name articles: a look-up in whatever outlet.
CREATE INDEX article_external ON article(external) WHERE current = 1 AND external <> '';

-- The tables of boilerplate have the name of what they hold. changed was stale: what became
-- or ceased to be boilerplate since those who have it were judged.
ALTER TABLE furniture RENAME TO boilerplate;
ALTER TABLE stale RENAME TO changed;
UPDATE meta SET name = 'boilerplate.' || substr(name, 11) WHERE name IN ('furniture.decided', 'furniture.forgotten');

-- How many members a resource has, in its own row: whoever adds or removes one writes that row anyway, for
-- its version.

ALTER TABLE resources ADD COLUMN members bigint NOT NULL DEFAULT 0;

UPDATE resources SET members = c.total
FROM (SELECT tenant, owner, count(*) AS total FROM edges GROUP BY tenant, owner) c
WHERE resources.tenant = c.tenant AND resources.id = c.owner;

-- Suspended records, counted as they come and go, under a name that no type of resource has.

INSERT INTO tallies (tenant, type, total)
SELECT tenant, ' suspended', count(*) FROM suspended GROUP BY tenant;

-- Who looks from a member needs the owner's type as well, and finds it here.

DROP INDEX edges_member;
CREATE INDEX edges_member ON edges (tenant, member, owner, owner_type);

UPDATE sqlite_stat1 SET stat = '4000000 4000000 4 1 1' WHERE idx = 'edges_member';

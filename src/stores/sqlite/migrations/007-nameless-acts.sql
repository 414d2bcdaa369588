-- What people did to an account is told by its id. A name would outlive the account when it is erased.
UPDATE acts SET subject = coalesce(
  (SELECT l.id FROM lookups l WHERE l.tenant = acts.tenant AND l.type = 'User'
    AND l.attribute = 'userName' AND l.value = fold(acts.subject) LIMIT 1),
  (SELECT s.id FROM suspended s WHERE s.tenant = acts.tenant AND s.type = 'User'
    AND s.name = fold(acts.subject) ORDER BY s.suspended_at DESC, s.suspension DESC LIMIT 1),
  '')
WHERE action IN ('user.suspend', 'user.restore');

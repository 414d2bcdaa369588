/** What operators did, in plain words; the service's own names are in the code of its routes. */

const ACTIONS: Readonly<Record<string, string>> = {
  'key.create': 'Made an API key',
  'key.rotate': 'Rotated an API key',
  'key.revoke': 'Revoked an API key',
  'operator.invite': 'Invited an operator',
  'operator.link': 'Made a sign-in link',
  'operator.remove': 'Removed an operator',
  'operator.role': 'Changed a role',
  'password.change': 'Changed their password',
  'session.begin': 'Signed in',
  'session.end': 'Ended a session',
  'session.endOthers': 'Ended all other sessions',
  'settings.change': 'Changed the rules',
  'setup.create': 'Made a setup link',
  'setup.end': 'Ended a setup link',
  'setup.key': 'Made an API key',
  'tenant.create': 'Made a tenant',
  'user.erase': 'Erased',
  'user.restore': 'Restored',
  'user.suspend': 'Suspended',
}

/** One that has no words yet is shown by its name. */
export function actionInWords(action: string): string {
  return ACTIONS[action] ?? action
}

/** What a person’s own log and the platform’s say. */
export const ACTIONS: Record<string, string> = {
  'session.created': 'Signed in', 'session.refused': 'Sign-in', 'session.ended': 'Session ended', 'session.others_ended': 'Other sessions ended', 'session.factor_passed': 'Second factor given',
  'session.factor_refused': 'Second factor', 'session.proven': 'Confirmed who you are', 'password.changed': 'Password changed', 'password.replaced': 'Password replaced', 'password.reset': 'Password set by link', 'password.link_made': 'Link to set the password made by whoever runs the installation',
  'password.change_refused': 'Change of password', 'email.change_requested': 'Change of address asked for', 'email.changed': 'Address changed', 'email.verified': 'Address confirmed',
  'totp.added': 'Authenticator added', 'totp.removed': 'Authenticator removed', 'passkey.added': 'Passkey added', 'passkey.removed': 'Passkey removed', 'identity.connected': 'Provider connected',
  'identity.disconnected': 'Provider disconnected', 'user.created': 'Account made', 'profile.updated': 'Profile changed', 'super_admin.made': 'Made super-admin', 'account.deactivated': 'Account deactivated by the platform', 'account.reactivated': 'Account active again', 'account.factor_reset': 'Second factor taken off by the platform', 'account.signed_out': 'Signed out everywhere by the platform', 'super_admin.removed': 'Super-admin no more', 'super_admin.asked': 'Asked for a super-admin', 'super_admin.approved': 'Approved a super-admin', 'super_admin.declined': 'Turned down a super-admin', 'super_admin.withdrawn': 'Took super-admin away',
  'organization.created': 'Made an organization', 'organization.suspended': 'Suspended an organization', 'organization.resumed': 'Opened an organization again', 'organization.cancelled': 'Cancelled an organization', 'organization.restored': 'Brought an organization back', 'organization.erased': 'An organization was erased',
  'organization.plan_changed': 'Changed the plan of an organization', 'organization.limit_changed': 'Changed a limit of an organization', 'module.enabled': 'Switched on a module', 'module.disabled': 'Switched off a module',
  'person.deactivated': 'Deactivated an account', 'person.reactivated': 'Made an account active again', 'person.factor_reset': 'Took off a second factor', 'person.link_sent': 'Sent a link to set a password', 'person.signed_out': 'Signed somebody out everywhere',
  'platform.settings_changed': 'Changed the settings of the platform', 'platform.switch_set': 'Set a switch', 'organization.switch_set': 'Set a switch of an organization', 'announcement.made': 'Announced', 'announcement.ended': 'Ended an announcement', 'plan.created': 'Made a plan', 'plan.updated': 'Changed a plan', 'plan.removed': 'Removed a plan', 'isolation.probe_asked': 'Asked for the leak probe', 'platform_audit.exported': 'Took the platform’s history away as a file', 'support.requested': 'Asked to come in as support', 'support.started': 'Came in as support', 'support.withdrawn': 'Took the request for support back', 'support.approved': 'An owner let support in', 'support.declined': 'The organization turned support down', 'support.ended': 'Ended the support session', 'support.ended_by_organization': 'The organization ended the support session', 'support.expired': 'The time of the support session was over', 'support.lapsed': 'Nobody answered the request for support',
}
const REASONS: Record<string, string> = {
  wrong_password: 'wrong password', wrong_passkey: 'unknown passkey', deactivated: 'account deactivated', suspended: 'account suspended', not_listed: 'address not listed', signed_out: 'signed out',
  replaced: 'replaced by a new sign-in', ended_by_person: 'ended by you', password_changed: 'password changed', signed_out_everywhere: 'signed out everywhere', token_reused: 'token used twice', ended_by_platform: 'ended by the platform',
}

/** `session.refused`, `wrong_password` → "Sign-in: wrong password". */
export function describeSecurityEvent(action: string, reason: string | null, subject: string | null): string {
  const what = ACTIONS[action] ?? action.replaceAll(/[._]/g, ' ')
  const why = reason ? (REASONS[reason] ?? reason.replaceAll('_', ' ')) : action === 'session.created' && subject ? `by ${subject.replaceAll('_', ' ')}` : null
  return why ? `${what}: ${why}` : what
}

const ACTIONS: Record<string, string> = {
  'session.created': 'Signed in', 'session.refused': 'Sign-in', 'session.ended': 'Session ended', 'session.others_ended': 'Other sessions ended', 'session.factor_passed': 'Second factor given',
  'session.factor_refused': 'Second factor', 'session.proven': 'Confirmed who you are', 'password.changed': 'Password changed', 'password.replaced': 'Password replaced', 'password.reset': 'Password set by link', 'password.link_made': 'Link to set the password made by whoever runs the installation',
  'password.change_refused': 'Change of password', 'email.change_requested': 'Change of address asked for', 'email.changed': 'Address changed', 'email.verified': 'Address confirmed',
  'totp.added': 'Authenticator added', 'totp.removed': 'Authenticator removed', 'passkey.added': 'Passkey added', 'passkey.removed': 'Passkey removed', 'identity.connected': 'Provider connected',
  'identity.disconnected': 'Provider disconnected', 'user.created': 'Account made', 'profile.updated': 'Profile changed', 'super_admin.made': 'Made super-admin', 'super_admin.removed': 'Super-admin no more',
}
const REASONS: Record<string, string> = {
  wrong_password: 'wrong password', wrong_passkey: 'unknown passkey', deactivated: 'account deactivated', suspended: 'account suspended', not_listed: 'address not listed', signed_out: 'signed out',
  replaced: 'replaced by a new sign-in', ended_by_person: 'ended by you', password_changed: 'password changed', signed_out_everywhere: 'signed out everywhere', token_reused: 'token used twice',
}

/** `session.refused`, `wrong_password` → "Sign-in: wrong password". */
export function describeSecurityEvent(action: string, reason: string | null, subject: string | null): string {
  const what = ACTIONS[action] ?? action.replaceAll(/[._]/g, ' ')
  const why = reason ? (REASONS[reason] ?? reason.replaceAll('_', ' ')) : action === 'session.created' && subject ? `by ${subject.replaceAll('_', ' ')}` : null
  return why ? `${what}: ${why}` : what
}

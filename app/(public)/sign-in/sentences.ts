/** Why a sign-in was refused, by the code in the address. Codes that NextAuth makes up itself share one sentence. */
const REFUSALS: Record<string, string> = {
  CredentialsSignin: 'This address and password do not go together. Check both and try again.',
  account_deactivated: 'This account has been deactivated. Ask an owner of your organization.',
  account_suspended: 'This account is suspended. Ask an owner of your organization.',
  account_pending_verification: 'Confirm your e-mail address first: open the link that was sent to you.',
  account_not_listed: 'This installation is open to listed addresses only, and yours is not one of them.',
  deactivated: 'This account has been deactivated. Ask an owner of your organization.',
  suspended: 'This account is suspended. Ask an owner of your organization.',
  pending_verification: 'Confirm your e-mail address first: open the link that was sent to you.',
  not_listed: 'This installation is open to listed addresses only, and yours is not one of them.',
  email_unverified: 'The provider has not confirmed your e-mail address. Confirm it there, then try again.',
  connect_first: 'There is an account for this address already. Sign in to it, then connect the provider under Account, Security.',
  not_invited: 'No organization here lists your address. Ask one of its owners for an invitation.',
  malformed: 'The provider’s answer could not be used. Try again, or sign in another way.',
}
const PROVIDER_FAILED = 'Signing in did not work. Try again, or sign in another way.'
export const UNREACHABLE = 'Signing in did not work just now. Nothing is wrong with your password: try again in a moment.'

export function refusalSentence(code: string | undefined | null): string | undefined {
  if (!code) return undefined
  const [, seconds] = /^wait_(\d{1,6})$/.exec(code) ?? []
  if (seconds) return `Too many attempts. Try again in ${Number(seconds) < 90 ? `${seconds} seconds` : `${Math.ceil(Number(seconds) / 60)} minutes`}.`
  // Its own entries alone: the address can say `constructor`.
  if (Object.hasOwn(REFUSALS, code)) return REFUSALS[code]
  return /^(OAuth|Callback|AccessDenied|Configuration|Verification|Default|SessionRequired)/.test(code) ? PROVIDER_FAILED : UNREACHABLE
}

/** Why the session that was here is over. */
const ENDS: Record<string, string> = {
  expired: 'You were signed out because you had not been here for a while.',
  deactivated: 'Your account has been deactivated.',
  suspended: 'Your account is suspended.',
  password_changed: 'Your password was changed, so every other session was ended.',
  ended_by_person: 'This session was ended from another device.',
  signed_out_everywhere: 'You signed out everywhere.',
  token_reused: 'This session was ended because somebody else used it.',
  account_deleted: 'Your account was deleted.',
}

export function endSentence(reason: string | undefined): string | undefined {
  if (!reason) return undefined
  return Object.hasOwn(ENDS, reason) ? ENDS[reason] : 'Your session has ended. Sign in again.'
}

/** An instant in words, in the reader's zone, else in UTC. */
export function deliveryOf(at: string, timezone: string | null): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: timezone ?? 'UTC' }).format(new Date(at)) + (timezone ? '' : ' UTC')
}

/** What the console did to an organization. */
export const ORGANIZATION_ACTS: Record<string, { subject: string; text: (organization: string) => string }> = {
  suspend: { subject: 'is suspended', text: (organization) => `suspended ${organization}. Nobody can work in it for now; nothing is deleted.` },
  resume: { subject: 'is open again', text: (organization) => `opened ${organization} again. Everything is as it was.` },
  cancel: { subject: 'is cancelled', text: (organization) => `cancelled ${organization}. Nobody can open it any more; it is erased after 30 days unless they bring it back.` },
  restore: { subject: 'is back', text: (organization) => `brought ${organization} back. Everything is as it was.` },
}

/** What the console did to an account. */
export const ACCOUNT_ACTS: Record<string, { subject: string; text: string }> = {
  deactivate: { subject: 'Your account is deactivated', text: 'deactivated your account' },
  reactivate: { subject: 'Your account is active again', text: 'made your account active again' },
  reset_factor: { subject: 'Your second factor was taken off', text: 'taken the second factor and all passkeys off your account and signed you out everywhere' },
  sign_out: { subject: 'You were signed out everywhere', text: 'signed you out everywhere' },
  send_link: { subject: 'A link to set your password was sent', text: 'sent you a link to set a new password, in another message' },
  withdraw: { subject: 'You are no super-admin any more', text: 'taken from you what a super-admin may do' },
  super_admin: { subject: 'You are a super-admin', text: 'made you one of them. The console asks for a second factor' },
}

import type { MemberGate, PersonGate } from '@/lib/platform/directory'

/** Where a gate is passed, and where it leads back to. */
export function gatePath(gate: PersonGate | MemberGate, next: string, organization?: string): string {
  const query = `next=${encodeURIComponent(next)}`
  if (gate === 'second_factor') return `/second-factor?${query}`
  if (gate === 'new_password') return `/new-password?${query}`
  if (gate === 'set_up_factor') return `/account/security?required=${organization ?? ''}&${query}`
  if (gate === 'prove_again') return `/prove?${query}`
  return `/welcome/${organization}`
}

/** The same for a request that cannot be sent anywhere. */
export const GATE_SENTENCES: Record<PersonGate | MemberGate, string> = {
  second_factor: 'Finish signing in first: your second factor has not been given.',
  new_password: 'Set a new password first.',
  set_up_factor: 'This organization asks for a second factor. Set one up first, under Account, Security.',
  prove_again: 'This organization wants to know from time to time that it is still you. Confirm it first.',
  onboarding: 'Finish the set-up of this organization first.',
}

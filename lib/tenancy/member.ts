export const ROLES = ['owner', 'admin', 'manager', 'member', 'field', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** A support session: who of the platform acts here, how, and until when (ISO). */
export type SupportFacts = { readonly id: string; readonly adminName: string; readonly mode: 'read_only' | 'read_write'; readonly endsAt: string; readonly reason: string }

declare const proven: unique symbol

/**
 * A person acting in one organization, proven by the database for this request. Made only by lib/platform/directory
 * (from a session, or from a membership read again), so whoever holds one has passed the check.
 */
export type Member = {
  readonly tenantId: string
  readonly userId: string
  readonly role: Role
  readonly displayName: string
  readonly email: string | null
  readonly timezone: string
  readonly organization: {
    readonly slug: string
    readonly name: string
    readonly colour: string
    readonly kind: string
    readonly timezone: string
    readonly modules: readonly string[]
  }
  /** Set for somebody of the platform, who is no member: the database enters the session, not the person. */
  readonly support?: SupportFacts
  readonly [proven]: true
}

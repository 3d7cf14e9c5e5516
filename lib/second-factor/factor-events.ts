import 'server-only'
import { enqueueMail } from '@/lib/mail/outbox'
import type { PersonScope } from '@/lib/platform/person'
import { recordOwnEvent } from '@/lib/security-log/security-log'

/** Writes a change of somebody's factors to their log and tells them. */
export async function recordFactorChange(scope: PersonScope, action: string, what: string): Promise<void> {
  await recordOwnEvent(scope, { action })
  const { name, email, timezone } = await scope.tx.user.findUniqueOrThrow({ where: { id: scope.userId } })
  if (email) await enqueueMail(scope.tx, 'factor_changed', email, { name, what, at: new Date().toISOString(), timezone })
}

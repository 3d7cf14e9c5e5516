import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { askConsole } from '@/lib/console/ask-console'
import type { Scope } from '@/lib/tenancy/with-tenant'

/** `open`: somebody has asked already. `recent`: it ran less than ten minutes ago, for the console one minute. */
export type ProbeAnswer = 'asked' | 'open' | 'recent'

export const PROBE_ANSWERS: Record<ProbeAnswer, string> = {
  asked: 'Asked for. What it finds is shown here.', open: 'Somebody has asked for it already. What it finds is shown here.', recent: 'It has just run: its figures stand here.',
}

/** By owners and admins, for the whole installation. */
export async function askProbe(scope: Scope, at = new Date()): Promise<ProbeAnswer> {
  authorize(scope, 'isolation:read')
  const [row] = await scope.tx.$queryRaw<{ answer: ProbeAnswer }[]>`SELECT kernel.ask_probe(${at}) AS answer`
  const { tenantId, organization } = scope.member
  if (row!.answer === 'asked') await recordAudit(scope, { action: 'isolation.probe_asked', entityKind: 'organization', entityId: tenantId, label: organization.name })
  return row!.answer
}

/** By super-admins. @throws NotFoundError for everybody else */
export async function askProbeOfConsole(token: string, now = new Date()): Promise<ProbeAnswer> {
  return (await askConsole<{ probe: ProbeAnswer }>(token, 'ask_probe', {}, now)).probe
}

import 'server-only'
import { normalizeEmail } from '@/lib/access/email'
import { isListedByPlatform } from '@/lib/access/platform-allowlist'
import { env } from '@/lib/env'
import { ConflictError, InvalidError } from '@/lib/errors'
import { fromCursor, pageOf, toCursor } from '@/lib/keyset'
import { sendsMail } from '@/lib/mail/outbox'
import { MODULES, type ModuleKey } from '@/lib/modules/modules'
import { isTaken, TRIES, wishFor } from '@/lib/organizations/founding'
import type { LimitKey, LoadKey } from '@/lib/plans/limit-keys'
import type { SwitchKey } from '@/lib/switches/keys'
import { newToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import { afterOf, askConsole, nameCursor } from './ask-console'
import type { CreateOrganization, OrganizationFilter, OrganizationState } from './schema'

const PAGE_SIZE = 50

/** Directory facts and counters, never content. Instants are ISO texts. `storageMb` as of the last hour. */
export type OrganizationLine = { id: string; name: string; slug: string; code: string; kind: string; state: OrganizationState; planKey: string; createdAt: string; members: number; projects: number; storageMb: number; lastActiveAt: string | null; sort: string }
export type OrganizationFacts = Omit<OrganizationLine, 'members' | 'projects' | 'storageMb' | 'sort'> & {
  colour: string; effectivePlan: string; trialEndsAt: string | null; suspendedReason: string | null; deletedAt: string | null; purgeAfter: string | null; supportPolicy: string; joinPolicy: string; needsSecondFactor: boolean
  /** `isOwn`: a limit of its own in place of its plan's. */
  usage: { key: LimitKey | LoadKey; used: number; max: number | null; isOwn: boolean }[]
  modules: string[]
  switches: Partial<Record<SwitchKey, boolean>>
  owners: { id: string; name: string; email: string | null; status: string; lastActiveAt: string | null }[]
  support: { id: string; adminName: string; reason: string; mode: 'read_only' | 'read_write'; status: string; endedBy: string | null; minutes: number; startsAt: string | null; at: string; events: number }[]
}

/** By name, a page of 50; `after` where the one before ended. @throws NotFoundError for who does not run the installation, as everything here */
export async function listOrganizations(token: string, { after, ...filter }: OrganizationFilter): Promise<{ rows: OrganizationLine[]; next: string | null }> {
  const { rows } = await askConsole<{ rows: OrganizationLine[] }>(token, 'organizations', { ...filter, ...afterOf(fromCursor(nameCursor, after)), limit: PAGE_SIZE + 1 })
  return pageOf(rows, PAGE_SIZE, ({ sort, id }) => toCursor(sort, id))
}

export const readOrganization = (token: string, id: string) => askConsole<OrganizationFacts>(token, 'organization', { id })

/** Owners are told by mail. @throws ConflictError `wrong_state` · InvalidError without a reason */
export async function changeOrganization(token: string, input: { id: string; act: 'suspend' | 'resume' | 'cancel' | 'restore'; reason?: string }): Promise<void> {
  await askConsole(token, 'change_organization', input)
}

/** As an owner's deletion: gone at once, erased after 30 days. @throws InvalidError when its address was not typed */
export async function cancelOrganization(token: string, { id, reason, confirmation }: { id: string; reason: string; confirmation: string }): Promise<void> {
  const { slug } = await readOrganization(token, id)
  if (confirmation.trim() !== slug) throw new InvalidError(`Type ${slug} to confirm.`, { confirmation: [`Type ${slug} to confirm.`] })
  await changeOrganization(token, { id, act: 'cancel', reason })
}

/** Acts at once; a smaller plan takes nothing but, after thirty days, history that it does not keep. `was`: the plan that was read. @throws ChangedElsewhereError */
export async function setPlan(token: string, input: { id: string; plan: string; was?: string }): Promise<void> {
  await askConsole(token, 'set_plan', input)
}

/** `was`: what was read, as plan, none or the number. @throws ChangedElsewhereError */
export async function setLimit(token: string, input: { id: string; key: LimitKey | LoadKey; mode: 'plan' | 'none' | 'own'; value: number | ''; was?: string }): Promise<void> {
  await askConsole(token, 'set_limit', input)
}

/** Acts on everybody's next request. */
export async function setModule(token: string, { id, module, enabled }: { id: string; module: string; enabled: boolean }): Promise<{ label: string }> {
  const known = Object.hasOwn(MODULES, module) ? MODULES[module as ModuleKey] : null
  if (!known?.description) throw new InvalidError('Choose a module of the list.', { module: ['Choose a module of the list.'] })
  await askConsole(token, 'set_module', { id, module, enabled, label: known.label })
  return { label: known.label }
}

/**
 * Makes an organization for somebody else. Its address and code come by the rules of sign-up. Who has no account gets one, and a
 * link that sets their password within 7 days: by mail, or answered once where no mail is sent.
 * @throws InvalidError for an address that may not come in, or whose account is not active
 */
export async function createOrganization(token: string, { name, kind, email, plan }: CreateOrganization): Promise<{ id: string; link: string | null; isMailed: boolean }> {
  const address = normalizeEmail(email)!
  if (!(await isListedByPlatform(address))) throw new InvalidError('This address may not sign in here.', { email: ['The addresses that may come into this installation are listed, and this is not one of them.'] })
  const secret = newToken()
  const link = `${env().NEXTAUTH_URL}/reset-password/${secret.secret}`
  for (let n = 1; n <= TRIES; n++) {
    const { record, membershipId, modules } = wishFor({ name, kind, timezone: null }, n)
    const organization = { ...record, ...(plan && { status: 'active', plan_key: plan }) }
    const input = { organization, membershipId, modules, email, emailLc: address, ownerId: uuidv7(), ownerName: email.split('@')[0]!.slice(0, 120), tokenHash: Buffer.from(secret.hash).toString('hex'), link, home: `${env().NEXTAUTH_URL}/${record.slug}`, isMailed: sendsMail() }
    try {
      const { id, isNew } = await askConsole<{ id: string; isNew: boolean }>(token, 'create_organization', input)
      return { id, link: isNew && !sendsMail() ? link : null, isMailed: sendsMail() }
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
  throw new ConflictError('Too many organizations have this name. Choose another one.')
}

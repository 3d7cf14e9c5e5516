import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { timezone } from '@/lib/account/schema'
import { changesBetween, recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { InvalidError } from '@/lib/errors'
import { readPicture } from '@/lib/pictures/picture'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { line } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import { isReserved } from './rules'

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

export const organizationProfileSchema = z.strictObject({
  name: line('A name', 120),
  slug: z.string().trim().toLowerCase()
    .refine((text) => /^[a-z0-9](-?[a-z0-9])*$/.test(text) && text.length >= 3 && text.length <= 40, 'Use 3 to 40 letters a to z, digits and single hyphens.')
    .refine((text) => !isReserved(text), 'This address belongs to the application itself. Choose another one.'),
  timezone,
  currency: z.string().trim().toUpperCase().refine((text) => CURRENCIES.has(text), 'Choose a currency of the list, such as EUR.'),
  colour: z.string().toLowerCase().regex(/^#[0-9a-f]{6}$/, 'Choose a colour.'),
})
export type OrganizationProfile = z.infer<typeof organizationProfileSchema> & { code: string; logoHash: string | null; createdAt: Date }

export async function readOrganizationProfile({ tx, member }: Scope): Promise<OrganizationProfile> {
  const { name, slug, timezone: zone, currency, colour, code, logoHash, createdAt } = await tx.organization.findFirstOrThrow({ where: { id: member.tenantId } })
  return { name, slug, timezone: zone, currency, colour, code, logoHash, createdAt }
}

/** Its former address leads members on for 90 days, and nobody else takes it meanwhile. @throws InvalidError on `slug` when it is taken */
export async function updateOrganization(scope: Scope, input: z.infer<typeof organizationProfileSchema>): Promise<{ slug: string }> {
  authorize(scope, 'organization:update')
  const { tx, member } = scope
  const before = await readOrganizationProfile(scope)
  const [row] = await tx.$queryRaw<{ outcome: string }[]>`SELECT kernel.update_organization(${JSON.stringify(input)}::jsonb, ${new Date()}) AS outcome`
  if (row?.outcome !== 'saved') throw new InvalidError('Please correct the fields marked below.', { slug: ['Another organization has this address, or had it until lately. Choose another one.'] })
  const changes = changesBetween(before, input)
  if (Object.keys(changes).length > 0) await recordAudit(scope, { action: 'organization.updated', entityKind: 'organization', entityId: member.tenantId, label: input.name, changes })
  return { slug: input.slug }
}

/** Sets the logo from a data URL, or takes it away. @throws InvalidError when it is no picture, or too large */
export async function setLogo(scope: Scope, image: string | null): Promise<void> {
  authorize(scope, 'organization:update')
  const { tx, member } = scope
  const picture = image === null ? null : readPicture(image)
  await tx.organizationLogo.deleteMany({})
  if (picture) await tx.organizationLogo.createMany({ data: [{ id: uuidv7(), ...picture, createdBy: member.userId }] })
  const hash = picture && logoHash(picture.bytes)
  await tx.$executeRaw`SELECT kernel.set_logo_hash(${hash}, ${new Date()})`
  await recordAudit(scope, { action: picture ? 'organization.logo_set' : 'organization.logo_removed', entityKind: 'organization', entityId: member.tenantId, label: member.organization.name })
}

/** What the address of a logo changes with. */
export const logoHash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url').slice(0, 16)

import { z } from 'zod'

export const ARCHIVE_FORMAT = 1

const part = z.object({ path: z.string().max(200), rows: z.number().int().min(0), bytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
export type Part = z.infer<typeof part>

/** What an archive says of itself. `madeBy`: the owner as whom it was read, who is whoever restores it. `leftOut`: rows of other people's private projects that are not in it, as numbers. */
export const manifestSchema = z.object({
  format: z.literal(ARCHIVE_FORMAT),
  madeAt: z.iso.datetime(),
  madeBy: z.uuid(),
  organization: z.object({
    name: z.string().min(1).max(120), kind: z.enum(['company', 'team', 'household', 'personal']), timezone: z.string().max(80), currency: z.string().length(3),
    colour: z.string().regex(/^#[0-9a-f]{6}$/), modules: z.array(z.string().max(40)).max(40),
  }),
  people: z.array(z.object({ userId: z.uuid(), name: z.string().max(120), email: z.string().max(320).nullable(), role: z.string().max(20) })).max(100_000),
  tables: z.record(z.string(), part),
  files: z.array(part).max(200_000),
  leftOut: z.object({ privateProjects: z.number().int().min(0) }),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Tables of an organization that no archive holds, and why. With those that one holds this is every table there is: a test says so. */
export const NOT_ARCHIVED: Record<string, string> = {
  memberships: 'whoever restores is its maker; the others stand as former members',
  organization_modules: 'said in the manifest',
  access_rules: 'who may join is decided anew',
  invitations: 'secrets', invitation_teams: 'secrets', api_keys: 'secrets',
  audit_events: 'in the file history.jsonl, to be read: a new history begins', audit_details: 'in the file history.jsonl', audit_seals: 'of the old history',
  refused_attempts: 'of the old history', support_sessions: 'of the old history',
  organization_limits: 'the installation’s', usage_counts: 'the installation’s',
  jobs: 'work that is over', exports: 'files that run out', import_batches: 'work that is over', import_rows: 'work that is over', import_id_map: 'work that is over', import_mappings: 'one person’s',
  notifications: 'one person’s', inbox_snoozes: 'one person’s', saved_views: 'one person’s',
}

/** The demo organizations, numbered: their ids and those of what is in them come from the number. */
export const organizations = [
  { number: 1, slug: 'northline', code: 'NRTHWX7K2', name: 'Northline Property Services', kind: 'company', plan: 'professional', timezone: 'America/Chicago', currency: 'USD', colour: '#1d4ed8', modules: ['projects', 'money', 'field', 'knowledge'] },
  { number: 2, slug: 'marlow', code: 'MARWHH5T8', name: 'Marlow Household', kind: 'household', plan: 'free', timezone: 'America/Los_Angeles', currency: 'USD', colour: '#be185d', modules: ['projects', 'money'] },
  { number: 3, slug: 'copperleaf', code: 'CPPRXF4W6', name: 'Copperleaf Studio', kind: 'company', plan: 'basic', timezone: 'Europe/Berlin', currency: 'EUR', colour: '#c2410c', modules: ['projects', 'knowledge', 'studio'] },
  { number: 4, slug: 'sentinel', code: 'SNTNEX3R9', name: 'Sentinel Research Group', kind: 'team', plan: 'professional', timezone: 'UTC', currency: 'EUR', colour: '#0f766e', modules: ['projects', 'knowledge', 'intelligence'] },
  { number: 5, slug: 'fern-forge', code: 'FRNFRG6K4', name: 'Fern & Forge Software', kind: 'team', plan: 'basic', timezone: 'Australia/Adelaide', currency: 'AUD', colour: '#15803d', modules: ['projects', 'knowledge', 'studio', 'api_access'] },
  { number: 6, slug: 'legacy-import', code: 'LEGACY001', name: 'Legacy Import Co', kind: 'company', plan: 'enterprise', timezone: 'America/Chicago', currency: 'USD', colour: '#6d28d9', modules: ['projects', 'money', 'field', 'knowledge'] },
  { number: 7, slug: 'test-beta', code: 'BETAC2M7X', name: 'Test Company Beta', kind: 'company', plan: 'basic', timezone: 'America/Denver', currency: 'USD', colour: '#b45309', modules: ['field'] },
  { number: 8, slug: 'adas-workspace', code: 'ADAWRK8P3', name: "Ada's workspace", kind: 'personal', plan: 'free', timezone: 'Australia/Adelaide', currency: 'JPY', colour: '#0369a1', modules: ['projects', 'money'] },
  { number: 9, slug: 'quiet-harbor', code: 'QHARBR2Z5', name: 'Quiet Harbor', kind: 'team', plan: 'free', timezone: 'UTC', currency: 'USD', colour: '#475569', modules: ['projects'], suspendedReason: 'Billing contact asked for a pause' },
] as const

export type DemoOrganization = (typeof organizations)[number]

const KINDS = { organization: 1, user: 2, membership: 3, module: 4, team: 5, label: 6, project: 7, task: 8, comment: 9, support: 10 } as const

/** A constant id in the layout of version 7: organization, kind and running number. */
export function demoId(organization: number, kind: keyof typeof KINDS, running: number): string {
  const head = (0x018f_0000_0000 + organization * 0x10000 + KINDS[kind] * 0x1000).toString(16).padStart(12, '0')
  return `${head.slice(0, 8)}-${head.slice(8)}-7${KINDS[kind].toString(16).padStart(3, '0')}-8000-${running.toString(16).padStart(12, '0')}`
}

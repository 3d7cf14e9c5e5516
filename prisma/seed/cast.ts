import type { Role } from '@/lib/tenancy/member'

/** Everybody in the demo organizations. Invented people; one row each, in the order of the story. */
type Place = { organization: string; slug: string; role: Role; status?: 'suspended' | 'pending_approval' }
export type Demo = { name: string; email: string; kind?: 'service' | 'system'; hasPassword?: boolean; isSuperAdmin?: boolean; places: Place[] }

const NAMES: Record<string, string> = {
  northline: 'Northline Property Services', marlow: 'Marlow Household', copperleaf: 'Copperleaf Studio', sentinel: 'Sentinel Research Group', 'fern-forge': 'Fern & Forge Software',
  'legacy-import': 'Legacy Import Co', 'test-beta': 'Test Company Beta', 'adas-workspace': "Ada's workspace", 'quiet-harbor': 'Quiet Harbor',
}

const at = (slug: string, role: Role, status?: Place['status']): Place => ({ organization: NAMES[slug]!, slug, role, status })

function person(name: string, ...places: Place[]): Demo {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
  return { name, email, places }
}

export const cast: Demo[] = [
  person('Tomas Lind', at('northline', 'owner')),
  person('Gwen Abara', at('northline', 'admin')),
  person('Priya Raman', at('northline', 'manager'), at('marlow', 'owner'), at('sentinel', 'viewer')),
  person('Dale Kowalski', at('northline', 'field')),
  person('Sam Ortiz', at('northline', 'field')),
  person('Lee Novak', at('northline', 'field')),
  person('Ruth Bell', at('northline', 'field')),
  person('Ivo Petrov', at('northline', 'field')),
  person('Noor Haddad', at('northline', 'field')),
  person('Ben Castle', at('northline', 'field', 'pending_approval')),
  person('Hank Moberg', at('northline', 'field', 'suspended')),
  person('Jonas Raman', at('marlow', 'member')),
  person('Ines Duarte', at('copperleaf', 'owner')),
  person('Otto Weber', at('copperleaf', 'manager')),
  person('Rosa Quist', at('copperleaf', 'member')),
  person('Lin Park', at('copperleaf', 'viewer')),
  person('Marta Silva', at('sentinel', 'owner')),
  person('Chidi Okafor', at('sentinel', 'manager')),
  person('Eun-ji Han', at('sentinel', 'member')),
  { ...person('Pavel Dorn', at('sentinel', 'member')), hasPassword: false },
  person('Ada Moss', at('fern-forge', 'owner'), at('adas-workspace', 'owner')),
  person('Felix Baum', at('fern-forge', 'admin')),
  person('Kit Rowe', at('fern-forge', 'member')),
  { ...person('Forge Runner', at('fern-forge', 'member')), kind: 'service', hasPassword: false },
  person('Pat Doyle', at('legacy-import', 'owner')),
  person('Vera Lunt', at('legacy-import', 'manager')),
  person('Nina Falk', at('test-beta', 'owner')),
  person('Theo Grant', at('test-beta', 'member')),
  person('Uma Sethi', at('test-beta', 'field')),
  person('Omar Reyes', at('quiet-harbor', 'owner')),
  { ...person('Alex Stone'), isSuperAdmin: true },
  { ...person('Unassigned', at('legacy-import', 'member')), email: 'unassigned@example.com', kind: 'system', hasPassword: false },
]

/** What an organization can switch on. Navigation, search and pages read this one list. */
export const MODULES = {
  projects: { label: 'Projects' },
  money: { label: 'Money' },
  field: { label: 'Field service' },
  knowledge: { label: 'Knowledge' },
  intelligence: { label: 'Intelligence' },
  studio: { label: 'Studio' },
  api_access: { label: 'API access' },
} as const
export type ModuleKey = keyof typeof MODULES

export function isOn(member: { organization: { modules: readonly string[] } }, module: ModuleKey): boolean {
  return member.organization.modules.includes(module)
}

/** The pages of an organization for one member: one list for the menu, the command menu and the shortcuts. */
export function navigationOf(member: { role: string; organization: { slug: string; modules: readonly string[] } }) {
  const base = `/${member.organization.slug}`
  const isAdmin = member.role === 'owner' || member.role === 'admin'
  return [
    { label: 'My work', href: base, icon: 'home', shortcut: 'g h' },
    ...(isOn(member, 'projects')
      ? [
          { label: 'Projects', href: `${base}/projects`, icon: 'projects', shortcut: 'g p' },
          { label: 'Tasks', href: `${base}/tasks`, icon: 'tasks', shortcut: 'g t' },
          { label: 'Labels', href: `${base}/labels`, icon: 'labels', shortcut: 'g l' },
          { label: 'Trash', href: `${base}/trash`, icon: 'trash', shortcut: 'g x' },
        ]
      : []),
    { label: 'Data', href: `${base}/settings/data`, icon: 'export', shortcut: 'g d' },
    ...(isAdmin
      ? [
          { label: 'Access', href: `${base}/settings/access`, icon: 'members', shortcut: 'g m' },
          { label: 'Audit log', href: `${base}/settings/audit`, icon: 'audit', shortcut: 'g a' },
          { label: 'Isolation', href: `${base}/settings/isolation`, icon: 'access', shortcut: 'g i' },
        ]
      : []),
  ]
}

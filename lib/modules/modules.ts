/** What an organization can switch on. Navigation, search, permissions and pages read this one list. `description`: of those that are built. */
export const MODULES = {
  projects: { label: 'Projects', description: 'Projects, tasks, labels and the board.' },
  money: { label: 'Money', description: null },
  field: { label: 'Field service', description: null },
  knowledge: { label: 'Knowledge', description: null },
  intelligence: { label: 'Intelligence', description: null },
  studio: { label: 'Studio', description: null },
  api_access: { label: 'API access', description: 'Keys for programs that act in this organization. Switched off, every key is refused.' },
} as const
export type ModuleKey = keyof typeof MODULES

/** First parts of addresses inside an organization that are a module's pages. */
export const PAGES_OF_MODULES: Record<string, ModuleKey> = { projects: 'projects', tasks: 'projects', labels: 'projects', trash: 'projects' }

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
          { label: 'Next task', href: `${base}/next`, icon: 'next', shortcut: 'g n' },
          { label: 'Projects', href: `${base}/projects`, icon: 'projects', shortcut: 'g p' },
          { label: 'Tasks', href: `${base}/tasks`, icon: 'tasks', shortcut: 'g t' },
          { label: 'Calendar', href: `${base}/calendar`, icon: 'calendar', shortcut: 'g c' },
          { label: 'Workload', href: `${base}/workload`, icon: 'workload', shortcut: 'g w' },
          { label: 'Reports', href: `${base}/reports`, icon: 'reports', shortcut: 'g r' },
          { label: 'Ideas', href: `${base}/ideas`, icon: 'ideas', shortcut: 'g d' },
          { label: 'Notebook', href: `${base}/notebook`, icon: 'notebook', shortcut: 'g k' },
          { label: 'Templates', href: `${base}/templates`, icon: 'templates', shortcut: 'g e' },
          { label: 'Labels', href: `${base}/labels`, icon: 'labels', shortcut: 'g l' },
          { label: 'Trash', href: `${base}/trash`, icon: 'trash', shortcut: 'g x' },
        ]
      : []),
    { label: 'Members', href: `${base}/settings/members`, icon: 'members', shortcut: 'g m' },
    ...(isAdmin ? [{ label: 'Audit log', href: `${base}/settings/audit`, icon: 'audit', shortcut: 'g a' }] : []),
    { label: 'Settings', href: `${base}/settings`, icon: 'settings', shortcut: 'g s' },
  ]
}

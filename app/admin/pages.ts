/** The pages of the console, in the order of its menu. */
export const CONSOLE_PAGES = [
  { label: 'Organizations', href: '/admin', icon: 'organizations', exact: true, under: '/admin/organizations' },
  { label: 'People', href: '/admin/people', icon: 'members' },
  { label: 'Support sessions', href: '/admin/support', icon: 'access' },
  { label: 'Isolation', href: '/admin/isolation', icon: 'health' },
  { label: 'Plans', href: '/admin/plans', icon: 'billing' },
  { label: 'Announcements', href: '/admin/announcements', icon: 'notifications' },
  { label: 'Settings', href: '/admin/settings', icon: 'settings' },
  { label: 'Platform audit', href: '/admin/audit', icon: 'audit' },
  { label: 'Health', href: '/admin/health', icon: 'health' },
  { label: 'Jobs', href: '/admin/jobs', icon: 'activity' },
  { label: 'Load', href: '/admin/load', icon: 'workload' },
  { label: 'Slow statements', href: '/admin/statements', icon: 'search' },
  { label: 'Storage', href: '/admin/storage', icon: 'file' },
]

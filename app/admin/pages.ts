/** The pages of the console, in the order of its menu. */
export const CONSOLE_PAGES = [
  { label: 'Support sessions', href: '/admin/support', description: 'The only way into an organization.', icon: 'access' },
  { label: 'Health', href: '/admin/health', description: 'Whether everything runs.', icon: 'health' },
  { label: 'Jobs', href: '/admin/jobs', description: 'Slow work of all organizations.', icon: 'activity' },
  { label: 'Load', href: '/admin/load', description: 'Who asks for how much.', icon: 'workload' },
  { label: 'Slow statements', href: '/admin/statements', description: 'What takes the database long.', icon: 'search' },
  { label: 'Storage', href: '/admin/storage', description: 'Tables and files.', icon: 'file' },
]

/** The pages of the console, in the order of its menu. */
export const CONSOLE_PAGES = [
  { label: 'Isolation', href: '/admin/isolation', description: 'The proof that organizations are kept apart.', icon: 'health' },
  { label: 'Support sessions', href: '/admin/support', description: 'The only way into an organization.', icon: 'access' },
]

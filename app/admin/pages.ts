/** The pages of the console, in the order of its menu. */
export const CONSOLE_PAGES = [
  { label: 'Support sessions', href: '/admin/support', description: 'The only way into an organization.', icon: 'access' },
]

import { SectionNavigation } from '@/components/shell/section-navigation'

const ITEMS = [
  { href: '/account', label: 'Profile', exact: true },
  { href: '/account/security', label: 'Security' },
  { href: '/account/sessions', label: 'Sessions' },
  { href: '/account/log', label: 'Security log' },
  { href: '/account/notifications', label: 'Notifications' },
  { href: '/account/data', label: 'My data' },
  { href: '/organizations', label: 'Organizations' },
]

export function AccountNavigation() {
  return <SectionNavigation label="Account" items={ITEMS} />
}

import { can, type Permission } from '@/lib/authorization/permissions'
import type { Role } from '@/lib/tenancy/member'

type SettingsPage = { path: string; label: string; description: string; icon: string; permission?: Permission }

/** Pages that govern an organization, in the order an owner meets them: one list for the menu of settings, their overview and the command menu. */
const PAGES: SettingsPage[] = [
  { path: 'profile', label: 'Profile', description: 'Name, address, logo, colour, time zone and currency.', icon: 'organizations', permission: 'organization:update' },
  { path: 'members', label: 'Members', description: 'Who works here, as what, and since when.', icon: 'members' },
  { path: 'invitations', label: 'Invitations', description: 'Invite people, one or many; see who has come.', icon: 'invite', permission: 'invitations:create' },
  { path: 'teams', label: 'Teams', description: 'Who works together, and what is shown to them.', icon: 'teams' },
  { path: 'roles', label: 'Roles', description: 'What each role may do, and why somebody sees something.', icon: 'access' },
  { path: 'access', label: 'Joining', description: 'Who may join without an invitation.', icon: 'access', permission: 'access:manage' },
  { path: 'security', label: 'Security', description: 'Second factor, sessions, and whose addresses may come in.', icon: 'keys', permission: 'organization:update' },
  { path: 'modules', label: 'Modules', description: 'What this organization works with.', icon: 'integrations', permission: 'modules:manage' },
  { path: 'plan', label: 'Plan and usage', description: 'What may be used, what is, and how it went.', icon: 'billing', permission: 'organization:update' },
  { path: 'api-keys', label: 'API keys', description: 'Programs that act in your name.', icon: 'keys', permission: 'api_keys:create' },
  { path: 'data', label: 'Data', description: 'Files brought in, what became of every row, and taking them back.', icon: 'export' },
  { path: 'support', label: 'Support', description: 'Whether the platform may look in, and who was here.', icon: 'access', permission: 'support:end' },
  { path: 'audit', label: 'Audit log', description: 'Every change and who made it.', icon: 'audit', permission: 'audit:read' },
  { path: 'isolation', label: 'Isolation', description: 'The proof that organizations are kept apart.', icon: 'health', permission: 'isolation:read' },
  { path: 'danger', label: 'Delete', description: 'The end of this organization, with 30 days to think again.', icon: 'trash', permission: 'organization:update' },
]

export type SettingsLink = { label: string; href: string; description: string; icon: string }

/** The settings that a member may open. */
export function settingsOf(member: { role: Role; organization: { slug: string } }): SettingsLink[] {
  return PAGES.filter(({ permission }) => !permission || can(member.role, permission)).map(({ path, label, description, icon }) => ({ label, description, icon, href: `/${member.organization.slug}/settings/${path}` }))
}

import { can, type Permission } from '@/lib/authorization/permissions'
import type { Role } from '@/lib/tenancy/member'

type SettingsPage = { path: string; label: string; description: string; icon: string; permission?: Permission }

/** Pages that govern an organization, in the order an owner meets them: one list for the menu of settings, their overview and the command menu. */
const PAGES: SettingsPage[] = [
  { path: 'members', label: 'Members', description: 'Who works here, as what, and since when.', icon: 'members' },
  { path: 'invitations', label: 'Invitations', description: 'Invite people, one or many; see who has come.', icon: 'invite', permission: 'invitations:create' },
  { path: 'teams', label: 'Teams', description: 'Who works together, and what is shown to them.', icon: 'teams' },
  { path: 'roles', label: 'Roles', description: 'What each role may do, and why somebody sees something.', icon: 'access' },
  { path: 'access', label: 'Access', description: 'Who may join, and what everybody must show.', icon: 'access', permission: 'access:manage' },
  { path: 'api-keys', label: 'API keys', description: 'Programs that act in your name.', icon: 'keys', permission: 'api_keys:create' },
  { path: 'audit', label: 'Audit log', description: 'Every change and who made it.', icon: 'audit', permission: 'audit:read' },
  { path: 'isolation', label: 'Isolation', description: 'The proof that organizations are kept apart.', icon: 'health', permission: 'isolation:read' },
]

export type SettingsLink = { label: string; href: string; description: string; icon: string }

/** The settings that a member may open. */
export function settingsOf(member: { role: Role; organization: { slug: string } }): SettingsLink[] {
  return PAGES.filter(({ permission }) => !permission || can(member.role, permission)).map(({ path, label, description, icon }) => ({ label, description, icon, href: `/${member.organization.slug}/settings/${path}` }))
}

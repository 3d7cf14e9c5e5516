'use client'

import { Building2, ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuGroup, MenuLink, MenuSeparator } from '@/components/ui/menu'
import { OrganizationMark } from './organization-mark'
import { useShortcut } from './shortcuts'

export type OrganizationSummary = { name: string; slug: string; colour: string; role: string }
type Props = { organization: Omit<OrganizationSummary, 'role'> & { logoHash?: string | null }; role: string; organizations: OrganizationSummary[] }

/** `shortcut` on one switcher only, where two are on the page. */
export function OrganizationSwitcher({ organization, role, organizations, shortcut }: Props & { shortcut?: boolean }) {
  const [open, setOpen] = useState(false)
  useShortcut(shortcut ? 'g o' : undefined, () => setOpen(true), 'Switch organization')
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      className="w-72"
      trigger={
        <button type="button" className="flex min-h-10 w-full min-w-0 items-center gap-2.5 rounded-md px-2 py-1 text-start hover:bg-surface-hover pointer-coarse:min-h-11">
          <OrganizationMark name={organization.name} colour={organization.colour} logo={organization.logoHash && { slug: organization.slug, hash: organization.logoHash }} className="size-7" />
          <span className="min-w-0 flex-1 leading-tight">
            <span className="sr-only">Organization: </span>
            <span className="block truncate font-semibold">{organization.name}</span>
            <span className="block truncate text-xs text-text-muted">{role}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-text-muted" />
        </button>
      }
    >
      <MenuGroup label="Your organizations">
        {organizations.map((other) => (
          <MenuLink
            key={other.slug} href={`/${other.slug}`} checked={other.slug === organization.slug} hint={other.role}
            icon={<OrganizationMark name={other.name} colour={other.colour} logo={other.slug === organization.slug && organization.logoHash ? { slug: other.slug, hash: organization.logoHash } : null} />}
          >
            {other.name}
          </MenuLink>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuLink href="/organizations" icon={<Building2 />}>
        All organizations
      </MenuLink>
    </Menu>
  )
}

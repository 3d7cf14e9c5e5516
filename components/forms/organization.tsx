'use client'

import { createContext, type ReactNode, useContext } from 'react'

type Organization = { slug: string; timezone: string; userId: string; role: string }

const OrganizationContext = createContext<Organization | null>(null)

export function OrganizationProvider({ children, ...organization }: Organization & { children: ReactNode }) {
  return <OrganizationContext value={organization}>{children}</OrganizationContext>
}

/** The organization of this page: every form carries its slug, and the server refuses another one. */
export function useOrganization(): Organization {
  const organization = useContext(OrganizationContext)
  if (!organization) throw new Error('useOrganization is for pages inside an organization.')
  return organization
}

/** What every form of this page sends along: its organization, or nothing on pages outside of one. */
export function useCarried(): { organization?: string } {
  const organization = useContext(OrganizationContext)
  return organization ? { organization: organization.slug } : {}
}

import 'server-only'
import { redirect } from 'next/navigation'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { addressOf, isBare } from '@/lib/views/address'
import type { ListKey } from '@/lib/views/schema'
import { listViews, type View } from '@/lib/views/views'

/** The views of a list; whoever comes without filters and has a default view is led to it. `path`: of the list, within the organization. */
export async function openedViews(scope: Scope, list: ListKey, path: string, query: Record<string, unknown>): Promise<View[]> {
  const views = await listViews(scope, list)
  const first = views.find(({ isDefault }) => isDefault)
  if (first && isBare(query)) redirect(addressOf(`/${scope.member.organization.slug}${path}`, first.query))
  return views
}

import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'

const PROJECTS_MAX = 500

/** What a report can be asked about, by name: projects that I see and that are not archived, and the one that is chosen. */
export async function listReportProjects({ tx }: Scope, chosen = ''): Promise<{ id: string; slug: string; name: string }[]> {
  const rows = await tx.project.findMany({ where: { OR: [{ status: { not: 'archived' } }, ...(chosen ? [{ id: chosen }] : [])] }, include: { container: true }, take: PROJECTS_MAX })
  return rows.map(({ id, slug, container }) => ({ id, slug, name: container.name })).sort((a, b) => a.name.localeCompare(b.name))
}

'use client'

import { CommandMenu } from '@/components/shell/command-menu'
import { useNavigate } from '@/components/shell/use-navigate'

type Hit = { kind: string; title: string; hint?: string; href: string }

export function OrganizationCommands({ slug, pages }: { slug: string; pages: { label: string; href: string; icon?: string }[] }) {
  const { navigate } = useNavigate()
  async function search(query: string, signal: AbortSignal): Promise<Hit[]> {
    const response = await fetch(`/api/v1/${slug}/search?q=${encodeURIComponent(query)}`, { signal })
    if (!response.ok) throw new Error('The search is not answering.')
    return ((await response.json()) as { items: Hit[] }).items
  }
  const actions = pages.some(({ label }) => label === 'Tasks')
    ? [
        { label: 'New task', run: () => navigate(`/${slug}/tasks?new=task`), shortcut: 'c', icon: 'create' },
        { label: 'New project', run: () => navigate(`/${slug}/projects?new=project`), icon: 'create' },
      ]
    : []
  return <CommandMenu pages={[...pages, { label: 'All organizations', href: '/organizations', icon: 'organizations' }]} actions={actions} search={search} allHref={actions.length ? `/${slug}/search` : undefined} />
}

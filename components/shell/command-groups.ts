import type { SearchResult } from './use-search'

export type CommandPage = { label: string; href: string; icon?: string }
export type CommandAction = { label: string; run: () => void; shortcut?: string; icon?: string }

export type Command = { id: string; label: string; hint?: string; icon?: string; shortcut?: string } & ({ href: string } | { run: () => void })
export type CommandGroup = { label: string; items: Command[] }

/** Pages and actions whose name contains every word typed, then what the search found, by kind in the order it came, and the page with all of it. */
export function commandGroups(query: string, pages: CommandPage[], actions: CommandAction[], results: SearchResult[], allHref?: string): CommandGroup[] {
  const words = query.toLowerCase().split(/\s+/)
  const matches = ({ label }: { label: string }) => words.every((word) => label.toLowerCase().includes(word))
  const found = Map.groupBy(results, ({ kind }) => kind)
  const groups = [
    { label: 'Actions', items: actions.filter(matches).map((action) => ({ id: `action:${action.label}`, ...action })) },
    { label: 'Go to', items: pages.filter(matches).map((page) => ({ id: `page:${page.href}`, ...page })) },
    ...[...found].map(([kind, records]) => ({
      label: kind,
      items: records.map(({ title, hint, href }) => ({ id: `result:${href}`, label: title, hint, href })),
    })),
    ...(allHref && query.trim() ? [{ label: 'Search', items: [{ id: 'all', label: `All results for “${query.trim()}”`, icon: 'search', href: `${allHref}?${new URLSearchParams({ q: query.trim() })}` }] }] : []),
  ]
  return groups.filter(({ items }) => items.length > 0)
}

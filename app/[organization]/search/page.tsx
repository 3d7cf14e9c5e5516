import { Search, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Segmented } from '@/components/ui/segmented'
import { memberPage } from '@/lib/auth/session'
import { isOn } from '@/lib/modules/modules'
import { findPlaces, KIND_LABELS } from '@/lib/search/places'
import { findRecords } from '@/lib/search/search'
import { SearchField } from './search-field'

export const metadata: Metadata = { title: 'Search' }

const SHOWN_MAX = 100

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SearchPage({ params, searchParams }: Props) {
  const text = async (name: string) => [(await searchParams)[name] ?? ''].flat()[0]!.replaceAll('\0', '').toWellFormed().slice(0, 200)
  const [query, asked] = [(await text('q')).trim(), await text('kind')]
  const kind = asked in KIND_LABELS ? asked : ''
  const { slug, hits, instead, places } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const { hits, instead } = await findRecords(scope, query, { limit: SHOWN_MAX, kinds: kind ? [kind] : [] })
    return { slug: scope.member.organization.slug, hits, instead, places: await findPlaces(scope, hits) }
  })
  const address = (of: string) => `/${slug}/search?${new URLSearchParams({ q: query, ...(of && { kind: of }) })}`
  return (
    <>
      <PageHeader title="Search" description="Everything here that you may see: projects, workstreams, goals and tasks." />
      <div className="flex max-w-3xl flex-col gap-4">
        <SearchField query={query} kind={kind} />
        {query && <div><Segmented label="Kind" options={[['', 'All'], ...Object.entries(KIND_LABELS)].map(([of, label]) => ({ href: address(of!), label: label!, current: of === kind }))} /></div>}
        <p role="status" className="text-text-muted empty:hidden">
          {query && instead.length > 0 && places.length > 0 && `Nothing has these very words. Shown instead: ${instead.join(', ')}. `}
          {query && places.length > 0 && `${hits.length >= SHOWN_MAX ? `The best ${SHOWN_MAX}` : places.length} result${places.length === 1 ? '' : 's'}.`}
        </p>
        {!query && <EmptyState icon={<Search />} title="What are you looking for?">Words of a title or a description, in any order. The last word may be the beginning of one.</EmptyState>}
        {query && places.length === 0 && <EmptyState icon={<SearchX />} title="Nothing found">No record that you may see has {kind ? `these words among the ${KIND_LABELS[kind]!.toLowerCase()}` : 'these words'}. Try fewer, or other ones.</EmptyState>}
        {places.length > 0 && (
          <Card aria-label="Results">
            <CardBody>
              <ol className="-my-2 divide-y">
                {places.map(({ kind: label, title, hint, snippet, href }) => (
                  <li key={href} className="py-2.5">
                    <AppLink href={href} className="font-medium wrap-anywhere hover:underline">{title}</AppLink>
                    <p className="line-clamp-2 text-[0.8125rem] wrap-anywhere text-text-muted"><span className="font-mono">{hint}</span> · {label}{snippet && ` · ${snippet}`}</p>
                  </li>
                ))}
              </ol>
            </CardBody>
          </Card>
        )}
      </div>
    </>
  )
}

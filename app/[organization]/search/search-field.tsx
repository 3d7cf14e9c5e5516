'use client'

import { Search } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useNavigate } from '@/components/shell/use-navigate'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { NavProgressBar } from '@/components/ui/nav-progress'

/** A plain GET form without JavaScript. */
export function SearchField({ query, kind }: { query: string; kind: string }) {
  const { navigate, pending } = useNavigate()
  const pathname = usePathname()
  return (
    <search>
      <NavProgressBar pending={pending} />
      <form key={query} action={pathname} className="flex gap-2" onSubmit={(event) => {
        event.preventDefault()
        const q = String(new FormData(event.currentTarget).get('q') ?? '').trim()
        navigate(`${pathname}?${new URLSearchParams({ q, ...(kind && { kind }) })}`)
      }}>
        <div className="relative min-w-0 flex-1">
          <Search aria-hidden className="pointer-events-none absolute inset-y-0 start-2.5 my-auto size-4 text-text-muted" />
          <Input name="q" type="search" aria-label="Search everything" defaultValue={query} maxLength={200} autoFocus={!query} className="ps-8" />
        </div>
        {kind && <input type="hidden" name="kind" value={kind} />}
        <Button type="submit" variant="primary">Search</Button>
      </form>
    </search>
  )
}

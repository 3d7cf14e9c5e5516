import type { ReactNode } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Input } from '@/components/ui/input'

/** A plain GET form: the filters stand in the address, and it works without JavaScript. */
export function FilterBar({ path, q = '', name = 'q', placeholder, isFiltered, children }: { path: string; q?: string; name?: string; /** Without one: nothing is searched in words. */ placeholder?: string; isFiltered: boolean; children?: ReactNode }) {
  return (
    <search>
      <form action={path} className="mb-4 grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap">
        {placeholder && <Input name={name} type="search" aria-label="Search" placeholder={placeholder} defaultValue={q} maxLength={120} className="col-span-2 sm:w-64" />}
        {children}
        <Button type="submit">{placeholder ? 'Search' : 'Show'}</Button>
        {isFiltered && <AppLink href={path} className={buttonClass({ variant: 'ghost' })}>Clear</AppLink>}
      </form>
    </search>
  )
}

/** The address of a list with these filters; empty ones are left out. */
export const listPath = (path: string, filter: Record<string, string | null | undefined>) => {
  const query = new URLSearchParams(Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]))).toString()
  return query ? `${path}?${query}` : path
}

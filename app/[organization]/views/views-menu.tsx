'use client'

import { Bookmark, BookmarkPlus, Settings2, Star } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyComponent } from '@/components/ui/lazy-part'
import { Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator } from '@/components/ui/menu'
import { addressOf } from '@/lib/views/address'
import type { ListKey } from '@/lib/views/schema'
import type { View } from '@/lib/views/views'

const EditViewsDialog = lazyComponent(() => import('./edit-views-dialog').then((module) => module.EditViewsDialog))
const SaveViewDialog = lazyComponent(() => import('./save-view-dialog').then((module) => module.SaveViewDialog))

const PLACES = ['after', 'before', 'page', 'left', 'month', 'new', 'view']

/** The filters of a list under names: to go to, to keep the present ones, and to put in order. */
export function ViewsMenu({ list, views, mayShare }: { list: ListKey; views: View[]; mayShare: boolean }) {
  const path = usePathname()
  const parameters = useSearchParams()
  const [open, setOpen] = useState<'save' | 'edit' | null>(null)
  const here = new URLSearchParams([...parameters].filter(([key, value]) => !PLACES.includes(key) && value !== '')).toString()
  const current = views.find(({ query }) => sorted(query) === sorted(here) && (here !== '' || parameters.get('view') === 'all'))
  const [mine, shared] = [views.filter(({ isMine }) => isMine), views.filter(({ isMine }) => !isMine)]
  const link = (view: View) => (
    <MenuLink key={view.id} href={addressOf(path, view.query)} checked={view === current} icon={view.isDefault ? <Star /> : undefined} hint={view.owner ?? (view.isShared ? 'shared' : undefined)}>{view.name}</MenuLink>
  )
  return (
    <>
      <Menu align="end" trigger={<Button isShort icon={<Bookmark />}><span className="max-w-40 truncate">{current ? `View: ${current.name}` : 'Views'}</span></Button>}>
        {mine.length > 0 && <MenuGroup label="My views">{mine.map(link)}</MenuGroup>}
        {shared.length > 0 && <MenuGroup label="Shared with everybody">{shared.map(link)}</MenuGroup>}
        {views.length > 0 && <MenuSeparator />}
        <MenuItem icon={<BookmarkPlus />} onClick={() => setOpen('save')}>Save these filters…</MenuItem>
        {mine.length > 0 && <MenuItem icon={<Settings2 />} onClick={() => setOpen('edit')}>Edit my views…</MenuItem>}
      </Menu>
      <SaveViewDialog list={list} query={here} mayShare={mayShare} open={open === 'save'} onClose={() => setOpen(null)} />
      <EditViewsDialog list={list} views={mine} mayShare={mayShare} open={open === 'edit'} onClose={() => setOpen(null)} />
    </>
  )
}

function sorted(query: string): string {
  const parameters = new URLSearchParams(query)
  parameters.sort()
  return parameters.toString()
}

'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuLink } from '@/components/ui/menu'
import type { Level } from '@/lib/notebook/schema'
import { PassOnDialog } from './pass-on-dialog'
import { type Editable, SectionDialog } from './section-dialog'
import { type ShownValue, ValueList } from './value-list'

type Props = {
  place: { level: Level; id: string }
  section: string
  values: ShownValue[]
  /** What this place itself says in the section, if it does. */
  own?: Editable & { id: string }
  base: string
  targets: { value: string; label: string }[]
  canEdit: boolean
}

export function SectionCard({ place, section, values, own, base, targets, canEdit }: Props) {
  const [dialog, setDialog] = useState<'edit' | 'pass-on' | null>(null)
  const names = Object.keys(own?.data ?? {})
  const show = (wished: 'edit' | 'pass-on') => (open: boolean) => setDialog(open ? wished : null)
  return (
    <Card aria-label={section}>
      <CardHeader
        title={<>{section} {own && !own.inherits && <Badge>stands alone</Badge>}</>}
        actions={
          <>
            {canEdit && <Button size="sm" onClick={() => setDialog('edit')} aria-label={own ? `Edit ${section}` : `Add here to ${section}`}>{own ? 'Edit' : 'Add here'}</Button>}
            {own && (
              <Menu trigger={<IconButton size="sm" variant="ghost" label={`More about ${section}`} icon={<Ellipsis />} />} align="end">
                {canEdit && targets.length > 0 && names.length > 0 && <MenuItem onClick={() => setDialog('pass-on')}>Pass on…</MenuItem>}
                <MenuLink href={`${base}/notebook/${own.id}`}>Versions</MenuLink>
              </Menu>
            )}
          </>
        }
      />
      <CardBody><ValueList values={values} /></CardBody>
      <SectionDialog place={place} entry={own ?? { section, data: {}, inherits: true, version: 0 }} open={dialog === 'edit'} setOpen={show('edit')} />
      {own && <PassOnDialog entryId={own.id} section={section} names={names} targets={targets} open={dialog === 'pass-on'} setOpen={show('pass-on')} />}
    </Card>
  )
}

'use client'

import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { ActDialog } from '../act-dialog'
import { makeAnnouncement, stopAnnouncement } from './actions'

export function AnnounceDialog({ zone }: { zone: string }) {
  return (
    <ActDialog label="New announcement" look="primary" title="New announcement" consequence="Stands above every page of those whom it is for, until they put it away." confirmLabel="Announce" action={makeAnnouncement}>
      {({ error, value }) => (
        <>
          <Field label="What you say" required hint="Plain text, 500 characters." error={error('text')}><Textarea name="text" rows={4} maxLength={500} defaultValue={value('text')} /></Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="How it looks" required error={error('level')}><Select name="level" defaultValue={value('level', 'info')} options={[{ value: 'info', label: 'News' }, { value: 'warning', label: 'Warning' }]} /></Field>
            <Field label="For whom" required error={error('audience')}><Select name="audience" defaultValue={value('audience', 'all')} options={[{ value: 'all', label: 'Everybody' }, { value: 'admins', label: 'Owners and admins' }]} /></Field>
            <Field label="From" hint={`In ${zone}. Empty: now.`} error={error('fromAt')}><Input name="fromAt" type="datetime-local" defaultValue={value('fromAt')} /></Field>
            <Field label="Until" hint={`In ${zone}. Empty: until you end it.`} error={error('untilAt')}><Input name="untilAt" type="datetime-local" defaultValue={value('untilAt')} /></Field>
          </div>
          <Field label="Organizations" hint="Their addresses, one a line. Empty: all of them." error={error('organizations')}><Textarea name="organizations" rows={2} defaultValue={value('organizations')} autoCapitalize="none" spellCheck={false} /></Field>
        </>
      )}
    </ActDialog>
  )
}

export function EndAnnouncement({ id, text, isOver }: { id: string; text: string; isOver: boolean }) {
  return <ActDialog isOffered={!isOver} label="End" small title={`End “${text.length > 60 ? `${text.slice(0, 60)}…` : text}”?`} consequence="Nobody sees it any more within a minute." action={stopAnnouncement} hidden={{ id }} />
}

'use client'

import { ActionForm } from '@/components/forms/action-form'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { offboard } from '../actions'

type Person = { value: string; label: string }
type Props = { leaver: { id: string; name: string; isMe: boolean; hasLeft: boolean }; people: Person[]; needs: { projects: boolean; privates: boolean; privateTrash: boolean; tasks: boolean }; organization: string; path: string }

export function OffboardForm({ leaver, people, needs, organization, path }: Props) {
  const choices = (nobody: string) => [{ value: '', label: nobody }, ...people]
  // What one has thrown away oneself one may leave there.
  const mayDropTrash = leaver.isMe && !needs.privates
  return (
    <ActionForm action={offboard} hidden={{ id: leaver.id }} className="flex flex-col gap-4">
      {(form) => (
        <>
          {needs.projects && <Field label="Projects go to" required error={form.error('projectsTo')}><Select name="projectsTo" defaultValue={form.value('projectsTo')} options={choices('Choose…')} /></Field>}
          {(needs.privates || needs.privateTrash) && (
            <Field
              label="Private projects go to" required={!mayDropTrash} error={form.error('privateTo')}
              hint={needs.privateTrash ? 'Whoever takes them over sees what is in them. Those in the trash can then be restored until the day they are erased.' : 'Whoever takes them over sees what is in them.'}
            >
              <Select name="privateTo" defaultValue={form.value('privateTo')} options={choices(mayDropTrash ? 'Nobody: they stay in the trash' : 'Choose…')} />
            </Field>
          )}
          {needs.tasks && <Field label="Open tasks go to" error={form.error('tasksTo')}><Select name="tasksTo" defaultValue={form.value('tasksTo')} options={choices('Nobody: they wait for somebody to take them')} /></Field>}
          <div className="flex flex-wrap gap-2">
            <SubmitButton variant={leaver.hasLeft ? 'primary' : 'danger'}>{leaver.hasLeft ? 'Hand over' : leaver.isMe ? `Leave ${organization}` : `Remove ${leaver.name}`}</SubmitButton>
            <AppLink href={path} className={buttonClass({ variant: 'ghost' })}>Cancel</AppLink>
          </div>
        </>
      )}
    </ActionForm>
  )
}

'use client'

import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { useToast } from '@/components/ui/toast'
import { removeTeam } from '../actions'

type Props = { team: { id: string; name: string; members: unknown[] }; others: { id: string; name: string }[]; shown: string[]; path: string }

export function DeleteTeamButton({ team, others, shown, path }: Props) {
  const { run } = useMemberAction(removeTeam, { quiet: true })
  const toast = useToast()
  const router = useRouter()
  async function remove(form: FormData) {
    const state = await run({ id: team.id, heirId: String(form.get('heirId') ?? '') })
    if (state.status === 'refused') return state.message
    toast({ title: state.status === 'ok' ? (state.message ?? 'Deleted.') : 'Deleted.' })
    router.push(path)
  }
  const people = team.members.length === 1 ? 'One person is' : `${team.members.length} people are`
  const consequence = shown.length === 0
    ? `${people} in it. Projects that list it lose that line.`
    : `${shown.slice(0, 5).join(', ')}${shown.length > 5 ? ` and ${shown.length - 5} more` : ''} ${shown.length === 1 ? 'is' : 'are'} shown to this team alone: another team takes over, and its people see ${shown.length === 1 ? 'it' : 'them'} then. ${people} in this one.`
  return (
    <ConfirmDialog title={`Delete the team ${team.name}?`} consequence={consequence} confirmLabel="Delete team" action={remove} trigger={<Button variant="ghost" icon={<Trash2 />}>Delete</Button>}>
      {shown.length > 0 && <Field label="Team that takes over" required><Select name="heirId" options={[{ value: '', label: others.length > 0 ? 'Choose…' : 'There is no other team' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]} /></Field>}
    </ConfirmDialog>
  )
}

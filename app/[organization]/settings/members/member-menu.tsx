'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { useNavigate } from '@/components/shell/use-navigate'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { Select } from '@/components/ui/select'
import { Field } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import { ROLES, type Role } from '@/lib/tenancy/member'
import { askNewPassword, giveRole, reactivate, suspend, transfer } from './actions'

type Shown = { id: string; name: string; role: Role; status: string; version: number; isMe: boolean; holds: unknown }
type Act = 'role' | 'suspend' | 'transfer' | 'password'

/** What may be done with a member. What my role does not allow is not offered; the server decides. */
export function MemberMenu({ member, myRole, path }: { member: Shown; myRole: Role; path: string }) {
  const [act, setAct] = useState<Act | null>(null)
  const { navigate } = useNavigate()
  const run = { role: useAct(giveRole), suspend: useAct(suspend), reactivate: useAct(reactivate), transfer: useAct(transfer), password: useAct(askNewPassword) }
  const { id, version, name, role, status, isMe } = member
  const isHere = status === 'active' || status === 'suspended'
  const mayGovern = (myRole === 'owner' || (myRole === 'admin' && role !== 'owner')) && isHere && !isMe
  const mayHandOver = member.holds !== null && status === 'removed' && (myRole === 'owner' || role !== 'owner')
  if (!mayGovern && !mayHandOver && !(isMe && isHere)) return null
  const dialog = (which: Act) => ({ open: act === which, onOpenChange: (open: boolean) => setAct(open ? which : null) })
  return (
    <>
      <Menu trigger={<IconButton label={`More about ${name}`} icon={<Ellipsis />} />} align="end">
        {mayGovern && <MenuItem onClick={() => setAct('role')}>Change role…</MenuItem>}
        {mayGovern && status === 'active' && <MenuItem onClick={() => setAct('password')}>Require a new password…</MenuItem>}
        {mayGovern && myRole === 'owner' && status === 'active' && <MenuItem onClick={() => setAct('transfer')}>Hand the organization over…</MenuItem>}
        {mayGovern && <MenuSeparator />}
        {mayGovern && status === 'active' && <MenuItem tone="danger" onClick={() => setAct('suspend')}>Suspend…</MenuItem>}
        {mayGovern && status === 'suspended' && <MenuItem onClick={() => void run.reactivate({ id, version })}>Let in again</MenuItem>}
        {mayHandOver ? <MenuItem onClick={() => navigate(`${path}/${id}`)}>Hand over what they hold…</MenuItem> : <MenuItem tone="danger" onClick={() => navigate(`${path}/${id}`)}>{isMe ? 'Leave…' : 'Remove…'}</MenuItem>}
      </Menu>
      <ConfirmDialog {...dialog('role')} title={`Role of ${name}`} tone="primary" confirmLabel="Change role" consequence="It acts on their next click, in every browser and for every key."
        action={(form) => run.role({ id, version, role: String(form.get('role')) })}>
        <Field label="Role" required><Select name="role" defaultValue={role} options={ROLES.filter((value) => value !== 'owner' || myRole === 'owner').map((value) => ({ value, label: value }))} /></Field>
      </ConfirmDialog>
      <ConfirmDialog
        {...dialog('password')} title={`Require a new password of ${name}?`} tone="primary" confirmLabel="Require it"
        consequence="This organization stays closed to them until they have chosen another password. Their other organizations are not concerned."
        action={() => run.password({ id, version })}
      />
      <ConfirmDialog
        {...dialog('suspend')} title={`Suspend ${name}?`} confirmLabel="Suspend"
        consequence="They are out on their next click. What they made, own and were given stays, and is theirs again when they are let in."
        action={() => run.suspend({ id, version })}
      />
      <ConfirmDialog
        {...dialog('transfer')} title={`Hand the organization over to ${name}?`} confirmLabel="Hand over" typed={name}
        consequence="They become an owner, you become an admin. Only an owner can give ownership back." action={() => run.transfer({ id })}
      />
    </>
  )
}

// Answers the sentence of a refusal, which the dialog shows; success is a toast.
function useAct(action: Parameters<typeof useMemberAction>[0]) {
  const { run } = useMemberAction(action, { quiet: true })
  const toast = useToast()
  return async (input: Record<string, unknown>): Promise<string | void> => {
    const state = await run(input)
    if (state.status === 'refused') return state.message
    toast({ title: (state as { message?: string }).message ?? 'Done.', tone: 'success' })
  }
}

'use client'

import { Download } from 'lucide-react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { deleteMyAccount, exportData, leave } from '../actions'
import { useSaid } from '../profile-forms'

export function ExportButton() {
  const { run, pending } = useMemberAction(exportData)
  async function download() {
    const state = await run({})
    if (state.status !== 'ok' || !state.data) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([state.data.json], { type: 'application/json' }))
    link.download = `my-data-${new Date().toISOString().slice(0, 10)}.json`
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return <Button icon={<Download />} pending={pending} onClick={() => void download()}>Export my data</Button>
}

export function LeaveButton({ slug, name, isLastOwner }: { slug: string; name: string; isLastOwner: boolean }) {
  const said = useSaid()
  const { run } = useMemberAction(leave, { quiet: true })
  async function go() {
    const state = await run({ slug })
    if (state.status === 'refused') return state.message
    said(state as { message?: string })
  }
  if (isLastOwner) return <span className="text-[0.8125rem] text-text-muted">You are its only owner</span>
  return <ConfirmDialog
    title={`Leave ${name}?`} consequence="You lose your role, teams and shares there at once. Coming back needs an invitation, and brings none of them back."
    confirmLabel="Leave" action={go} trigger={<Button size="sm" variant="ghost" aria-label={`Leave ${name}`}>Leave</Button>}
  />
}

export function DeleteAccountButton({ email, isDisabled }: { email: string; isDisabled: boolean }) {
  const { run } = useMemberAction(deleteMyAccount, { quiet: true })
  async function go(form: FormData) {
    const state = await run({ confirmation: String(form.get('confirmation')) })
    if (state.status === 'refused') return state.message
  }
  if (isDisabled) return <Button variant="danger" disabled>Delete my account</Button>
  return <ConfirmDialog title="Delete your account?" consequence="This cannot be undone." confirmLabel="Delete my account" typed={email} action={go} trigger={<Button variant="danger">Delete my account</Button>} />
}

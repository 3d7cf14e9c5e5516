'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useToast } from '@/components/ui/toast'
import { setModule } from './actions'

export function ModuleSwitch({ module, label, isOn }: { module: string; label: string; isOn: boolean }) {
  const { run, pending } = useMemberAction(setModule, { quiet: true })
  const toast = useToast()
  async function change() {
    const state = await run({ module, enabled: String(!isOn) })
    if (state.status === 'refused') return state.message
    toast({ title: (state as { message?: string }).message ?? 'Changed.', tone: 'success' })
  }
  if (!isOn) return <Button size="sm" pending={pending} aria-label={`Switch on ${label}`} onClick={() => void change()}>Switch on</Button>
  return <ConfirmDialog
    title={`Switch off ${label}?`} tone="primary" confirmLabel="Switch off"
    consequence="It leaves the menu, the search and the API for everybody, on their next click. Nothing is deleted: switching it on brings all of it back."
    action={change} trigger={<Button size="sm" variant="ghost" aria-label={`Switch off ${label}`}>Switch off</Button>}
  />
}

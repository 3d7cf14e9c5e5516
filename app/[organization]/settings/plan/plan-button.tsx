'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useToast } from '@/components/ui/toast'
import { takePlan } from './actions'

export function PlanButton({ plan, name, differences, over, history }: { plan: string; name: string; differences: string[]; over: string[]; history: string | null }) {
  const { run } = useMemberAction(takePlan, { quiet: true })
  const toast = useToast()
  async function go() {
    const state = await run({ plan })
    if (state.status === 'refused') return state.message
    toast({ title: (state as { message?: string }).message ?? 'Changed.', tone: 'success' })
  }
  const consequence = (
    <>
      Its limits act at once.
      <ul className="mt-2 list-disc ps-5">{differences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      {over.length > 0 && <><p className="mt-2">Nothing in use is taken away, but it is more than it allows:</p><ul className="mt-2 list-disc ps-5">{over.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul></>}
      {history && <p className="mt-2">{history}</p>}
    </>
  )
  return <ConfirmDialog title={`Change to ${name}?`} tone="primary" confirmLabel={`Change to ${name}`} consequence={consequence} action={go} trigger={<Button className="w-full" aria-label={`Change to ${name}`}>Change</Button>} />
}
